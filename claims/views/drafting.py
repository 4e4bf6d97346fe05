"""Saving and submitting a verdict's draft."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from claims import drafting, workflow
from claims.forms import DraftForm
from claims.models import Claim, VerdictVersion
from claims.states import VersionState
from claims.versions import StaleRevisionError
from claims.views.claim import claim_page
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.errors import FactcheckError


@desk(may_check, methods=("POST",))
def claim_verdict(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Save the draft and, if asked, hand it to the editors. Nothing typed is ever lost."""
    claim = get_object_or_404(Claim.objects.select_related("article"), pk=pk)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return claim_page(request, claim, draft_form=form)
    submitting = request.POST.get("do") == "submit"
    newer = None
    try:
        version = _saved(claim, form, request.user, submitting=submitting)
        if submitting:
            form = _at_revision(form, version)
            workflow.submit(
                version=version,
                revision=version.revision,
                by=request.user,
                at=timezone.now(),
            )
    except StaleRevisionError as error:
        newer = error.current
        form = _at_revision(form, newer)
        form.add_error(None, error.text)
    except FactcheckError as error:
        form.add_error(None, error.text)
    else:
        words = "The verdict waits for an editor." if submitting else "The draft is saved."
        messages.success(request, words)
        return redirect(f"{claim.get_absolute_url()}#verdict")
    return claim_page(request, claim, draft_form=form, newer=newer)


def _saved(claim: Claim, form: DraftForm, by: User, *, submitting: bool) -> VerdictVersion:
    at = timezone.now()
    version = drafting.start_draft(claim=claim, by=by, at=at)
    if submitting and version.state == VersionState.IN_REVIEW and version.submitted_by_id == by.pk:
        # A second click: the first one did it all.
        return version
    data = form.cleaned_data
    return drafting.save_draft(
        version=version,
        rating=data["rating"],
        summary=data["summary"],
        reasoning=data["reasoning"],
        revision=data["revision"],
        by=by,
        at=at,
    )


def _at_revision(form: DraftForm, version: VerdictVersion) -> DraftForm:
    """Return the same words in a form made from `version`: saving it is a decision then."""
    again = DraftForm(dict(form.data.items()) | {"revision": str(version.revision)})
    again.is_valid()
    return again
