"""Feeds of other desks' reviews that are imported regularly: which, how often, and what came.

The one writer of ClaimReviewFeed. A fetch is a row of work like any other: claimed under a lease,
tried again after trouble that may pass, found by the sweeper when its worker died.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from claims.models import ClaimReviewFeed, FeedFetch
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_keep_feeds, require
from factcheck.audit.trail import record
from factcheck.errors import Refused
from sources import queueing
from sources.addressing import checked
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
    values = {"url": checked(url[: MOST_CHARACTERS + 1]), "name": name}
    values["every_hours"] = _rhythm(every_hours)
    try:
        with transaction.atomic():
            feed = ClaimReviewFeed.objects.create(**values, added_by=by, added_at=at, next_at=at)
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


def listed() -> list[ClaimReviewFeed]:
    """Return the feeds of the list, by name."""
    rows = ClaimReviewFeed.objects.filter(removed_at=None).select_related("paused_by")
    return list(rows.order_by("name", "url"))


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
