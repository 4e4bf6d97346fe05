"""The desk's tags, and those of a claim."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import stakes
from claims.forms.releases import ClaimStakeForm, StakeForm
from claims.models import Claim, Stake
from factcheck.accounts.permissions import may_check, may_set_rules
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.errors import FactcheckError


@desk(may_set_rules, methods=("GET", "HEAD", "POST"))
def tags(request: DeskRequest) -> HttpResponse:
    """Show the tags and how many approvals each asks for; make one."""
    form = StakeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            stakes.define(**form.cleaned_data, by=request.user, at=timezone.now())
        except FactcheckError as error:
            form.add_error("label", error.text)
        else:
            messages.success(request, "The tag can be put on claims now.")
            return redirect("claims:tags")
    context = {
        "stakes": Stake.objects.select_related("changed_by"),
        "form": form,
        "numbers": range(1, stakes.MOST_APPROVALS + 1),
    }
    return render(request, "claims/tags.html", context, status=422 if form.errors else 200)


@desk(may_set_rules, methods=("POST",))
def tag_change(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask for another number of approvals, or offer the tag no more."""
    stake = get_object_or_404(Stake, pk=pk)
    written = request.POST.get("approvals_required", "")
    with telling(request):
        stakes.change(
            stake=stake,
            approvals_required=int(written) if written.isascii() and written.isdigit() else 0,
            is_current=request.POST.get("is_current") == "on",
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "Changed, for what is submitted from now on.")
    return redirect("claims:tags")


@desk(may_check, methods=("POST",))
def claim_tag(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Put a tag on the claim."""
    claim = get_object_or_404(Claim, pk=pk)
    form = ClaimStakeForm(request.POST)
    if form.is_valid():
        with telling(request):
            stakes.add(
                claim=claim, stake=form.cleaned_data["stake"], by=request.user, at=timezone.now()
            )
            messages.success(request, "Tagged.")
    else:
        messages.error(request, "Choose one of the listed tags.")
    return redirect(claim)


@desk(may_check, methods=("POST",))
def claim_untag(request: DeskRequest, pk: UUID, stake: int) -> HttpResponse:
    """Take a tag off."""
    claim = get_object_or_404(Claim, pk=pk)
    with telling(request):
        stakes.remove(
            claim=claim,
            stake=get_object_or_404(Stake, pk=stake),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "The tag is off.")
    return redirect(claim)
