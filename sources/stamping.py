"""The time stamp of each day's newest capture, by an authority outside (RFC 3161).

The newest capture's manifest names the one before it, and so on to the first: one stamp a day
proves that the whole chain up to there existed at that time. A row for each day; nothing waits for
it, and a day that could not be stamped is covered by the next one's stamp all the same.
"""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import rfc8785
from cryptography import x509
from django.conf import settings
from django.db import transaction

from factcheck.accounts.models import User
from factcheck.errors import Refused
from sources import blobs, queueing
from sources.archiving import timestamps
from sources.archiving.blobs import Stored
from sources.archiving.timestamps import StampError
from sources.asking import Question, ServiceError, ask
from sources.errands import Clock
from sources.fetching import CODES
from sources.models import Capture, DayStamp
from sources.queueing import WorkLeaseLostError


class StampsOffError(Refused):
    """No authority is configured."""

    code = "stamps_off"


@transaction.atomic
def plan(*, at: datetime) -> list[DayStamp]:
    """Make the rows of finished days (UTC) that have captures and no row yet.

    With none before, only the last such day gets one: its stamp covers all before it.
    """
    today = at.astimezone(UTC).date()
    last = DayStamp.objects.select_related("capture").order_by("-day").first()
    if not settings.TSA_URL or (last is not None and last.day >= today - timedelta(days=1)):
        return []
    heads = _heads(after=last, before=today)
    if last is None:
        heads = dict([max(heads.items())]) if heads else {}
    made = [
        DayStamp(day=day, capture=head, digest=head.manifest_digest, requested_at=at, not_before=at)
        for day, head in sorted(heads.items())
    ]
    DayStamp.objects.bulk_create(made, ignore_conflicts=True)
    return list(DayStamp.objects.filter(pk__in=[stamp.pk for stamp in made]))


def due(*, at: datetime) -> list[UUID]:
    """Return the rows that a worker could claim at `at`; none while no authority is configured."""
    return queueing.due(DayStamp, at=at) if settings.TSA_URL else []


def run(*, stamp_id: UUID, clock: Clock) -> DayStamp:
    """Claim the row and have it stamped; a no-op when there is nothing to claim."""
    row = queueing.claim(DayStamp, stamp_id, at=clock())
    if row is not None:
        with suppress(WorkLeaseLostError):
            _stamp(row, clock)
    return DayStamp.objects.get(pk=stamp_id)


@transaction.atomic
def retry(*, stamp: DayStamp, by: User, at: datetime) -> DayStamp:
    """Have a day that failed tried again. Raises StampsOffError and WorkNotFailedError."""
    if not settings.TSA_URL:
        raise StampsOffError
    queueing.retry(stamp, by=by, at=at)
    return DayStamp.objects.get(pk=stamp.pk)


def is_on() -> bool:
    """Whether an authority is configured."""
    return bool(settings.TSA_URL)


def covering(capture: Capture) -> DayStamp | None:
    """Return the first stamp that proves the capture's place in the chain; None before there is."""
    done = DayStamp.objects.filter(token__isnull=False, capture__number__gte=capture.number)
    return done.order_by("capture__number").first()


def roots() -> list[x509.Certificate]:
    """Return the certificates that stamps have to lead to; none where they are not set.

    Raises ServiceError where the file cannot be read.
    """
    if not settings.TSA_ROOTS:
        return []
    try:
        return timestamps.read_roots(Path(settings.TSA_ROOTS).read_bytes())
    except (OSError, ValueError) as error:
        raise ServiceError.of("stamp_no_roots") from error


def _heads(*, after: DayStamp | None, before: date) -> dict[date, Capture]:
    """Return the newest capture of each day that is over and not planned, by the chain's order."""
    rows = Capture.objects.order_by("number").only("number", "captured_at", "manifest_digest")
    rows = rows.filter(captured_at__lt=datetime.combine(before, time.min, UTC))
    if after is not None:
        rows = rows.filter(number__gt=after.capture.number)
    heads: dict[date, Capture] = {}
    for capture in rows.iterator(1000):
        day = capture.captured_at.astimezone(UTC).date()
        # A clock that was set back puts captures into days that have their row: the next covers.
        if after is None or day > after.day:
            heads[day] = capture
    return heads


def _stamp(row: DayStamp, clock: Clock) -> None:
    try:
        answer, stamped_at = _ask(row, clock)
        stored = _store(answer)
        with transaction.atomic():
            queueing.finish(
                row,
                at=clock(),
                data={"digest": row.digest, "token": stored.digest},
                token=blobs.record(stored, at=clock()),
                stamped_at=stamped_at,
                authority=urlsplit(settings.TSA_URL).netloc[:300],
            )
    except ServiceError as error:
        queueing.give_up(row, error, at=clock())


def _store(answer: bytes) -> Stored:
    try:
        return blobs.store().put([answer])
    except OSError as error:
        words = CODES["store_unavailable"].words.format(reason=error.strerror or "unknown")
        raise ServiceError("store_unavailable", words, retryable=True) from error


def _ask(row: DayStamp, clock: Clock) -> tuple[bytes, datetime]:
    """Ask the authority; return its answer and the time in it, both checked."""
    trusted = roots()
    if not trusted:
        raise ServiceError.of("stamp_no_roots")
    query = timestamps.query(rfc8785.dumps(row.capture.manifest))
    headers = (("Content-Type", timestamps.QUERY), ("Accept", timestamps.REPLY))
    question = Question(settings.TSA_URL, headers, query.content, timestamps.MOST_BYTES)
    answer = ask(question, clock=clock)
    try:
        at = timestamps.verify(answer, digest=row.digest, roots=trusted, nonce=query.nonce)
    except StampError as error:
        raise ServiceError.of(error.code, reason=error.reason) from error
    return answer, at
