"""Captures: asked for, claimed, fetched, stored, finished. The one writer of a request's state.

The row is the queue. A worker claims it by compare-and-set and holds it by a lease with a token;
a second delivery finds nothing to claim, and a worker that lost its lease cannot finish. Everything
that a capture leaves in the database is written in one transaction, so that a worker killed at any
moment leaves the row to the next one and nothing by halves.
"""

import errno
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Refused
from sources import blobs, sealing
from sources.archiving import reading
from sources.fetching import CODES, FetchError, FetchPolicy, FetchResult, fetch, precheck
from sources.fetching.policy import MEGABYTE
from sources.models import Capture, CaptureRequest, Source
from sources.models.sources import address_digest
from sources.states import OPEN, TRANSITIONS, RequestState

Clock = Callable[[], datetime]

MAX_ATTEMPTS = 4
FIRST_WAIT = timedelta(seconds=30)  # then four times as long after each failure
LONGEST_WAIT = timedelta(hours=1)
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class AddressRefusedError(Refused):
    """The address would never be fetched; `reason` is the code of sources.fetching.CODES."""

    code = "source_address_refused"

    def __init__(self, cause: FetchError) -> None:
        super().__init__(words=cause.words)
        self.reason = cause.code


class NotFailedError(Refused):
    """Only a failed request can be tried again."""

    code = "capture_not_failed"


class AlreadyWaitingError(Refused):
    """The source has another open request."""

    code = "capture_waiting"


class LeaseLostError(Refused):
    """The row belongs to another worker by now."""

    code = "capture_lease_lost"


def policy() -> FetchPolicy:
    """Return the bounds of a fetch under this deployment's settings."""
    return FetchPolicy(
        user_agent=f"Factcheck/{sealing.VERSION} (+{settings.FETCH_CONTACT})",
        loopback_ports=settings.LOOPBACK_PORTS,
        deadline=settings.FETCH_DEADLINE_SECONDS,
        wire_bytes=settings.FETCH_MAX_MEGABYTES * MEGABYTE,
        decoded_bytes=2 * settings.FETCH_MAX_MEGABYTES * MEGABYTE,
    )


@transaction.atomic
def request_capture(*, url: str, by: User | None, at: datetime) -> CaptureRequest:
    """Ask for a capture of `url`; while one is open for the same source, that one is returned.

    Raises AddressRefusedError for an address that would never be fetched.
    """
    try:
        target = precheck(url.strip(), policy=policy())
    except FetchError as error:
        raise AddressRefusedError(error) from error
    source = _source(target.url, by=by, at=at)
    request, is_new = CaptureRequest.objects.get_or_create(
        source=source,
        state__in=OPEN,
        defaults={"requested_by": by, "requested_at": at, "not_before": at},
    )
    if is_new:
        record(action="capture.requested", target=request, by=by, at=at, data={"url": source.url})
    return request


@transaction.atomic
def retry(*, request: CaptureRequest, by: User | None, at: datetime) -> CaptureRequest:
    """Put a failed request back in the queue with all its attempts.

    Raises NotFailedError, and AlreadyWaitingError when the source has another open request.
    """
    try:
        with transaction.atomic():
            moved = _move(
                request.pk,
                RequestState.FAILED,
                RequestState.QUEUED,
                attempts=0,
                not_before=at,
                finished_at=None,
            )
    except IntegrityError as error:
        raise AlreadyWaitingError from error
    if not moved:
        raise NotFailedError
    record(action="capture.retried", target=request, by=by, at=at)
    return CaptureRequest.objects.get(pk=request.pk)


def due(*, at: datetime, limit: int = 200) -> list[UUID]:
    """Return the requests that a worker could claim at `at`, those waiting longest first."""
    waiting = Q(state=RequestState.QUEUED, not_before__lte=at)
    abandoned = Q(state=RequestState.RUNNING, lease_until__lte=at)
    rows = CaptureRequest.objects.filter(waiting | abandoned).order_by("not_before")
    return list(rows.values_list("pk", flat=True)[:limit])


def run(*, request_id: UUID, at_clock: Clock) -> CaptureRequest:
    """Claim the request and capture its source; a no-op when there is nothing to claim.

    Returns the row as it stands afterwards. Raises CaptureRequest.DoesNotExist.
    """
    token = uuid4()
    if _claim(request_id, token=token, at=at_clock()):
        request = CaptureRequest.objects.select_related("source").get(pk=request_id)
        result = fetch(request.source.url, policy=policy(), clock=at_clock)
        # Whoever took a lost lease over finishes; blobs that were stored here are the same there.
        with result, suppress(LeaseLostError):
            _conclude(request, result, at_clock)
    return CaptureRequest.objects.select_related("source", "capture").get(pk=request_id)


