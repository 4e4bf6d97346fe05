"""Suggested passages on the claim's page: they come later, and are decided with the keyboard."""

import pytest
from playwright.sync_api import expect

from claims.models import Citation, Claim, Evidence, SetAside
from factcheck.accounts.models import User
from tests import factories
from tests.browser.conftest import Visit, Visitor

pytestmark = pytest.mark.browser
TEXT = (
    "Annual report of the harbour board (sample)\n\n"
    "The board thanks its staff for a difficult year. "
    "In 2019 the Lismore ferry carried 39,800 passengers. "
    "The car deck was closed for repairs until March.\n"
    "The ferry to Lismore sails eleven times a day."
)


@pytest.fixture
def claim(people: tuple[User, User]) -> Claim:
    claim = factories.claim(by=people[0])
    Citation.objects.create(
        article=claim.article,
        source=factories.extracted_text(text=TEXT).capture.source,
        added_by=people[0],
        added_at=factories.AT,
    )
    return claim


@pytest.fixture
def checker(claim: Claim, people: tuple[User, User], visit: Visit) -> Visitor:
    visitor = visit(people[0])
    visitor.go(claim.get_absolute_url())
    return visitor


def test_a_suggestion_is_attached_with_the_keyboard(checker: Visitor, claim: Claim) -> None:
    page = checker.page
    first = page.locator(".suggestion").first
    expect(first.get_by_text("“39,800 passengers” here")).to_be_visible()
    first.get_by_role("button", name="refutes").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The passage is attached")).to_be_visible()
    attached = Evidence.objects.get(claim=claim)
    assert (attached.stance, attached.exact[:7]) == ("refutes", "In 2019")


def test_a_suggestion_is_set_aside_in_place_and_taken_back(checker: Visitor, claim: Claim) -> None:
    page = checker.page
    page.get_by_label("Note").fill("typed before")
    first = page.locator(".suggestion").first
    first.get_by_role("button", name="Beside the point").click()
    expect(page.get_by_text("1 set aside")).to_be_visible()
    assert SetAside.objects.get().claim == claim
    page.get_by_text("1 set aside").click()
    page.get_by_role("button", name="Suggest it again").click()
    expect(page.locator(".suggestion")).to_have_count(2)
    expect(page.get_by_label("Note")).to_have_value("typed before")
