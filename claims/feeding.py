"""Fetching one feed and taking up its reviews: bounded, idempotent, and nothing is ever lost.

A feed that cannot be read whole changes no listing: what was listed counts as listed until a fetch
that could be read says otherwise.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from claims import following, remembering
from claims.importing import ACCEPTED
from claims.models import ClaimReviewFeed, EarlierClaim, FeedFetch, FeedListing
from claims.remembering import Kept
from claims.reviews import Reading, read
from sources import queueing
from sources.addressing import policy
from sources.asking import ServiceError
from sources.errands import Clock
from sources.fetching import Condition, FetchPolicy, FetchResult, fetch
from sources.fetching.policy import MEGABYTE
from sources.queueing import WorkLeaseLostError

MOST_BYTES = 32 * MEGABYTE
_BATCH = 1000


def run(*, fetch_id: UUID, clock: Clock) -> FeedFetch:
    """Claim the row, fetch its feed and keep what it holds; a no-op when nothing is to claim."""
    row = queueing.claim(FeedFetch, fetch_id, at=clock())
    if row is not None:
        # Whoever has taken the row over does the same again, which changes nothing.
        with suppress(WorkLeaseLostError):
            _work(row, clock)
    return FeedFetch.objects.get(pk=fetch_id)


def _work(row: FeedFetch, clock: Clock) -> None:
    feed = row.feed
    if feed.removed_at:
        error = ServiceError("feed_removed", following.FeedRemovedError().text)
        queueing.give_up(row, error, at=clock())
        return
    try:
        with fetch(feed.url, policy=_bounds(feed), clock=clock) as result:
            if result.error_code == "not_modified":
                _unchanged(row, clock())
            else:
                _take_up(row, result, clock)
    except ServiceError as error:
        queueing.give_up(row, error, at=clock())


def _take_up(row: FeedFetch, result: FetchResult, clock: Clock) -> None:
    reading = read(_body(result))
    kept = remembering.keep_imported(reviews=reading.reviews, at=clock())
    counts = {"new": kept.new, "changed": kept.changed, "known": kept.known}
    refused = dict(sorted(reading.refused.items()))
    if reading.problems:
        error = _unreadable(reading, kept)
        queueing.give_up(row, error, at=clock(), refused=refused, **counts)
        return
    at = clock()
    with transaction.atomic():
        unlisted = _list(row, reading, at)
        following.answered(
            row.feed,
            url=result.final_url,
            etag=result.validator("etag"),
            last_modified=result.validator("last-modified"),
            at=at,
        )
        counts["unlisted"] = unlisted
        data = {name: str(count) for name, count in counts.items()}
        queueing.finish(row, at=at, data=data, refused=refused, **counts)


@transaction.atomic
def _unchanged(row: FeedFetch, at: datetime) -> None:
    feed = row.feed
    following.answered(
        feed, url=feed.answered_url, etag=feed.etag, last_modified=feed.last_modified, at=at
    )
    queueing.finish(row, at=at, data={"unchanged": "304"}, by_answer=True)


def _list(row: FeedFetch, reading: Reading, at: datetime) -> int:
    """Note what the feed lists; return how many reviews it lists no longer."""
    keys = sorted({remembering.key_of(review) for review in reading.reviews})
    for first in range(0, len(keys), _BATCH):
        found = EarlierClaim.objects.filter(key__in=keys[first : first + _BATCH])
        listings = [
            FeedListing(feed=row.feed, earlier_id=pk, fetch=row, since=at)
            for pk in found.order_by("pk").values_list("pk", flat=True)
        ]
        FeedListing.objects.bulk_create(
            listings,
            update_conflicts=True,
            unique_fields=["feed", "earlier"],
            update_fields=["fetch"],
        )
    here = FeedListing.objects.filter(feed=row.feed)
    here.filter(fetch=row, unlisted_at__isnull=False).update(unlisted_at=None)
    return here.filter(unlisted_at=None).exclude(fetch=row).update(unlisted_at=at)


def _bounds(feed: ClaimReviewFeed) -> FetchPolicy:
    wanted = policy()
    others = tuple(pair for pair in wanted.headers if pair[0] != "Accept")
    pairs = (("If-None-Match", feed.etag), ("If-Modified-Since", feed.last_modified))
    headers = tuple(pair for pair in pairs if pair[1])
    return replace(
        wanted,
        headers=(("Accept", ACCEPTED), *others),
        wire_bytes=min(wanted.wire_bytes, MOST_BYTES),
        decoded_bytes=min(wanted.decoded_bytes, 2 * MOST_BYTES),
        condition=Condition(feed.answered_url, headers) if headers else None,
    )


def _body(result: FetchResult) -> bytes:
    """Return the body that came. Raises ServiceError."""
    if result.state != "stored":
        raise ServiceError(
            result.error_code,
            result.error_text,
            retryable=result.retryable,
            retry_after=result.retry_after,
        )
    if result.truncated:
        words = ServiceError.of("feed_cut").words
        raise ServiceError("feed_cut", words, retryable=True)
    return result.body.read()


def _unreadable(reading: Reading, kept: Kept) -> ServiceError:
    count = kept.new + kept.changed + kept.known
    rest = f"What could be read was kept: {count}." if count else "Nothing was changed."
    problems = "; ".join(dict.fromkeys(reading.problems))
    return ServiceError.of("feed_unreadable", problems=problems, kept=rest)
