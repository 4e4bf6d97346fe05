"""Verifying the audit trail on somebody's wish, in a worker. The one writer of a Verification.

The row is the queue: a worker claims it by compare-and-set under a lease with a token, and finishes
it only while it still holds that token.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_verify_audit, require
from factcheck.audit.models import Verification
from factcheck.audit.states import OPEN_VERIFICATIONS, VerificationState
from factcheck.audit.trail import record
from factcheck.audit.verifying import Report, verify

LEASE = timedelta(minutes=5)  # longer than the hard limit of a task
MAX_ATTEMPTS = 3
KEPT_FAULTS = 100
KEPT_HEADS = 1000


def ask(*, by: User, at: datetime) -> Verification:
    """Queue a verification; while one is under way, return that one. Raises NotAllowedError."""
    require(may_verify_audit, by)
    try:
        with transaction.atomic():
            row = Verification.objects.create(asked_by=by, asked_at=at)
            record(action="audit.verification_asked", target=row, by=by, at=at)
    except IntegrityError:
        return Verification.objects.select_related("asked_by").get(state__in=OPEN_VERIFICATIONS)
    return row


def newest() -> Verification | None:
    """Return the verification that was asked for last."""
    return Verification.objects.select_related("asked_by").order_by("-asked_at").first()


def due(*, at: datetime) -> list[UUID]:
    """Return the verification that a worker could claim at `at`, if there is one."""
    waiting = Q(state=VerificationState.QUEUED)
    return list(Verification.objects.filter(waiting | _abandoned(at)).values_list("pk", flat=True))


def run(*, verification_id: UUID, clock: Callable[[], datetime]) -> None:
    """Claim the row and compute the chain; a no-op when there is nothing to claim."""
    token = uuid4()
    if _claim(verification_id, token, clock()):
        _finish(verification_id, token, verify(known=_written_down()), clock())


def _abandoned(at: datetime) -> Q:
    return Q(state=VerificationState.RUNNING, lease_until__lte=at)


@transaction.atomic
def _claim(pk: UUID, token: UUID, at: datetime) -> bool:
    rows = Verification.objects.filter(pk=pk)
    spent = rows.filter(_abandoned(at), attempts__gte=MAX_ATTEMPTS)
    ended = {"lease_token": None, "lease_until": None, "finished_at": at}
    if spent.update(state=VerificationState.FAILED, **ended):
        record(action="audit.verification_failed", target=Verification(pk=pk), by=None, at=at)
        return False
    mine = rows.filter(Q(state=VerificationState.QUEUED) | _abandoned(at))
    held = {"lease_token": token, "lease_until": at + LEASE, "attempts": F("attempts") + 1}
    return mine.update(state=VerificationState.RUNNING, **held) == 1


def _written_down() -> dict[int, str]:
    """Return the heads that earlier verifications found: later chains must pass through them."""
    done = Verification.objects.filter(state=VerificationState.DONE, fault_count=0, links__gte=1)
    heads = done.order_by("-asked_at").values_list("links", "head")[:KEPT_HEADS]
    return {links: head for links, head in heads if links is not None}


@transaction.atomic
def _finish(pk: UUID, token: UUID, report: Report, at: datetime) -> None:
    mine = Verification.objects.filter(pk=pk, state=VerificationState.RUNNING, lease_token=token)
    found = mine.update(
        state=VerificationState.DONE,
        lease_token=None,
        lease_until=None,
        finished_at=at,
        links=report.links,
        head=report.head,
        fault_count=len(report.faults),
        faults=[vars(fault) for fault in report.faults[:KEPT_FAULTS]],
    )
    if found:
        data = {"links": report.links, "head": report.head, "faults": len(report.faults)}
        record(action="audit.verified", target=Verification(pk=pk), by=None, at=at, data=data)
