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
from sources import blobs, errands, sealing, visiting, watching
from sources.addressing import policy, source_at
from sources.errands import Clock
from sources.fetching import CODES, FetchError
from sources.models import CaptureRequest, Source
from sources.models.requests import lease_is_over, rest_is_over
from sources.outcomes import Failure, report
from sources.schedule import LONGEST_WAIT, MAX_ATTEMPTS, wait_after
from sources.states import OPEN, TRANSITIONS, RequestState

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
    obeys = by is None if obey_robots is None else obey_robots
    wish = {"obeys_robots": obeys, "is_check": False}
    return _request(source_at(url, by=by, at=at), wish, by=by, at=at)


@transaction.atomic
def request_check(*, source: Source, by: User | None, at: datetime) -> CaptureRequest:
    """Ask whether a source is still as it is kept; only what is not is kept anew.

    While a request is open for the source, that one is returned.
    """
    return _request(source, {"obeys_robots": by is None, "is_check": True}, by=by, at=at)


def _request(
    source: Source, wish: dict[str, bool], *, by: User | None, at: datetime
) -> CaptureRequest:
    asked = {"requested_by": by, "requested_at": at, "not_before": at, **wish}
    request, is_new = CaptureRequest.objects.get_or_create(
        source=source, state__in=OPEN, defaults=asked
    )
    # The wish that asks for more is the one that counts.
    more = {name: False for name, value in wish.items() if getattr(request, name) and not value}
    if is_new:
        record(action="capture.requested", target=request, by=by, at=at, data={"url": source.url})
    elif more:
        CaptureRequest.objects.filter(pk=request.pk).update(**more)
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
    waiting = Q(rest_is_over(at), state=RequestState.QUEUED)
    abandoned = Q(lease_is_over(at), state=RequestState.RUNNING)
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
            _postpone(request_id, until=visiting.free_at(url, at=at_clock()))
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
        known=watching.known(request.source_id) if request.is_check else None,
    )
    request.refresh_from_db()
    return Held(request, turn, errand)


def settle(held: Held, outcome: errands.Outcome, at_clock: Clock) -> None:
    """Write down how an errand ended."""
    request = held.request
    if outcome.robots is not None:
        visiting.keep_robots(held.turn.origin, outcome.robots)
    if outcome.failure is not None and outcome.failure.retry_after:
        asked = min(timedelta(seconds=outcome.failure.retry_after), LONGEST_WAIT)
        visiting.rest(held.turn, until=at_clock() + asked)
    try:
        # Whoever took a lost lease over finishes; blobs that were stored here are the same there.
        with suppress(LeaseLostError), transaction.atomic():
            if outcome.overridden:
                data = {"url": held.errand.url, "reason": outcome.overridden}
                action = "capture.robots_overridden"
                record(action=action, target=request, by=None, at=at_clock(), data=data)
            if outcome.failure is not None:
                _give_up(request, outcome.failure, at_clock())
            elif outcome.same is not None:
                _leave(request, outcome.same, at_clock())
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


@transaction.atomic
def _claim(request_id: UUID, *, token: UUID, at: datetime) -> bool:
    lease = {
        "lease_token": token,
        "lease_until": at + timedelta(seconds=settings.CAPTURE_LEASE_SECONDS),
        "attempts": F("attempts") + 1,
    }
    queued, running, failed = RequestState.QUEUED, RequestState.RUNNING, RequestState.FAILED
    abandoned, spent = lease_is_over(at), Q(attempts__gte=MAX_ATTEMPTS)
    claimed = _move(request_id, queued, running, rest_is_over(at), **lease) or _move(
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
    _let_go(
        request,
        RequestState.DONE,
        capture=capture,
        finished_at=at,
        error_code="",
        error_text="",
        text_error_code=text_error,
        report=report(kept.result),
    )
    watching.note_kept(request=request, capture=capture, kept=kept, at=at)
    data = {"capture": str(capture.pk), "digest": capture.digest, "text_error": text_error}
    record(action="capture.stored", target=request, by=None, at=at, data=data)


def _leave(request: CaptureRequest, same: errands.Same, at: datetime) -> None:
    """Close a check that found what is kept, unless somebody asked for a capture meanwhile."""
    mine = Q(lease_token=request.lease_token, is_check=True)
    closed = {"finished_at": at, "error_code": "", "error_text": "", "report": same.report}
    if _move(request.pk, RequestState.RUNNING, RequestState.UNCHANGED, mine, **closed):
        watching.note_unchanged(request=request, by_answer=same.by_answer, at=at)
        record(action="capture.unchanged", target=request, by=None, at=at)
    else:
        _let_go(request, RequestState.QUEUED, not_before=at)


def _give_up(request: CaptureRequest, failure: Failure, at: datetime) -> None:
    """Put the row back for later, or close it: by the error's family and the attempts left."""
    told = {"error_code": failure.code, "error_text": failure.words, "report": failure.report}
    if CODES[failure.code].family == "retryable" and request.attempts < MAX_ATTEMPTS:
        later = at + wait_after(request.attempts, failure.retry_after)
        _let_go(request, RequestState.QUEUED, not_before=later, **told)
        action = "capture.delayed"
    else:
        _let_go(request, RequestState.FAILED, finished_at=at, **told)
        watching.note_failure(request=request, failure=failure, at=at)
        action = "capture.failed"
    record(action=action, target=request, by=None, at=at, data={"error": failure.code})


def _let_go(request: CaptureRequest, to: RequestState, **values: object) -> None:
    """End this worker's hold on the row. Raises LeaseLostError when it has none any more."""
    mine = Q(lease_token=request.lease_token)
    if not _move(request.pk, RequestState.RUNNING, to, mine, **values):
        raise LeaseLostError
