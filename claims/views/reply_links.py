"""The checker's side of a claimant's link: make it, send it, take it back."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from claims import replies, reply_links
from claims.forms import ReplyLinkForm
from claims.models import Claim, ReplyLink
from claims.states import ClaimState, ReplyLinkState
from claims.tasks import run_letter
from claims.views.draft_page import claim_of
from claims.views.private import unlisted
from factcheck.accounts.permissions import may_ask_claimants
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.errors import FactcheckError


def link_context(request: DeskRequest, claim: Claim) -> dict[str, Any]:
    """Return what the part of a page about the claimant's link and answers needs."""
    link = reply_links.newest(claim)
    state = link.state_at(timezone.now()) if link else None
    return {
        "answers": replies.current(claim),
        "link": link,
        "link_state": state,
        "link_is_open": state == ReplyLinkState.OPEN,
        "letter": getattr(link, "letter", None) if link else None,
        "may_ask": may_ask_claimants(request.user) and claim.state == ClaimState.OPEN,
        "link_form": ReplyLinkForm(initial={"key": uuid4()}),
        "link_days": settings.REPLY_LINK_DAYS,
    }


@unlisted
@desk(may_ask_claimants, methods=("POST",))
def claim_reply_link(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Make a link and show it, this once; it is not kept, so no later page can."""
    claim = claim_of(pk)
    form = ReplyLinkForm(request.POST)
    context: dict[str, Any] = {"claim": claim, "form": form, "link_days": settings.REPLY_LINK_DAYS}
    if form.is_valid():
        try:
            link, token = reply_links.make(
                claim=claim, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except FactcheckError as error:
            form.add_error(None, error.text)
        else:
            address = settings.PUBLIC_URL + reverse("claims:answer", args=[token])
            context |= {"link": link, "address": address, "email": form.cleaned_data["email"]}
            if context["email"]:
                run_letter.delay_on_commit(str(link.letter.pk))
    status = 200 if "link" in context else 422
    return render(request, "claims/reply_link.html", context, status=status)


@desk(may_ask_claimants, methods=("POST",))
def reply_link_revoke(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take a link back."""
    link = get_object_or_404(ReplyLink.objects.select_related("claim"), pk=pk)
    with telling(request):
        reply_links.revoke(link=link, by=request.user, at=timezone.now())
        messages.success(request, "The link is taken back. You can make a new one.")
    return redirect(f"{link.claim.get_absolute_url()}#reply-link")
