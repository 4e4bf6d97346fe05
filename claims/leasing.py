"""Who is writing a draft: a lease that saving renews, and that runs out by itself.

Everybody may read a draft at any time. While somebody holds it nobody else saves, until they take
it over; whoever lost it that way is told at their next save, and keeps their words.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from claims.models import DraftLease, VerdictVersion
from claims.states import VersionState
from claims.versions import about, expect, locked
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check, require
from factcheck.audit.trail import record
from factcheck.errors import Refused

LENGTH: Final = timedelta(minutes=5)


class LeaseHeldError(Refused):
    """Somebody else is writing the draft; `lease` says who and until when."""

    code = "draft_held"

    def __init__(self, lease: DraftLease) -> None:
        until = timezone.localtime(lease.until)
        super().__init__(who=str(lease.holder), until=f"{until:%H:%M}")
        self.lease = lease


def held(version: VerdictVersion, *, at: datetime) -> DraftLease | None:
    """Return the lease that holds the draft at this time, with its holder; None when it is free."""
    rows = DraftLease.objects.select_related("holder")
    return rows.filter(version=version, until__gt=at).first()


def require_free(version: VerdictVersion, *, by: User, at: datetime) -> None:
    """Raise LeaseHeldError while somebody else holds the draft. The version's row is locked."""
    lease = held(version, at=at)
    if lease and lease.holder_id != by.pk:
        raise LeaseHeldError(lease)


def hold(version: VerdictVersion, *, by: User, at: datetime) -> DraftLease:
    """Hold the draft, or hold it longer. The version's row is locked. Raises LeaseHeldError."""
    require_free(version, by=by, at=at)
    before = held(version, at=at)
    since = before.since if before else at
    lease, _ = DraftLease.objects.update_or_create(
        version=version, defaults={"holder": by, "since": since, "until": at + LENGTH}
    )
    return lease


@transaction.atomic
def take_over(*, version: VerdictVersion, by: User, at: datetime) -> DraftLease:
    """Take a draft from whoever holds it. Again is a no-op.

    Raises StateChangedError and NotAllowedError.
    """
    require(may_check, by)
    version = locked(version)
    expect(version, VersionState.DRAFT)
    before = held(version, at=at)
    if before and before.holder_id == by.pk:
        return before
    let_go(version)
    if before:
        data = about(version) | {"from": str(before.holder)}
        record(action="verdict.taken_over", target=version, by=by, at=at, data=data)
    return hold(version, by=by, at=at)


def let_go(version: VerdictVersion) -> None:
    """End the lease, whoever holds it. The version's row is locked."""
    DraftLease.objects.filter(version=version).delete()
