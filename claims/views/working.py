"""Who is working on a claim's page just now: a strip that renews itself while somebody types."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import locking
from claims.models import Claim
from claims.views.wishes import as_number
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk


def work_strip(request: DeskRequest, found: Claim, *, lost: bool = False) -> dict[str, Any]:
    """Return what the strip says; `lost` where somebody took the work over from this person."""
    held = locking.holder(found.pk, timezone.now())
    mine = held is not None and held.person == request.user
    return {
        "work": held,
        "work_is_mine": mine,
        "work_lost": lost and held is not None and not mine,
        "can_work": may_check(request.user),
        "claim": found,
    }


@desk(may_check, methods=("GET", "HEAD", "POST"))
def claim_working(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say who works on the claim; by POST begin, go on, take over from somebody, or stop."""
    found = get_object_or_404(Claim, pk=pk)
    lost = "mine" in request.GET or "mine" in request.POST
    if request.method == "POST":
        _change(request, found)
        if not request.htmx:
            return redirect(found)
    return render(request, "claims/_working.html", work_strip(request, found, lost=lost))


def _change(request: DeskRequest, found: Claim) -> None:
    at = timezone.now()
    what = request.POST.get("do", "")
    if what == "stop":
        locking.let_go(claim=found, by=request.user)
    elif what == "take_over":
        seen = as_number(request.POST.get("seen", "")) or 0
        locking.take_over(claim=found, seen=seen, by=request.user, at=at)
    else:
        locking.take(claim=found, by=request.user, at=at)
