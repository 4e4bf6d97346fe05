"""A passage is chosen without a script: by its words, by its place, by its first and last word."""

import pytest
from django.test import Client

from claims.models import Article, Claim
from claims.states import ClaimState
from claims.views.words import words_in
from factcheck.accounts.models import User
from tests import factories
from tests.claims.views.conftest import Count, Desk, said
from tests.factories import TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(checker: User) -> Article:
    return factories.article(by=checker)


@pytest.fixture
def client(checker: User, desk: Desk) -> Client:
    return desk(checker)


def address(article: Article, query: str = "") -> str:
    return f"{article.get_absolute_url()}words/{query}"


def at(words: str) -> int:
    return TEXT.index(words)


def bounds(words: str) -> dict[str, int]:
    return {"first": at(words), "last": at(words) + len(words)}


def test_the_sentences_of_the_text_are_offered(article: Article, client: Client) -> None:
    page = client.get(address(article))
    assert [words for _, words in page.context["sentences"]] == [
        "The ferry to Lismore carried 41,200 passengers in 2019.",
        "Fares rose by 12% after the new timetable.",
        "The council should be ashamed of itself.",
    ]
    assert f'href="?at={at("Fares")}"' in page.text
    assert address(article) in client.get(article.get_absolute_url()).text


def test_two_words_make_a_claim(article: Article, client: Client) -> None:
    query = f"?at={at('The council')}"
    page = client.get(address(article, query))
    words = [str(radio.choice_label) for radio in page.context["form"]["first"]]
    assert words == ["The", "council", "should", "be", "ashamed", "of", "itself."]
    data = bounds("council should be ashamed of itself") | {"do": "mark"}
    answer = client.post(address(article, query), data)
    claim = Claim.objects.get(text="council should be ashamed of itself")
    assert answer["Location"].endswith(f"?claim={claim.pk}#row-{claim.pk}")


def test_a_claim_is_fitted_and_cut_by_its_words(article: Article, client: Client) -> None:
    claim = article.claims.get(appearances__exact__contains="41,200")
    query = f"?at={at('The ferry')}&claim={claim.pk}"
    place = claim.appearances.get()
    form = client.get(address(article, query)).context["form"]
    assert form["first"].value() == place.start
    data = bounds("ferry to Lismore carried 41,200 passengers") | {"do": "fit"}
    client.post(address(article, query), data)
    assert claim.appearances.get().exact == "ferry to Lismore carried 41,200 passengers"
    data = bounds("carried 41,200") | {"do": "cut"}
    client.post(address(article, query), data)
    assert claim.appearances.get().exact == "ferry to Lismore"
    assert Claim.objects.filter(text="carried 41,200 passengers").exists()


def test_without_a_claim_named_the_one_that_stands_there_is_fitted(
    article: Article, client: Client
) -> None:
    claim = article.claims.get(appearances__exact__contains="12%")
    data = bounds("Fares rose by 12%") | {"do": "fit"}
    client.post(address(article, f"?at={at('Fares')}"), data)
    assert claim.appearances.get().exact == "Fares rose by 12%"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"do": "mark"}, "Choose the first word."),
        ({"do": "mark", "first": 0}, "Choose the last word."),
        ({"do": "mark", "first": 1, "last": 3}, "The text has changed."),
        ({"do": "mark", "first": 4, "last": 3}, "The last word stands before the first one."),
    ],
)
def test_a_choice_that_is_none_comes_back(
    article: Article, client: Client, data: dict[str, str | int], words: str
) -> None:
    page = client.post(address(article, "?at=0"), data)
    assert page.status_code == 422
    assert words in said(page)
    assert article.claims.count() == 2


def test_what_the_desk_refuses_is_said_in_words(article: Article, client: Client) -> None:
    data = bounds("council should") | {"do": "cut"}
    page = client.post(address(article, f"?at={at('The council')}"), data)
    assert "No open claim stands at these words." in said(page)
    data = bounds("The council should be ashamed") | {"do": "mark"}
    for status in (302, 422):
        page = client.post(address(article, f"?at={at('The council')}"), data)
        assert page.status_code == status
    assert "already a claim" in said(page)


def test_several_sentences_can_be_taken_together(article: Article, client: Client) -> None:
    page = client.get(address(article, "?at=0"))
    assert "sentences=2" in page.text
    page = client.get(address(article, "?at=0&sentences=99"))
    assert len(page.context["sentences"]) == 3
    assert "sentences=" not in page.text


def test_beyond_the_text_all_sentences_are_offered(article: Article, client: Client) -> None:
    assert client.get(address(article, "?at=99999"))["Location"] == address(article)
    assert client.get(address(article, "?at=x")).context["sentences"]


def test_a_claim_that_is_left_out_is_not_fitted(article: Article, client: Client) -> None:
    claim = article.claims.get(appearances__exact__contains="41,200")
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.DISMISSED, dismissal_reason="trivial")
    page = client.get(address(article, f"?at=0&claim={claim.pk}"))
    assert page.context["claim"] is None


def test_typed_words_that_stand_in_several_places_ask_for_one(
    checker: User, client: Client
) -> None:
    article = factories.article(by=checker, text="A quay, a quay, and one more quay. All closed.")
    page = client.post(f"{article.get_absolute_url()}claims/", {"exact": "quay"})
    assert page.status_code == 422
    assert "stand in the text 3 times" in said(page)
    places = [place for place, *_ in page.context["claim_form"].places()]
    assert places == ["2-6", "10-14", "29-33"]
    assert 'name="place" value="10-14"' in page.text
    client.post(f"{article.get_absolute_url()}claims/", {"exact": "quay", "place": places[1]})
    claim = Claim.objects.get(text="quay")
    assert f"{claim.appearances.get().start}-{claim.appearances.get().end}" == places[1]
    page = client.post(f"{article.get_absolute_url()}claims/", {"exact": "quay", "place": "7-9"})
    assert page.status_code == 422


def test_an_admin_chooses_nothing_and_a_waiting_article_has_no_words(
    article: Article, admin: User, client: Client, desk: Desk
) -> None:
    assert desk(admin).get(address(article)).status_code == 403
    client.post("/articles/new/", {"url": "https://news.example/story"})
    waiting = Article.objects.get(state="waiting")
    assert client.get(address(waiting)).status_code == 409


def test_more_sentences_take_no_more_queries(
    article: Article, checker: User, client: Client, count_queries: Count
) -> None:
    short = factories.article(by=checker, text="Fares rose by 3 % in 2021.")
    for query in ("", "?at=0"):
        once = count_queries(client, address(short, query))
        assert count_queries(client, address(article, query)) == once


def test_words_keep_their_stops_and_passages_do_not() -> None:
    text = "In the U.S., they said: “No!” … (12 %)."
    words = words_in(text, 0, len(text))
    assert " ".join(word for _, _, word in words) == text
    assert [text[start:end] for start, end, _ in words] == [
        *("In", "the", "U.S", "they", "said", "“No!”", "…", "(12", "%)"),
    ]
