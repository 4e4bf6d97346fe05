"""Telling people of work whose day is near."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.dateformat import format as in_words

from claims.assigning import Job, why_unfit
from claims.models import Assignment, VerdictVersion
from claims.notifying import notify, quoted
from claims.states import ClaimState, VersionState
from claims.together_states import NotificationKind


@transaction.atomic
def tell_due(*, at: datetime, limit: int = 200) -> int:
    """Tell people of what is due by tomorrow, once; return how many were told."""
    tomorrow = timezone.localdate(at) + timedelta(days=1)
    rows = (
        Assignment.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(ended_at=None, due_told_at=None, due_on__lte=tomorrow)
        .select_related("claim", "version__verdict", "person")
    )
    told = 0
    for row in rows.order_by("due_on")[:limit]:
        row.due_told_at = at
        row.save(update_fields=["due_told_at"])
        job = Job(row.claim, row.version)
        if row.due_on and _is_waiting(job) and not why_unfit(job, row.person):
            what = "review" if row.version_id else "check"
            day = in_words(row.due_on, "j F Y")
            notify(
                recipients=[row.person_id],
                kind=NotificationKind.DUE_SOON,
                claim=row.claim,
                text=f"Your {what} of {quoted(row.claim)} is due on {day}",
                href=job.href,
                key=f"due:{row.pk}",
                at=at,
            )
            told += 1
    return told


def _is_waiting(job: Job) -> bool:
    """Whether there is still something to do."""
    if job.version is not None:
        return job.version.state in {VersionState.IN_REVIEW, VersionState.APPROVED}
    done = VerdictVersion.objects.filter(verdict__claim=job.claim, published_at__isnull=False)
    return job.claim.state == ClaimState.OPEN and not done.exists()
