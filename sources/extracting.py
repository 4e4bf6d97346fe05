"""Reading what is kept, in the queue: the one writer of a reading request's state.

A capture is kept whatever becomes of its reading. A new reading never changes an older one: it adds
a text with its tables, or finds that they are the same. The row is the queue, as with captures.
"""

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
from sources.anchoring.anchors import digest as text_digest
from sources.archiving import reading
from sources.archiving.blobs import BlobError
from sources.archiving.reading.parsers import parsers_for
from sources.errands import Clock
from sources.models import Capture, ExtractedText, ReadingRequest
from sources.states import OPEN, READING_TRANSITIONS, ReadingState

MAX_ATTEMPTS = 3


class NothingToReadError(Refused):
    """The document is of a kind that holds no text."""

    code = "reading_no_text"


class ReadingNotFailedError(Refused):
    """Only a failed reading can be tried again."""

    code = "reading_not_failed"


@transaction.atomic
def request_reading(*, capture: Capture, by: User | None, at: datetime) -> ReadingRequest:
    """Ask to have a capture read; while one is open for it, that one is returned.

    Raises NothingToReadError.
    """
    if not parsers_for(capture.media_type):
        raise NothingToReadError
    request, is_new = ReadingRequest.objects.get_or_create(
        capture=capture, state__in=OPEN, defaults={"requested_by": by, "requested_at": at}
    )
    if is_new:
        data = {"capture": str(capture.pk)}
        record(action="reading.requested", target=request, by=by, at=at, data=data)
    return request


@transaction.atomic
def retry(*, request: ReadingRequest, by: User, at: datetime) -> ReadingRequest:
    """Put a failed reading back in the queue with all its attempts.

    Raises ReadingNotFailedError, also when somebody has asked for another reading meanwhile.
    """
    queued = {"attempts": 0, "finished_at": None, "requested_at": at, "error_code": ""}
    try:
        with transaction.atomic():
            moved = _move(request.pk, ReadingState.FAILED, ReadingState.QUEUED, **queued)
    except IntegrityError as error:
        raise ReadingNotFailedError from error
    if not moved:
        raise ReadingNotFailedError
    record(action="reading.retried", target=request, by=by, at=at)
    return ReadingRequest.objects.get(pk=request.pk)


def due(*, at: datetime, limit: int = 200, only: UUID | None = None) -> list[UUID]:
    """Return the readings that a worker could claim at `at`, those waiting longest first."""
    waiting = Q(state=ReadingState.QUEUED)
    abandoned = Q(state=ReadingState.RUNNING, lease_until__lte=at)
    rows = ReadingRequest.objects.filter(waiting | abandoned).order_by("requested_at")
    rows = rows if only is None else rows.filter(pk=only)
    return list(rows.values_list("pk", flat=True)[:limit])


def run(*, request_id: UUID, clock: Clock) -> ReadingRequest:
    """Claim the request and read its capture; a no-op when there is nothing to claim.

    Returns the row as it stands afterwards. Raises ReadingRequest.DoesNotExist.
    """
    token = uuid4()
    if _claim(request_id, token=token, at=clock()):
        rows = ReadingRequest.objects.select_related("capture")
        request = rows.get(pk=request_id)
        found = _read(request.capture)
        # Whoever took a lost lease over reads the same bytes and finishes.
        with suppress(_LeaseLostError), transaction.atomic():
            _finish(request, found, clock())
    return ReadingRequest.objects.select_related("capture", "extracted").get(pk=request_id)


class _LeaseLostError(Exception):
    """The row belongs to another worker by now."""


def _read(capture: Capture) -> reading.Reading:
    charset = str(capture.manifest.get("charset", ""))
    try:
        chunks = blobs.store().open(capture.body_digest)
        return reading.read(chunks, media_type=capture.media_type, charset=charset)
    except BlobError:
        return reading.Reading(error_code="text_unavailable")


@transaction.atomic
def _claim(request_id: UUID, *, token: UUID, at: datetime) -> bool:
    lease = {
        "lease_token": token,
        "lease_until": at + timedelta(seconds=settings.CAPTURE_LEASE_SECONDS),
        "attempts": F("attempts") + 1,
    }
    queued, running, failed = ReadingState.QUEUED, ReadingState.RUNNING, ReadingState.FAILED
    abandoned, spent = Q(lease_until__lte=at), Q(attempts__gte=MAX_ATTEMPTS)
    if _move(request_id, queued, running, **lease):
        return True
    if _move(request_id, running, running, abandoned, ~spent, **lease):
        return True
    words = {"error_code": "text_attempts_spent", "finished_at": at}
    if _move(request_id, running, failed, abandoned, spent, **words):
        row = ReadingRequest(pk=request_id)
        data = {"error": "text_attempts_spent"}
        record(action="reading.failed", target=row, by=None, at=at, data=data)
    return False


def _finish(request: ReadingRequest, found: reading.Reading, at: datetime) -> None:
    mine = Q(lease_token=request.lease_token)
    if found.error_code:
        values = {"error_code": found.error_code, "finished_at": at}
        if not _move(request.pk, ReadingState.RUNNING, ReadingState.FAILED, mine, **values):
            raise _LeaseLostError
        failure = {"error": found.error_code}
        record(action="reading.failed", target=request, by=None, at=at, data=failure)
        return
    extracted = _the_same(request.capture, found) or sealing.keep_text(
        request.capture, found, at=at
    )
    assert extracted is not None  # noqa: S101 (there is a text, or there was an error)
    values = {"extracted": extracted, "finished_at": at, "error_code": ""}
    if not _move(request.pk, ReadingState.RUNNING, ReadingState.DONE, mine, **values):
        raise _LeaseLostError
    data: dict[str, object] = {
        "text": extracted.pk,
        "sha256": extracted.sha256,
        "tables": len(found.tables),
    }
    record(action="reading.done", target=request, by=None, at=at, data=data)


def _the_same(capture: Capture, found: reading.Reading) -> ExtractedText | None:
    """Return the newest text when the reading gave it again, to the letter and the cell."""
    newest = capture.texts.order_by("-id").first()
    if newest is None or newest.sha256 != text_digest(found.text):
        return None
    if (newest.extractor, newest.extractor_version) != (found.extractor, found.extractor_version):
        return None
    kept = newest.tables.order_by("number").values_list("sha256", flat=True)
    return newest if list(kept) == [table.digest() for table in found.tables] else None


def _move(
    request_id: UUID, origin: ReadingState, to: ReadingState, *conditions: Q, **values: object
) -> bool:
    """Change a row's state by compare-and-set; tell whether exactly this change was made."""
    if to not in READING_TRANSITIONS[origin]:
        raise ValueError(f"a reading cannot go from {origin} to {to}")
    if to != ReadingState.RUNNING:
        values |= {"lease_until": None, "lease_token": None}
    rows = ReadingRequest.objects.filter(*conditions, pk=request_id, state=origin)
    return rows.update(state=to, **values) == 1
