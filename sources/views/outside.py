"""What others hold for us: copies of sources elsewhere, and time stamps of the archive."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from sources import blobs, replicating, stamping
from sources.models import DayStamp, Replica, Source
from sources.tasks import run_replica, run_stamp
from sources.views.downloads import attachment
from sources.views.listing import CursorError
from sources.views.pages import of_replicas

PAGE_SIZE = 60


@desk()
def replicas(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Answer a source's page that waits for a service."""
    found = get_object_or_404(Source, pk=pk)
    context = {"source": found, "can_check": may_check(request.user), **of_replicas(found)}
    return render(request, "sources/_replicas.html", context)


@desk(may_check, methods=("POST",))
def replica_ask(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Look for copies of a source elsewhere, or ask for one."""
    found = get_object_or_404(Source, pk=pk)
    kind = request.POST.get("kind", "")
    with telling(request):
        row = replicating.request(source=found, kind=kind, by=request.user, at=timezone.now())
        run_replica.delay_on_commit(str(row.pk))
        messages.success(request, "The service is being asked.")
    return redirect("sources:source", pk)


@desk(may_check, methods=("POST",))
def replica_retry(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Ask again for a copy elsewhere that did not come about."""
    failed = get_object_or_404(Replica, pk=pk)
    with telling(request):
        replicating.retry(replica=failed, by=request.user, at=timezone.now())
        run_replica.delay_on_commit(str(failed.pk))
        messages.success(request, "The service is being asked again.")
    return redirect("sources:source", failed.source_id)


@desk()
def stamps(request: DeskRequest) -> HttpResponse:
    """Show the time stamps, the newest day first."""
    rows = DayStamp.objects.select_related("capture").order_by("-day")
    if "cursor" in request.GET:
        rows = rows.filter(day__lt=_day(request.GET["cursor"]))
    found = list(rows[: PAGE_SIZE + 1])
    context = {
        "stamps": found[:PAGE_SIZE],
        "next_cursor": found[PAGE_SIZE - 1].day.isoformat() if found[PAGE_SIZE:] else "",
        "is_first": "cursor" not in request.GET,
        "can_check": may_check(request.user),
        "is_on": stamping.is_on(),
    }
    return render(request, "sources/stamps.html", context)


@desk(may_check, methods=("POST",))
def stamp_retry(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Ask the authority again for a day that failed."""
    failed = get_object_or_404(DayStamp, pk=pk)
    with telling(request):
        stamping.retry(stamp=failed, by=request.user, at=timezone.now())
        run_stamp.delay_on_commit(str(failed.pk))
        messages.success(request, "The authority is being asked again.")
    return redirect("sources:stamps")


@desk()
def stamp_token(_request: DeskRequest, pk: UUID) -> HttpResponse:
    """Hand out the authority's answer as a file, for tools such as `openssl ts`."""
    found = get_object_or_404(DayStamp, pk=pk, token__isnull=False)
    return attachment(lambda: blobs.read(found.token_digest), f"{found.day}.tsr")


def _day(written: str) -> date:
    try:
        day = parse_date(written)
    except ValueError as error:
        raise CursorError from error
    if day is None:
        raise CursorError
    return day
