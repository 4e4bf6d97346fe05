"""The audit trail for editors and admins: a list, an event, its verification, and files of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from factcheck.accounts.permissions import may_read_audit, may_verify_audit
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.audit import checking, verifying
from factcheck.audit.models import Event, Link
from factcheck.audit.states import OPEN_VERIFICATIONS
from factcheck.explorer import exporting, finding, places
from factcheck.explorer.forms import FilterForm
from factcheck.explorer.tasks import run_verification
from factcheck.explorer.words import in_words, readable

FILES = {
    "ndjson": ("application/x-ndjson", exporting.ndjson),
    "csv": ("text/csv; charset=utf-8", exporting.as_csv),
}


@dataclass(frozen=True)
class Told:
    """An event to show: who and what in words, where it is found, its link if it has one."""

    event: Event
    who: str
    words: str
    where: places.Where | None
    link: Link | None

    @property
    def number(self) -> int:
        """The link's number, 0 without a link."""
        return self.link.number if self.link else 0


@desk(may_read_audit)
def trail(request: DeskRequest) -> HttpResponse:
    """Show events, newest first, by the filters in the address."""
    form = FilterForm(request.GET)
    page = finding.Page([], "")
    if form.is_valid():
        page = finding.page(form.wanted(), cursor=request.GET.get("cursor", ""))
    kept = request.GET.copy()
    kept.pop("cursor", None)
    context = _panel(request) | {
        "form": form,
        "told": told(page.events),
        "next_cursor": page.next_cursor,
        "is_first": "cursor" not in request.GET,
        "query": kept.urlencode(),
        "is_filtered": any(kept.values()),
    }
    return render(request, "audit/trail.html", context, status=200 if form.is_valid() else 422)


@desk(may_read_audit)
def event(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one event, its link, whether that verifies, and its neighbours in the chain."""
    found = get_object_or_404(Event.objects.select_related("link"), pk=pk)
    (shown,) = told([found])
    link = shown.link
    beside = told(finding.neighbours(link.number)) if link else []
    context = {
        "shown": shown,
        "details": readable(found.data),
        "faults": verifying.faults_of(link.number) if link else ["it has no link in the chain"],
        "before": next((one for one in beside if one.number < shown.number), None),
        "after": next((one for one in beside if one.number > shown.number), None),
    }
    return render(request, "audit/event.html", context)


@desk(may_read_audit)
def verification(request: DeskRequest) -> HttpResponse:
    """Show the panel alone, for the page that waits for it."""
    return render(request, "audit/_verification.html", _panel(request))


@desk(may_verify_audit, methods=("POST",))
def verification_ask(request: DeskRequest) -> HttpResponse:
    """Queue a verification of the whole chain."""
    row = checking.ask(by=request.user, at=timezone.now())
    run_verification.delay_on_commit(str(row.pk))
    messages.success(request, "The trail is being verified.")
    return redirect("explorer:trail")


@desk(may_read_audit)
def export(request: DeskRequest, form: str) -> HttpResponse:
    """Send the filtered list as a file, all pages of it."""
    filters = FilterForm(request.GET)
    if form not in FILES or not filters.is_valid():
        raise Http404
    media_type, write = FILES[form]
    lines = write(finding.every(filters.wanted()))
    answer = StreamingHttpResponse(lines, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="audit.{form}"'
    return answer  # type: ignore[return-value]  # the door takes any response


def told(events: Iterable[Event]) -> list[Told]:
    """Return the events in words, with their places and links."""
    listed = list(events)
    where = places.find(listed)
    return [
        Told(
            event=event,
            who=event.actor_name or "the machine",
            words=in_words(event),
            where=where.get((event.target_type, event.target_id)),
            link=getattr(event, "link", None),
        )
        for event in listed
    ]


def _panel(request: DeskRequest) -> dict[str, Any]:
    row = checking.newest()
    return {
        "verification": row,
        "is_open": row is not None and row.state in OPEN_VERIFICATIONS,
        "length": finding.length(),
        "can_verify": may_verify_audit(request.user),
    }
