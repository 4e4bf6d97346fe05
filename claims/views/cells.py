"""Cells of archived tables as evidence: which claim a cell bears on, and how."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import linking
from claims.forms import CellForm
from claims.models import Claim
from claims.states import ClaimState
from claims.views.claim_work import say_more
from claims.views.wishes import as_number
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.errors import FactcheckError
from sources.models import ExtractedTable
from sources.views.gridding import TablePage, table_page

MOST_CLAIMS = 100


@desk(may_check, methods=("GET", "HEAD", "POST"))
def claim_cells(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a table of a source beside the claim, and attach the cell that is chosen."""
    found = get_object_or_404(Claim.objects.select_related("article"), pk=pk)
    table = _table(as_number(request.GET.get("table", "")) or 0)
    form = CellForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        try:
            evidence = linking.attach_cell(
                claim=found, table=table, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            evidence = say_more(request, evidence, form.cleaned_data)
        except FactcheckError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, "The cell is attached; its text was verified.")
            address = f"{found.get_absolute_url()}?text={table.extracted_id}"
            return redirect(f"{address}#evidence-{evidence.pk}")
    page = _page(request, table)
    context = {
        "claim": found,
        "is_open": found.state == ClaimState.OPEN,
        "source": table.extracted.capture.source,
        "capture": table.extracted.capture,
        "open_table": page,
        "chosen": page.chosen,
        "tables": table.extracted.tables.order_by("number").defer("rows", "merges"),
        "form": form or CellForm(initial=_initial(page)),
    }
    return render(request, "claims/cells.html", context, status=422 if form else 200)


@desk(may_check)
def cell_claims(request: DeskRequest, table: int) -> HttpResponse:
    """Ask which claim a cell bears on: those of the articles that cite its source."""
    found = _table(table)
    source = found.extracted.capture.source
    words = request.GET.get("words", "").strip()[:200]
    claims = Claim.objects.filter(state=ClaimState.OPEN, article__citations__source=source)
    if words:
        claims = claims.filter(text__icontains=words)
    rows = claims.select_related("article").order_by("-created_at", "id")[: MOST_CLAIMS + 1]
    context = {
        "table": found,
        "source": source,
        "capture": found.extracted.capture,
        "chosen": _page(request, found).chosen,
        "claims": rows[:MOST_CLAIMS],
        "goes_on": len(rows) > MOST_CLAIMS,
        "words": words,
    }
    return render(request, "claims/cell_claims.html", context)


def _table(pk: int) -> ExtractedTable:
    rows = ExtractedTable.objects.select_related("extracted__capture__source")
    return get_object_or_404(rows.defer("extracted__text"), pk=pk)


def _page(request: DeskRequest, table: ExtractedTable) -> TablePage:
    return table_page(table, page=request.GET.get("rows", ""), cell=request.GET.get("cell", ""))


def _initial(page: TablePage) -> dict[str, object]:
    chosen = page.chosen
    return {"row": chosen.row, "column": chosen.column, "exact": chosen.text} if chosen else {}
