from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from claims import following
from claims.models import ClaimReviewFeed, FeedFetch
from factcheck import sweeping
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.errors import FactcheckError, NotAllowedError
from tests.factories import AT

pytestmark = pytest.mark.django_db
URL = "https://other.example/feed.json"


@pytest.fixture
def feed(editor: User) -> ClaimReviewFeed:
    return following.add(url=URL, name=" Other  Desk ", every_hours=24, by=editor, at=AT)


def again(feed: ClaimReviewFeed) -> ClaimReviewFeed:
    return ClaimReviewFeed.objects.get(pk=feed.pk)


def test_a_new_feed_is_due_at_once_and_then_by_its_rhythm(feed: ClaimReviewFeed) -> None:
    assert (feed.name, feed.next_at) == ("Other Desk", AT)
    (fetch,) = following.plan(at=AT)
    assert (fetch.feed_id, fetch.requested_by) == (feed.pk, None)
    assert again(feed).next_at == AT + timedelta(days=1)
    assert following.plan(at=AT) == []
    # The fetch still waits: its time comes again without a second row.
    assert following.plan(at=AT + timedelta(days=1)) == []
    assert FeedFetch.objects.count() == 1


def test_the_sweeper_plans_and_rings(feed: ClaimReviewFeed) -> None:
    assert sweeping.sweep(at=AT)["feeds"] in {0, 1}  # no broker need be there
    assert FeedFetch.objects.get().feed_id == feed.pk


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"url": "http://10.0.0.1/feed"}, "source_address_refused"),
        ({"url": "file:///etc/passwd"}, "source_address_refused"),
        ({"url": "https://other.example/" + "a" * 9000}, "source_address_refused"),
        ({"name": "  "}, "feed_name_missing"),
        ({"every_hours": 5}, "feed_rhythm_unknown"),
        ({"url": f" {URL} "}, "feed_known"),
    ],
)
def test_what_is_refused(
    feed: ClaimReviewFeed, editor: User, changes: dict[str, Any], code: str
) -> None:
    given: dict[str, Any] = {
        "url": "https://third.example/",
        "name": "Third",
        "every_hours": 6,
    } | changes
    with pytest.raises(FactcheckError) as refused:
        following.add(**given, by=editor, at=AT)
    assert refused.value.code == code
    assert ClaimReviewFeed.objects.count() == 1


def test_only_editors_keep_feeds(feed: ClaimReviewFeed, checker: User) -> None:
    with pytest.raises(NotAllowedError):
        following.add(url="https://x.example/", name="X", every_hours=6, by=checker, at=AT)
    for verb in (following.pause, following.resume, following.remove, following.fetch_now):
        with pytest.raises(NotAllowedError):
            verb(feed=feed, by=checker, at=AT)


def test_pausing_and_resuming(feed: ClaimReviewFeed, editor: User) -> None:
    following.pause(feed=feed, by=editor, at=AT)
    assert following.plan(at=AT + timedelta(days=9)) == []
    with pytest.raises(following.FeedPausedError):
        following.pause(feed=feed, by=editor, at=AT)
    assert following.fetch_now(feed=feed, by=editor, at=AT).requested_by == editor
    with pytest.raises(following.FeedBusyError):
        following.fetch_now(feed=feed, by=editor, at=AT)
    following.resume(feed=feed, by=editor, at=AT)
    assert again(feed).next_at == AT
    with pytest.raises(following.FeedNotPausedError):
        following.resume(feed=feed, by=editor, at=AT)


def test_a_removed_feed_leaves_the_list_and_can_be_added_again(
    feed: ClaimReviewFeed, editor: User
) -> None:
    following.remove(feed=feed, by=editor, at=AT)
    assert following.listed().items == []
    with pytest.raises(following.FeedRemovedError):
        following.pause(feed=feed, by=editor, at=AT)
    new = following.add(url=URL, name="Other Desk", every_hours=6, by=editor, at=AT)
    assert following.listed().items == [new]


def test_the_rhythm_brings_the_next_fetch_forward(feed: ClaimReviewFeed, editor: User) -> None:
    following.plan(at=AT)
    following.set_rhythm(feed=feed, every_hours=6, by=editor, at=AT)
    assert again(feed).next_at == AT + timedelta(hours=6)
    following.set_rhythm(feed=feed, every_hours=6, by=editor, at=AT)
    actions = list(Event.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["feed.added", "feed.rhythm_set"]


def test_the_list_in_pages(editor: User) -> None:
    for number in range(31):
        given: dict[str, Any] = {"name": "Desk", "every_hours": 24, "by": editor}
        following.add(url=f"https://d.example/{number}", at=AT + timedelta(hours=number), **given)
    first = following.listed()
    assert len(first.items) == 30
    assert [row.url for row in following.listed(cursor=first.next_cursor).items] == [
        "https://d.example/0"
    ]


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""},
        {"url": "ftp://x"},
        {"every_hours": 0},
        {"next_at": None},
        {"paused_at": AT},
        {"removed_at": AT, "next_at": None},
    ],
)
def test_the_database_refuses_nonsense(feed: ClaimReviewFeed, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimReviewFeed.objects.filter(pk=feed.pk).update(**values)
