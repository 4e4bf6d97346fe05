"""After publication: looking again, withdrawing, and where a correction starts."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import showing, workflow
from claims.forms import CloseReviewForm, ReviewForm, WithdrawalForm
from claims.models import ReviewMark, Verdict, VerdictVersion, Withdrawal
from claims.states import OPEN_STATES, VersionState
from claims.versions import newest_public
from claims.views.rows import version_label
from claims.views.verdict import steps
from factcheck.accounts.permissions import may_approve, may_check
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.errors import FactcheckError


@desk()
def after(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show what became of a verdict since its publication, and what can be done about it."""
    return _page(request, _verdict(pk))


@desk(may_approve, methods=("POST",))
def review_open(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Mark the verdict as under review."""
    verdict, form = _verdict(pk), ReviewForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            workflow.mark_under_review(
                verdict=verdict, reason=reason, by=request.user, at=timezone.now()
            )
        except FactcheckError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, "Readers and partners see that you look again, and why.")
            return redirect("claims:after", pk)
    return _page(request, verdict, review_form=form)


@desk(may_approve, methods=("POST",))
def review_close(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take the mark off, with the outcome."""
    mark = get_object_or_404(ReviewMark, pk=pk)
    verdict, form = _verdict(mark.verdict_id), CloseReviewForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            workflow.close_review(
                mark=mark,
                outcome=data["outcome"],
                note=data["note"],
                by=request.user,
                at=timezone.now(),
            )
        except FactcheckError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, "The mark is off; the outcome stands in the history.")
            return redirect("claims:after", verdict.pk)
    return _page(request, verdict, close_form=form)


@desk(may_approve, methods=("POST",))
def withdrawal_propose(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Propose to take the verdict back."""
    verdict, form = _verdict(pk), WithdrawalForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            workflow.propose_withdrawal(
                verdict=verdict, reason=reason, by=request.user, at=timezone.now()
            )
        except FactcheckError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, "Another editor has to confirm it. Nothing changed yet.")
            return redirect("claims:after", pk)
    return _page(request, verdict, withdrawal_form=form)


@desk(may_approve, methods=("POST",))
def withdrawal_confirm(request: DeskRequest, pk: int) -> HttpResponse:
    """Take the verdict back, as another editor proposed."""
    found = _withdrawal(pk)
    with telling(request):
        workflow.withdraw(withdrawal=found, by=request.user, at=timezone.now())
        messages.success(request, "Withdrawn: the page says so, and partners get a tombstone.")
    return redirect("claims:after", found.version.verdict_id)


@desk(may_approve, methods=("POST",))
def withdrawal_cancel(request: DeskRequest, pk: int) -> HttpResponse:
    """Let the proposal fall."""
    found = _withdrawal(pk)
    with telling(request):
        workflow.cancel_withdrawal(withdrawal=found, by=request.user, at=timezone.now())
        messages.success(request, "The proposal is cancelled. The verdict stays as it is.")
    return redirect("claims:after", found.version.verdict_id)


def _page(request: DeskRequest, verdict: Verdict, **bound: forms.Form) -> HttpResponse:
    live = newest_public(verdict.pk)
    versions = list(verdict.versions.defer("manifest", "reasoning").order_by("-number"))
    withdrawals = Withdrawal.objects.filter(Withdrawal.OPEN, version__verdict=verdict)
    changes = showing.changes_of(verdict.pk)
    context: dict[str, Any] = {
        "verdict": verdict,
        "claim": verdict.claim,
        "live": live,
        "state": version_label(live.state) if live else None,
        "is_live": live is not None and live.state == VersionState.PUBLISHED,
        "is_withdrawn": live is not None and live.state == VersionState.WITHDRAWN,
        "open_one": next((each for each in versions if each.state in OPEN_STATES), None),
        "given_up": _given_up(versions),
        "mark": showing.open_mark(verdict.pk),
        "withdrawal": withdrawals.select_related("proposed_by").first(),
        "steps": steps(changes),
        "can_check": may_check(request.user),
        "can_approve": may_approve(request.user),
        "review_form": ReviewForm(),
        "close_form": CloseReviewForm(),
        "withdrawal_form": WithdrawalForm(),
        "bound": next(iter(bound), ""),
    }
    status = 422 if bound else 200
    return render(request, "claims/after.html", context | bound, status=status)


def _given_up(versions: list[VerdictVersion]) -> VerdictVersion | None:
    """Return the newest version where it was given up: it can be opened again."""
    newest = versions[0] if versions else None
    return newest if newest and newest.state == VersionState.ABANDONED else None


def _verdict(pk: UUID) -> Verdict:
    return get_object_or_404(Verdict.objects.select_related("claim__article"), pk=pk)


def _withdrawal(pk: int) -> Withdrawal:
    return get_object_or_404(Withdrawal.objects.select_related("version"), pk=pk)
