"""Captures: asked for, claimed, fetched, stored, finished. The one writer of a request's state.

The row is the queue. A worker claims it by compare-and-set and holds it by a lease with a token;
a second delivery finds nothing to claim, and a worker that lost its lease cannot finish. Everything
that a capture leaves in the database is written in one transaction, so that a worker killed at any
moment leaves the row to the next one and nothing by halves.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Refused
from sources import blobs, errands, sealing, visiting
from sources.addressing import policy, source_at
from sources.errands import Clock
from sources.fetching import CODES, FetchError
from sources.models import CaptureRequest
from sources.models.rules import reached
from sources.outcomes import Failure, report
from sources.states import OPEN, TRANSITIONS, RequestState

MAX_ATTEMPTS = 4
FIRST_WAIT = timedelta(seconds=30)  # then four times as long after each failure
LONGEST_WAIT = timedelta(hours=1)
TRIES_FOR_A_TURN = 20


class NotFailedError(Refused):
    """Only a failed request can be tried again."""

    code = "capture_not_failed"


class AlreadyWaitingError(Refused):
    """The source has another open request."""

    code = "capture_waiting"


class LeaseLostError(Refused):
    """The row belongs to another worker by now."""

    code = "capture_lease_lost"


@transaction.atomic
def request_capture(
    *, url: str, by: User | None, at: datetime, obey_robots: bool | None = None
) -> CaptureRequest:
    """Ask for a capture of `url`; while one is open for the same source, that one is returned.

    What a person asks for is fetched whatever robots.txt says, unless `obey_robots` is given.
    Raises AddressRefusedError for an address that would never be fetched.
    """
    source = source_at(url, by=by, at=at)
    obeys = by is None if obey_robots is None else obey_robots
    request, is_new = CaptureRequest.objects.get_or_create(
        source=source,
        state__in=OPEN,
        defaults={
            "requested_by": by,
            "requested_at": at,
            "not_before": at,
            "obeys_robots": obeys,
        },
    )
    if is_new:
        record(action="capture.requested", target=request, by=by, at=at, data={"url": source.url})
    elif request.obeys_robots and not obeys:
        CaptureRequest.objects.filter(pk=request.pk).update(obeys_robots=False)
    return request


@transaction.atomic
def retry(*, request: CaptureRequest, by: User | None, at: datetime) -> CaptureRequest:
    """Put a failed request back in the queue with all its attempts.

    A person who tries again asks for the page, whatever robots.txt said the first time.
    Raises NotFailedError, and AlreadyWaitingError when the source has another open request.
    """
    asked = {} if by is None else {"obeys_robots": False}
    try:
        with transaction.atomic():
            moved = _move(
                request.pk,
                RequestState.FAILED,
                RequestState.QUEUED,
                attempts=0,
                not_before=at,
                finished_at=None,
                **asked,
            )
    except IntegrityError as error:
        raise AlreadyWaitingError from error
    if not moved:
        raise NotFailedError
    record(action="capture.retried", target=request, by=by, at=at)
    return CaptureRequest.objects.get(pk=request.pk)


def due(*, at: datetime, limit: int = 200, only: UUID | None = None) -> list[UUID]:
    """Return the requests that a worker could claim at `at`, those waiting longest first."""
    waiting = Q(_waited(at), state=RequestState.QUEUED)
    abandoned = Q(_abandoned(at), state=RequestState.RUNNING)
    rows = CaptureRequest.objects.filter(waiting | abandoned).order_by("not_before")
    rows = rows if only is None else rows.filter(pk=only)
    return list(rows.values_list("pk", flat=True)[:limit])


def run(*, request_id: UUID, at_clock: Clock) -> CaptureRequest:
    """Claim the request and capture its source; a no-op when there is nothing to claim.

    While another worker is at the same host, the row waits. Returns the row as it stands
    afterwards. Raises CaptureRequest.DoesNotExist.
    """
    held = take(request_id, at_clock, tries=TRIES_FOR_A_TURN)
    if held is not None:
        with visiting.leaving(held.turn, clock=at_clock):
            settle(held, errands.go(held.errand, clock=at_clock), at_clock)
    return CaptureRequest.objects.select_related("source", "capture").get(pk=request_id)


@dataclass(frozen=True, slots=True)
class Held:
    """A claimed row, the turn at its host, and what has to be done."""

    request: CaptureRequest
    turn: visiting.Turn
    errand: errands.Errand


def take(request_id: UUID, at_clock: Clock, *, tries: int) -> Held | None:
    """Take the turn at the host and claim the row; None when one of them cannot be had.

    A row that waited for its host in vain (`tries` above one) is put off for a moment.
    """
    request = CaptureRequest.objects.select_related("source").get(pk=request_id)
    at, token, url = at_clock(), uuid4(), request.source.url
    if request_id not in due(at=at, only=request_id):
        return None
    lease = timedelta(seconds=settings.CAPTURE_LEASE_SECONDS)
    turn = visiting.wait(url=url, visitor=token, clock=at_clock, within=lease, tries=tries)
    if turn is None:
        if tries > 1:
            _postpone(request_id, until=at_clock() + timedelta(seconds=1))
        return None
    if not _claim(request_id, token=token, at=at_clock()):
        visiting.leave(turn, at=at_clock())
        return None
    errand = errands.Errand(
        url=url,
        origin=turn.origin,
        policy=policy(),
        store=blobs.store(),
        asks_robots=settings.FETCH_ROBOTS,
        obeys_robots=request.obeys_robots,
        robots=visiting.known_robots(turn.origin, at=at),
    )
    request.refresh_from_db()
    return Held(request, turn, errand)


def settle(held: Held, outcome: errands.Outcome, at_clock: Clock) -> None:
    """Write down how an errand ended."""
    request = held.request
    if outcome.robots is not None:
        visiting.keep_robots(held.turn.origin, outcome.robots)
    try:
        # Whoever took a lost lease over finishes; blobs that were stored here are the same there.
        with suppress(LeaseLostError), transaction.atomic():
            if outcome.overridden:
                data = {"url": held.errand.url, "reason": outcome.overridden}
                action = "capture.robots_overridden"
                record(action=action, target=request, by=None, at=at_clock(), data=data)
            if outcome.failure is not None:
                _give_up(request, outcome.failure, at_clock())
            elif outcome.kept is not None:
                _finish(request, outcome.kept, at_clock())
    finally:
        outcome.close()


def _move(
    request_id: UUID,
    origin: RequestState,
    to: RequestState,
    *conditions: Q,
    **values: object,
) -> bool:
    """Change a row's state by compare-and-set; tell whether exactly this change was made."""
    if to not in TRANSITIONS[origin]:
        raise ValueError(f"a capture request cannot go from {origin} to {to}")
    if to != RequestState.RUNNING:
        values |= {"lease_until": None, "lease_token": None}
    rows = CaptureRequest.objects.filter(*conditions, pk=request_id, state=origin)
    return rows.update(state=to, **values) == 1


