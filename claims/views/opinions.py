"""A second opinion, given without sight of the draft."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import opinions, sealing
from claims.forms.releases import OpinionForm
from claims.models import Rating, SecondOpinion
from claims.states import OpinionState
from claims.views.standing import excerpts, places_of
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.errors import FactcheckError, NotAllowedError


@desk(may_check)
def own_opinions(request: DeskRequest) -> HttpResponse:
    """List the second opinions that the person still owes."""
    return render(request, "claims/opinions.html", {"awaited": opinions.awaited(request.user)})


@desk(may_check, methods=("GET", "HEAD", "POST"))
def opinion(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the claim and its evidence, and nothing of the draft; take the opinion."""
    found = _opinion(pk)
    if found.asked_of_id != request.user.pk:
        raise NotAllowedError
    form = OpinionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            opinions.give(
                opinion=found,
                rating=form.cleaned_data["rating"],
                reasoning=form.cleaned_data["reasoning"],
                by=request.user,
                at=timezone.now(),
            )
        except FactcheckError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, "Thank you. The verdict is open to you now.")
            return redirect(found.verdict.claim)
    claim = found.verdict.claim
    context = {
        "opinion": found,
        "claim": claim,
        "is_open": found.state == OpinionState.ASKED,
        "excerpts": excerpts(places_of(claim)),
        "evidence": sealing.live_evidence(claim),
        "ratings": list(Rating.objects.filter(scale__is_current=True)),
        "form": form,
    }
    return render(request, "claims/opinion.html", context, status=422 if form.errors else 200)


@desk(may_check, methods=("POST",))
def opinion_cancel(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Call off what was not given yet."""
    found = _opinion(pk)
    with telling(request):
        opinions.cancel(opinion=found, by=request.user, at=timezone.now())
        messages.success(request, "The second opinion is called off.")
    return redirect(found.verdict.claim)


def _opinion(pk: UUID) -> SecondOpinion:
    rows = SecondOpinion.objects.select_related("verdict__claim__article", "asked_by", "rating")
    return get_object_or_404(rows, pk=pk)
