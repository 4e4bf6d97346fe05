"""A flag on a verdict: the old and the new passage side by side, and a person's word on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import drifting, rerunning
from claims.forms import AcknowledgeForm
from claims.models import Flag
from claims.rerunning import Rerun
from claims.states import VersionState
from claims.views.drifted import flag_rows, flags
from factcheck.accounts.permissions import may_approve, may_check
from factcheck.accounts.views.desk import DeskRequest, desk, onward
from factcheck.errors import FactcheckError


@desk()
def flag(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show what became of a quote that a verdict rests on."""
    return _page(request, get_object_or_404(flags(), pk=pk), AcknowledgeForm())


@desk(may_check, methods=("POST",))
def flag_acknowledge(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say what the change means; a note that is refused comes back."""
    found = get_object_or_404(flags(), pk=pk)
    form = AcknowledgeForm(request.POST)
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            drifting.acknowledge(flag=found, note=note, by=request.user, at=timezone.now())
        except FactcheckError as error:
            form.add_error("note", error.text)
        else:
            messages.success(request, "Your note is kept; the change no longer waits.")
            return redirect(onward(request, found.lookup.evidence.claim.get_absolute_url()))
    return _page(request, found, form)


def _page(request: DeskRequest, found: Flag, form: AcknowledgeForm) -> HttpResponse:
    context = {
        "row": flag_rows([found])[0],
        "sums": _sums(found),
        "form": form,
        "can_check": may_check(request.user),
        "can_approve": may_approve(request.user),
        "is_published": found.verdict.versions.filter(state=VersionState.PUBLISHED).exists(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "claims/flag.html", context, status=status)


def _sums(found: Flag) -> list[Rerun]:
    """Return the claim's calculations that come out of the newer text with other numbers."""
    newer = found.lookup.extracted
    if newer is None:
        return []
    rows = rerunning.concerned(newer, claim=found.lookup.evidence.claim)
    again = (rerunning.rerun(calculation=row, newer=newer) for row in rows)
    return [done for done in again if not done.is_same]
