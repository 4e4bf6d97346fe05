"""Feeds of other desks' reviews: which are followed, what came, and the buttons of editors."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import following
from claims.forms.feeds import FeedForm
from claims.models import ClaimReviewFeed, FeedFetch
from claims.reviews import REASONS
from claims.tasks import run_feed
from factcheck.accounts.permissions import may_keep_feeds
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.errors import FactcheckError
from sources.beating import Processes
from sources.states import OPEN_WORK, WorkState
from sources.views.waiting import late_words


@dataclass(frozen=True)
class FetchRow:
    """A fetch in words."""

    fetch: FeedFetch
    words: str
    left_out: tuple[str, ...]

    @property
    def working(self) -> bool:
        """Whether it waits or is under way."""
        return self.fetch.state in OPEN_WORK


@dataclass(frozen=True)
class FeedRow:
    """A feed with its newest fetch, and what is to be said of it now."""

    feed: ClaimReviewFeed
    rhythm: str
    newest: FetchRow | None
    late: str = ""

    @property
    def working(self) -> bool:
        """Whether a fetch waits or is under way."""
        return self.newest is not None and self.newest.working

    @property
    def code(self) -> str:
        """The badge's colour."""
        if self.feed.paused_at and not self.working:
            return "paused"
        return self.newest.fetch.state if self.newest else "queued"

    @property
    def label(self) -> str:
        """The badge's words."""
        if self.feed.paused_at and not self.working:
            return "paused"
        return _LABELS[WorkState(self.code)]


_LABELS = {
    WorkState.QUEUED: "waiting",
    WorkState.RUNNING: "being fetched",
    WorkState.DONE: "up to date",
    WorkState.FAILED: "failed",
}


@desk()
def feeds(request: DeskRequest) -> HttpResponse:
    """Show the feeds that are followed."""
    return _page(request, FeedForm())


@desk(may_keep_feeds, methods=("POST",))
def feed_add(request: DeskRequest) -> HttpResponse:
    """Follow a feed, and fetch it at once."""
    form = FeedForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        feed = following.add(**form.given(), by=request.user, at=timezone.now())
        _ring(following.fetch_now(feed=feed, by=request.user, at=timezone.now()))
    except FactcheckError as error:
        form.add_error("url", error.text)
        return _page(request, form, status=422)
    messages.success(request, f"{feed.name} is followed from now on. The feed is being fetched.")
    return redirect("claims:feeds")


@desk()
def feed(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show a feed and every fetch of it, newest first."""
    found = get_object_or_404(ClaimReviewFeed.objects.select_related("paused_by"), pk=pk)
    cursor = request.GET.get("cursor", "")
    page = following.fetches(found, cursor=cursor)
    context = {
        "row": _row(found, following.newest_fetches([found]).get(found.pk)),
        "fetches": [_fetch_row(fetch) for fetch in page.items],
        "next_cursor": page.next_cursor,
        "is_first": page.is_first,
        "can_keep": may_keep_feeds(request.user) and not found.removed_at,
        "rhythms": following.RHYTHMS.items(),
    }
    return render(request, "claims/feed.html", context)


@desk()
def feed_row(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Answer a list that waits for a feed."""
    found = get_object_or_404(
        ClaimReviewFeed.objects.select_related("paused_by"), pk=pk, removed_at=None
    )
    newest = following.newest_fetches([found]).get(found.pk)
    context = {"row": _row(found, newest), "can_keep": may_keep_feeds(request.user)}
    return render(request, "claims/_feed.html", context)


@desk(may_keep_feeds, methods=("POST",))
def feed_fetch(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Fetch a feed now."""

    def verb(**given: Any) -> None:  # noqa: ANN401 (the verb's own)
        _ring(following.fetch_now(**given))

    return _do(request, pk, verb, "The feed is being fetched.")


@desk(may_keep_feeds, methods=("POST",))
def feed_pause(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Fetch a feed no more for now."""
    return _do(request, pk, following.pause, "Paused. What came from the feed stays.")


@desk(may_keep_feeds, methods=("POST",))
def feed_resume(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Fetch a paused feed again."""
    return _do(request, pk, following.resume, "The feed is followed again.")


@desk(may_keep_feeds, methods=("POST",))
def feed_rhythm(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Fetch a feed more or less often."""
    written = request.POST.get("every_hours", "")
    hours = int(written) if written.isascii() and written.isdigit() else 0

    def verb(**given: Any) -> None:  # noqa: ANN401 (the verb's own)
        following.set_rhythm(every_hours=hours, **given)

    return _do(request, pk, verb, "Kept.", to="claims:feed")


@desk(may_keep_feeds, methods=("POST",))
def feed_remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take a feed off the list."""
    return _do(request, pk, following.remove, "Removed. What came from the feed stays.")


def _do(
    request: DeskRequest, pk: UUID, verb: Callable[..., object], words: str, *, to: str = ""
) -> HttpResponse:
    found = get_object_or_404(ClaimReviewFeed, pk=pk)
    with telling(request):
        verb(feed=found, by=request.user, at=timezone.now())
        messages.success(request, words)
    return redirect(to, pk) if to else redirect("claims:feeds")


def _ring(fetch: FeedFetch) -> None:
    run_feed.delay_on_commit(str(fetch.pk))


def _page(request: DeskRequest, form: FeedForm, *, status: int = 200) -> HttpResponse:
    page = following.listed(cursor=request.GET.get("cursor", ""))
    newest = following.newest_fetches(page.items)
    context = {
        "rows": [_row(each, newest.get(each.pk)) for each in page.items],
        "form": form,
        "next_cursor": page.next_cursor,
        "is_first": page.is_first,
        "can_keep": may_keep_feeds(request.user),
    }
    return render(request, "claims/feeds.html", context, status=status)


def _row(found: ClaimReviewFeed, newest: FeedFetch | None) -> FeedRow:
    late = ""
    if newest and newest.state == WorkState.QUEUED:
        since = max(newest.requested_at, newest.not_before)
        late = late_words(since=since, processes=Processes(timezone.now()))
    rhythm = following.RHYTHMS.get(found.every_hours, f"every {found.every_hours} hours")
    return FeedRow(found, rhythm, _fetch_row(newest) if newest else None, late)


def _fetch_row(fetch: FeedFetch) -> FetchRow:
    left_out = tuple(
        f"{count} left out: {REASONS.get(reason, reason)}"
        for reason, count in fetch.refused.items()
    )
    return FetchRow(fetch, _words(fetch), left_out)


def _words(fetch: FeedFetch) -> str:
    counts = f"{fetch.new} new, {fetch.changed} changed, {fetch.known} known already"
    if fetch.state != WorkState.DONE:
        return fetch.error_text
    if fetch.by_answer:
        return "Nothing has changed since the last time; the server said so (304)."
    return f"{counts}, {fetch.unlisted} no longer listed." if fetch.unlisted else f"{counts}."
