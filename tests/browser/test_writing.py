"""What people type and select: exact offsets, nothing lost, keys that stay out of the way."""

import pytest
from playwright.sync_api import expect

from claims.models import Appearance, Article, Citation
from factcheck.accounts.models import User
from tests import factories
from tests.browser.conftest import Visit, Visitor

pytestmark = pytest.mark.browser
TEXT = (
    "Fares 😀 rose by 12 % in 2019 — said “A & B <i>”.\n\n"
    "The next line has é and 🚢 before the words that matter, and ends.\n"
    "ارتفع الناتج المحلي بنسبة 12 % في عام 2019."
)
SELECT = """(words) => {
  const walker = document.createTreeWalker(
    document.querySelector('[data-selectable]'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at >= 0) {
      document.getSelection().setBaseAndExtent(node, at, node, at + words.length);
      return true;
    }
  }
  return false;
}"""


@pytest.fixture
def article(people: tuple[User, User]) -> Article:
    return factories.article(by=people[0], text=TEXT)


@pytest.fixture
def checker(article: Article, people: tuple[User, User], visit: Visit) -> Visitor:
    visitor = visit(people[0])
    visitor.go(article.get_absolute_url())
    return visitor


def test_a_selection_has_the_offsets_of_the_database(article: Article, checker: Visitor) -> None:
    page = checker.page
    for words in ("words that matter", "B <i>", "في عام"):
        assert page.evaluate(SELECT, words)
        expect(page.get_by_label("These words")).to_have_value(words)
        page.get_by_role("button", name="Make it a claim").click()
        expect(page.locator("#notices")).to_contain_text("The passage is a claim now.")
        place = Appearance.objects.get(exact=words)
        assert (place.start, place.end) == (TEXT.index(words), TEXT.index(words) + len(words))


def test_marks_light_up_with_their_rows(article: Article, checker: Visitor) -> None:
    page = checker.page
    page.locator(".claim-row").first.hover()
    expect(page.locator("mark.lit").first).to_be_visible()


def test_a_click_on_a_mark_shows_its_row_and_a_double_click_selects(
    article: Article, checker: Visitor
) -> None:
    page = checker.page
    mark = page.locator("mark.mark").first
    mark.dblclick(position={"x": 40, "y": 12})
    expect(page.get_by_label("These words")).not_to_have_value("")
    page.get_by_role("button", name="Cancel").click()
    mark.click()
    key = mark.get_attribute("data-claim")
    expect(page.locator(f"#row-{key} a[data-row]")).to_be_focused()
    assert page.url == checker.address + article.get_absolute_url()


def test_a_claim_is_left_out_through_the_dialog(article: Article, checker: Visitor) -> None:
    page = checker.page
    row = page.locator(".claim-row[data-claim]").first
    words = row.locator(".text").inner_text()
    row.hover()
    row.get_by_role("button", name="Leave out").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(words)
    dialog.get_by_label("Why").select_option("trivial")
    dialog.get_by_role("button", name="Leave it out").click()
    expect(page.locator("#notices")).to_contain_text("left out")
    assert not article.claims.filter(text=words, state="open").exists()


def test_polling_for_a_capture_keeps_what_is_being_typed(
    article: Article, checker: Visitor, people: tuple[User, User]
) -> None:
    source = factories.extracted_text().capture.source
    Citation.objects.create(
        article=article, source=source, added_by=people[0], added_at=factories.AT
    )
    source.requests.create(
        requested_by=people[0], requested_at=factories.AT, not_before=factories.AT
    )
    checker.go(f"{article.get_absolute_url()}?open=sources")
    page = checker.page
    box = page.get_by_label("Add a source by its address")
    box.fill("https://half.typed")
    with page.expect_response("**/sources/rows/"):
        pass
    expect(page.locator(".source-row")).to_contain_text("Nothing is lost meanwhile.")
    expect(box).to_have_value("https://half.typed")
    expect(box).to_be_focused()


def test_a_draft_survives_the_end_of_the_session(article: Article, checker: Visitor) -> None:
    page = checker.page
    claim = article.claims.all()[0]
    checker.go(f"/claims/{claim.pk}/draft/")
    page.route("**/verdict/typed/", lambda route: route.fulfill(status=204))
    page.get_by_label("What we found").fill("An hour of work.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("heading")).to_contain_text("too old")
    checker.complaints.clear()  # the browser writes the 403 down
    checker.go(f"/claims/{claim.pk}/draft/")
    checker.sign_in("carla")
    expect(page.get_by_label("What we found")).to_have_value("An hour of work.")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator("#notices")).to_contain_text("The draft is saved.")
    page.wait_for_load_state("load")  # the scripts have run
    left = page.evaluate("Object.keys(sessionStorage)")
    assert [key for key in left if key.startswith(("kept:", "sent:"))] == []


def test_keys_walk_the_rows_and_keep_out_of_fields(article: Article, checker: Visitor) -> None:
    page = checker.page
    for title in ("Second", "Third"):
        factories.article(title=title, text="Fares rose by 12 % in 2019.")
    page.keyboard.press("g")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Articles")).to_be_visible()
    for _ in range(2):
        page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("tbody a[data-row]").first).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    checker.go("/articles/new/")
    page.get_by_label("Title").press_sequentially("jk?ga")
    expect(page.get_by_label("Title")).to_have_value("jk?ga")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_main_path_works_without_scripts(
    article: Article, people: tuple[User, User], visit: Visit
) -> None:
    checker = visit(people[0])
    claim = article.claims.all()[0]
    page = checker.page
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    checker.go(f"/claims/{claim.pk}/draft/")
    page.get_by_label("The verdict in a sentence").fill("Right.")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator("#notices")).to_contain_text("The draft is saved.")


def test_claims_are_merged_fitted_and_the_change_undone(article: Article, checker: Visitor) -> None:
    page = checker.page
    for words in ("The next line", "words that matter"):
        page.evaluate(SELECT, words)
        page.get_by_role("button", name="Make it a claim").click()
        expect(page.locator("#notices")).to_contain_text("The passage is a claim now.")
    for words in ("The next line", "words that matter"):
        text = page.get_by_role("link", name=words, exact=True)
        row = page.locator(".claim-row").filter(has=text)
        row.hover()
        row.get_by_label("merge").check()
    page.get_by_role("button", name="Merge the ticked claims").click()
    expect(page.locator("#notices")).to_contain_text("The claims are one now.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#notices")).to_contain_text("Undone.")
    page.evaluate(SELECT, "that matter")
    page.get_by_role("button", name="Fit the claim").click()
    expect(page.locator("#notices")).to_contain_text("covers these words now")
    assert article.claims.filter(appearances__exact="that matter", state="open").count() == 1