def report(result: FetchResult) -> dict[str, object]:
    """Return what a fetch saw, in JSON's types: what `manage.py capture` prints."""
    return {
        "state": result.state,
        "error_code": result.error_code,
        "error_text": result.error_text,
        "url": result.url,
        "status": result.status,
        "final_url": result.final_url,
        "hops": [
            {
                "url": hop.url,
                "status": hop.status,
                "peer_address": hop.peer_address,
                "wire_bytes": hop.wire_bytes,
            }
            for hop in result.hops
        ],
        "peer_address": result.peer_address,
        "wire_bytes": result.wire_bytes,
        "digest": result.digest,
        "media_type": result.media_type,
        "truncated": result.truncated,
    }


def _source(url: str, *, by: User | None, at: datetime) -> Source:
    known = Source.objects.filter(url_digest=address_digest(url))
    found = known.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return Source.objects.create(url=url, created_by=by, created_at=at)
    except IntegrityError:  # somebody else added it just now
        return known.get()


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


@transaction.atomic
def _claim(request_id: UUID, *, token: UUID, at: datetime) -> bool:
    lease = {
        "lease_token": token,
        "lease_until": at + timedelta(seconds=settings.CAPTURE_LEASE_SECONDS),
        "attempts": F("attempts") + 1,
    }
    queued, running, failed = RequestState.QUEUED, RequestState.RUNNING, RequestState.FAILED
    abandoned, spent = Q(lease_until__lte=at), Q(attempts__gte=MAX_ATTEMPTS)
    claimed = _move(request_id, queued, running, Q(not_before__lte=at), **lease) or _move(
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


def _conclude(request: CaptureRequest, result: FetchResult, at_clock: Clock) -> None:
    if result.state != "stored":
        _give_up(request, result, result.error_code, result.error_text, at_clock())
        return
    capture_id = uuid4()
    try:
        body = blobs.store().put(result.body.chunks())
        warc = blobs.store().put(sealing.warc_records(result, capture_id, at_clock()))
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        full = FetchError("disk_full")
        _give_up(request, result, full.code, full.words, at_clock())
        return
    text = reading.read(result.body.chunks(), media_type=result.media_type, charset=result.charset)
    at = at_clock()
    with transaction.atomic():
        capture = sealing.seal(request, result, capture_id, stored=(body, warc), at=at)
        sealing.keep_text(capture, text, at=at)
        _finish(request, result, capture, text.error_code, at)


def _finish(
    request: CaptureRequest, result: FetchResult, capture: Capture, text_error: str, at: datetime
) -> None:
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
        report=report(result),
    )
    if not moved:
        raise LeaseLostError
    data = {"capture": str(capture.pk), "digest": capture.digest, "text_error": text_error}
    record(action="capture.stored", target=request, by=None, at=at, data=data)


@transaction.atomic
def _give_up(
    request: CaptureRequest, result: FetchResult, code: str, words: str, at: datetime
) -> None:
    """Put the row back for later, or close it: by the error's family and the attempts left."""
    again = CODES[code].family == "retryable" and request.attempts < MAX_ATTEMPTS
    to = RequestState.QUEUED if again else RequestState.FAILED
    values: dict[str, object] = {
        "error_code": code,
        "error_text": words,
        "report": {**report(result), "state": "failed", "error_code": code, "error_text": words}
        if result.state == "stored"
        else report(result),
    }
    if again:
        values["not_before"] = at + _wait(request.attempts, result.retry_after)
    else:
        values["finished_at"] = at
    lease = Q(lease_token=request.lease_token)
    if not _move(request.pk, RequestState.RUNNING, to, lease, **values):
        raise LeaseLostError
    action = "capture.delayed" if again else "capture.failed"
    record(action=action, target=request, by=None, at=at, data={"error": code})


def _wait(attempts: int, retry_after: int | None) -> timedelta:
    own = FIRST_WAIT * int(4 ** (attempts - 1))
    asked = timedelta(seconds=min(retry_after or 0, int(LONGEST_WAIT.total_seconds())))
    return min(max(own, asked), LONGEST_WAIT)
