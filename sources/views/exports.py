"""Captures to take away."""

from collections.abc import Sequence
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from factcheck.accounts.views.desk import DeskRequest, desk
from sources.exporting import MOST_CAPTURES, export
from sources.models import Capture, Source


@desk()
def capture_wacz(_request: DeskRequest, pk: UUID) -> HttpResponse:
    """Hand out one capture as a WACZ file."""
    found = get_object_or_404(Capture.objects.select_related("warc"), pk=pk)
    return _answer([found], f"capture-{found.number}.wacz")


@desk()
def source_wacz(_request: DeskRequest, pk: UUID) -> HttpResponse:
    """Hand out the newest captures of a source in one WACZ file, as many as one file holds."""
    found = get_object_or_404(Source, pk=pk)
    newest = found.captures.select_related("warc").order_by("-captured_at")[:MOST_CAPTURES]
    if not newest:
        raise Http404
    return _answer(list(newest), f"source-{found.pk}.wacz")


def _answer(captures: Sequence[Capture], filename: str) -> HttpResponse:
    file = export(captures, at=timezone.now())
    answer = FileResponse(
        file, as_attachment=True, filename=filename, content_type="application/octet-stream"
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    # The browser streams it to disk; Django's own class for it is no HttpResponse by type alone.
    return answer  # type: ignore[return-value]
