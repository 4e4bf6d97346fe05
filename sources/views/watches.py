"""The watch of a source: when it is looked at, what each look found, and a person's say in it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from sources import rechecking, watching
from sources.models import Check, Source, Watch
from sources.schedule import FAILURES_APART
from sources.states import CheckOutcome, WatchState
from sources.tasks import run_capture
from sources.views.listing import older

CHECKS_AT_ONCE = 50
_WEEK = 7
_MONTH = 30
_WORDS = {
    CheckOutcome.FIRST: "The first capture of this source.",
    CheckOutcome.UNCHANGED: "Unchanged since the capture of {since}.",
    CheckOutcome.BACK: "There again, and unchanged since the capture of {since}.",
    CheckOutcome.SAME_TEXT: "Other bytes came, with the same text; they are kept.",
    CheckOutcome.CHANGED: "The page had changed; it is kept as it was then.",
}


@dataclass(frozen=True)
class CheckRow:
    """A check with its outcome in words."""

    check: Check
    words: str

    @property
    def label(self) -> str:
        """The outcome's label."""
        return str(CheckOutcome(self.check.outcome).label)


@dataclass(frozen=True)
class WatchWords:
    """A watch, and in words how often the source is looked at and why."""

    watch: Watch
    rhythm: str
    trouble: str

    @property
    def label(self) -> str:
        """The state's label."""
        return str(WatchState(self.watch.state).label)


def watch_words(source: Source) -> WatchWords | None:
    """Return what a page says of a source's watch; None where it has none."""
    found = Watch.objects.select_related("paused_by").filter(pk=source.pk).first()
    return WatchWords(found, _rhythm(found), _trouble(found)) if found else None


def newest_checks(source: Source, *, cursor: str = "", size: int) -> tuple[list[CheckRow], str]:
    """Return a source's checks, newest first, and the next page's cursor. Raises CursorError."""
    rows = source.checks.select_related("capture", "request__requested_by")
    found, following = older(rows, cursor=cursor, size=size)
    return [CheckRow(check, _words(check)) for check in found], following


@desk()
def source_checks(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show every check of a source."""
    source = get_object_or_404(Source, pk=pk)
    cursor = request.GET.get("cursor", "")
    checks, following = newest_checks(source, cursor=cursor, size=CHECKS_AT_ONCE)
    context = {
        "source": source,
        "checks": checks,
        "next_cursor": following,
        "is_first": not cursor,
    }
    return render(request, "sources/checks.html", context)


@desk(may_check, methods=("POST",))
def source_check(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Look at a source now."""
    source = get_object_or_404(Source, pk=pk)
    asked = rechecking.check_now(source=source, by=request.user, at=timezone.now())
    run_capture.delay_on_commit(str(asked.pk))
    messages.success(request, "The source is being checked.")
    return redirect("sources:source", pk)


@desk(may_check, methods=("POST",))
def source_pause(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Stop looking at a source."""
    source = get_object_or_404(Source, pk=pk)
    with telling(request):
        watching.pause(source=source, by=request.user, at=timezone.now())
        messages.success(request, "The source is not looked at any more.")
    return redirect("sources:source", pk)


@desk(may_check, methods=("POST",))
def source_resume(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Look at a source again."""
    source = get_object_or_404(Source, pk=pk)
    with telling(request):
        watching.resume(source=source, by=request.user, at=timezone.now())
        messages.success(request, "The source is watched again.")
    return redirect("sources:source", pk)


def _words(check: Check) -> str:
    if check.capture is None:
        return check.error_text
    words = _WORDS[CheckOutcome(check.outcome)].format(
        since=f"{timezone.localtime(check.capture.captured_at):%-d %b %Y, %H:%M}"
    )
    return f"{words} The server said so (304)." if check.by_answer else words


def _rhythm(watch: Watch) -> str:
    if watch.state == WatchState.PAUSED:
        return "It is not looked at until somebody resumes."
    if watch.state == WatchState.DEAD:
        return "It is looked at seldom, should it come back."
    often = _often(watch.interval)
    reason = ", because a published verdict cites it" if watch.closely else ""
    return f"It is looked at {often}{reason}."


def _often(days: int) -> str:
    if days == 1:
        return "every day"
    if days % _MONTH == 0:
        return "every month" if days == _MONTH else f"every {days // _MONTH} months"
    if days % _WEEK == 0:
        return "every week" if days == _WEEK else f"every {days // _WEEK} weeks"
    return f"every {days} days"


def _trouble(watch: Watch) -> str:
    if watch.state == WatchState.BLOCKED:
        return "Its host does not let us see the page. That does not make it dead."
    if watch.state == WatchState.DEAD:
        apart = FAILURES_APART.days
        return f"It could not be had {watch.failures} times, at least {apart} days apart."
    if watch.failures:
        times = "once" if watch.failures == 1 else f"{watch.failures} times"
        return f"It could not be had {times} in a row. After three times, days apart, it is dead."
    return ""
