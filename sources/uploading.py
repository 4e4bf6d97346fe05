"""Files that people give: kept at once as captures, in the same chain as what was fetched.

What is done in the request is what must not be lost: the bytes, their WARC record and the rows.
Reading the document is a worker's work (sources/extracting.py).
"""

import errno
import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.db import transaction

from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Permanent, Retryable
from sources import describing, extracting, sealing
from sources.archiving.reading.parsers import parsers_for
from sources.archiving.recognising import Kind, UnknownKindError, recognise
from sources.models import Capture, ReadingRequest, Source
from sources.models.sources import FILE_ADDRESS, address_digest
from sources.states import SourceKind

MEGABYTE = 1024 * 1024
_NAME_CHARACTERS = 255


class UploadEmptyError(Permanent):
    """There are no bytes in the file, or nothing but white space."""

    code = "upload_empty"


class UploadTooLargeError(Permanent):
    """More bytes than the desk's limit."""

    code = "upload_too_large"


class UploadProtectedError(Permanent):
    """An Office document with a password, or in the old binary format."""

    code = "upload_protected"


class UploadNullsError(Permanent):
    """A file that is named as text and holds NUL bytes."""

    code = "upload_nulls"


class UploadUnsupportedError(Permanent):
    """None of the kinds that are kept."""

    code = "upload_unsupported"


class NoRoomError(Retryable):
    """The store has no room for the bytes."""

    code = "upload_no_room"


_REFUSALS: dict[str, type[Permanent]] = {
    error.code: error
    for error in (UploadEmptyError, UploadProtectedError, UploadNullsError, UploadUnsupportedError)
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was kept. `earlier` is the first capture of the same bytes, if there was one.

    `reading` is the row that waits for a worker; None for what holds no text.
    """

    source: Source
    capture: Capture
    kind: Kind
    reading: ReadingRequest | None
    earlier: Capture | None

    @property
    def words(self) -> str:
        """What a person should know of it."""
        if self.earlier is None:
            said = "The file is kept."
        else:
            first = f"{self.earlier.captured_at:%d %B %Y}".lstrip("0")
            said = (
                f"These bytes are kept already, as “{self.earlier.file_name}” since {first} "
                f"by {self.earlier.requested_by}. Nothing was stored twice."
            )
        if not parsers_for(self.kind.media_type):
            said += " An image has no text to read; it is shown as it is."
        return f"{said} {self.kind.differs}".strip()


def limit() -> int:
    """Return how many bytes a file may have."""
    return settings.UPLOAD_MAX_MEGABYTES * MEGABYTE


@transaction.atomic
def keep(*, data: bytes, file_name: str, title: str = "", by: User, at: datetime) -> Upload:
    """Keep a file as a source and a capture of it, and queue its reading.

    The same bytes are the same source. Given again by another person or under another name they
    make another capture, which says so; given again by the same they change nothing. Raises the
    errors of this module.
    """
    if len(data) > limit():
        raise UploadTooLargeError(limit=f"{settings.UPLOAD_MAX_MEGABYTES} MB")
    name = _file_name(file_name)
    try:
        kind = recognise(data, name)
    except UnknownKindError as error:
        raise _REFUSALS[error.code] from error
    source = _source_of(hashlib.sha256(data).hexdigest(), by=by, at=at)
    uploads = source.captures.select_related("requested_by").order_by("number")
    earlier = uploads.first()
    capture = uploads.filter(requested_by=by, file_name=name).first()
    if capture is None:
        capture = _seal(source, data=data, media_type=kind.media_type, file_name=name, by=by, at=at)
    if title.strip() and not source.title:
        describing.confirm(source=source, field="title", value=title, by=by, at=at)
        source.refresh_from_db()
    reading = None
    if parsers_for(kind.media_type) and not capture.texts.exists():
        reading = extracting.request_reading(capture=capture, by=by, at=at)
    return Upload(source, capture, kind, reading, earlier)


def _seal(
    source: Source, *, data: bytes, media_type: str, file_name: str, by: User, at: datetime
) -> Capture:
    try:
        capture = sealing.seal_upload(
            source, data=data, media_type=media_type, file_name=file_name, by=by, at=at
        )
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        raise NoRoomError from error
    about = {"file": file_name, "media_type": media_type, "digest": capture.digest}
    record(action="capture.uploaded", target=capture, by=by, at=at, data=about)
    return capture


def _source_of(digest: str, *, by: User, at: datetime) -> Source:
    """Return the source of a file's bytes, locked, so that one upload follows another."""
    url = FILE_ADDRESS + digest
    fresh = Source(kind=SourceKind.FILE, url=url, created_by=by, created_at=at)
    Source.objects.bulk_create([fresh], ignore_conflicts=True)
    return Source.objects.select_for_update(of=("self",)).get(url_digest=address_digest(url))


def _file_name(given: str) -> str:
    """Return the last part of a name, printable; browsers and forgers send all sorts."""
    last = PurePath(given.replace("\\", "/")).name
    kept = "".join(character for character in last if character.isprintable()).strip()
    stem, suffix = PurePath(kept).stem, PurePath(kept).suffix[:20]
    return (stem[: _NAME_CHARACTERS - len(suffix)] + suffix) or "file"
