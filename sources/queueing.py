"""The queue of work that another service takes part in. The one writer of a WorkState.

As with captures, the row is the queue: a worker claims it by compare-and-set under a lease with a
token, finishes it only while it still holds that token, and a row whose worker died is claimed by
the next one, or failed once its attempts are spent.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import TEXTS, Refused
from sources.asking import ServiceError
from sources.models import Work
from sources.models.rules import reached
from sources.states import WORK_TRANSITIONS, WorkState

MAX_ATTEMPTS = 5
LEASE = timedelta(minutes=3)  # longer than the deadline of any question
FIRST_WAIT = timedelta(minutes=2)  # then four times as long after each failure
LONGEST_WAIT = timedelta(hours=6)

Row = TypeVar("Row", bound=Work)


class WorkLeaseLostError(Refused):
    """The row belongs to another worker by now."""

    code = "work_lease_lost"


class WorkNotFailedError(Refused):
    """Only what failed can be tried again."""

    code = "work_not_failed"


class WorkWaitingError(Refused):
    """The same is under way already."""

    code = "work_waiting"


def due(rows: type[Row], *only: Q, at: datetime, limit: int = 50) -> list[UUID]:
    """Return the rows that a worker could claim at `at`, those waiting longest first."""
    waiting = Q(reached("not_before", at=at, within=LONGEST_WAIT), state=WorkState.QUEUED)
    abandoned = Q(reached("lease_until", at=at, within=LEASE), state=WorkState.RUNNING)
    found = _all(rows).filter(waiting | abandoned, *only).order_by("not_before")
    return list(found.values_list("pk", flat=True)[:limit])


@transaction.atomic
def claim(rows: type[Row], pk: UUID, *, at: datetime) -> Row | None:
    """Claim the row for a while; None when there is nothing to claim.

    A row that was abandoned with all its attempts spent is failed instead. Raises DoesNotExist.
    """
    queued, running, failed = WorkState.QUEUED, WorkState.RUNNING, WorkState.FAILED
    waited = reached("not_before", at=at, within=LONGEST_WAIT)
    abandoned = reached("lease_until", at=at, within=LEASE)
    spent = Q(attempts__gte=MAX_ATTEMPTS)
    held = {"lease_token": uuid4(), "lease_until": at + LEASE, "attempts": F("attempts") + 1}
    row = _all(rows).get(pk=pk)
    if _move(row, queued, running, waited, **held) or _move(
        row, running, running, abandoned, ~spent, **held
    ):
        return _all(rows).get(pk=pk)
    words = {"error_code": "work_spent", "error_text": TEXTS["work_spent"]}
    words["error_text"] = words["error_text"].format(limit=MAX_ATTEMPTS)
    if _move(row, running, failed, abandoned, spent, finished_at=at, **words):
        _note(row, "failed", at, data={"error": "work_spent"})
    return None


@transaction.atomic
def finish(row: Work, *, at: datetime, data: dict[str, str], **values: object) -> None:
    """Close a row that is done; `data` goes to the audit trail. Raises WorkLeaseLostError."""
    cleared = {"error_code": "", "error_text": "", "finished_at": at}
    _move_mine(row, WorkState.DONE, **cleared, **values)
    _note(row, "done", at, data=data)


def put_back(row: Work, *, until: datetime, **values: object) -> None:
    """Let a row that did not fail wait: its attempts count anew. Raises WorkLeaseLostError."""
    _move_mine(row, WorkState.QUEUED, attempts=0, not_before=until, **values)


def postpone(row: Work, *, until: datetime) -> None:
    """Let a row wait that nobody has claimed, because the service is not free."""
    waiting = _all(type(row)).filter(pk=row.pk, state=WorkState.QUEUED, not_before__lt=until)
    waiting.update(not_before=until)


@transaction.atomic
def give_up(row: Work, error: ServiceError, *, at: datetime, **values: object) -> None:
    """Put the row back for later, or close it: by the error and the attempts left.

    Raises WorkLeaseLostError.
    """
    words = {"error_code": error.code[:40], "error_text": error.words, **values}
    if error.retryable and row.attempts < MAX_ATTEMPTS:
        until = at + wait(row.attempts, error.retry_after)
        _move_mine(row, WorkState.QUEUED, not_before=until, **words)
        return
    _move_mine(row, WorkState.FAILED, finished_at=at, **words)
    _note(row, "failed", at, data={"error": error.code})


@transaction.atomic
def retry(row: Work, *, by: User, at: datetime) -> None:
    """Put a failed row back in the queue with all its attempts, because a person says so.

    Raises WorkNotFailedError, and WorkWaitingError while the same is under way in another row.
    """
    fresh = {"attempts": 0, "not_before": at, "finished_at": None}
    with waiting_once():
        if not _move(row, WorkState.FAILED, WorkState.QUEUED, **fresh):
            raise WorkNotFailedError
    _note(row, "retried", at, by=by)


@contextmanager
def waiting_once() -> Iterator[None]:
    """Run a change that the database refuses while the same waits. Raises WorkWaitingError."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise WorkWaitingError from error


def wait(attempts: int, retry_after: int | None) -> timedelta:
    """Return how long to wait after so many attempts, or as the service asked, within bounds."""
    own = FIRST_WAIT * int(4 ** max(attempts - 1, 0))
    asked = timedelta(seconds=min(retry_after or 0, int(LONGEST_WAIT.total_seconds())))
    return min(max(own, asked), LONGEST_WAIT)


def _all(rows: type[Row]) -> models.Manager[Row]:
    return rows._default_manager  # noqa: SLF001 (Django's spelling)


def _move(row: Work, origin: WorkState, to: WorkState, *only: Q, **values: object) -> bool:
    """Change a row's state by compare-and-set; tell whether exactly this change was made."""
    if to not in WORK_TRANSITIONS[origin]:
        raise ValueError(f"work cannot go from {origin} to {to}")
    if to != WorkState.RUNNING:
        values |= {"lease_until": None, "lease_token": None}
    rows = _all(type(row)).filter(*only, pk=row.pk, state=origin)
    return rows.update(state=to, **values) == 1


def _move_mine(row: Work, to: WorkState, **values: object) -> None:
    if not _move(row, WorkState.RUNNING, to, Q(lease_token=row.lease_token), **values):
        raise WorkLeaseLostError


def _note(
    row: Work,
    what: str,
    at: datetime,
    *,
    by: User | None = None,
    data: dict[str, str] | None = None,
) -> None:
    record(action=f"{row.NOUN}.{what}", target=row, by=by, at=at, data=data)
