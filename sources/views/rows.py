"""What the screens say of a source: where its capture stands, and which text can be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import reverse

from sources.beating import Processes
from sources.models import Capture, CaptureRequest, ExtractedText, ReadingRequest, Source
from sources.states import OPEN, ReadingState, RequestState
from sources.views.waiting import late_words


@dataclass(frozen=True)
class SourceRow:
    """A source with its newest request and its newest capture, if it has them."""

    source: Source
    request: CaptureRequest | None
    capture: Capture | None
    text_id: int | None
    title: str
    words: str
    href: str
    reading: ReadingRequest | None = None

    @property
    def host(self) -> str:
        """The host that a reader would recognise; of a file, that it is one."""
        return "file" if self.source.is_file else urlsplit(self.source.url).netloc

    @property
    def working(self) -> bool:
        """Whether a capture, or the reading of one, is on its way."""
        return (self.request is not None and self.request.state in OPEN) or self.being_read

    @property
    def being_read(self) -> bool:
        """Whether the newest capture waits for its reading."""
        return self.reading is not None and self.reading.state in OPEN

    @property
    def state(self) -> str:
        """The code of the state: of the newest request or reading, else of the capture."""
        if self.being_read and self.reading:
            return self.reading.state
        if self.request:
            return self.request.state
        return RequestState.DONE if self.capture else "new"

    @property
    def label(self) -> str:
        """The state in words."""
        if self.being_read and self.reading:
            return str(ReadingState(self.reading.state).label)
        if self.request:
            return str(RequestState(self.request.state).label)
        return "kept" if self.capture else "not fetched"


def source_rows(ids: Sequence[UUID], *, at: datetime, reader: str = "") -> list[SourceRow]:
    """Return the rows of these sources in this order, in five queries; one more where work is late.

    `reader` is the page that reads a text beside something else; a row leads there with
    ``?text=…`` once its text can be read, and to the source's own page otherwise.
    """
    sources = {source.pk: source for source in Source.objects.filter(pk__in=ids)}
    requests = _newest_requests(ids)
    captures = _newest_captures(ids)
    kept = [capture.pk for capture in captures.values()]
    texts, readings = _newest_texts(kept), _newest_readings(kept)
    processes = Processes(at)
    rows = []
    for pk in ids:
        source, request, capture = sources[pk], requests.get(pk), captures.get(pk)
        text = texts.get(capture.pk) if capture else None
        reading = readings.get(capture.pk) if capture else None
        page = reverse("sources:source", args=[pk])
        rows.append(
            SourceRow(
                source=source,
                request=request,
                capture=capture,
                text_id=text.pk if text else None,
                title=source.title or (text.title if text else "") or _name(source, capture),
                words=_words(request, reading, processes),
                href=f"{reader}?text={text.pk}#reader" if reader and text else page,
                reading=reading,
            )
        )
    return rows


def waiting_words(request: CaptureRequest, processes: Processes) -> str:
    """Return what a person should know of a request that is not done."""
    if request.state == RequestState.FAILED:
        return request.error_text or request.error_code
    if request.state != RequestState.QUEUED:
        return ""
    if request.not_before > processes.at:
        again = f"{request.not_before:%H:%M:%S} UTC"
        return f"Tried {request.attempts}×; again at {again}. {request.error_text}".strip()
    since = max(request.requested_at, request.not_before)
    return late_words(since=since, processes=processes)


def reading_words(reading: ReadingRequest, processes: Processes) -> str:
    """Return what a person should know of a reading that is not done."""
    if reading.state == ReadingState.FAILED:
        return reading.error_text
    if reading.state != ReadingState.QUEUED:
        return ""
    return late_words(since=reading.requested_at, processes=processes)


def _words(
    request: CaptureRequest | None, reading: ReadingRequest | None, processes: Processes
) -> str:
    said = waiting_words(request, processes) if request else ""
    return said or (reading_words(reading, processes) if reading else "")


def _name(source: Source, capture: Capture | None) -> str:
    return capture.file_name if capture and capture.file_name else source.url


def _newest_requests(ids: Sequence[UUID]) -> dict[UUID, CaptureRequest]:
    rows = CaptureRequest.objects.filter(source_id__in=ids)
    newest = rows.order_by("source_id", "-requested_at", "-id").distinct("source_id")
    return {row.source_id: row for row in newest}


def _newest_captures(ids: Sequence[UUID]) -> dict[UUID, Capture]:
    rows = Capture.objects.filter(source_id__in=ids).defer("manifest", "hops")
    newest = rows.order_by("source_id", "-captured_at").distinct("source_id")
    return {row.source_id: row for row in newest}


def _newest_texts(ids: Sequence[UUID]) -> dict[UUID, ExtractedText]:
    rows = ExtractedText.objects.filter(capture_id__in=ids).defer("text")
    newest = rows.order_by("capture_id", "-id").distinct("capture_id")
    return {row.capture_id: row for row in newest}


def _newest_readings(ids: Sequence[UUID]) -> dict[UUID, ReadingRequest]:
    rows = ReadingRequest.objects.filter(capture_id__in=ids).select_related("capture")
    newest = rows.order_by("capture_id", "-requested_at", "-id").distinct("capture_id")
    return {row.capture_id: row for row in newest}
