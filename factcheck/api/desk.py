"""For editors: which partners still hold a version that was corrected or withdrawn."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from claims.models import Verdict
from factcheck.accounts.permissions import may_approve
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.api import holding


@desk(may_approve)
def receipts(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show who was served which version of a verdict, those with a wrong one first."""
    verdict = get_object_or_404(Verdict.objects.select_related("claim"), pk=pk)
    written = request.GET.get("from", "")
    offset = int(written) if written.isascii() and written.isdigit() and len(written) < 8 else 0  # noqa: PLR2004 (no larger than anybody's list)
    found = holding.of_verdict(pk, offset=offset)
    context = {
        "verdict": verdict,
        "found": found,
        "offset": offset,
        "following": offset + holding.SIZE if found.has_more else None,
    }
    return render(request, "api/receipts.html", context)
