"""Two people at one draft: who writes is shown, words are never lost, and both changes stand."""

import re

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim, DraftLease, VerdictVersion
from claims.states import VersionState
from factcheck.accounts.models import User
from tests import factories
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.fixture
def claim(people: tuple[User, User]) -> Claim:
    return factories.draft(by=people[0]).verdict.claim


def saved(page: Page) -> None:
    expect(page.locator("#draft-state")).to_have_text(re.compile(r"^\s*Saved \d\d:\d\d\s*$"))


def test_two_people_a_conflict_both_changes_and_the_submission(
    claim: Claim, people: tuple[User, User], visit: Visit
) -> None:
    carla, edda = visit(people[0]), visit(people[1])
    for visitor in (carla, edda):
        visitor.go(f"/claims/{claim.pk}/draft/")
    # Carla types; it saves itself, and Edda's words meet hers.
    carla.page.get_by_label("What we found").fill("The report states 41,200, on page 4.")
    carla.page.get_by_label("What is claimed").focus()
    saved(carla.page)
    expect(carla.page.locator("#standards")).to_contain_text("ready to submit")
    edda.page.get_by_label("What we found").fill("The report of 2020 states 41,200.")
    edda.page.get_by_label("Conclusion").fill("Nobody contradicts the board.")
    state = edda.page.locator("#draft-state")
    expect(state).to_contain_text("Carla Vega is writing this draft")
    state.get_by_role("button", name="Take it over and save").click()
    merge(edda.page)
    version = VerdictVersion.objects.get()
    assert version.what_we_found == "The report of 2020 states 41,200, on page 4."
    assert version.conclusion == "Nobody contradicts the board."
    submit(edda.page)
    assert VerdictVersion.objects.get().state == VersionState.IN_REVIEW
    assert not DraftLease.objects.exists()
    # What Carla still types is not saved, and is given back to her.
    carla.page.get_by_label("Conclusion").fill("Typed in vain?")
    expect(carla.page.locator("#draft-state")).to_contain_text("The verdict is in review now")
    carla.page.get_by_role("button", name="Save the draft").click()
    expect(carla.page.get_by_label("What you typed")).to_contain_text("Typed in vain?")


def merge(page: Page) -> None:
    expect(page.get_by_role("heading", name="Two people wrote at once")).to_be_visible()
    found = page.locator("#part-what_we_found")
    expect(found.locator("ins").first).to_be_visible()
    expect(found).to_contain_text("both changed it, at the same place")
    box = page.get_by_label("What we found, put together")
    expect(box).to_have_value("The report of 2020 states 41,200.")
    box.fill("The report of 2020 states 41,200, on page 4.")
    found.get_by_label("As written here").check()
    expect(page.locator("#part-conclusion").get_by_label("Yours")).to_be_checked()
    page.get_by_role("button", name="Save what is chosen").click()
    expect(page.get_by_role("status").first).to_contain_text("with both changes")


def submit(page: Page) -> None:
    expect(page.locator("#standards")).to_contain_text("1 to do before you submit")
    page.get_by_label("I have one:").check()
    page.get_by_label("Your interest in the matter").fill("My sister works at the harbour.")
    saved(page)
    expect(page.locator("#standards")).to_contain_text("ready to submit")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator("#notices")).to_contain_text("waits for an editor")


def test_who_only_reads_waits_or_takes_it_over(
    claim: Claim, people: tuple[User, User], visit: Visit
) -> None:
    carla, edda = visit(people[0]), visit(people[1])
    carla.go(f"/claims/{claim.pk}/draft/")
    carla.page.get_by_label("Conclusion").fill("So it is.")
    saved(carla.page)
    edda.go(f"/claims/{claim.pk}/draft/")
    expect(edda.page.locator("#lease")).to_contain_text("Carla Vega is writing this draft")
    expect(edda.page.get_by_label("Conclusion")).to_be_disabled()
    expect(edda.page.get_by_label("Conclusion")).to_have_value("So it is.")
    edda.page.get_by_role("button", name="Take it over").click()
    expect(edda.page.get_by_label("Conclusion")).to_be_enabled()
    carla.page.get_by_label("Conclusion").fill("So it is not.")
    expect(carla.page.locator("#draft-state")).to_contain_text("Edda Holm is writing this draft")
    expect(carla.page.get_by_label("Conclusion")).to_have_value("So it is not.")


def test_an_earlier_state_is_brought_back(
    claim: Claim, people: tuple[User, User], visit: Visit
) -> None:
    carla = visit(people[0])
    carla.go(f"/claims/{claim.pk}/draft/")
    page = carla.page
    page.get_by_label("What we found").fill("")
    saved(page)
    page.get_by_role("link", name="how it was saved before").click()
    page.locator("tbody a[data-row]").nth(1).click()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_label("What we found")).to_have_value(factories.WORDS.what_we_found)
