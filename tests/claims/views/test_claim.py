import pytest
from django.test import Client

from claims.models import Citation, Claim, Evidence
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from sources.models import ExtractedText
from tests import factories
from tests.claims.views.conftest import Count, Desk, said

pytestmark = pytest.mark.django_db
QUOTE = "carried 41,200 passengers"


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.claim(by=checker)


@pytest.fixture
def text(claim: Claim, checker: User) -> ExtractedText:
    """An archived text of a source that the claim's article cites."""
    extracted = factories.extracted_text()
    Citation.objects.create(
        article=claim.article,
        source=extracted.capture.source,
        added_by=checker,
        added_at=factories.AT,
    )
    return extracted


@pytest.fixture
def client(checker: User, desk: Desk) -> Client:
    return desk(checker)


def address(claim: Claim, more: str = "") -> str:
    return f"/claims/{claim.pk}/{more}"


def attachment(text: ExtractedText, **changes: object) -> dict[str, object]:
    start = text.text.index(QUOTE)
    right = {
        "text": text.pk,
        "start": start,
        "end": start + len(QUOTE),
        "exact": QUOTE,
        "stance": "supports",
        "note": "The board counts tickets.",
    }
    return right | changes


def test_the_page_shows_where_the_claim_stands(claim: Claim, client: Client) -> None:
    page = client.get(address(claim))
    assert page.status_code == 200
    (excerpt,) = page.context["excerpts"]
    assert excerpt.before + excerpt.exact + excerpt.after in factories.TEXT
    assert "No evidence yet" in said(page)


def test_the_claims_of_an_article_follow_each_other(checker: User, client: Client) -> None:
    article = factories.article(
        by=checker, text="Fares rose by 12 % in 2019. Jobs fell by 3 % in 2018. Rents rose by 9 %."
    )
    ordered = list(article.claims.order_by("appearances__start").values_list("pk", flat=True))
    seen, following = [], ordered[0]
    while following:
        seen.append(following)
        page = client.get(f"/claims/{following}/")
        following = page.context["neighbours"].following
    assert seen == ordered
    assert page.context["neighbours"].previous == ordered[-2]


def test_the_archived_text_opens_with_the_claims_figures_marked(
    claim: Claim, text: ExtractedText, client: Client
) -> None:
    page = client.get(address(claim))
    assert page.context["extracted"] == text
    assert '<span class="figure">41,200</span>' in said(page)


def test_a_selected_passage_is_attached(claim: Claim, text: ExtractedText, client: Client) -> None:
    answer = client.post(address(claim, "evidence/"), attachment(text))
    evidence = Evidence.objects.get()
    assert answer["Location"] == f"{address(claim)}?text={text.pk}#evidence-{evidence.pk}"
    assert (evidence.exact, evidence.stance) == (QUOTE, "supports")
    page = client.get(address(claim)).text
    assert "stands in the archive" in page
    assert f'data-claim="{evidence.pk}"' in page


def test_pasted_words_are_attached_without_offsets(
    claim: Claim, text: ExtractedText, client: Client
) -> None:
    client.post(address(claim, "evidence/"), attachment(text, start="", end=""))
    assert Evidence.objects.get().start == text.text.index(QUOTE)


def test_a_double_click_attaches_once(claim: Claim, text: ExtractedText, client: Client) -> None:
    for _ in range(2):
        assert client.post(address(claim, "evidence/"), attachment(text)).status_code == 302
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"exact": "carried 412,000 passengers"}, "do not stand in the text"),
        ({"exact": ""}, TEXTS["quote_empty"]),
        ({"stance": "forged"}, TEXTS["evidence_stance_unknown"]),
        ({"stance": ""}, TEXTS["evidence_stance_unknown"]),
    ],
)
def test_what_cannot_be_attached_comes_back_with_the_note(
    claim: Claim, text: ExtractedText, client: Client, changes: dict[str, object], words: str
) -> None:
    page = client.post(address(claim, "evidence/"), attachment(text, **changes))
    assert page.status_code == 422
    assert words in said(page)
    assert "The board counts tickets." in said(page)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("number", ["", "0", "x", "99999999999999999999", "²"])
def test_a_text_that_is_not_there_is_a_404(claim: Claim, client: Client, number: str) -> None:
    answer = client.post(address(claim, "evidence/"), {"text": number, "exact": "x"})
    assert answer.status_code == 404


def test_evidence_is_taken_off(claim: Claim, client: Client, checker: User) -> None:
    evidence = factories.evidence(on=claim, by=checker)
    page = client.post(f"/evidence/{evidence.pk}/remove/", follow=True)
    assert "taken off" in said(page)
    assert "No evidence yet" in said(page)


def test_evidence_of_a_submitted_verdict_stays(client: Client, checker: User) -> None:
    version = factories.in_review(by=checker)
    evidence = Evidence.objects.get()
    page = client.post(f"/evidence/{evidence.pk}/remove/", follow=True)
    assert TEXTS["evidence_sealed"] in said(page)
    assert version.verdict.claim.evidence.get().removed_at is None


def test_a_claim_is_reworded(claim: Claim, client: Client) -> None:
    page = client.post(address(claim, "reword/"), {"text": "The ferry sailed."}, follow=True)
    assert '<h1 class="claim-head" dir="auto">The ferry sailed.</h1>' in said(page)
    assert "reworded the claim" in said(page)


def test_a_claim_without_words_comes_back(claim: Claim, client: Client) -> None:
    page = client.post(address(claim, "reword/"), {"text": " "})
    assert page.status_code == 422
    assert TEXTS["claim_text_empty"] in said(page)
    assert "data-open-now" in said(page)


def test_a_source_is_added_from_the_claim(claim: Claim, client: Client) -> None:
    page = client.post(address(claim, "sources/"), {"url": "https://stats.example/"}, follow=True)
    assert claim.article.citations.get().source.url == "https://stats.example/"
    assert "being fetched" in said(page)
    assert "waiting" in client.get(address(claim, "sources/rows/")).text


def test_three_pieces_of_evidence_take_as_many_queries_as_one(
    claim: Claim, client: Client, checker: User, count_queries: Count
) -> None:
    factories.evidence(on=claim, by=checker)
    one = count_queries(client, address(claim))
    factories.evidence(on=claim, by=checker, quote="3% more")
    factories.evidence(on=claim, by=checker, quote="Fares were raised", stance="context")
    assert count_queries(client, address(claim)) == one


@pytest.mark.parametrize("action", ["evidence/", "verdict/", "dismiss/", "reword/", "sources/"])
def test_an_admin_changes_nothing(claim: Claim, admin: User, desk: Desk, action: str) -> None:
    assert desk(admin).post(address(claim, action)).status_code == 403


@pytest.mark.parametrize("action", ["evidence/", "verdict/", "dismiss/", "restore/", "reword/"])
def test_what_changes_something_takes_only_a_form(
    claim: Claim, client: Client, action: str
) -> None:
    answer = client.get(address(claim, action))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
