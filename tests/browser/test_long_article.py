"""A long article: its parts, its list in runs, and the ways between a claim and its words."""

import re

import pytest
from playwright.sync_api import expect

from claims.models import Article, Claim
from claims.views.parts import LENGTH
from claims.views.windows import SIZE
from factcheck.accounts.models import User
from tests import factories
from tests.browser.conftest import Visit, Visitor
from tests.browser.test_shaping import select

pytestmark = pytest.mark.browser
TARGET = "mark:target, mark:has(> i:target)"  # of marks that begin together one has the id itself


@pytest.fixture
def article(people: tuple[User, User]) -> Article:
    return factories.article(by=people[0], text=factories.long_text(3 * LENGTH // 2))


@pytest.fixture
def checker(article: Article, people: tuple[User, User], visit: Visit) -> Visitor:
    visitor = visit(people[0])
    visitor.go(f"{article.get_absolute_url()}?order=text")
    return visitor


def last_claim(article: Article) -> Claim:
    found = article.claims.order_by("-appearances__start").first()
    assert found is not None
    return found


def test_the_list_grows_and_rows_and_words_lead_to_each_other(
    article: Article, checker: Visitor
) -> None:
    page = checker.page
    rows = page.locator(".rail .claim-row[id]:visible")
    expect(rows).to_have_count(SIZE)
    page.get_by_role("link", name=f"Show {SIZE} more").click()
    expect(rows).to_have_count(2 * SIZE)
    page.get_by_role("link", name="Claim 50 in the text").click()
    expect(page.locator(TARGET)).to_be_in_viewport()
    expect(rows).to_have_count(2 * SIZE)

    # A mark whose row is not in the list: the list begins with it.
    page.locator(".mark[data-number='149']").click()
    page.wait_for_url(re.compile(r"claim=.*#row-"))
    expect(page.locator(".claim-row:target .number")).to_have_text("149")
    expect(page.get_by_role("link", name="From the start")).to_be_visible()
    # A row whose words are in another part: that part is shown.
    page.get_by_role("link", name="next part").first.click()
    expect(page.get_by_text("Part 2 of 2").first).to_be_visible()
    page.get_by_role("link", name="Claim 1 in the text").click()
    expect(page.locator(TARGET)).to_contain_text("The ferry number 1 carried")
    page.keyboard.press("n")
    expect(page.get_by_text("Part 2 of 2").first).to_be_visible()


def test_words_of_a_later_part_are_marked_fitted_and_undone(
    article: Article, checker: Visitor
) -> None:
    page = checker.page
    page.get_by_role("link", name="next part").first.click()
    claim = last_claim(article)
    exact = claim.appearances.get().exact
    words = exact.split(" in May")[0]
    select(page, words, "Fit the claim to these words")
    expect(page.locator("#notices")).to_contain_text("covers these words")
    expect(page.locator(".claim-row:target")).to_be_visible()
    assert claim.appearances.get().exact == words
    expect(page.get_by_text("Part 2 of 2").first).to_be_visible()
    page.keyboard.press("z")
    expect(page.locator("#notices")).to_contain_text("Undone.")
    expect(page.get_by_text("Part 2 of 2").first).to_be_visible()
    assert claim.appearances.get().exact == exact


def test_without_scripts_all_of_it_can_be_reached(
    article: Article, people: tuple[User, User], visit: Visit
) -> None:
    checker = visit(people[0])
    page = checker.page
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    checker.go(f"{article.get_absolute_url()}?order=text")
    page.get_by_role("link", name=f"Show {SIZE} more").click()
    expect(page.locator(".claim-row .number").first).to_have_text(str(SIZE + 1))
    page.get_by_role("link", name="2", exact=True).first.click()
    expect(page.get_by_text("Part 2 of 2").first).to_be_visible()

    page.get_by_role("link", name="choose the first and last word").click()
    page.get_by_role("link", name="The council should be ashamed").first.click()
    page.get_by_role("group", name="The first word").get_by_label("council").check()
    page.get_by_role("group", name="The last word").get_by_label("ashamed").check()
    page.get_by_role("button", name="Make it a claim").click()
    expect(page.locator("#notices")).to_contain_text("The passage is a claim now.")
    claim = Claim.objects.get(text="council should be ashamed")
    expect(page.locator(f"#mark-{claim.pk}")).to_have_text("council should be ashamed")

    page.get_by_role("link", name="type them").click()
    page.get_by_label("These words").fill("be ashamed of itself")
    page.get_by_role("button", name="Make it a claim").click()
    expect(page.get_by_text("These words stand in the text")).to_be_visible()
    page.get_by_role("group", name="Which place?").get_by_role("radio").first.check()
    page.get_by_role("button", name="Make it a claim").click()
    expect(page.locator("#notices")).to_contain_text("The passage is a claim now.")
    assert Claim.objects.filter(text="be ashamed of itself").count() == 1
