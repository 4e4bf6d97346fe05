"""Earlier verdicts come after the page, and a person starts from one or sets it aside."""

import pytest
from playwright.sync_api import expect

from factcheck.accounts.models import User
from tests import factories
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_an_earlier_verdict_is_loaded_and_taken_up(people: tuple[User, User], visit: Visit) -> None:
    checker, _ = people
    claim = factories.claim(by=checker)
    said = "In 2019 the ferry to Lismore carried 41,200 passengers."
    factories.earlier(said, rating="True", summary="The board says so.")
    factories.earlier(said.replace("41", "14"))
    visitor = visit(checker)
    visitor.go(claim.get_absolute_url())
    page = visitor.page
    expect(page.locator(".earlier")).to_have_count(2)
    expect(page.locator(".earlier").nth(1)).to_contain_text("The number is contrary")
    page.get_by_role("button", name="Start from this verdict").click()
    expect(page.locator("#verdict")).to_contain_text("The board says so.")
    page.get_by_role("button", name="Set aside").click()
    expect(page.locator(".earlier.aside")).to_contain_text("set aside by")
    assert visitor.complaints == []
