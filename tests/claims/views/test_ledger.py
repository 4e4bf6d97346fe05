import pytest
from django.test import Client

from claims.models import Article, Number, Sentence
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from tests import factories
from tests.claims.views.conftest import Count, Desk, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(checker: User) -> Article:
    found = factories.article(by=checker)
    sentence = Sentence.objects.get(
        revision__article=found, start=factories.TEXT.index("The council")
    )
    sentence.disposition, sentence.reason = "pending", ""
    sentence.save()
    return found


@pytest.fixture
def client(checker: User, desk: Desk) -> Client:
    return desk(checker)


def address(article: Article, show: str = "") -> str:
    return f"/articles/{article.pk}/coverage/{f'?show={show}' if show else ''}"


def kept(client: Client, article: Article, show: str) -> list[str]:
    return [entry.exact for entry in client.get(address(article, show)).context["entries"]]


def test_what_is_not_decided_is_listed_first(article: Article, client: Client) -> None:
    page = client.get(address(article))
    assert [entry.exact for entry in page.context["entries"]] == [
        "The council should be ashamed of itself."
    ]
    start = factories.TEXT.index("The council")
    assert f'{article.get_absolute_url()}?at={start}#at-{start}"' in page.text
    assert f'id="at-{start}"' in client.get(article.get_absolute_url()).text


def test_a_sentence_is_left_out_and_set_back_from_the_list(
    article: Article, client: Client
) -> None:
    (entry,) = client.get(address(article)).context["entries"]
    back = address(article, "undecided")
    data = {"disposition": "dismissed", "reason": "opinion", "next": back}
    assert client.post(entry.action, data)["Location"] == back
    assert kept(client, article, "undecided") == []
    assert "left out: opinion" in said(client.get(address(article, "out")))
    client.post(entry.action, {"disposition": "pending"})
    assert kept(client, article, "undecided") == [entry.exact]


def test_a_number_that_is_in_no_claim_waits_for_a_decision(
    article: Article, client: Client, checker: User
) -> None:
    for claim in article.claims.all():
        client.post(f"/claims/{claim.pk}/dismiss/", {"reason": "trivial"})
    number = Number.objects.filter(revision__article=article)[0]
    around = Sentence.objects.get(revision__article=article, position=0)
    Sentence.objects.filter(pk=around.pk).update(disposition="pending", reason="")
    entry = next(e for e in client.get(address(article)).context["entries"] if e.kind == "number")
    assert entry.before.endswith("carried ")
    client.post(entry.action, {"reason": "trivial", "disposition": "dismissed"})
    number.refresh_from_db()
    assert (number.reason, number.decided_by) == ("trivial", checker)
    client.post(entry.action, {"disposition": "pending"})
    number.refresh_from_db()
    assert number.reason == ""


def test_a_number_follows_its_sentence(article: Article, client: Client) -> None:
    for claim in article.claims.all():
        client.post(f"/claims/{claim.pk}/dismiss/", {"reason": "trivial"})
    page = client.get(address(article, "out"))
    numbers = [entry for entry in page.context["entries"] if entry.kind == "number"]
    assert {(entry.reason, entry.action) for entry in numbers} == {("with its sentence", "")}


def test_a_sentence_of_the_list_becomes_a_claim(article: Article, client: Client) -> None:
    (entry,) = client.get(address(article)).context["entries"]
    data = {"start": entry.start, "end": entry.end, "exact": entry.exact}
    client.post(f"{article.get_absolute_url()}claims/", data)
    assert article.claims.filter(text=entry.exact).exists()
    assert kept(client, article, "undecided") == []


def test_what_was_left_out_is_shown_by_reason(checker: User, client: Client) -> None:
    text = "The council should be ashamed of itself. Fares will rise next year."
    article = factories.article(by=checker, text=text)
    first, second = Sentence.objects.filter(revision__article=article).order_by("position")
    for sentence, reason in ((first, "opinion"), (second, "prediction")):
        data = {"disposition": "dismissed", "reason": reason}
        client.post(f"/sentences/{sentence.pk}/decide/", data)
    page = client.get(address(article, "out"))
    assert page.context["by_reason"] == [
        ("opinion", "opinion", 1),
        ("prediction", "prediction", 1),
    ]
    only = client.get(f"{address(article, 'out')}&reason=prediction").context["entries"]
    assert [entry.reason for entry in only] == ["prediction"]
    assert len(client.get(f"{address(article, 'out')}&reason=forged").context["entries"]) == 2


def test_what_is_in_claims_is_listed_too(article: Article, client: Client) -> None:
    page = client.get(address(article, "claims"))
    kinds = [(entry.kind, entry.is_claim) for entry in page.context["entries"]]
    assert kinds.count(("sentence", True)) == page.context["sentences"].claims
    assert kinds.count(("number", True)) == page.context["numbers"].claims
    assert len(kinds) == page.context["total"]
    assert "Set back to undecided" not in page.text
    assert "Make it a claim" not in page.text
    counts = {code: count for code, _, count in page.context["filters"]}
    everything = page.context["sentences"].total + page.context["numbers"].total
    assert counts["all"] + counts["claims"] == everything


@pytest.mark.parametrize("show", ["undecided", "out", "all", "forged"])
def test_an_empty_list_says_so(checker: User, client: Client, show: str) -> None:
    article = factories.article(by=checker, text="Fares rose by 12% in 2019.")
    page = client.get(address(article, show))
    assert "Everything is decided" in said(page) or "Nothing was left out" in said(page)


def test_a_forged_reason_is_told_in_words(article: Article, client: Client) -> None:
    (entry,) = client.get(address(article)).context["entries"]
    data = {"disposition": "dismissed", "reason": "forged", "next": address(article)}
    assert TEXTS["dismissal_reason_unknown"] in said(client.post(entry.action, data, follow=True))


def test_an_admin_reads_but_decides_nothing(article: Article, admin: User, desk: Desk) -> None:
    page = desk(admin).get(address(article))
    (entry,) = page.context["entries"]
    assert "Leave out" not in said(page)
    assert desk(admin).post(entry.action, {"disposition": "pending"}).status_code == 403


def test_an_article_on_its_way_has_no_ledger_yet(client: Client) -> None:
    client.post("/articles/new/", {"url": "https://news.example/story"})
    article = Article.objects.get()
    assert client.get(address(article))["Location"] == article.get_absolute_url()


def test_three_entries_take_as_many_queries_as_one(
    checker: User, client: Client, count_queries: Count
) -> None:
    opinion = "The council should be ashamed of itself."
    one = factories.article(by=checker, text=opinion)
    three = factories.article(
        by=checker, text=f"{opinion} It was a shame. What a beautiful morning! {opinion}"
    )
    few = count_queries(client, address(one, "all"))
    assert count_queries(client, address(three, "all")) == few
    assert len(kept(client, three, "all")) > len(kept(client, one, "all"))
