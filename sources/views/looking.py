"""One capture from all sides: its text, its page in a sandbox, its way over the wire, its bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime

from factcheck.accounts.views.desk import DeskRequest, desk
from sources import blobs, stamping, verifying
from sources.anchoring import make_anchor
from sources.archiving import exchanges, showing
from sources.archiving.blobs import BlobError
from sources.archiving.exchanges import Wire
from sources.models import Capture, ExtractedText
from sources.verifying import Problem
from sources.views.downloads import attachment
from sources.views.links import live_link
from sources.views.marking import Span, paragraphs
from sources.views.reading import beside_the_text
from sources.views.renderings import panel

_LARGEST_WARC = 16 * 1024 * 1024
View = Callable[[HttpRequest, UUID], HttpResponse]
# Pages with a frame of our own; the library's type knows only views without further arguments.
framing: Callable[[View], View] = csp_update({"frame-src": ["'self'"]})  # type: ignore[assignment]
VIEWS = {"text": "Text", "page": "Page", "wire": "Headers"}


@dataclass(frozen=True)
class HopRow:
    """One step on the way to the page: what the manifest sealed, and what went over the wire."""

    sealed: dict[str, Any]
    wire: Wire | None

    @property
    def started_at(self) -> object:
        """When the request was made."""
        return parse_datetime(str(self.sealed.get("started_at", "")))


@framing
@desk()
def capture(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a capture, by default as text with a quote marked."""
    return _page(request, _capture(pk))


@desk()
def capture_page(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Hand out the archived page for a frame: nothing in it runs, calls or leads anywhere."""
    found = _capture(pk)
    if request.headers.get("Sec-Fetch-Dest") == "document":
        # Opened by itself it is as safe, but nothing would say what it is.
        return redirect("sources:capture", pk)
    try:
        data = blobs.read(found.body_digest) if _can_show(found) else b"This page is not shown."
    except (BlobError, OSError):
        data = b"<p>The archived bytes cannot be read.</p>"
    charset = str(found.manifest.get("charset", ""))
    return HttpResponse(
        showing.markup(data, charset=charset),
        content_type="text/html; charset=utf-8",
        headers=showing.HEADERS,
    )


@framing
@desk()
def capture_integrity(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Read the capture's bytes again and say whether they are those that were sealed."""
    found = _capture(pk)
    problems = [
        *verifying.verify_blob(found.body_digest, size=found.body.size),
        *verifying.verify_blob(found.warc_digest, size=found.warc.size),
        *verifying.verify_capture(found),
    ]
    if request.headers.get("HX-Request"):
        context = {"capture": found, "checked": True, "problems": problems}
        return render(request, "sources/_integrity.html", context)
    return _page(request, found, problems=problems)


@desk()
def capture_body(_request: DeskRequest, pk: UUID) -> HttpResponse:
    """Hand out the archived body as a file: it is never shown on this origin."""
    found = _capture(pk)
    return attachment(lambda: blobs.read(found.body_digest), f"{found.digest[:16]}.bin")


@desk()
def capture_warc(_request: DeskRequest, pk: UUID) -> HttpResponse:
    """Hand out the WARC records as a file."""
    found = _capture(pk)
    return attachment(lambda: blobs.read(found.warc_digest), f"{found.digest[:16]}.warc.gz")


@desk()
def capture_text(_request: DeskRequest, pk: UUID) -> HttpResponse:
    """Hand out the extracted text as a file in UTF-8."""
    found = get_object_or_404(_texts(pk)[:1])
    return attachment(found.text.encode, f"{found.sha256[:16]}.txt")


def _page(
    request: DeskRequest, found: Capture, *, problems: list[Problem] | None = None
) -> HttpResponse:
    view = request.GET.get("view", "text")
    view = view if view in VIEWS else "text"
    text = _texts(found.pk).first()
    spans = _quotes(request, text)
    context = {
        "capture": found,
        "source": found.source,
        "text": text,
        "stamp": stamping.covering(found),
        "view": view,
        "views": VIEWS.items(),
        "can_show": _can_show(found),
        "marked": paragraphs(text.text, spans) if text and view == "text" else (),
        "live": _live(found, text, spans),
        "hops": _hops(found) if view == "wire" else (),
        "before": _before(found),
        "checked": problems is not None,
        "problems": problems or [],
    }
    context |= beside_the_text(request, found, text)
    context |= panel(request, found)
    return render(request, "sources/capture.html", context)


def _capture(pk: UUID) -> Capture:
    rows = Capture.objects.select_related("source", "requested_by", "body", "warc")
    return get_object_or_404(rows, pk=pk)


def _texts(pk: UUID) -> Any:  # noqa: ANN401 (a QuerySet)
    return ExtractedText.objects.filter(capture=pk).order_by("-id")


def _can_show(found: Capture) -> bool:
    return found.media_type in showing.SHOWN and found.body.size <= showing.LARGEST


def _before(found: Capture) -> Capture | None:
    """Return the capture before this one, to compare it with."""
    rows = Capture.objects.filter(source=found.source_id, number__lt=found.number)
    return rows.only("pk", "captured_at").order_by("-number").first()


def _hops(found: Capture) -> list[HopRow]:
    """Return every hop; without the wire where the WARC file is too large to be read here."""
    sealed = found.manifest.get("hops", [])
    wires: tuple[Wire, ...] = ()
    if found.warc.size <= _LARGEST_WARC:
        try:
            wires = exchanges.heads(blobs.read(found.warc_digest))
        except (BlobError, OSError, ValueError):
            wires = ()
    fits = len(wires) == len(sealed)
    return [HopRow(hop, wires[at] if fits else None) for at, hop in enumerate(sealed)]


def _quotes(request: DeskRequest, text: ExtractedText | None) -> list[Span]:
    """Read the quotes to mark from the address (``?quote=12-80``); others are passed over."""
    spans = []
    length = len(text.text) if text else 0
    for written in request.GET.getlist("quote")[:100]:
        start, _, end = written.partition("-")
        if start.isdecimal() and end.isdecimal() and len(written) <= 20:  # noqa: PLR2004 (any text is shorter)
            span = Span(int(start), int(end), "mark", key=f"quote-{start}")
            spans += [span] if 0 <= span.start < span.end <= length else []
    return spans


def _live(found: Capture, text: ExtractedText | None, spans: list[Span]) -> str:
    """Return the live page's address, at the first quote where one is marked."""
    if found.is_upload:
        return ""
    if text is None or not spans:
        return found.final_url
    return live_link(found, text, make_anchor(text.text, spans[0].start, spans[0].end))
