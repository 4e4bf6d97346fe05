"""What a capture's page shows beside its text: its tables, its picture, how its reading went."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from sources import blobs, extracting
from sources.archiving.reading.parsers import parsers_for
from sources.archiving.recognising import PICTURES, SVG, UnknownKindError, recognise
from sources.models import Capture, CaptureRequest, ExtractedText, ReadingRequest
from sources.states import OPEN
from sources.tasks import run_reading
from sources.views.gridding import TablePage, table_page

_SHEETS = ("csv", "openpyxl")


@desk(may_check, methods=("POST",))
def capture_read(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Ask to have a capture read anew; what was read before stays."""
    found = get_object_or_404(Capture, pk=pk)
    with telling(request):
        asked = extracting.request_reading(capture=found, by=request.user, at=timezone.now())
        run_reading.delay_on_commit(str(asked.pk))
        messages.success(request, "The document is being read again. Earlier texts stay.")
    return redirect("sources:capture", pk)


@desk(may_check, methods=("POST",))
def reading_retry(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Try a failed reading again."""
    failed = get_object_or_404(ReadingRequest, pk=pk)
    with telling(request):
        extracting.retry(request=failed, by=request.user, at=timezone.now())
        run_reading.delay_on_commit(str(failed.pk))
        messages.success(request, "The document is being read again.")
    return redirect("sources:capture", failed.capture_id)


@desk()
def capture_picture(_request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show an archived picture, where its own bytes are one that runs nothing."""
    found = get_object_or_404(Capture, pk=pk, media_type__in=PICTURES)
    data = blobs.read(found.body_digest)
    try:
        kind = recognise(data, "").media_type
    except UnknownKindError as error:
        raise Http404 from error
    if kind not in PICTURES:
        raise Http404
    headers = {
        "Content-Disposition": "inline",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=kind, headers=headers)


def beside_the_text(
    request: HttpRequest, found: Capture, text: ExtractedText | None
) -> dict[str, Any]:
    """Return what the page of a capture shows beside its text."""
    last = found.readings.order_by("-requested_at", "-id").first()
    tables = list(text.tables.order_by("number").defer("rows", "merges")) if text else []
    return {
        "tables": tables,
        # Of a spreadsheet the table is the document, and its text only repeats it.
        "tables_first": bool(tables) and text is not None and text.extractor in _SHEETS,
        "open_table": _open_table(request, text) if tables else None,
        "earlier_texts": found.texts.order_by("-id").defer("text")[1:20],
        "last_reading": last,
        "being_read": last is not None and last.state in OPEN,
        "can_be_read": bool(parsers_for(found.media_type)),
        "no_text_words": "" if text else _why_no_text(found, last),
        "is_picture": found.media_type in PICTURES,
        "is_drawing": found.media_type == SVG,
        "can_check": may_check(request.user),
    }


def _open_table(request: HttpRequest, text: ExtractedText | None) -> TablePage | None:
    if text is None:
        return None
    wanted = request.GET.get("table", "")
    tables = text.tables.order_by("number")
    table = None
    if wanted.isascii() and wanted.isdecimal() and len(wanted) < 18:  # noqa: PLR2004 (fits a bigint)
        table = tables.filter(pk=int(wanted)).first()
    table = table or tables.first()
    if table is None:
        return None
    return table_page(table, page=request.GET.get("rows", ""), cell=request.GET.get("cell", ""))


def _why_no_text(found: Capture, last: ReadingRequest | None) -> str:
    if last is not None:
        return last.error_text
    asked = CaptureRequest.objects.filter(capture=found).first()
    return asked.text_error if asked else ""
