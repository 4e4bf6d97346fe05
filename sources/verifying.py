"""Reading the whole archive again and naming what is wrong with it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from sources import blobs, stamping
from sources.anchoring.anchors import digest as text_digest
from sources.archiving import manifests, timestamps
from sources.archiving.blobs import BlobError
from sources.asking import ServiceError
from sources.models import Blob, Capture, DayStamp, ExtractedText
from sources.states import CaptureKind

_BATCH = 200
_STAMP_WORDS = {
    "service_answer_unreadable": "it cannot be read",
    "stamp_refused": "it is a refusal and no stamp",
    "stamp_wrong": "it is of another digest",
    "stamp_untrusted": "it does not lead to a certificate that is trusted",
}
# What a capture's columns repeat from its manifest, for queries; the two must agree.
_REPEATED = {
    CaptureKind.FETCH: (
        "url",
        "final_url",
        "status",
        "media_type",
        "wire_bytes",
        "truncated",
        "hops",
    ),
    CaptureKind.UPLOAD: ("url", "kind", "media_type", "wire_bytes", "file_name"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: a code, the row or blob it was found at, and words."""

    code: str
    place: str
    words: str

    def __str__(self) -> str:
        return f"{self.code}  {self.place}  {self.words}"


def verify_archive() -> Iterator[Problem]:
    """Yield every problem of the archive: blobs, the chain, WARC files, texts, time stamps."""
    for blob in Blob.objects.order_by("digest").iterator(_BATCH):
        yield from verify_blob(blob.digest, size=blob.size)
    previous, number = manifests.GENESIS, 0
    for capture in Capture.objects.order_by("number").iterator(_BATCH):
        number += 1
        if capture.number != number:
            yield _problem("chain_hole", capture, f"expected number {number}")
            number = capture.number
        if capture.previous_manifest_digest != previous:
            yield _problem("chain_broken", capture, "does not follow the capture before it")
        previous = capture.manifest_digest
        yield from verify_capture(capture)
    yield from verify_stamps()


def verify_capture(capture: Capture) -> Iterator[Problem]:
    """Yield every problem of one capture, its WARC file and its texts; its blobs are not read."""
    yield from _verify_manifest(capture)
    yield from _verify_warc(capture)
    for text in ExtractedText.objects.filter(capture=capture):
        yield from _verify_text(text, capture)


def _verify_manifest(capture: Capture) -> Iterator[Problem]:
    if manifests.digest(capture.manifest) != capture.manifest_digest:
        yield _problem("manifest_altered", capture, "its manifest is not the one that was sealed")
    if capture.is_upload and capture.manifest.get("uploaded_by") != str(capture.requested_by_id):
        yield _problem("column_altered", capture, "it was uploaded by somebody else")
    for name in _REPEATED[CaptureKind(capture.kind)]:
        if getattr(capture, name) != capture.manifest.get(name):
            yield _problem("column_altered", capture, f"{name} is not what the manifest says")
    sealed = (capture.manifest["previous"], capture.manifest["number"], capture.manifest["capture"])
    if sealed != (capture.previous_manifest_digest, capture.number, str(capture.pk)):
        yield _problem("column_altered", capture, "its place in the chain was changed")
    digests = capture.manifest["body"]["sha256"], capture.manifest["warc"]["sha256"]
    if digests != (capture.body_digest, capture.warc_digest):
        yield _problem("column_altered", capture, "its blobs are not those of the manifest")


def _verify_text(text: ExtractedText, capture: Capture) -> Iterator[Problem]:
    if text_digest(text.text) != text.sha256:
        yield _problem("text_altered", capture, f"text {text.pk} is not what was extracted")
    for table in text.tables.order_by("number"):
        if table.grid.digest() != table.sha256:
            words = f"table {table.number} of text {text.pk} is not what was extracted"
            yield _problem("table_altered", capture, words)


def verify_stamps() -> Iterator[Problem]:
    """Yield every problem of the time stamps: of which digest they are, and who signed them."""
    rows = DayStamp.objects.filter(token__isnull=False).select_related("capture")
    try:
        roots = stamping.roots() if rows.exists() else []
    except ServiceError:
        roots = []
    for stamp in rows.order_by("day").iterator(_BATCH):
        place = f"time stamp of {stamp.day}"
        if stamp.digest != stamp.capture.manifest_digest:
            yield Problem("stamp_altered", place, "it is not of the capture that it names")
        if not roots:
            yield Problem("stamp_unchecked", place, "no certificates are set to check it against")
            continue
        try:
            token = blobs.read(stamp.token_digest)
        except (BlobError, OSError):
            continue  # named where the blobs themselves are read
        try:
            at = timestamps.verify(token, digest=stamp.digest, roots=roots)
        except timestamps.StampError as error:
            yield Problem(error.code, place, _STAMP_WORDS[error.code])
            continue
        if at != stamp.stamped_at:
            yield Problem("stamp_altered", place, "its row states another time")


def verify_blob(digest: str, *, size: int | None = None) -> Iterator[Problem]:
    """Yield what is wrong with the bytes of one blob."""
    seen = 0
    try:
        for chunk in blobs.store().open(digest):
            seen += len(chunk)
    except BlobError as error:
        words = {"blob_missing": "its file is missing", "blob_damaged": "its bytes have changed"}
        yield Problem(error.code, digest, words[error.code])
        return
    except OSError as error:
        yield Problem("blob_unreadable", digest, error.strerror or "it cannot be read")
        return
    if size is not None and seen != size:
        yield Problem("blob_size", digest, f"{seen} bytes in place of {size}")


def _verify_warc(capture: Capture) -> Iterator[Problem]:
    """Compare the answers, or the file, in the WARC file with the digests in the manifest."""
    kind = "resource" if capture.is_upload else "response"
    try:
        data = io.BytesIO(blobs.read(capture.warc_digest))
    except (BlobError, OSError):
        return  # named where the blobs themselves are read
    try:
        found = [
            sha256(record.raw_stream.read()).hexdigest()
            for record in ArchiveIterator(data, no_record_parse=True)
            if record.rec_type == kind
        ]
    except (ArchiveLoadFailed, EOFError, ValueError):
        yield _problem("warc_unreadable", capture, "its WARC file cannot be read")
        return
    if found != _expected(capture):
        yield _problem("warc_altered", capture, "its WARC file holds other answers")


def _expected(capture: Capture) -> list[str]:
    if capture.is_upload:
        return [capture.manifest["body"]["sha256"]]
    hops = capture.manifest["hops"]
    return [hop["response_sha256"] for hop in hops if hop["response_bytes"]]


def _problem(code: str, capture: Capture, words: str) -> Problem:
    return Problem(code, f"capture {capture.number} ({capture.pk})", words)
