"""Saving and submitting a verdict's draft: by the button, and by itself while somebody types."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from claims import declaring, drafting, leasing, locking, workflow
from claims.forms import DraftForm
from claims.leasing import LeaseHeldError
from claims.models import Claim, VerdictVersion
from claims.states import VersionState
from claims.versions import StaleRevisionError
from claims.views.conflict import conflict_page
from claims.views.draft_page import claim_of, draft_page, newest
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.errors import FactcheckError


@desk(may_check, methods=("POST",))
def claim_verdict(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Save the draft and, if asked, hand it to the editors. Nothing typed is ever lost."""
    claim = claim_of(pk)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return draft_page(request, claim, form=form)
    wish = request.POST.get("do")
    holder = ""
    try:
        if wish == "take":
            _take(claim, request.user)
        version = _saved(claim, form, request.user, submitting=wish == "submit")
        form = _at_revision(form, version)
        if wish == "submit":
            workflow.submit(
                version=version, revision=version.revision, by=request.user, at=timezone.now()
            )
    except StaleRevisionError as error:
        base = drafting.base_of(error.current, form.cleaned_data["revision"])
        return conflict_page(
            request, claim, error.current, base=base, mine=form.content(), words=error.text
        )
    except LeaseHeldError as error:
        holder = str(error.lease.holder)
        form.add_error(None, error.text)
    except FactcheckError as error:
        form.add_error(None, error.text)
    else:
        if wish == "submit":
            messages.success(request, "The verdict waits for an editor.")
            return redirect(f"{claim.get_absolute_url()}#verdict")
        messages.success(request, "The draft is saved.")
        return redirect(f"{reverse('claims:claim_draft', args=[claim.pk])}#verdict")
    return draft_page(request, claim, form=form, holder=holder)


@desk(may_check, methods=("POST",))
def claim_typed(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Save what was typed so far, and say when, or why not; the page stays as it is."""
    claim = claim_of(pk)
    form = DraftForm(request.POST)
    trouble, version, is_held = "", None, False
    try:
        if form.is_valid():
            version = _saved(claim, form, request.user, typing=True)
            # Who writes the draft works on the claim: its page says so, where nobody else does.
            locking.take(claim=claim, by=request.user, at=timezone.now())
        else:
            trouble = " ".join(str(words) for errors in form.errors.values() for words in errors)
    except StaleRevisionError as error:
        trouble = f"{error.text} Save the draft by the button: it shows both."
    except FactcheckError as error:
        trouble, is_held = error.text, isinstance(error, LeaseHeldError)
    context = {
        "trouble": trouble,
        "is_held": is_held,
        "version": version,
        "now": version and timezone.now(),
    }
    response = render(request, "claims/_draft_state.html", context)
    if version:
        response["HX-Trigger"] = "draft-saved"
    return response


@desk(may_check, methods=("POST",))
def claim_take_over(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take the draft from whoever is writing it, before one's own first word."""
    claim = claim_of(pk)
    with telling(request):
        _take(claim, request.user)
        messages.success(request, "The draft is yours to write for now.")
    return redirect(f"{reverse('claims:claim_draft', args=[claim.pk])}#verdict")


def _take(claim: Claim, by: User) -> None:
    if version := newest(claim):
        leasing.take_over(version=version, by=by, at=timezone.now())


@transaction.atomic
def _saved(
    claim: Claim, form: DraftForm, by: User, *, submitting: bool = False, typing: bool = False
) -> VerdictVersion:
    at = timezone.now()
    version = drafting.start_draft(claim=claim, by=by, at=at)
    if submitting and version.state == VersionState.IN_REVIEW and version.submitted_by_id == by.pk:
        # A second click: the first one did it all.
        return version
    data = form.cleaned_data
    version = drafting.save_draft(
        version=version,
        content=form.content(),
        revision=data["revision"],
        page=data["page"],
        typing=typing,
        by=by,
        at=at,
    )
    if (words := form.declared()) is not None:
        declaring.declare(
            version=version, words=words, is_named=data["interest_named"], by=by, at=at
        )
    return version


def _at_revision(form: DraftForm, version: VerdictVersion) -> DraftForm:
    """Return the same words in a form made from `version`."""
    again = DraftForm(dict(form.data.items()) | {"revision": str(version.revision)})
    again.is_valid()
    return again
