"""Feeds of other desks' reviews that are imported regularly: which, how often, and what came.

The one writer of ClaimReviewFeed. A fetch is a row of work like any other: claimed under a lease,
tried again after trouble that may pass, found by the sweeper when its worker died.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from claims.listing import PAGE_SIZE, Page, paged
from claims.models import ClaimReviewFeed, FeedFetch, FeedListing
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_keep_feeds, require
from factcheck.audit.trail import record
from factcheck.errors import Refused
from sources import queueing
from sources.addressing import AddressRefusedError, checked
from sources.fetching import FetchError
from sources.states import OPEN_WORK

RHYTHMS: Final = {1: "every hour", 6: "every 6 hours", 24: "every day", 168: "every week"}
MOST_CHARACTERS: Final = 2000


class FeedKnownError(Refused):
    """The address is in the list."""

    code = "feed_known"


class FeedNameMissingError(Refused):
    """Nobody is named as its publisher."""

    code = "feed_name_missing"


class FeedRhythmError(Refused):
    """That is none of RHYTHMS."""

    code = "feed_rhythm_unknown"


class FeedPausedError(Refused):
    """The feed is paused."""

    code = "feed_paused"


class FeedNotPausedError(Refused):
    """There is nothing to resume."""

    code = "feed_not_paused"


class FeedRemovedError(Refused):
    """The feed is not in the list any more."""

    code = "feed_removed"


class FeedBusyError(Refused):
    """A fetch is waiting or under way."""

    code = "feed_busy"


@transaction.atomic
def add(*, url: str, name: str, every_hours: int, by: User, at: datetime) -> ClaimReviewFeed:
    """Follow the feed at `url`, from now on.

    Raises AddressRefusedError, FeedNameMissingError, FeedRhythmError and FeedKnownError.
    """
    require(may_keep_feeds, by)
    name = " ".join(name.split())[:200]
    if not name:
        raise FeedNameMissingError
    url, hours = checked(url), _rhythm(every_hours)
    if len(url) > MOST_CHARACTERS:
        raise AddressRefusedError(FetchError("url_too_long", limit=MOST_CHARACTERS))
    try:
        with transaction.atomic():
            feed = ClaimReviewFeed.objects.create(
                url=url, name=name, every_hours=hours, added_by=by, added_at=at, next_at=at
            )
    except IntegrityError as error:
        raise FeedKnownError from error
    _note("feed.added", feed, by, at)
    return feed


@transaction.atomic
def set_rhythm(*, feed: ClaimReviewFeed, every_hours: int, by: User, at: datetime) -> None:
    """Fetch the feed more or less often. The same again changes nothing."""
    row, wanted = _locked(feed, by), _rhythm(every_hours)
    if row.every_hours == wanted:
        return
    row.every_hours = wanted
    if row.next_at is not None:
        row.next_at = min(row.next_at, at + timedelta(hours=wanted))
    row.save(update_fields=["every_hours", "next_at"])
    _note("feed.rhythm_set", row, by, at, every_hours=str(wanted))


@transaction.atomic
def pause(*, feed: ClaimReviewFeed, by: User, at: datetime) -> None:
    """Fetch the feed no more until somebody resumes it. Raises FeedPausedError."""
    row = _locked(feed, by)
    if row.paused_at:
        raise FeedPausedError
    row.next_at, row.paused_at, row.paused_by = None, at, by
    row.save(update_fields=["next_at", "paused_at", "paused_by"])
    _note("feed.paused", row, by, at)


@transaction.atomic
def resume(*, feed: ClaimReviewFeed, by: User, at: datetime) -> None:
    """Fetch the feed again, from now on. Raises FeedNotPausedError."""
    row = _locked(feed, by)
    if not row.paused_at:
        raise FeedNotPausedError
    row.next_at, row.paused_at, row.paused_by = at, None, None
    row.save(update_fields=["next_at", "paused_at", "paused_by"])
    _note("feed.resumed", row, by, at)


@transaction.atomic
def remove(*, feed: ClaimReviewFeed, by: User, at: datetime) -> None:
    """Take the feed off the list. What it brought stays. Raises FeedRemovedError."""
    row = _locked(feed, by)
    row.next_at, row.removed_at, row.removed_by = None, at, by
    row.save(update_fields=["next_at", "removed_at", "removed_by"])
    _note("feed.removed", row, by, at)


@transaction.atomic
def fetch_now(*, feed: ClaimReviewFeed, by: User, at: datetime) -> FeedFetch:
    """Ask for a fetch, of a paused feed as well. Raises FeedBusyError."""
    row = _locked(feed, by)
    fetch = _ask(row, by=by, at=at)
    if fetch is None:
        raise FeedBusyError
    _note("feed.fetch_asked", row, by, at)
    return fetch


@transaction.atomic
def plan(*, at: datetime) -> list[FeedFetch]:
    """Make the rows of feeds whose time has come and that are not being fetched."""
    feeds = ClaimReviewFeed.objects.select_for_update(skip_locked=True).filter(next_at__lte=at)
    made = []
    for feed in feeds.order_by("next_at")[:50]:
        feed.next_at = at + timedelta(hours=feed.every_hours)
        feed.save(update_fields=["next_at"])
        fetch = _ask(feed, by=None, at=at)
        made += [fetch] if fetch else []
    return made


def due(*, at: datetime) -> list[UUID]:
    """Return the fetches that a worker could claim at `at`."""
    return queueing.due(FeedFetch, at=at)


def listed(*, cursor: str = "") -> Page[ClaimReviewFeed]:
    """Return the feeds of the list, the newest first. Raises CursorError."""
    rows = ClaimReviewFeed.objects.filter(removed_at=None).select_related("paused_by")
    return paged(rows.order_by("-added_at", "-id"), cursor, PAGE_SIZE, "added_at", descending=True)


def fetches(feed: ClaimReviewFeed, *, cursor: str = "") -> Page[FeedFetch]:
    """Return a feed's fetches, newest first. Raises CursorError."""
    rows = FeedFetch.objects.filter(feed=feed).select_related("requested_by")
    rows = rows.order_by("-requested_at", "-id")
    return paged(rows, cursor, PAGE_SIZE, "requested_at", descending=True)


