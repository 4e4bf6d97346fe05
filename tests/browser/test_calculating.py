"""A sum by hand: pick numbers by click or by list, see what it gives, attach, change, undo."""

import pytest
from playwright.sync_api import Page, expect

from claims.models import Calculation, Claim
from factcheck.accounts.models import User
from tests import factories
from tests.browser.conftest import Visit, Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def claim(people: tuple[User, User]) -> Claim:
    found = factories.fares(by=people[0])
    page = f"Price list. {factories.PRICES} It carried 41,200 passengers."
    factories.evidence(on=found, by=people[0], quote=factories.PRICES, page=page)
    factories.evidence(on=found, by=people[0], quote="41,200 passengers", page=page)
    return found


@pytest.fixture
def checker(claim: Claim, people: tuple[User, User], visit: Visit) -> Visitor:
    return visit(people[0])


def test_numbers_are_picked_by_a_click_and_the_sum_is_attached(
    claim: Claim, checker: Visitor
) -> None:
    page = checker.page
    checker.go(f"/claims/{claim.pk}/")
    page.get_by_role("link", name="Calculate").click()
    preview = page.locator("#calculation-preview")
    expect(preview).to_contain_text("Choose 2 numbers")
    page.get_by_role("button", name="25.00").click()
    expect(preview).to_contain_text("Choose one more number")
    page.get_by_role("button", name="28.00").click()
    expect(preview).to_contain_text("(28 − 25) ÷ 25 × 100 = +12 %")
    expect(preview).to_contain_text("agrees")
    page.get_by_role("radio", name="Difference").check()
    expect(preview).to_contain_text("28 − 25")
    expect(preview).to_contain_text("cannot be compared")
    page.get_by_role("radio", name="Change in percent", exact=False).first.check()
    expect(preview).to_contain_text("+12 %")
    page.get_by_role("button", name="Attach to the claim").click()
    expect(page.get_by_role("status").first).to_contain_text("The calculation is attached")
    change_and_undo(page)


def change_and_undo(page: Page) -> None:
    sums = page.get_by_role("region", name="Calculations")
    sums.get_by_role("link", name="Change").click()
    expect(page.locator("#calculation-preview")).to_contain_text("agrees")
    page.get_by_label("To: later").select_option("typed")
    slot = page.get_by_role("group", name="To: later")
    slot.get_by_label("The number, with its unit").fill("27.5 euros")
    expect(page.locator("#calculation-preview")).to_contain_text("comes from")
    slot.get_by_label("Where it comes from").fill("the ticket machine")
    expect(page.locator("#calculation-preview")).to_contain_text("+10 %")
    expect(page.locator("#calculation-preview")).to_contain_text("2 percentage points less")
    page.get_by_role("button", name="Attach in its place").click()
    expect(sums).to_contain_text("+10 %")
    expect(sums).to_contain_text("typed: the ticket machine")
    assert Calculation.objects.filter(removed_at=None).count() == 1
    sums.get_by_role("button", name="Take off").click()
    expect(sums).to_contain_text("No calculations yet")
    sums.get_by_text("Taken off").click()
    sums.get_by_role("listitem").filter(has_text="27.5").get_by_role("button").click()
    expect(sums).to_contain_text("gives the same again")


def test_an_unclear_number_is_asked_about(claim: Claim, checker: Visitor) -> None:
    page = checker.page
    checker.go(f"/claims/{claim.pk}/calculate/")
    page.get_by_role("radio", name="Sum").check()
    page.get_by_role("button", name="41,200").click()
    page.get_by_role("button", name="41.2").click()
    expect(page.locator("#calculation-preview")).to_contain_text("41,200 + 41.2 = 41,241.2")
    expect(page.get_by_role("group", name="Number 3")).to_be_visible()


def test_numbers_picked_while_the_slots_come_keep_their_order(
    claim: Claim, checker: Visitor
) -> None:
    page = checker.page
    checker.go(f"/claims/{claim.pk}/calculate/")
    page.evaluate(
        """() => {
          const buttons = [...document.querySelectorAll("[data-pick]")];
          const pick = (text) => buttons.find((each) => each.textContent === text).click();
          const form = document.getElementById("calculation");
          form.addEventListener("htmx:afterRequest", () => pick("41.2"), { once: true });
          form.querySelector("[value=sum]").click();
          pick("41,200");
        }"""
    )
    expect(page.locator("#calculation-preview")).to_contain_text("41,200 + 41.2 = 41,241.2")


def test_a_sum_is_made_without_scripts(
    claim: Claim, people: tuple[User, User], visit: Visit
) -> None:
    checker = visit(people[0])
    page = checker.page
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    checker.go(f"/claims/{claim.pk}/calculate/")
    for name, place in (("n0", "25 EUR"), ("n1", "28 EUR")):
        page.locator(f"select[name={name}]").select_option(label=place)
    page.get_by_role("button", name="Show the result").click()
    expect(page.locator("#calculation-preview")).to_contain_text("+12 %")
    page.get_by_role("button", name="Attach to the claim").click()
    expect(page.get_by_role("region", name="Calculations")).to_contain_text("agrees")
