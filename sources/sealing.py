"""Making the rows of a capture: its manifest in the chain, its blobs, its text."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection

from sources import blobs
from sources.anchoring.anchors import digest as text_digest
from sources.archiving import manifests, warc
from sources.archiving.blobs import Stored
from sources.archiving.reading import Reading
from sources.fetching import FetchResult
from sources.models import Capture, CaptureRequest, ExtractedText

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
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    last = Capture.objects.order_by("-number").values("number", "manifest_digest").first()
    number = last["number"] + 1 if last else 1
    previous = last["manifest_digest"] if last else manifests.GENESIS
    body, warc_file = stored
    captured_at = result.exchanges[-1].started_at
    manifest = manifests.describe(
        result,
        capture_id=capture_id,
        number=number,
        previous=previous,
        warc=warc_file,
        software=SOFTWARE,
        at=captured_at,
    )
    return Capture.objects.create(
        id=capture_id,
        number=number,
        source_id=request.source_id,
        request_id=request.pk,
        url=result.url,
        final_url=result.final_url,
        status=result.status or 0,
        hops=manifest["hops"],
        peer_address=result.peer_address,
        media_type=result.media_type[:255],
        wire_bytes=result.wire_bytes,
        digest=result.digest,
        body=blobs.record(body, at=at),
        warc=blobs.record(warc_file, at=at),
        truncated=result.truncated,
        captured_at=captured_at,
        requested_by_id=request.requested_by_id,
        manifest=manifest,
        manifest_digest=manifests.digest(manifest),
        previous_manifest_digest=previous,
    )


def keep_text(capture: Capture, text: Reading, *, at: datetime) -> ExtractedText | None:
    """Keep the text that was read from the capture; None when there is none."""
    if text.error_code:
        return None
    return ExtractedText.objects.create(
        capture=capture,
        text=text.text,
        sha256=text_digest(text.text),
        extractor=text.extractor,
        extractor_version=text.extractor_version,
        title=text.title,
        pages=list(text.pages),
        created_at=at,
    )
