"""Captures to take away: a WACZ file, made when somebody asks for it."""

from collections.abc import Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from factcheck.errors import Permanent
from sources import blobs, sealing
from sources.archiving import wacz
from sources.models import Capture, ExtractedText

MOST_CAPTURES = 100
MOST_BYTES = 1_000_000_000  # of WARC files, packed as they are


class ExportEmptyError(Permanent):
    """There is nothing to export."""

    code = "export_empty"


class ExportTooLargeError(Permanent):
    """What was asked for is more than one file should hold."""

    code = "export_too_large"


def export(captures: Sequence[Capture], *, at: datetime) -> IO[bytes]:
    """Return an open temporary file with a WACZ of `captures`; close it when done with it.

    It is made whole before anything is sent, so that nobody gets half a file. Raises
    ExportEmptyError and ExportTooLargeError, and what blobs.telling raises.
    """
    _check(captures)
    titles = _titles(captures)
    pages = (
        wacz.Page(
            id=capture.pk,
            number=capture.number,
            url=capture.url,
            title=titles.get(capture.pk) or capture.url,
            at=capture.captured_at,
            warc=blobs.store().open(capture.warc_digest),
        )
        for capture in captures
    )
    out: IO[bytes] = TemporaryFile()  # noqa: SIM115 (closed by the caller)
    try:
        with blobs.telling():
            wacz.write(out, pages, software=sealing.SOFTWARE, at=at)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out


def _check(captures: Sequence[Capture]) -> None:
    if not captures:
        raise ExportEmptyError
    size = sum(capture.warc.size for capture in captures)
    if len(captures) > MOST_CAPTURES or size > MOST_BYTES:
        limit = f"{MOST_CAPTURES} captures or {MOST_BYTES // 10**6} megabytes"
        raise ExportTooLargeError(limit=limit)


def _titles(captures: Sequence[Capture]) -> dict[object, str]:
    rows = ExtractedText.objects.filter(capture__in=captures).order_by("id")
    return dict(rows.values_list("capture_id", "title"))
