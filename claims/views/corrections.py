"""The public ledger of corrections and withdrawals."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims import corrections as ledger
from claims.states import LEDGER_KINDS
from claims.views.wishes import as_number


def corrections(request: HttpRequest) -> HttpResponse:
    """Show every correction, newest first; of one kind or of one month, where asked for."""
    kind, month = request.GET.get("kind", ""), _month(request.GET.get("month", ""))
    kind = kind if kind in LEDGER_KINDS else ""
    before = as_number(request.GET.get("cursor", "")) or 0
    found = ledger.page(kind=kind, month=month, before=before)
    kept = {"kind": kind, "month": f"{month:%Y-%m}" if month else ""}
    context = {
        "rows": found.items,
        "is_first": found.is_first,
        "next_query": urlencode(kept | {"cursor": found.next_cursor}) if found.next_cursor else "",
        "kinds": [(each.value, each.label) for each in LEDGER_KINDS],
        "years": ledger.years(),
        "start_query": urlencode(kept),
        **kept,
    }
    return render(request, "claims/corrections.html", context)


def _month(written: str) -> datetime | None:
    try:
        return datetime.strptime(written, "%Y-%m").replace(tzinfo=UTC)
    except ValueError:
        return None
