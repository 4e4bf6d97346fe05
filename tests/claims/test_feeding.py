import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from claims import feeding, following
from claims.models import ClaimReviewFeed, EarlierClaim, FeedFetch, FeedListing
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from tests.claims.reviews.test_reading import REVIEW, as_json
from tests.servers.local_site import LocalSite, Page, Talk
from tests.sources.clocks import Clock

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(settings: Any) -> Iterator[LocalSite]:
    with LocalSite() as running:
        settings.LOOPBACK_PORTS = frozenset({running.port})
        yield running


@pytest.fixture
def feed(site: LocalSite, clock: Clock, editor: User) -> ClaimReviewFeed:
    given: dict[str, Any] = {"name": "Other Desk", "every_hours": 24}
    return following.add(url=site.url("/feed"), **given, by=editor, at=clock())


def listing(*numbers: int, rating: str = "False") -> bytes:
    return as_json([item(number, rating) for number in numbers])


def item(number: int, rating: str = "False") -> dict[str, Any]:
    address = f"https://other.example/{number}"
    return {**REVIEW, "url": address, "reviewRating": {"alternateName": rating}}


def fetched(feed: ClaimReviewFeed, clock: Clock) -> FeedFetch:
    """The feed's time comes, and a worker does what is due."""
    clock.move(days=1)
    following.plan(at=clock())
    (due,) = following.due(at=clock())
    return feeding.run(fetch_id=due, clock=clock)


def counts(fetch: FeedFetch) -> tuple[str, int, int, int, int]:
    return (fetch.state, fetch.new, fetch.changed, fetch.known, fetch.unlisted)


def test_a_feed_is_taken_up_again_and_again(
    site: LocalSite, feed: ClaimReviewFeed, clock: Clock
) -> None:
    bad = {**REVIEW, "claimReviewed": ""}
    site.pages["/feed"] = Page(as_json([item(1), item(2), bad]), JSON)
    first = fetched(feed, clock)
    assert counts(first) == ("done", 2, 0, 0, 0)
    assert first.refused == {"no_claim": 1}
    assert counts(fetched(feed, clock)) == ("done", 0, 0, 2, 0)
    feed.refresh_from_db()
    assert feed.succeeded_at == clock()
    assert feed.next_at == clock() + timedelta(days=1)
    assert EarlierClaim.objects.count() == 2


def test_what_a_publisher_changes_is_changed_and_what_it_said_is_kept(
    site: LocalSite, feed: ClaimReviewFeed, clock: Clock
) -> None:
    site.pages["/feed"] = Page(listing(1), JSON)
    fetched(feed, clock)
    site.pages["/feed"] = Page(listing(1, rating="True"), JSON)
    assert counts(fetched(feed, clock)) == ("done", 0, 1, 0, 0)
    row = EarlierClaim.objects.get()
    assert row.rating_label == "True"
    event = Event.objects.get(action="earlier.changed")
    assert (event.target_id, event.data) == (str(row.pk), {"rating_label": "False"})


def test_what_is_listed_no_longer_is_kept_and_may_come_back(
    site: LocalSite, feed: ClaimReviewFeed, clock: Clock
) -> None:
    site.pages["/feed"] = Page(listing(1, 2), JSON)
    fetched(feed, clock)
    site.pages["/feed"] = Page(listing(2), JSON)
    assert counts(fetched(feed, clock)) == ("done", 0, 0, 1, 1)
    gone = EarlierClaim.objects.get(url__endswith="/1")
    found = following.gone(list(EarlierClaim.objects.values_list("pk", flat=True)))
    assert {pk: row.unlisted_at for pk, row in found.items()} == {gone.pk: clock()}
    site.pages["/feed"] = Page(listing(1, 2), JSON)
    assert counts(fetched(feed, clock)) == ("done", 0, 0, 2, 0)
    assert following.gone([gone.pk]) == {}