def _postpone(request_id: UUID, *, until: datetime) -> None:
    waiting = CaptureRequest.objects.filter(pk=request_id, state=RequestState.QUEUED)
    waiting.filter(not_before__lt=until).update(not_before=until)


def _waited(at: datetime) -> Q:
    return reached("not_before", at=at, within=LONGEST_WAIT)


def _abandoned(at: datetime) -> Q:
    lease = timedelta(seconds=settings.CAPTURE_LEASE_SECONDS)
    return reached("lease_until", at=at, within=lease)


@transaction.atomic
def _claim(request_id: UUID, *, token: UUID, at: datetime) -> bool:
    lease = {
        "lease_token": token,
        "lease_until": at + timedelta(seconds=settings.CAPTURE_LEASE_SECONDS),
        "attempts": F("attempts") + 1,
    }
    queued, running, failed = RequestState.QUEUED, RequestState.RUNNING, RequestState.FAILED
    abandoned, spent = _abandoned(at), Q(attempts__gte=MAX_ATTEMPTS)
    claimed = _move(request_id, queued, running, _waited(at), **lease) or _move(
        request_id, running, running, abandoned, ~spent, **lease
    )
    row = CaptureRequest(pk=request_id)
    if claimed:
        record(action="capture.started", target=row, by=None, at=at, data={"token": str(token)})
        return True
    error = FetchError("attempts_spent", limit=MAX_ATTEMPTS)
    words = {"error_code": error.code, "error_text": error.words, "finished_at": at}
    if _move(request_id, running, failed, abandoned, spent, **words):
        record(action="capture.failed", target=row, by=None, at=at, data={"error": error.code})
    return False


def _finish(request: CaptureRequest, kept: errands.Kept, at: datetime) -> None:
    capture = sealing.seal(
        request, kept.result, kept.capture_id, stored=(kept.body, kept.warc), at=at
    )
    sealing.keep_text(capture, kept.text, at=at)
    text_error = kept.text.error_code
    moved = _move(
        request.pk,
        RequestState.RUNNING,
        RequestState.DONE,
        Q(lease_token=request.lease_token),
        capture=capture,
        finished_at=at,
        error_code="",
        error_text="",
        text_error_code=text_error,
        report=report(kept.result),
    )
    if not moved:
        raise LeaseLostError
    data = {"capture": str(capture.pk), "digest": capture.digest, "text_error": text_error}
    record(action="capture.stored", target=request, by=None, at=at, data=data)


def _give_up(request: CaptureRequest, failure: Failure, at: datetime) -> None:
    """Put the row back for later, or close it: by the error's family and the attempts left."""
    again = CODES[failure.code].family == "retryable" and request.attempts < MAX_ATTEMPTS
    to = RequestState.QUEUED if again else RequestState.FAILED
    when = (
        {"not_before": at + _wait(request.attempts, failure.retry_after)}
        if again
        else {"finished_at": at}
    )
    moved = _move(
        request.pk,
        RequestState.RUNNING,
        to,
        Q(lease_token=request.lease_token),
        error_code=failure.code,
        error_text=failure.words,
        report=failure.report,
        **when,
    )
    if not moved:
        raise LeaseLostError
    action = "capture.delayed" if again else "capture.failed"
    record(action=action, target=request, by=None, at=at, data={"error": failure.code})


def _wait(attempts: int, retry_after: int | None) -> timedelta:
    own = FIRST_WAIT * int(4 ** (attempts - 1))
    asked = timedelta(seconds=min(retry_after or 0, int(LONGEST_WAIT.total_seconds())))
    return min(max(own, asked), LONGEST_WAIT)
