"""Making the rows of a capture: its manifest in the chain, its blobs, its text."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from factcheck.accounts.models import User
from sources import blobs
from sources.anchoring import Grid
from sources.anchoring.anchors import digest as text_digest
from sources.archiving import manifests, warc
from sources.archiving.blobs import Stored
from sources.archiving.reading import Reading
from sources.fetching import FetchResult
from sources.models import Capture, CaptureRequest, ExtractedTable, ExtractedText, Source
from sources.states import CaptureKind

VERSION = "0.1"
SOFTWARE = f"Factcheck/{VERSION}"

# The number of the advisory lock that makes captures join the chain one after another.
_CHAIN_LOCK = 0x66_63_63_68


def warc_records(result: FetchResult, capture_id: UUID, at: datetime) -> Iterator[bytes]:
    """Yield the WARC file of a fetch."""
    return warc.records(result.exchanges, capture_id=capture_id, software=SOFTWARE, at=at)


def seal(
    request: CaptureRequest,
    result: FetchResult,
    capture_id: UUID,
    *,
    stored: tuple[Stored, Stored],
    at: datetime,
) -> Capture:
    """Append the capture to the chain. Call it inside the transaction that finishes the request.

    `stored` names the body and the WARC file, in this order. The chain is locked until the
    transaction ends, so that it neither forks nor has holes.
    """
    number, previous = _next_link()
    captured_at = result.exchanges[-1].started_at
    manifest = manifests.describe(
        result,
        capture_id=capture_id,
        number=number,
        previous=previous,
        warc=stored[1],
        software=SOFTWARE,
        at=captured_at,
    )
    return _append(
        capture_id,
        manifest,
        stored=stored,
        at=at,
        source_id=request.source_id,
        request_id=request.pk,
        final_url=result.final_url,
        status=result.status or 0,
        hops=manifest["hops"],
        peer_address=result.peer_address,
        truncated=result.truncated,
        captured_at=captured_at,
        requested_by_id=request.requested_by_id,
    )


def seal_upload(
    source: Source,
    *,
    data: bytes,
    media_type: str,
    file_name: str,
    by: User,
    at: datetime,
) -> Capture:
    """Store a file that `by` gave and append its capture to the chain, as `seal` does.

    Raises OSError when the store has no room; nothing is left in the database then.
    """
    capture_id, store = uuid4(), blobs.store()
    record = warc.resource(
        data,
        url=source.url,
        media_type=media_type,
        capture_id=capture_id,
        software=SOFTWARE,
        at=at,
    )
    body, warc_file = store.put([data]), store.put(record)
    number, previous = _next_link()
    manifest = manifests.describe_upload(
        capture_id=capture_id,
        number=number,
        previous=previous,
        media_type=media_type,
        file_name=file_name,
        uploaded_by=str(by.pk),
        body=body,
        warc=warc_file,
        software=SOFTWARE,
        at=at,
    )
    return _append(
        capture_id,
        manifest,
        stored=(body, warc_file),
        at=at,
        source=source,
        kind=CaptureKind.UPLOAD,
        final_url=source.url,
        file_name=file_name,
        hops=[],
        truncated=False,
        captured_at=at,
        requested_by=by,
    )


def _append(
    capture_id: UUID,
    manifest: manifests.Manifest,
    *,
    stored: tuple[Stored, Stored],
    at: datetime,
    **columns: Any,  # noqa: ANN401 (the columns in which a fetch and an upload differ)
) -> Capture:
    """Make the row of a manifest; `stored` names the body and the WARC file."""
    body, warc_file = stored
    return Capture.objects.create(
        id=capture_id,
        number=manifest["number"],
        url=manifest["url"],
        media_type=manifest["media_type"][:255],
        wire_bytes=manifest["wire_bytes"],
        digest=body.digest,
        body=blobs.record(body, at=at),
        warc=blobs.record(warc_file, at=at),
        manifest=manifest,
        manifest_digest=manifests.digest(manifest),
        previous_manifest_digest=manifest["previous"],
        **columns,
    )


def _next_link() -> tuple[int, str]:
    """Lock the chain; return the next number and the digest of the manifest before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    last = Capture.objects.order_by("-number").values("number", "manifest_digest").first()
    return (last["number"] + 1, last["manifest_digest"]) if last else (1, manifests.GENESIS)


def keep_text(capture: Capture, text: Reading, *, at: datetime) -> ExtractedText | None:
    """Keep what was read from the capture, its text and its tables; None when there is no text."""
    if text.error_code:
        return None
    about = text.about
    extracted = ExtractedText.objects.create(
        capture=capture,
        text=text.text,
        sha256=text_digest(text.text),
        extractor=text.extractor,
        extractor_version=text.extractor_version,
        title=about.title,
        author=about.author,
        publisher=about.publisher,
        published_on=_day(about.published),
        pages=list(text.pages),
        created_at=at,
    )
    if text.tables:
        ExtractedTable.objects.bulk_create(
            table_row(extracted, number, grid) for number, grid in enumerate(text.tables, start=1)
        )
    return extracted


def table_row(extracted: ExtractedText, number: int, grid: Grid) -> ExtractedTable:
    """Return the row of a table, not yet written."""
    return ExtractedTable(
        extracted=extracted,
        number=number,
        caption=grid.caption,
        rows=grid.rows,
        merges=grid.merges,
        header_rows=grid.header_rows,
        header_columns=grid.header_columns,
        height=len(grid.rows),
        width=grid.width,
        truncated=grid.truncated,
        sha256=grid.digest(),
    )


def _day(written: str) -> date | None:
    """Read a day; one that no calendar has, as 30 February, is none."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
