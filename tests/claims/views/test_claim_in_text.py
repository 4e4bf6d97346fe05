"""What the claim's page says of its place in the article, its sources and its wording."""

from datetime import date

import pytest
from django.test import Client

from claims.models import Article, Claim
from factcheck.accounts.models import User
from tests import factories
from tests.claims.views.conftest import Desk, said
from tests.factories import TEXT

pytestmark = pytest.mark.django_db
HTML = (
    '<p>See <a href="https://first.example/">the overview</a>. Fares rose by '
    '<a href="https://own.example/">40 to 50 percent</a> last March, the council says.</p>'
)


@pytest.fixture
def client(checker: User, desk: Desk) -> Client:
    return desk(checker)


@pytest.fixture
def claim(client: Client) -> Claim:
    client.post("/articles/new/", {"text": "x", "html": HTML, "published_on": date(2026, 2, 1)})
    found = Article.objects.get().claims.filter(appearances__exact__contains="50 percent").first()
    assert found is not None
    return found


def page(client: Client, claim: Claim) -> str:
    return said(client.get(f"/claims/{claim.pk}/"))


def test_the_sources_that_the_sentence_cites_come_first(claim: Claim, client: Client) -> None:
    rows = client.get(f"/claims/{claim.pk}/").context["sources"]
    assert [row.host for row in rows] == ["own.example", "first.example"]
    assert page(client, claim).count("cited in this sentence") == 1


def test_ranges_and_dates_are_shown_as_read(claim: Claim, client: Client) -> None:
    shown = page(client, claim)
    assert "40 %" in shown or "between 40 and 50 %" in shown
    assert "read as March 2025" in shown


def test_the_page_says_who_says_so(claim: Claim, client: Client) -> None:
    Claim.objects.update(claimant="the council", reporting_verb="says", unresolved=["it"])
    shown = page(client, claim)
    assert "the council says so (“says”)" in shown
    assert "Not settled by the article" in shown


def test_only_the_newest_text_is_shown(client: Client, checker: User) -> None:
    claim = factories.claim(by=checker)
    client.post(f"{claim.article.get_absolute_url()}revise/", {"text": f"First of all. {TEXT}"})
    assert claim.appearances.count() == 2
    shown = client.get(f"/claims/{claim.pk}/")
    assert len(shown.context["excerpts"]) == 1
    assert "Find it a new place" not in said(shown)


def test_a_claim_that_was_not_carried_says_so(client: Client, checker: User) -> None:
    claim = factories.claim(by=checker)
    client.post(f"{claim.article.get_absolute_url()}revise/", {"text": "Nothing of it is left."})
    shown = page(client, claim)
    assert "The claim has no place in the newest text" in shown
    assert f"?place={claim.pk}" in shown
