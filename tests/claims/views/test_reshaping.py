import uuid

import pytest
from django.test import Client

from claims import coverage
from claims.models import Article, Claim
from claims.states import ClaimState, Disposition
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from tests import factories
from tests.claims.views.conftest import Desk, said

pytestmark = pytest.mark.django_db
TEXT = (
    "The ferry carried 41,200 passengers in 2019 and fares rose by 12 % in 2020. "
    "Let us hope for 30 more pretty boats."
)


@pytest.fixture
def article(checker: User) -> Article:
    return factories.article(by=checker, text=TEXT)


@pytest.fixture
def client(checker: User, desk: Desk) -> Client:
    return desk(checker)


def address(article: Article, more: str = "") -> str:
    return f"/articles/{article.pk}/{more}"


def texts(article: Article) -> list[str]:
    """The passages of the open claims, in the order of the text."""
    claims = article.claims.filter(state=ClaimState.OPEN).order_by("appearances__start")
    return [place.exact for claim in claims for place in claim.appearances.all()]


def mark(client: Client, article: Article, words: str) -> Claim:
    client.post(address(article, "claims/"), {"exact": words})
    return Claim.objects.get(appearances__exact=words)


def test_a_claim_is_fitted_to_the_selected_words(article: Article, client: Client) -> None:
    claim = mark(client, article, "Let us hope for 30")
    page = client.post(address(article, "fit/"), {"exact": "for 30"}, follow=True)
    assert "The claim covers these words now." in said(page)
    assert claim.appearances.get().exact == "for 30"


def test_a_claim_is_split_before_the_selected_words(article: Article, client: Client) -> None:
    claim = mark(client, article, "Let us hope for 30")
    page = client.post(address(article, "cut/"), {"exact": "for 30"}, follow=True)
    assert "The claim was split in two." in said(page)
    assert claim.appearances.get().exact == "Let us hope"
    assert "for 30" in texts(article)


def test_ticked_claims_become_one(article: Article, client: Client) -> None:
    first, second = mark(client, article, "Let us hope"), mark(client, article, "for 30")
    page = client.post(address(article, "merge/"), {"claim": [first.pk, second.pk]}, follow=True)
    assert "The claims are one now." in said(page)
    assert first.appearances.get().exact == "Let us hope for 30"
    page = client.get(f"/claims/{second.pk}/")
    assert "part of another claim" in said(page)
    assert f"/claims/{first.pk}/" in said(page)


@pytest.mark.parametrize("ticked", [[], ["forged"], [str(uuid.uuid4())]])
def test_a_merge_of_nothing_is_refused_in_words(
    article: Article, client: Client, ticked: list[str]
) -> None:
    page = client.post(address(article, "merge/"), {"claim": ticked}, follow=True)
    assert TEXTS["merge_apart"] in said(page)


def test_claims_of_another_article_are_not_merged(
    article: Article, client: Client, checker: User
) -> None:
    other = factories.claim(by=checker)
    mine = article.claims.all()[0]
    page = client.post(address(article, "merge/"), {"claim": [mine.pk, other.pk]}, follow=True)
    assert TEXTS["merge_apart"] in said(page)


def test_the_last_change_is_undone_and_then_nothing_is_left(
    article: Article, client: Client
) -> None:
    before = texts(article)
    mark(client, article, "Let us hope for 30")
    assert "Undo" in said(client.get(address(article)))
    assert "Undone." in said(client.post(address(article, "undo/"), follow=True))
    assert texts(article) == before
    page = client.post(address(article, "undo/"), follow=True)
    assert TEXTS["nothing_to_undo"] in said(page)


@pytest.mark.parametrize("action", ["fit/", "cut/"])
def test_words_without_a_claim_come_back(article: Article, client: Client, action: str) -> None:
    for claim in article.claims.all():
        client.post(f"/claims/{claim.pk}/dismiss/", {"reason": "trivial"})
    page = client.post(address(article, action), {"exact": "fares rose"})
    assert page.status_code == 422
    assert "No open claim stands at these words." in said(page)
    assert "fares rose</textarea>" in said(page)


def test_a_sealed_claim_keeps_its_shape(client: Client, checker: User) -> None:
    version = factories.in_review(by=checker)
    claim = version.verdict.claim
    words = claim.appearances.all()[0].exact
    half = " ".join(words.split()[:3])
    page = client.post(address(claim.article, "fit/"), {"exact": half})
    assert page.status_code == 422
    assert TEXTS["claim_sealed"] in said(page)


def test_a_number_is_set_aside_and_taken_back(article: Article, client: Client) -> None:
    revision = article.revision
    assert revision is not None
    for claim in article.claims.all():
        client.post(f"/claims/{claim.pk}/dismiss/", {"reason": "trivial"})
    entry = coverage.numbers(revision)[0]
    place = f"/numbers/{entry.number.pk}/decide/"
    assert "The number is set aside." in said(
        client.post(place, {"reason": "duplicate"}, follow=True)
    )
    settled = coverage.numbers(revision)[0]
    assert (settled.disposition, settled.reason) == (Disposition.DISMISSED, "duplicate")
    assert "said already" in said(client.get(address(article)))
    page = client.post(place, {"reason": "forged"}, follow=True)
    assert TEXTS["dismissal_reason_unknown"] in said(page)
    client.post(place, {"reason": ""})
    entry.number.refresh_from_db()
    assert entry.number.reason == ""


def test_a_proposal_is_accepted(article: Article, client: Client) -> None:
    claim = article.claims.all()[0]
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.PROPOSED)
    assert "Proposed by the model" in said(client.get(address(article)))
    assert "Accept the proposal" in said(client.get(f"/claims/{claim.pk}/"))
    page = client.post(f"/claims/{claim.pk}/accept/", follow=True)
    assert "The proposal is a claim now." in said(page)
    claim.refresh_from_db()
    assert claim.state == ClaimState.OPEN


@pytest.mark.parametrize("action", ["fit/", "cut/", "merge/", "undo/"])
def test_an_admin_changes_nothing(article: Article, admin: User, desk: Desk, action: str) -> None:
    assert desk(admin).post(address(article, action), {"exact": "for 30"}).status_code == 403
