import html
import re

import pytest

from claims.models import Article, Citation, Claim, Sentence
from claims.states import ClaimState
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from sources.models import CaptureRequest
from tests import factories
from tests.claims.views.conftest import Count, Desk, said

AT = factories.AT
pytestmark = pytest.mark.django_db
TEXT = (
    "The ferry to Lismore carried 41,200 passengers in 2019. "
    "Fares rose by 12% after the new timetable.\n\n"
    "The council should be ashamed of the prettiest crossing."
)


@pytest.fixture
def article(checker: User) -> Article:
    return factories.article(by=checker, text=TEXT)


def address(article: Article, more: str = "") -> str:
    return f"/articles/{article.pk}/{more}"


def shown_text(page: str) -> str:
    """The text that a browser would hand to a selection."""
    area = re.search(r'data-selectable="add-claim"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert area
    return html.unescape(re.sub(r"<[^>]*>", "", area.group(1)))


def test_the_workspace_holds_the_text_to_the_character(
    article: Article, checker: User, desk: Desk
) -> None:
    page = desk(checker).get(address(article)).text
    assert shown_text(page) == TEXT


def test_claims_are_numbered_as_they_stand(article: Article, checker: User, desk: Desk) -> None:
    page = desk(checker).get(address(article, "?order=text"))
    rows = page.context["claims"]
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert "41,200" in rows[0].claim.text


def test_a_page_that_is_not_there_is_a_404(checker: User, desk: Desk) -> None:
    page = desk(checker).get("/articles/6f0b7c9e-0000-4000-8000-000000000000/")
    assert page.status_code == 404
    assert "There is nothing here by that name" in said(page)


def test_three_claims_take_as_many_queries_as_one(
    checker: User, desk: Desk, count_queries: Count
) -> None:
    small = factories.article(by=checker, text="Fares rose by 12 % in 2019.")
    large = factories.article(
        by=checker,
        text="Fares rose by 12 % in 2019. Jobs fell by 3 % in 2018. Rents rose by 9 % in 2017.",
    )
    client = desk(checker)
    for each in (small, large):
        factories.evidence(on=each.claims.all()[0], by=checker)
    assert large.claims.count() > small.claims.count()
    assert count_queries(client, address(large)) == count_queries(client, address(small))


def test_three_sources_take_as_many_queries_as_one(
    article: Article, checker: User, desk: Desk, count_queries: Count
) -> None:
    client = desk(checker)

    def cite() -> None:
        source = factories.extracted_text().capture.source
        Citation.objects.create(
            article=article, source=source, added_by=checker, added_at=factories.AT
        )

    cite()
    one = count_queries(client, address(article))
    cite()
    cite()
    assert count_queries(client, address(article)) == one


def test_selected_words_become_a_claim(article: Article, checker: User, desk: Desk) -> None:
    exact = "prettiest crossing"
    start = TEXT.index(exact)
    data = {"start": start, "end": start + len(exact), "exact": exact}
    answer = desk(checker).post(address(article, "claims/"), data)
    claim = Claim.objects.get(text=exact)
    assert answer["Location"] == f"{address(article)}?claim={claim.pk}#row-{claim.pk}"
    assert (claim.created_by, claim.appearances.get().start) == (checker, start)


def test_typed_words_are_found_in_the_text(article: Article, checker: User, desk: Desk) -> None:
    desk(checker).post(address(article, "claims/"), {"exact": "the prettiest\r\n crossing"})
    assert Claim.objects.get(text="the prettiest crossing").appearances.count() == 1


@pytest.mark.parametrize(
    ("exact", "words"),
    [
        ("", TEXTS["quote_empty"]),
        ("words of another text", "do not stand in the text"),
        ("the", "stand in the text"),
    ],
)
def test_words_that_cannot_be_placed_come_back(
    article: Article, checker: User, desk: Desk, exact: str, words: str
) -> None:
    before = article.claims.count()
    page = desk(checker).post(address(article, "claims/"), {"exact": exact})
    assert page.status_code == 422
    assert words in said(page)
    assert f">\n{exact}</textarea>" in said(page)
    assert article.claims.count() == before


def test_a_double_click_makes_one_claim(article: Article, checker: User, desk: Desk) -> None:
    client = desk(checker)
    client.post(address(article, "claims/"), {"exact": "prettiest crossing"})
    page = client.post(address(article, "claims/"), {"exact": "prettiest crossing"}, follow=True)
    assert TEXTS["claim_span_taken"] in said(page)
    assert Claim.objects.filter(text="prettiest crossing").count() == 1


def test_splitting_again_keeps_the_claims(article: Article, checker: User, desk: Desk) -> None:
    before = set(article.claims.values_list("pk", flat=True))
    page = desk(checker).post(address(article, "split/"), follow=True)
    assert "No new claims." in said(page)
    assert set(article.claims.values_list("pk", flat=True)) == before


def test_a_claim_is_left_out_and_brought_back(article: Article, checker: User, desk: Desk) -> None:
    client, claim = desk(checker), article.claims.all()[0]
    client.post(f"/claims/{claim.pk}/dismiss/", {"reason": "trivial"})
    claim.refresh_from_db()
    assert claim.state == ClaimState.DISMISSED
    assert "not worth checking" in client.get(address(article)).text
    client.post(f"/claims/{claim.pk}/restore/")
    claim.refresh_from_db()
    assert claim.state == ClaimState.OPEN


def test_a_forged_reason_is_refused_in_words(article: Article, checker: User, desk: Desk) -> None:
    claim = article.claims.all()[0]
    page = desk(checker).post(f"/claims/{claim.pk}/dismiss/", {"reason": "forged"}, follow=True)
    assert TEXTS["dismissal_reason_unknown"] in said(page)
    claim.refresh_from_db()
    assert claim.state == ClaimState.OPEN


def test_a_failed_source_is_tried_again_from_the_article(
    article: Article, checker: User, desk: Desk
) -> None:
    client = desk(checker)
    client.post(address(article, "sources/"), {"url": "https://stats.example/x"})
    asked = CaptureRequest.objects.get()
    CaptureRequest.objects.update(
        state="failed", error_code="http_404", error_text="Answered 404.", finished_at=AT
    )
    page = client.get(f"{address(article)}?open=sources")
    assert "Answered 404." in said(page)
    back = page.context["back"]
    answer = client.post(f"/sources/requests/{asked.pk}/retry/", {"next": back})
    assert answer["Location"] == back
    asked.refresh_from_db()
    assert asked.state == "queued"


def test_an_article_on_its_way_is_waited_for(checker: User, desk: Desk) -> None:
    client = desk(checker)
    client.post("/articles/new/", {"url": "https://news.example/story"})
    article = Article.objects.get()
    assert "The page is being fetched" in said(client.get(address(article)))
    assert "hx-get" in said(client.get(address(article, "state/")))
    CaptureRequest.objects.update(requested_at=AT, not_before=AT)
    assert "No worker has ever been seen here." in said(client.get(address(article, "state/")))


def test_an_article_that_failed_says_why_and_is_tried_again(checker: User, desk: Desk) -> None:
    client = desk(checker)
    client.post("/articles/new/", {"url": "https://news.example/story"})
    article = Article.objects.get()
    CaptureRequest.objects.update(
        state="failed", error_code="http_404", error_text="Answered 404.", finished_at=AT
    )
    Article.objects.update(state="failed", error_code="http_404")
    assert client.get(address(article, "state/"))["HX-Refresh"] == "true"
    assert "Answered 404." in said(client.get(address(article)))
    page = client.post(address(article, "retry/"), follow=True)
    assert "being fetched again" in said(page)
    article.refresh_from_db()
    assert article.state == "waiting"


def test_an_article_whose_page_holds_no_text_says_so(checker: User, desk: Desk) -> None:
    client = desk(checker)
    client.post("/articles/new/", {"url": "https://news.example/story"})
    Article.objects.update(state="failed", error_code="article_no_text")
    page = client.get(address(Article.objects.get()))
    assert TEXTS["article_no_text"] in said(page)


def test_a_sentence_is_decided(article: Article, checker: User, desk: Desk) -> None:
    client = desk(checker)
    sentence = Sentence.objects.filter(revision__article=article).order_by("-position")[0]
    for disposition, reason in (("pending", ""), ("dismissed", "opinion")):
        data = {"disposition": disposition, "reason": reason}
        client.post(f"/sentences/{sentence.pk}/decide/", data)
        sentence.refresh_from_db()
        assert (sentence.disposition, sentence.reason) == (disposition, reason)
    page = client.post(f"/sentences/{sentence.pk}/decide/", {"disposition": "forged"}, follow=True)
    assert TEXTS["dismissal_reason_unknown"] in said(page)


def test_a_source_is_added_and_its_capture_asked_for(
    article: Article, checker: User, desk: Desk
) -> None:
    client = desk(checker)
    page = client.post(
        address(article, "sources/"), {"url": "https://stats.example/x"}, follow=True
    )
    assert "being fetched and archived" in said(page)
    assert article.citations.get().source.url == "https://stats.example/x"
    rows = client.get(address(article, "sources/rows/"))
    assert "waiting" in rows.text


@pytest.mark.parametrize("url", ["", "ftp://files.example/x", "http://169.254.169.254/", "no"])
def test_an_address_that_cannot_be_a_source_comes_back(
    article: Article, checker: User, desk: Desk, url: str
) -> None:
    page = desk(checker).post(address(article, "sources/"), {"url": url})
    assert page.status_code == 422
    assert f'value="{url}"' in said(page) or not url
    assert page.context["source_form"].errors["url"]
    assert not article.citations.exists()


@pytest.mark.parametrize("action", ["split/", "claims/", "sources/", "retry/"])
def test_an_admin_changes_nothing(article: Article, admin: User, desk: Desk, action: str) -> None:
    answer = desk(admin).post(address(article, action), {"exact": "prettiest", "url": "x"})
    assert answer.status_code == 403
    assert TEXTS["not_allowed"] in said(answer)
