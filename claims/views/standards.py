"""What a draft has to meet besides its words: the desk's standards, replies, the claimant."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from claims import attributing, gating, replies
from claims.forms import ClaimantForm, ReplyForm
from claims.models import Claim, StandardSetting
from claims.standards import CHECKS
from claims.states import StandardLevel
from claims.views.draft_page import claim_of, draft_page
from claims.views.wishes import as_number
from factcheck.accounts.permissions import may_check, may_set_rules
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.errors import FactcheckError


@desk()
def standards(request: DeskRequest) -> HttpResponse:
    """Show what the desk asks of every verdict; those who may, set it here."""
    levels = gating.levels()
    changed = StandardSetting.objects.select_related("changed_by").order_by("-changed_at").first()
    context = {
        "rows": [(check, levels[check.code]) for check in CHECKS if not check.fixed],
        "fixed": [check for check in CHECKS if check.fixed],
        "levels": StandardLevel.choices,
        "may_set": may_set_rules(request.user),
        "changed": changed,
    }
    return render(request, "claims/standards.html", context)


@desk(may_set_rules, methods=("POST",))
def standards_set(request: DeskRequest) -> HttpResponse:
    """Set the levels."""
    wanted = {key: str(value) for key, value in request.POST.items() if key in gating.levels()}
    with telling(request):
        gating.set_levels(wanted=wanted, by=request.user, at=timezone.now())
        messages.success(request, "The standards are set. They hold from the next submission on.")
    return redirect("claims:standards")


@desk(may_check, methods=("POST",))
def claim_reply(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Log when and how the claimant was asked, or what they answered."""
    claim = claim_of(pk)
    form = ReplyForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        wanted = as_number(request.POST.get("corrects", ""))
        try:
            corrects = replies.current(claim).filter(pk=wanted).first() if wanted else None
            if wanted and corrects is None:
                raise replies.ReplyCorrectedError
            replies.log_reply(
                claim=claim, corrects=corrects, by=request.user, at=timezone.now(), **data
            )
        except FactcheckError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, "It stands in the log.")
            return redirect(_back(claim, "replies"))
    return draft_page(request, claim, reply_form=form)


@desk(may_check, methods=("POST",))
def claim_claimant(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Name who made the claim."""
    claim = claim_of(pk)
    form = ClaimantForm(request.POST)
    if form.is_valid():
        try:
            attributing.name_claimant(
                claim=claim,
                claimant=form.cleaned_data["claimant"],
                by=request.user,
                at=timezone.now(),
            )
        except FactcheckError as error:
            form.add_error("claimant", error.text)
        else:
            messages.success(request, "The claimant is named.")
            return redirect(_back(claim, "standards"))
    return draft_page(request, claim, claimant_form=form)


def _back(claim: Claim, place: str) -> str:
    return f"{reverse('claims:claim_draft', args=[claim.pk])}#{place}"
