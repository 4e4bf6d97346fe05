"""Who has the work: taking it, giving it to somebody, giving it back, undoing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from claims import assigning, owning
from claims.assigning import Job
from claims.forms import AssignForm
from claims.models import Claim, VerdictVersion
from claims.states import ClaimState
from claims.views.wishes import as_uuid
from factcheck.accounts.permissions import may_approve, may_check
from factcheck.accounts.views.desk import DeskRequest, desk, telling


def owner_strip(request: DeskRequest, job: Job) -> dict[str, Any]:
    """Return what the strip says and offers: who has the work, and who could have it."""
    held = assigning.holder(job)
    can = may_check(request.user) and _is_open(job)
    name = "version_assign" if job.version else "claim_assign"
    return {
        "held": held,
        "is_late": held is not None and owning.is_late(held, timezone.localdate()),
        "is_review": job.version is not None,
        "is_mine": held is not None and held.person_id == request.user.pk,
        "can": can,
        "can_take": can and not assigning.why_unfit(job, request.user),
        "can_release": can
        and held is not None
        and (held.person_id == request.user.pk or may_approve(request.user)),
        "people": assigning.candidates(job) if can else [],
        "can_undo": can and assigning.undoable(job, by=request.user, at=timezone.now()) is not None,
        "action": reverse(f"claims:{name}", args=[job.target.pk]),
        "today": timezone.localdate(),
    }


@desk(may_check, methods=("POST",))
def claim_assign(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change who has a claim to check."""
    job = Job(get_object_or_404(Claim, pk=pk))
    return _change(request, job)


@desk(may_check, methods=("POST",))
def version_assign(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Change who has a version to review."""
    rows = VerdictVersion.objects.select_related("verdict__claim")
    version = get_object_or_404(rows, pk=pk)
    return _change(request, Job(version.verdict.claim, version))


def _is_open(job: Job) -> bool:
    if job.version is not None:
        return job.version.state in owning.REVIEWABLE
    return job.claim.state == ClaimState.OPEN


def _change(request: DeskRequest, job: Job) -> HttpResponse:
    what = request.POST.get("do", "")
    with telling(request):
        if what == "take":
            _take(request, job)
        elif what == "give":
            _give(request, job)
        elif what == "release":
            assigning.release(job=job, by=request.user, at=timezone.now())
            messages.success(request, "Given back. Somebody else can take it.")
        elif what == "undo":
            row = assigning.undo(job=job, by=request.user, at=timezone.now())
            who = row.person if row else "nobody"
            messages.success(request, f"Undone. It is with {who} again.")
    return redirect(job.href)


def _take(request: DeskRequest, job: Job) -> None:
    seen = as_uuid(request.POST.get("seen", ""))
    assigning.give(job=job, to=request.user, seen=seen, by=request.user, at=timezone.now())
    messages.success(request, "It is yours now.")


def _give(request: DeskRequest, job: Job) -> None:
    form = AssignForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return
    given = assigning.give(
        job=job,
        to=form.cleaned_data["person"],
        seen=form.cleaned_data["seen"],
        due_on=form.cleaned_data["due_on"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, f"It is with {given.person} now.")
