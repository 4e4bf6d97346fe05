"""The sources, and one source with its captures, its watch and its requests."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, onward, telling
from sources import capturing, describing, replicating
from sources.belonging import of_source
from sources.forms import UploadForm
from sources.models import CaptureRequest, ExtractedText, Source
from sources.states import OPEN_WORK
from sources.tasks import run_capture
from sources.views.listing import newest, older
from sources.views.rows import source_rows
from sources.views.watches import newest_checks, watch_words


@desk()
def sources(request: DeskRequest) -> HttpResponse:
    """Show the newest sources first."""
    return sources_page(request)


def sources_page(request: DeskRequest, *, upload_form: UploadForm | None = None) -> HttpResponse:
    """Show the list, with a form that came back, if any."""
    ids, following = newest(cursor=request.GET.get("cursor", ""))
    context = {
        "rows": source_rows(ids, at=timezone.now()),
        "can_check": may_check(request.user),
        "next_cursor": following,
        "is_first": "cursor" not in request.GET,
        "upload_form": upload_form or UploadForm(),
    }
    return render(request, "sources/sources.html", context, status=422 if upload_form else 200)


@desk()
def source(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a source: its captures, its watch with the last checks, and its last requests."""
    found = get_object_or_404(Source.objects.select_related("details_by", "chosen_by"), pk=pk)
    row = source_rows([pk], at=timezone.now())[0]
    text = ExtractedText.objects.defer("text").filter(pk=row.text_id or 0).first()
    rows = found.captures.select_related("requested_by").defer("manifest", "hops")
    captures, following = older(rows, cursor=request.GET.get("cursor", ""), column="number")
    checks, more_checks = newest_checks(found, size=8)
    context = {
        "source": found,
        "row": row,
        "belongs": of_source(found, row.capture.final_url if row.capture else ""),
        "details": describing.details(found, text),
        "watch": watch_words(found),
        "checks": checks,
        "more_checks": more_checks,
        "captures": captures,
        "next_cursor": following,
        "is_first": "cursor" not in request.GET,
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
