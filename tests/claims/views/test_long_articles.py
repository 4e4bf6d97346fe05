"""An article of any length makes a page of bounded length, and everything in it can be reached."""

import re

import pytest
from django.test import Client

from claims.listing import CursorError
from claims.models import Article, Claim
from claims.states import ClaimState
from claims.views import windows
from claims.views.parts import LENGTH
from claims.views.windows import SIZE
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from tests import factories
from tests.claims.views.conftest import Count, Desk, said
from tests.claims.views.test_article import shown_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(checker: User) -> Article:
    return factories.article(by=checker, text=factories.long_text(3 * LENGTH // 2))


@pytest.fixture
def client(checker: User, desk: Desk) -> Client:
    return desk(checker)


def last_claim(article: Article) -> Claim:
    found = article.claims.order_by("-appearances__start").first()
    assert found is not None
    return found


def test_the_parts_hold_the_text_to_the_character(article: Article, client: Client) -> None:
    shown, number, parts = "", 0, 1
    while number < parts:
        number += 1
        page = client.get(article.get_absolute_url(), {"part": number})
        parts = len(page.context["parts"])
        begins = re.search(r'data-selectable="add-claim"(?: data-offset="(\d+)")?>', page.text)
        assert begins
        assert int(begins.group(1) or 0) == len(shown)
        shown += shown_text(page.text)
    assert article.revision is not None
    assert shown == article.revision.text
    assert parts > 1


def test_a_page_takes_as_many_queries_and_hardly_more_room_for_a_longer_article(
    article: Article, checker: User, client: Client, count_queries: Count
) -> None:
    double = factories.article(by=checker, text=factories.long_text(3 * LENGTH))
    pages = [client.get(each.get_absolute_url()) for each in (article, double)]
    assert len(pages[1].content) < 1.1 * len(pages[0].content)
    for address in ("", "coverage/?show=all", "revisions/1/"):
        once, twice = (
            count_queries(client, each.get_absolute_url() + address) for each in (article, double)
        )
        assert once == twice


@pytest.mark.parametrize("order", ["worth", "text"])
def test_more_and_more_is_the_whole_list_once(article: Article, client: Client, order: str) -> None:
    address = article.get_absolute_url()
    page = client.get(address, {"order": order})
    rows = [row.claim for row in page.context["claims"]]
    while cursor := page.context["window"].next_cursor:
        page = client.get(f"{address}rows/", {"after": cursor})
        rows += [row.claim for row in page.context["claims"]]
    expected = Claim.objects.filter(article=article)
    assert len(rows) == len({row.pk for row in rows}) == expected.count() > 3 * SIZE
    if order == "worth":
        worth = [row.check_worthiness for row in rows]
        assert worth == sorted(worth, reverse=True)


def test_the_list_goes_on_where_it_was_though_claims_before_it_are_gone(
    article: Article, client: Client
) -> None:
    page = client.get(article.get_absolute_url(), {"order": "text"})
    cursor = page.context["window"].next_cursor
    following = client.get(f"{article.get_absolute_url()}rows/", {"after": cursor})
    for row in page.context["claims"][:3]:
        client.post(f"/claims/{row.claim.pk}/dismiss/", {"reason": "trivial"})
    again = client.get(article.get_absolute_url(), {"after": cursor})
    assert [row.claim for row in again.context["claims"]] == [
        row.claim for row in following.context["claims"]
    ]
    assert "From the start" in again.text


def test_a_claim_is_found_from_anywhere(article: Article, client: Client) -> None:
    claim = last_claim(article)
    page = client.get(article.get_absolute_url(), {"claim": str(claim.pk), "order": "text"})
    assert f'id="mark-{claim.pk}"' in page.text
    assert f'id="row-{claim.pk}"' in page.text
    assert page.context["part"].number == len(page.context["parts"])


def test_what_is_done_in_a_part_leads_back_to_it(article: Article, client: Client) -> None:
    address = article.get_absolute_url()
    claim = last_claim(article)
    last = client.get(address, {"claim": str(claim.pk)}).context["part"].number
    client.post(f"/claims/{claim.pk}/dismiss/", {"reason": "trivial"})
    assert client.get(address).context["part"].number == last
    assert [row.claim for row in client.get(address).context["dismissed"]] == [claim]
    first = client.get(address, {"part": 1})
    assert first.context["dismissed"] == []
    assert first.context["out_count"] == first.context["coverage"].dismissed + 1


def test_the_list_can_be_of_one_part(article: Article, client: Client) -> None:
    address = article.get_absolute_url()
    whole = client.get(address).context["window"].total
    page = client.get(address, {"within": "part", "part": "2"})
    assert 0 < page.context["window"].total < whole
    part = page.context["part"]
    for row in page.context["claims"]:
        place = row.claim.appearances.get()
        assert part.holds(place.start, place.end)
    assert client.get(address, {"within": "forged"}).context["within"] == "part"
    assert client.get(address, {"within": "all"}).context["window"].total == whole


def test_a_part_that_is_not_there_is_the_nearest(article: Article, client: Client) -> None:
    address = article.get_absolute_url()
    parts = len(client.get(address).context["parts"])
    for asked, shown in (("999", parts), ("0", 1), ("-1", 1), ("x", 1), ("9" * 40, 1)):
        client.get(address, {"part": 1})
        assert client.get(address, {"part": asked}).context["part"].number == shown


def test_a_cursor_of_somebody_else_is_told_in_words(article: Article, client: Client) -> None:
    page = client.get(f"{article.get_absolute_url()}rows/", {"after": "nonsense"})
    assert page.status_code == 422
    assert TEXTS["invalid_cursor"] in said(page)
    with pytest.raises(CursorError):
        windows.window([], order="worth", cursor="bnVsbA==")


def test_an_article_on_its_way_has_no_rows_yet(client: Client) -> None:
    client.post("/articles/new/", {"url": "https://news.example/story"})
    page = client.get(f"{Article.objects.get().get_absolute_url()}rows/")
    assert TEXTS["article_not_ready"] in said(page)


def test_claims_without_a_place_are_listed_some_at_a_time(article: Article, client: Client) -> None:
    client.post(f"{article.get_absolute_url()}revise/", {"text": "Fares rose by 3 % in 2021."})
    page = client.get(article.get_absolute_url())
    assert len(page.context["unplaced"]) == SIZE < page.context["unplaced_count"]
    assert f"{SIZE} are listed; the others follow" in said(page)
    far = Claim.objects.filter(article=article, state=ClaimState.OPEN).order_by("-created_at")[0]
    unplaced = article.claims.exclude(appearances__revision=article.revision).order_by("-id")[0]
    assert client.get(article.get_absolute_url(), {"place": str(unplaced.pk)}).context["placing"]
    assert not client.get(article.get_absolute_url(), {"place": str(far.pk)}).context["placing"]


def test_the_ledger_has_pages(article: Article, client: Client) -> None:
    address = f"{article.get_absolute_url()}coverage/"
    page = client.get(address, {"show": "all"})
    found = list(page.context["entries"])
    while (after := page.context["next_after"]) is not None:
        page = client.get(address, {"show": "all", "after": after})
        found += page.context["entries"]
    places = [(entry.start, -entry.end) for entry in found]
    assert places == sorted(set(places))
    assert len(places) == page.context["total"] > 60
