import pytest
from django.test import Client

from claims import following
from claims.models import ClaimReviewFeed, FeedFetch, FeedListing
from factcheck.accounts.models import User
from tests import factories
from tests.claims.views.conftest import Count, Desk, said
from tests.factories import AT

pytestmark = pytest.mark.django_db
GIVEN = {"url": "https://desk.example/feed", "name": "A Desk", "every_hours": "24"}


@pytest.fixture
def client(editor: User, desk: Desk) -> Client:
    return desk(editor)


@pytest.fixture
def feed(editor: User) -> ClaimReviewFeed:
    return factories.feed(by=editor)


def test_an_empty_list_says_what_to_do(client: Client, checker: User, desk: Desk) -> None:
    assert "Give the address of a feed" in said(client.get("/feeds/"))
    page = said(desk(checker).get("/feeds/"))
    assert "An editor can add one." in page
    assert "<form" not in page.split("<main", 1)[1]


def test_a_feed_is_added_and_fetched_at_once(client: Client) -> None:
    page = said(client.post("/feeds/add/", GIVEN, follow=True))
    assert "A Desk is followed from now on." in page
    assert 'data-state="queued"' in page
    assert 'hx-trigger="every 3s"' in page
    assert FeedFetch.objects.get().feed.url == GIVEN["url"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"url": ""}, "Give the feed's address."),
        ({"url": "http://127.0.0.1/feed"}, "is not a public internet address"),
        ({"name": ""}, "Say who publishes the feed."),
        ({"every_hours": "7"}, "Choose how often the feed is fetched."),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(
    client: Client, changes: dict[str, str], words: str
) -> None:
    answer = client.post("/feeds/add/", GIVEN | changes)
    assert answer.status_code == 422
    assert words in said(answer)
    assert ClaimReviewFeed.objects.count() == 0


def test_a_feed_says_what_came_of_its_fetches(client: Client, feed: ClaimReviewFeed) -> None:
    page = said(client.get(f"/feeds/{feed.pk}/"))
    for words in ("3 new, 0 changed, 0 known already.", "It said no.", "1 left out: it has no"):
        assert words in page


def test_the_buttons(client: Client, feed: ClaimReviewFeed) -> None:
    def press(what: str, **more: str) -> str:
        return said(client.post(f"/feeds/{feed.pk}/{what}/", more, follow=True))

    assert "Paused. What came" in press("pause")
    assert "Somebody has paused this feed already." in press("pause")
    assert "The feed is followed again." in press("resume")
    assert "The feed is being fetched." in press("fetch")
    assert "The feed is being fetched already." in press("fetch")
    assert "Kept." in press("rhythm", every_hours="6")
    assert "Choose how often" in press("rhythm", every_hours="many")
    assert "No feed is followed yet" in press("remove")
    assert "Somebody has removed this feed." in press("pause")
    assert client.get(f"/feeds/{feed.pk}/row/").status_code == 404
    assert "until it was removed on" in said(client.get(f"/feeds/{feed.pk}/"))


def test_the_row_stops_asking_when_the_fetch_is_over(
    client: Client, feed: ClaimReviewFeed, editor: User
) -> None:
    asked = following.fetch_now(feed=feed, by=editor, at=AT)
    assert "hx-get" in said(client.get(f"/feeds/{feed.pk}/row/"))
    FeedFetch.objects.filter(pk=asked.pk).update(state="done", finished_at=AT)
    assert "hx-get" not in said(client.get(f"/feeds/{feed.pk}/row/"))


@pytest.mark.parametrize("what", ["pause", "resume", "fetch", "rhythm", "remove"])
def test_checkers_may_look_and_not_touch(
    checker: User, desk: Desk, feed: ClaimReviewFeed, what: str
) -> None:
    browser = desk(checker)
    assert "Fetch now" not in said(browser.get("/feeds/"))
    assert browser.post(f"/feeds/{feed.pk}/{what}/").status_code == 403
    assert browser.post("/feeds/add/", GIVEN).status_code == 403
    assert browser.get(f"/feeds/{feed.pk}/{what}/").status_code == 405


def test_a_longer_list_takes_no_more_queries(
    client: Client, editor: User, feed: ClaimReviewFeed, count_queries: Count
) -> None:
    count_queries(client, "/feeds/")
    one = count_queries(client, "/feeds/")
    for number in range(5):
        factories.feed(by=editor, url=f"https://d.example/{number}")
    assert count_queries(client, "/feeds/") == one


def test_a_cursor_that_is_none_is_told(client: Client) -> None:
    assert client.get("/feeds/?cursor=x").status_code == 422
    assert client.get("/claims/").text.count("/feeds/") == 1


def test_an_earlier_verdict_that_is_listed_no_longer_says_so(
    client: Client, checker: User, feed: ClaimReviewFeed
) -> None:
    claim = factories.claim(by=checker)
    earlier = factories.earlier(claim.text)
    fetch = feed.fetches.filter(state="done").get()
    FeedListing.objects.create(feed=feed, earlier=earlier, fetch=fetch, since=AT, unlisted_at=AT)
    page = said(client.get(f"/claims/{claim.pk}/seen-before/"))
    assert f"No longer listed by Other Desk, since {AT:%-d %B %Y}." in page
