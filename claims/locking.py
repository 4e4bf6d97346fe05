"""Who is working on a claim just now: a lease that warns and refuses nothing.

No verb of the workflow asks for it, so that an emergency never waits for somebody's lunch. It is
renewed by typing and runs out by itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from claims.models import Claim, WorkLock
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check, require
from factcheck.audit.trail import record

LEASE = timedelta(minutes=10)

# Takes the lock where it is free, run out, or one's own; one statement, so of two one wins.
# `since` stays while the same person goes on without a break.
_TAKE = """
INSERT INTO claims_worklock AS held (claim_id, person_id, since, until)
VALUES (%(claim)s, %(person)s, %(at)s, %(until)s)
ON CONFLICT (claim_id) DO UPDATE SET
    person_id = EXCLUDED.person_id,
    since = CASE WHEN held.person_id = EXCLUDED.person_id AND held.until > %(at)s
                 THEN held.since ELSE EXCLUDED.since END,
    until = EXCLUDED.until
WHERE held.person_id = EXCLUDED.person_id OR held.until <= %(at)s
"""


@dataclass(frozen=True)
class Holder:
    """Who works on a claim, since when, and until when unless they go on."""

    person: User
    since: datetime
    until: datetime


def holder(claim: UUID, at: datetime) -> Holder | None:
    """Return who works on the claim at `at`; a lease that ran out is nobody's."""
    row = WorkLock.objects.select_related("person").filter(claim=claim, until__gt=at).first()
    if row is None or not row.person.is_active:
        return None
    return Holder(row.person, row.since, row.until)


def take(*, claim: Claim, by: User, at: datetime) -> Holder | None:
    """Take or renew the lock where nobody else has it; return who has it then.

    Raises NotAllowedError.
    """
    require(may_check, by)
    found = holder(claim.pk, at)
    if found is None:
        # Somebody who was deactivated holds nothing, whatever the lease says.
        gone = WorkLock.objects.filter(claim=claim, person__is_active=False)
        gone.exclude(person=by).delete()
    values: dict[str, Any] = {
        "claim": claim.pk,
        "person": by.pk,
        "at": at,
        "until": at + LEASE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
    return holder(claim.pk, at)


@transaction.atomic
def take_over(*, claim: Claim, seen: int, by: User, at: datetime) -> Holder | None:
    """Take the lock from the person (by id) who was seen to have it; return who has it then.

    Where a third person was quicker, nothing changes. Raises NotAllowedError.
    """
    require(may_check, by)
    rows = WorkLock.objects.filter(claim=claim, person=seen, until__gt=at).exclude(person=by)
    former = holder(claim.pk, at)
    if rows.update(person=by, since=at, until=at + LEASE):
        data = {"person": former.person.username if former else ""}
        record(action="claim.work_taken_over", target=claim, by=by, at=at, data=data)
        return holder(claim.pk, at)
    return take(claim=claim, by=by, at=at)


def let_go(*, claim: Claim, by: User) -> None:
    """Stop working on the claim; somebody else's lock stays."""
    WorkLock.objects.filter(claim=claim, person=by).delete()
