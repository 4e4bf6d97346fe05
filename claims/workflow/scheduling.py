"""Publishing at a time, and not before one. The rows are the queue; a worker publishes."""

from datetime import datetime

from django.db import transaction

from claims.models import Embargo, Schedule, Verdict, VerdictVersion
from claims.states import PUBLIC_STATES, VersionState
from claims.versions import about, expect, locked
from claims.workflow.moving import expect_digest
from claims.workflow.refusals import (
    EmbargoTooLateError,
    ReasonRequiredError,
    ScheduleInPastError,
    UnderEmbargoError,
)
from claims.workflow.releasing import publish
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_approve, require
from factcheck.audit.trail import record
from factcheck.errors import FactcheckError


@transaction.atomic
def schedule(
    *, version: VerdictVersion, digest: str, publish_at: datetime, by: User, at: datetime
) -> Schedule:
    """Have an approved version published at `publish_at`, in the name of `by`.

    Raises ScheduleInPastError, UnderEmbargoError, DigestMismatchError, StateChangedError and
    NotAllowedError.
    """
    require(may_approve, by)
    if publish_at <= at:
        raise ScheduleInPastError
    version = locked(version)
    expect(version, VersionState.APPROVED)
    expect_digest(version, digest)
    embargo = Embargo.objects.filter(verdict=version.verdict_id, until__gt=publish_at).first()
    if embargo:
        raise UnderEmbargoError(until=embargo.words)
    planned, _ = Schedule.objects.update_or_create(
        version=version,
        defaults={
            "digest": version.digest,
            "publish_at": publish_at,
            "set_by": by,
            "set_at": at,
            "problem": "",
        },
    )
    data = about(version) | {"publish_at": publish_at.isoformat()}
    record(action="verdict.scheduled", target=version, by=by, at=at, data=data)
    return planned


@transaction.atomic
def unschedule(*, version: VerdictVersion, by: User, at: datetime) -> None:
    """Have it published by hand again. Without a schedule this is a no-op."""
    require(may_approve, by)
    version = locked(version)
    expect(version, VersionState.APPROVED)
    deleted, _ = Schedule.objects.filter(version=version).delete()
    if deleted:
        data = about(version)
        record(action="verdict.unscheduled", target=version, by=by, at=at, data=data)


@transaction.atomic
def set_embargo(
    *, verdict: Verdict, until: datetime, reason: str, by: User, at: datetime
) -> Embargo:
    """Let nobody publish the verdict before `until`; a schedule before that falls away.

    Raises ScheduleInPastError, ReasonRequiredError, EmbargoTooLateError and NotAllowedError.
    """
    require(may_approve, by)
    if until <= at:
        raise ScheduleInPastError
    if not (reason := reason.strip()):
        raise ReasonRequiredError
    verdict = Verdict.objects.select_for_update().get(pk=verdict.pk)
    if verdict.versions.filter(state__in=PUBLIC_STATES).exists():
        raise EmbargoTooLateError
    Schedule.objects.filter(version__verdict=verdict, publish_at__lt=until).delete()
    embargo, _ = Embargo.objects.update_or_create(
        verdict=verdict,
        defaults={"until": until, "reason": reason[:500], "set_by": by, "set_at": at},
    )
    data = {"claim": str(verdict.claim_id), "until": until.isoformat(), "reason": reason[:200]}
    record(action="verdict.embargoed", target=verdict.claim, by=by, at=at, data=data)
    return embargo


@transaction.atomic
def lift_embargo(*, verdict: Verdict, by: User, at: datetime) -> None:
    """Let the verdict be published at any time. Without an embargo this is a no-op."""
    require(may_approve, by)
    deleted, _ = Embargo.objects.filter(verdict=verdict).delete()
    if deleted:
        data = {"claim": str(verdict.claim_id)}
        record(action="verdict.embargo_lifted", target=verdict.claim, by=by, at=at, data=data)


def due(*, at: datetime, limit: int = 100) -> list[int]:
    """Return the schedules whose time has come."""
    rows = Schedule.objects.filter(
        publish_at__lte=at, problem="", version__state=VersionState.APPROVED
    )
    return list(rows.order_by("publish_at").values_list("pk", flat=True)[:limit])


def publish_due(*, schedule_id: int, at: datetime) -> VerdictVersion | None:
    """Publish what is due; a second delivery finds nothing to do.

    What stands against it is written beside the schedule, and waits for a person.
    """
    with transaction.atomic():
        planned = _waiting(schedule_id, at)
        if planned is None:
            return None
        try:
            with transaction.atomic():
                return publish(
                    version=planned.version, digest=planned.digest, by=planned.set_by, at=at
                )
        except FactcheckError as error:
            planned.problem = error.text[:500]
            planned.save(update_fields=["problem"])
            data = about(planned.version) | {"problem": planned.problem}
            action = "verdict.schedule_failed"
            record(action=action, target=planned.version, by=None, at=at, data=data)
            return None


def _waiting(schedule_id: int, at: datetime) -> Schedule | None:
    rows = Schedule.objects.select_for_update(of=("self",), skip_locked=True)
    planned = rows.filter(pk=schedule_id, publish_at__lte=at, problem="").first()
    if planned is None or planned.version.state != VersionState.APPROVED:
        return None
    return planned