def newest_fetches(feeds: Sequence[ClaimReviewFeed]) -> dict[UUID, FeedFetch]:
    """Return the newest fetch of each feed, by the feed's id; one query."""
    rows = FeedFetch.objects.filter(feed__in=feeds).order_by("feed", "-requested_at", "-id")
    return {row.feed_id: row for row in rows.distinct("feed")}


def gone(earlier: Sequence[int]) -> dict[int, FeedListing]:
    """Return the last listing of those earlier claims that were listed and are no longer."""
    listings = FeedListing.objects.filter(earlier__in=earlier).select_related("feed")
    rows = list(listings.order_by("unlisted_at"))
    found = {row.earlier_id: row for row in rows}
    standing = {row.earlier_id for row in rows if row.unlisted_at is None}
    return {pk: row for pk, row in found.items() if pk not in standing}


def answered(
    feed: ClaimReviewFeed, *, url: str, etag: str, last_modified: str, at: datetime
) -> None:
    """Note that the feed was read whole, and how to ask next time whether it has changed."""
    ClaimReviewFeed.objects.filter(pk=feed.pk).update(
        succeeded_at=at, answered_url=url[:2000], etag=etag, last_modified=last_modified
    )


def _ask(feed: ClaimReviewFeed, *, by: User | None, at: datetime) -> FeedFetch | None:
    fetch, is_new = FeedFetch.objects.get_or_create(
        feed=feed,
        state__in=OPEN_WORK,
        defaults={"requested_by": by, "requested_at": at, "not_before": at},
    )
    return fetch if is_new else None


def _rhythm(every_hours: int) -> int:
    if every_hours not in RHYTHMS:
        raise FeedRhythmError
    return every_hours


def _locked(feed: ClaimReviewFeed, by: User) -> ClaimReviewFeed:
    require(may_keep_feeds, by)
    row = ClaimReviewFeed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    if row.removed_at:
        raise FeedRemovedError
    return row


def _note(action: str, feed: ClaimReviewFeed, by: User, at: datetime, **more: str) -> None:
    data = {"name": feed.name, "url": feed.url} | more
    record(action=action, target=feed, by=by, at=at, data=data)
