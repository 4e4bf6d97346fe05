"""The main job, by hand: from an article to an approved verdict that a partner fetches."""

import json
import re
import urllib.request
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django import Settings

from claims.models import Article, VerdictVersion
from claims.states import VersionState
from factcheck.accounts.models import User
from factcheck.api import keys
from factcheck.demo import loading
from tests.browser.conftest import PASSWORD, Application, Visit, Visitor

pytestmark = pytest.mark.browser
CLAIM = re.compile(r"^On 18 October 2020 Luis Arce won 55\.1 % of the vote\.")
QUOTE = "Luis Arce received 55.1 % of the valid votes, and Carlos Mesa 28.83 %."


@pytest.fixture
def sample(application: Application, people: tuple[User, User], settings: Settings) -> Article:
    settings.LOOPBACK_PORTS = frozenset({application.site.port})
    return loading.load(sources_url=application.site.url(), at=timezone.now())


def test_from_an_article_to_a_verdict_that_a_partner_fetches(
    application: Application, sample: Article, visit: Visit
) -> None:
    checker = visit()
    sign_in_as_checker(checker)
    open_and_split(checker)
    add_a_source(checker, application.site.url("/bulletin"))
    attach_evidence(checker)
    write_and_submit(checker)
    editor = visit()
    editor.sign_in("edda")
    approve_and_publish(editor)
    verdict = fetch_as_partner(application)
    assert verdict["evidence"][0]["quote"]["exact"] == QUOTE
    assert verdict["evidence"][0]["capture"]["url"] == application.site.url("/bulletin")
    read_as_anybody(visit(), verdict)


def sign_in_as_checker(checker: Visitor) -> None:
    checker.sign_in("carla", "a wrong password")
    expect(checker.page.get_by_role("alert")).to_contain_text("do not match")
    checker.sign_in("carla", PASSWORD)
    expect(checker.page.get_by_role("heading", name="Your desk")).to_be_visible()


def open_and_split(checker: Visitor) -> None:
    page = checker.page
    page.get_by_role("link", name="Articles", exact=True).click()
    page.get_by_role("link", name="Bolivia votes").click()
    page.get_by_role("button", name="Split").click()
    expect(page.locator("#notices")).to_contain_text("The text was split.")
    # Two claims of one sentence.
    expect(page.locator(".claim-row", has_text=re.compile("GDP .*344"))).to_be_visible()
    expect(page.locator(".claim-row", has_text=re.compile("[Pp]overty .*60")).first).to_be_visible()


def add_a_source(checker: Visitor, address: str) -> None:
    page = checker.page
    page.get_by_text("Cited sources").click()
    page.get_by_label("Add a source by its address").fill(address)
    page.get_by_role("button", name="Fetch and archive").click()
    row = page.locator(".source-row", has_text="Bulletin of the count")
    expect(row).to_contain_text("kept", timeout=30_000)


def attach_evidence(checker: Visitor) -> None:
    page = checker.page
    page.locator("summary", has_text=re.compile(r"^\s*Claims")).click()
    page.locator(".claim-row").get_by_role("link", name=CLAIM).click()
    page.locator(".source-row").get_by_role("link", name="Bulletin of the count").click()
    # A triple click selects the paragraph, as a person would.
    page.locator(".reader p", has_text=QUOTE).click(click_count=3)
    expect(page.get_by_label("The passage")).to_have_value(QUOTE)
    page.locator("#add-evidence").get_by_text("supports", exact=True).click()
    page.locator("#add-evidence").get_by_label("The source").select_option("yes")
    page.get_by_label("Note").fill("The electoral body counts the votes itself.")
    page.get_by_role("button", name="Attach as evidence").click()
    expect(page.locator("#evidence .quote")).to_have_text(QUOTE)
    expect(page.locator("#evidence .tick")).to_have_text("stands in the archive")


def write_and_submit(checker: Visitor) -> None:
    page = checker.page
    page.get_by_role("link", name="Write the verdict").click()
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.get_by_role("alert")).to_contain_text("choose a rating")
    page.get_by_role("radio", name="True The evidence").check()
    page.get_by_label("The verdict in a sentence").fill("The count gives the same share.")
    page.get_by_label("What is claimed").fill("That Arce won 55.1 % of the vote.")
    page.get_by_label("What we found").fill("The bulletin states 55.1 %.")
    page.get_by_label("What we do not know").fill("Nothing that bears on the claim.")
    page.get_by_label("Conclusion").fill("The count and the claim agree.")
    page.get_by_label("Why one primary source is enough").fill("This body counts the votes.")
    page.get_by_label("I have none").check()
    expect(page.locator("#draft-state")).to_contain_text("Saved")
    expect(page.locator("#standards")).to_contain_text("ready to submit")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator("#notices")).to_contain_text("The draft is saved.")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator("#notices")).to_contain_text("waits for an editor")


def approve_and_publish(editor: Visitor) -> None:
    page = editor.page
    page.get_by_role("link", name="verdicts to approve").click()
    page.get_by_role("link", name=CLAIM).click()
    expect(page.locator(".checks:not(.standards) .tick")).to_have_count(2)
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("#notices")).to_contain_text("Approved.")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#notices")).to_contain_text("Published")
    assert VerdictVersion.objects.get().state == VersionState.PUBLISHED


def fetch_as_partner(application: Application) -> dict[str, Any]:
    _, key = keys.issue(partner="A partner", by=None, at=timezone.now())
    found = get(f"{application.address}/api/v1/verdicts/", key, "application/json")
    (row,) = found["results"]
    address = f"{application.address}/api/v1/verdicts/{row['id']}/"
    review = get(address, key, "application/ld+json")
    assert review["@type"] == "ClaimReview"
    assert review["reviewRating"]["alternateName"] == "True"
    return get(address, key, "application/json")


def get(address: str, key: str, media_type: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {key}", "Accept": media_type}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 (our own address)
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 (our own address)
        body: dict[str, Any] = json.load(answer)
    return body


def read_as_anybody(reader: Visitor, verdict: dict[str, Any]) -> None:
    reader.page.goto(verdict["url"])
    expect(reader.page.locator(".rating")).to_contain_text("True")
    expect(reader.page.locator(".evidence .quote")).to_contain_text(QUOTE)
