"""Captured pages as a browser draws them: asked for, looked at, handed out."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from sources import blobs, rendering
from sources.models import Capture, Rendering
from sources.states import OPEN_RENDERINGS
from sources.tasks import run_rendering
from sources.views.waiting import PATIENCE

_SANDBOX = {"Content-Security-Policy": "sandbox; default-src 'none'"}


def panel(request: DeskRequest, capture: Capture) -> dict[str, object]:
    """Return what the include `sources/_rendering.html` shows of a capture, in one query."""
    rows = capture.renderings.select_related("picture", "requested_by").order_by("-requested_at")
    row = rows.first()
    working = row is not None and row.state in OPEN_RENDERINGS
    late = row is not None and row.state == "queued" and timezone.now() > row.not_before + PATIENCE
    return {
        "rendering": row,
        "rendering_works": working,
        "rendering_waits": late,
        "can_render": may_check(request.user) and rendering.may_render(capture) and not working,
    }


@desk()
def rendering_panel(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Answer a capture's page that waits for its picture."""
    found = get_object_or_404(Capture, pk=pk)
    context = {"capture": found, **panel(request, found)}
    return render(request, "sources/_rendering.html", context)


@desk(may_check, methods=("POST",))
def rendering_ask(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Ask for a captured page to be drawn."""
    found = get_object_or_404(Capture, pk=pk)
    with telling(request):
        row = rendering.request_rendering(capture=found, by=request.user, at=timezone.now())
        run_rendering.delay_on_commit(str(row.pk))
        messages.success(request, "The page is being drawn.")
    return redirect("sources:capture", pk)


@desk(may_check, methods=("POST",))
def rendering_retry(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Try a failed rendering again."""
    failed = get_object_or_404(Rendering, pk=pk)
    with telling(request):
        rendering.retry(rendering=failed, by=request.user, at=timezone.now())
        run_rendering.delay_on_commit(str(failed.pk))
        messages.success(request, "The page is being drawn again.")
    return redirect("sources:capture", failed.capture_id)


@desk()
def rendering_picture(_request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the picture. A browser of ours made it, so that it is an image and nothing else."""
    found = _drawn(pk)
    return HttpResponse(
        blobs.read(found.picture_id or ""), content_type="image/png", headers=_SANDBOX
    )


@desk()
def rendering_document(_request: DeskRequest, pk: UUID) -> HttpResponse:
    """Hand out the document as a file: it is never shown on this origin."""
    found = _drawn(pk)
    name = f"{(found.document_id or '')[:16]}.html"
    headers = _SANDBOX | {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(
        blobs.read(found.document_id or ""),
        content_type="application/octet-stream",
        headers=headers,
    )


def _drawn(pk: UUID) -> Rendering:
    found = get_object_or_404(Rendering, pk=pk)
    if found.picture_id is None or found.document_id is None:
        raise Http404
    return found
