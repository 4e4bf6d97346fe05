"""People outside the desk: a reader reports an error and is answered, a claimant answers once."""

import re

import pytest
from playwright.sync_api import Page, expect

from claims.models import Complaint, ReplyEntry
from factcheck.accounts.models import User
from tests import factories
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
NOTICE = "#notices"


def test_a_reader_reports_two_people_look_and_the_reader_sees_the_answer(
    people: tuple[User, User], visit: Visit
) -> None:
    checker, editor = people
    second = factories.person("editor", username="sanna", name="Sanna Second")
    verdict = factories.published(by=checker, editor=editor).verdict
    reader = visit()
    reader.go(verdict.get_absolute_url())
    reader.page.get_by_role("link", name="Report an error").click()
    reader.page.get_by_role("button", name="Send the report").click()
    expect(reader.page.get_by_text("Say what is wrong.")).to_be_visible()
    reader.page.get_by_label("What is wrong?").fill("The report is of 2018, not of 2019.")
    reader.page.get_by_label("A source that shows it").fill("harbour.example/report-2018")
    reader.page.get_by_label("The desk may keep").check()
    reader.page.get_by_role("button", name="Send the report").click()
    expect(reader.page.get_by_text("It has arrived.")).to_be_visible()
    mine = reader.page.get_by_label("The address of this page").input_value()
    assert mine == reader.page.url

    carla = visit(checker)
    carla.go("/")
    carla.page.get_by_role("link", name="reports of errors").click()
    carla.page.get_by_role("link", name="The report is of 2018").click()
    carla.page.get_by_role("button", name="Look into it").click()
    carla.page.get_by_label("upheld").check()
    carla.page.get_by_label("Why").fill("The page is that of 2018 indeed.")
    carla.page.get_by_role("button", name="Recommend it").click()
    expect(carla.page.locator("#second")).to_contain_text("You looked first.")

    sanna = visit(second)
    sanna.go(Complaint.objects.get().get_absolute_url())
    expect(sanna.page.get_by_text("The page is that of 2018 indeed.")).to_be_visible()
    sanna.page.get_by_label("Answer to the reader").fill("You are right.\nWe correct it.")
    sanna.page.get_by_role("button", name="Decide and answer").click()
    expect(sanna.page.locator(NOTICE)).to_contain_text("The report is decided")
    expect(sanna.page.get_by_role("link", name="start a correction")).to_be_visible()

    reader.page.reload()
    expect(reader.page.get_by_text("You were right.")).to_be_visible()
    expect(reader.page.get_by_text("We correct it.")).to_be_visible()


def test_a_claimant_answers_by_a_link_once(people: tuple[User, User], visit: Visit) -> None:
    claim = factories.claim(by=people[0])
    carla = visit(people[0])
    address = made(carla.page, carla.address, f"/claims/{claim.pk}/")

    claimant = visit()
    elsewhere = visit()
    for visitor in (claimant, elsewhere):
        visitor.page.goto(address)
        expect(visitor.page.get_by_text("Where does the number come from?")).to_be_visible()
    claimant.page.get_by_label("Your answer").fill("From our own count, on page 4.")
    claimant.page.get_by_label("Your role").fill("press officer")
    claimant.page.get_by_role("button", name="Send the answer").click()
    expect(claimant.page.get_by_role("heading", level=1)).to_contain_text("Thank you")

    # The same link in another window: nothing typed is lost.
    elsewhere.page.get_by_label("Your answer").fill("Something else, typed with care.")
    elsewhere.page.get_by_role("button", name="Send the answer").click()
    expect(elsewhere.page.get_by_role("heading", level=1)).to_contain_text("already")
    expect(elsewhere.page.get_by_label("What you typed")).to_have_value(
        "Something else, typed with care."
    )
    assert ReplyEntry.objects.get().words == "From our own count, on page 4."

    carla.go(f"/claims/{claim.pk}/")
    expect(carla.page.locator("#reply-link")).to_contain_text("on page 4.")
    expect(carla.page.locator("#reply-link")).to_contain_text("press officer")
    carla.go(f"/claims/{claim.pk}/draft/")
    expect(carla.page.locator("#standards")).to_contain_text(re.compile("Right of reply is logged"))


def made(page: Page, address: str, claim: str) -> str:
    page.goto(address + claim)
    page.get_by_text("Make a link for the claimant").click()
    page.get_by_label("What you ask").fill("Where does the number come from?")
    page.get_by_role("button", name="Make the link").click()
    return page.get_by_label("The link", exact=True).input_value()
