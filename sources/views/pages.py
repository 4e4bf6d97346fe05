"""The sources, one source with its captures, and one capture down to its bytes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, onward, telling
from sources import blobs, capturing, replicating, stamping
from sources.models import Capture, CaptureRequest, ExtractedText, Source
from sources.states import OPEN_WORK
from sources.tasks import run_capture
from sources.views.listing import newest
from sources.views.marking import Span, paragraphs
from sources.views.rows import source_rows


@desk()
def sources(request: DeskRequest) -> HttpResponse:
    """Show the newest sources first."""
    ids, following = newest(cursor=request.GET.get("cursor", ""))
    context = {
        "rows": source_rows(ids, at=timezone.now()),
        "can_check": may_check(request.user),
        "next_cursor": following,
        "is_first": "cursor" not in request.GET,
    }
    return render(request, "sources/sources.html", context)


@desk()
def source(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a source with its captures and its last requests."""
    found = get_object_or_404(Source, pk=pk)
    context = {
        "source": found,
        "row": source_rows([pk], at=timezone.now())[0],
        "captures": found.captures.order_by("-captured_at")[:50],
        "requests": found.requests.select_related("requested_by").order_by("-requested_at")[:20],
        **of_replicas(found),
        "can_check": may_check(request.user),
    }
    return render(request, "sources/source.html", context)


def of_replicas(source: Source) -> dict[str, object]:
    """Return what the list of copies elsewhere shows."""
    rows = replicating.newest(source)
    return {
        "replicas": rows,
        "replica_kinds": replicating.kinds(),
        "replicas_working": any(row.state in OPEN_WORK for row in rows),
    }


@desk()
def source_row(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Answer a page that waits for a capture; it reloads once the capture is done or failed."""
    row = source_rows([get_object_or_404(Source, pk=pk).pk], at=timezone.now())[0]
    if not row.working:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "sources/_progress.html", {"row": row, "source": row.source})


@desk(may_check, methods=("POST",))
def source_fetch(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Ask for a new capture of a source."""
    found = get_object_or_404(Source, pk=pk)
    with telling(request):
        asked = capturing.request_capture(url=found.url, by=request.user, at=timezone.now())
        run_capture.delay_on_commit(str(asked.pk))
        messages.success(request, "The source is being fetched.")
    return redirect("sources:source", pk)


@desk(may_check, methods=("POST",))
def request_retry(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Try a failed request again."""
    failed = get_object_or_404(CaptureRequest, pk=pk)
    with telling(request):
        capturing.retry(request=failed, by=request.user, at=timezone.now())
        run_capture.delay_on_commit(str(failed.pk))
        messages.success(request, "The source is being fetched again.")
    return redirect(onward(request, reverse("sources:source", args=[failed.source_id])))


@desk()
def capture(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a capture: where it came from, its digests, and its text with a quote marked."""
    rows = Capture.objects.select_related("source", "requested_by", "body", "warc")
    found = get_object_or_404(rows, pk=pk)
    text = ExtractedText.objects.filter(capture=found).order_by("-id").first()
    context = {
        "capture": found,
        "source": found.source,
        "text": text,
        "stamp": stamping.covering(found),
        "marked": paragraphs(text.text, _quotes(request)) if text else (),
    }
    return render(request, "sources/capture.html", context)


@desk()
def capture_body(_request: DeskRequest, pk: UUID) -> HttpResponse:
    """Hand out the archived body as a file: it is never shown on this origin."""
    found = get_object_or_404(Capture, pk=pk)
    return attachment(found.body_digest, f"{found.digest[:16]}.bin")


@desk()
def capture_warc(_request: DeskRequest, pk: UUID) -> HttpResponse:
    """Hand out the WARC records as a file."""
    found = get_object_or_404(Capture, pk=pk)
    return attachment(found.warc_digest, f"{found.digest[:16]}.warc.gz")


def attachment(digest: str, filename: str) -> HttpResponse:
    """Answer with a blob as a file, which no browser shows on this origin."""
    with blobs.telling():
        data = blobs.read(digest)
    headers = {
        "Content-Disposition": f'attachment; filename="{filename}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)


def _quotes(request: DeskRequest) -> list[Span]:
    """Read the quotes to mark from the address (``?quote=12-80``); others are passed over."""
    spans = []
    for written in request.GET.getlist("quote")[:100]:
        start, _, end = written.partition("-")
        if start.isdecimal() and end.isdecimal() and len(written) <= 20:  # noqa: PLR2004 (any text is shorter)
            spans.append(Span(int(start), int(end), "mark", key=f"quote-{start}"))
    return spans
