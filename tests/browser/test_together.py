"""Two people on one claim: a comment that names somebody, the answer, and the end of it."""

import re

import pytest
from playwright.sync_api import expect

from claims.models import Citation, Comment, WorkLock
from factcheck.accounts.models import User
from tests import factories
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_a_mention_is_noticed_answered_and_settled(people: tuple[User, User], visit: Visit) -> None:
    claim = factories.claim(by=people[0])
    address = f"/claims/{claim.pk}/"
    checker = visit(people[0])
    checker.go(address)
    box = checker.page.locator("#comment-new").get_by_label("A comment")
    box.press_sequentially("Which year is it, @ed")
    names = checker.page.get_by_role("listbox", name="People to mention")
    expect(names.get_by_role("option")).to_have_text([re.compile("@edda")])
    box.press("Enter")
    expect(box).to_have_value("Which year is it, @edda ")
    expect(names).to_be_hidden()
    checker.page.get_by_role("button", name="Comment", exact=True).click()
    thread = checker.page.locator(".thread")
    expect(thread).to_contain_text("Which year is it, @edda")
    expect(box).to_have_value("")

    editor = visit(people[1])
    editor.go("/")
    editor.page.get_by_role("link", name="Notifications 1 unread").click()
    editor.page.get_by_role("link", name="Carla Vega mentioned you").click()
    thread = editor.page.locator(".thread")
    expect(thread).to_contain_text("Which year is it")
    thread.get_by_text("Reply", exact=True).first.click()
    thread.get_by_label("Your reply").fill("2019.")
    thread.get_by_role("button", name="Reply", exact=True).click()
    expect(thread.locator(".answers")).to_contain_text("2019.")
    expect(editor.page.locator(".count.new")).to_have_count(0)

    checker.go("/notifications/")
    checker.page.get_by_role("link", name="Edda Holm replied").click()
    thread = checker.page.locator(".thread")
    expect(thread.locator(".answers")).to_contain_text("2019.")
    thread.get_by_role("button", name="Settle").click()
    expect(thread).to_contain_text("Settled by Carla Vega")
    checker.go(address)
    expect(checker.page.locator("#comments")).to_contain_text("Nobody has a comment that waits.")
    assert Comment.objects.count() == 2


def test_selected_words_become_what_it_is_about(people: tuple[User, User], visit: Visit) -> None:
    version = factories.draft(by=people[0])
    claim = version.verdict.claim
    checker = visit(people[0])
    checker.go(f"/claims/{claim.pk}/")
    page = checker.page
    page.locator("#evidence .quote").click(click_count=3)
    form = page.locator("#comment-new")
    expect(form.get_by_label("The words")).to_have_value("41,200 passengers")
    form.get_by_label("A comment").fill("Per year?")
    form.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".thread .about")).to_contain_text("On a quote")


def test_typing_shows_who_works_and_a_take_over_loses_no_text(
    people: tuple[User, User], visit: Visit
) -> None:
    claim = factories.claim(by=people[0])
    cited = factories.extracted_text().capture.source
    Citation.objects.create(
        article=claim.article, source=cited, added_by=people[0], added_at=factories.AT
    )
    checker, editor = visit(people[0]), visit(people[1])
    checker.go(f"/claims/{claim.pk}/")
    note = checker.page.locator("#add-evidence [name=note]")
    note.press_sequentially("Long thoughts")
    expect(checker.page.locator("#working")).to_contain_text("You are working on this")
    editor.go(f"/claims/{claim.pk}/")
    strip = editor.page.locator("#working")
    expect(strip).to_contain_text("Carla Vega is working on this since")
    strip.get_by_text("Take over…").click()
    strip.get_by_role("button", name="Yes, take over").click()
    expect(strip).to_contain_text("You are working on this")
    assert WorkLock.objects.get().person == people[1]
    expect(note).to_have_value("Long thoughts")


def test_writing_the_draft_shows_on_the_claims_page(
    people: tuple[User, User], visit: Visit
) -> None:
    claim = factories.draft(by=people[0]).verdict.claim
    checker, editor = visit(people[0]), visit(people[1])
    checker.go(f"/claims/{claim.pk}/draft/")
    checker.page.get_by_label("What we found").press_sequentially("More")
    expect(checker.page.locator("#draft-state")).to_contain_text("Saved")
    editor.go(f"/claims/{claim.pk}/")
    expect(editor.page.locator("#working")).to_contain_text("Carla Vega is working on this")