def test_a_server_that_says_that_nothing_changed_sends_nothing(
    site: LocalSite, feed: ClaimReviewFeed, clock: Clock
) -> None:
    site.pages["/feed"] = Page(listing(1), JSON, headers=(("ETag", '"v1"'),))
    fetched(feed, clock)
    site.pages["/feed"] = Page(b"", JSON, status="304 Not Modified")
    again = fetched(feed, clock)
    assert b'If-None-Match: "v1"' in site.requests[-1]
    assert (again.state, again.by_answer) == ("done", True)
    assert FeedListing.objects.get().unlisted_at is None


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Page(b"<html><title>Sign in</title></html>"), "feed_unreadable"),
        (Page(b'[{"@type": "ClaimReview"', JSON), "feed_unreadable"),
        (Page(b"[]", JSON), "feed_unreadable"),
        (Page(b"", JSON), "feed_unreadable"),
        (Page(b"[" * 100_000, JSON), "feed_unreadable"),
        (Page(b"[" + b"1," * 100 + b"NaN]", JSON), "feed_unreadable"),
        (Page(b"gone", status="410 Gone"), "page_gone"),
        (Page(b"no", status="404 Not Found"), "page_not_found"),
    ],
)
def test_a_bad_feed_loses_nothing(
    site: LocalSite, feed: ClaimReviewFeed, clock: Clock, answer: Page, code: str
) -> None:
    site.pages["/feed"] = Page(listing(1, 2), JSON)
    fetched(feed, clock)
    before = list(EarlierClaim.objects.order_by("pk").values("pk", "rating_label"))
    feed.refresh_from_db()
    read_at = feed.succeeded_at
    site.pages["/feed"] = answer
    failed = fetched(feed, clock)
    assert (failed.state, failed.error_code) == ("failed", code)
    assert failed.error_text
    feed.refresh_from_db()
    assert feed.succeeded_at == read_at
    assert list(EarlierClaim.objects.order_by("pk").values("pk", "rating_label")) == before
    assert not FeedListing.objects.exclude(unlisted_at=None).exists()


def test_a_feed_that_is_readable_in_part_gives_that_part_and_unlists_nothing(
    site: LocalSite, feed: ClaimReviewFeed, clock: Clock
) -> None:
    site.pages["/feed"] = Page(listing(1), JSON)
    fetched(feed, clock)
    block = '<script type="application/ld+json">{}</script>'
    html = block.format(json.dumps(item(2))) + block.format("{broken")
    site.pages["/feed"] = Page(f"<html>{html}</html>".encode())
    failed = fetched(feed, clock)
    assert (failed.state, failed.new, failed.unlisted) == ("failed", 1, 0)
    assert failed.error_text.endswith("What could be read was kept: 1.")
    assert EarlierClaim.objects.count() == 2


def test_a_feed_that_is_too_large_is_refused(
    site: LocalSite, feed: ClaimReviewFeed, clock: Clock, settings: Any
) -> None:
    settings.FETCH_MAX_MEGABYTES = 1
    site.pages["/feed"] = Page(b"[" + b" " * 3_000_000 + listing(1)[1:], JSON)
    failed = fetched(feed, clock)
    assert (failed.state, failed.error_code) == ("failed", "too_large")
    assert EarlierClaim.objects.count() == 0


def test_a_feed_that_breaks_off_is_tried_again(
    site: LocalSite, feed: ClaimReviewFeed, clock: Clock
) -> None:
    def half(talk: Talk) -> None:
        talk.send(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n"
        )
        talk.send(listing(1)[:40])

    site.pages["/feed"] = half
    waiting = fetched(feed, clock)
    assert (waiting.state, waiting.error_code) == ("queued", "feed_cut")
    site.pages["/feed"] = Page(listing(1), JSON)
    clock.move(hours=1)
    assert counts(feeding.run(fetch_id=waiting.pk, clock=clock)) == ("done", 1, 0, 0, 0)
    assert feeding.run(fetch_id=waiting.pk, clock=clock).attempts == 2


def test_a_worker_that_died_is_taken_over(
    site: LocalSite, feed: ClaimReviewFeed, clock: Clock
) -> None:
    site.pages["/feed"] = Page(listing(1), JSON)
    (asked,) = following.plan(at=clock())
    lease = {"lease_token": uuid.uuid4(), "lease_until": clock() + timedelta(minutes=3)}
    FeedFetch.objects.filter(pk=asked.pk).update(state="running", attempts=1, **lease)
    assert following.due(at=clock()) == []
    clock.move(minutes=4)
    assert following.due(at=clock()) == [asked.pk]
    assert feeding.run(fetch_id=asked.pk, clock=clock).state == "done"


def test_a_removed_feed_is_not_fetched(
    site: LocalSite, feed: ClaimReviewFeed, clock: Clock, editor: User
) -> None:
    (asked,) = following.plan(at=clock())
    following.remove(feed=feed, by=editor, at=clock())
    done = feeding.run(fetch_id=asked.pk, clock=clock)
    assert (done.state, done.error_code) == ("failed", "feed_removed")
    assert site.requests == []
