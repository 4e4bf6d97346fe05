"""What people do to the machine's claims, by hand: split, merge, trim, undo, correct the text."""

import pytest
from playwright.sync_api import Page, expect

from claims.models import Article, Claim
from claims.states import ClaimState
from factcheck.accounts.models import User
from tests import factories
from tests.browser.conftest import Visit, Visitor
from tests.browser.test_writing import SELECT

pytestmark = pytest.mark.browser
TEXT = (
    "The ferry to Lismore carried 41,200 passengers in 2019 and fares rose by 12 % in 2020.\n\n"
    "The harbour board opened a second pier in May 2018.\n\n"
    "The council should be ashamed of itself."
)
PASTE = """(html) => {
  const area = document.querySelector('textarea[data-rich]');
  const data = new DataTransfer();
  data.setData('text/html', html);
  data.setData('text/plain', 'Fares rose by 12 % in 2019.');
  area.focus();
  area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  area.value = 'Fares rose by 12 % in 2019.';
  area.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', bubbles: true }));
}"""


@pytest.fixture
def article(people: tuple[User, User]) -> Article:
    return factories.article(by=people[0], text=TEXT)


@pytest.fixture
def checker(article: Article, people: tuple[User, User], visit: Visit) -> Visitor:
    visitor = visit(people[0])
    visitor.go(f"{article.get_absolute_url()}?order=text")
    return visitor


def passages(article: Article) -> list[str]:
    rows = article.revision.appearances if article.revision else None
    assert rows is not None
    kept = rows.filter(claim__state=ClaimState.OPEN).order_by("start", "end")
    return list(kept.values_list("exact", flat=True))


def select(page: Page, words: str, press: str) -> None:
    assert page.evaluate(SELECT, words)
    page.get_by_role("button", name=press).click()


def test_from_the_machines_claims_to_the_desks(article: Article, checker: Visitor) -> None:
    page = checker.page
    before = passages(article)
    select(page, "carried 41,200", "Split the claim before them")
    expect(page.locator("#notices")).to_contain_text("split in two")
    assert "The ferry to Lismore" in passages(article)
    expect(page.get_by_role("button", name="Undo split")).to_be_visible()
    page.keyboard.press("z")
    expect(page.locator("#notices")).to_contain_text("Undone.")
    assert passages(article) == before

    select(page, "41,200 passengers", "Fit the claim to these words")
    expect(page.locator("#notices")).to_contain_text("covers these words")
    assert "41,200 passengers" in passages(article)

    for box in page.get_by_role("checkbox", name="merge").all():
        box.check()
    page.get_by_role("button", name="Merge the ticked claims").click()
    expect(page.locator("#notices")).to_contain_text("The claims are one now.")
    expect(page.locator(".mark[data-number='1']")).to_have_count(len(passages(article)))
    assert article.claims.filter(state=ClaimState.OPEN).count() == 1
    page.get_by_role("button", name="Undo merge").click()
    expect(page.locator("#notices")).to_contain_text("Undone.")
    correct_the_text(article, page)


def correct_the_text(article: Article, page: Page) -> None:
    page.get_by_role("link", name="Correct the text").click()
    page.get_by_label("The corrected text").fill(TEXT.replace("41,200 passengers", "4,120 people"))
    page.get_by_role("button", name="Make it revision 2").click()
    expect(page.locator("#notices")).to_contain_text("1 claim has no place in it yet")
    lost = page.get_by_role("region", name="Without a place")
    lost.get_by_role("link", name="Find it a new place").click()
    expect(page.get_by_label("Its new place")).to_be_visible()
    # The splitter proposed the new words by itself: the old claim takes a part of them.
    select(page, "4,120 people in", "Make this the claim's passage")
    expect(page.locator("#notices")).to_contain_text("covers these words")
    expect(page.get_by_role("region", name="Without a place")).to_have_count(0)
    assert "4,120 people in" in passages(article)
    page.get_by_role("link", name="revision 2, earlier texts").click()
    expect(page.get_by_role("article")).to_contain_text("41,200 passengers")


def test_keys_change_and_tick_the_row(article: Article, checker: Visitor) -> None:
    page = checker.page
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", name="merge").first).to_be_checked()
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Split in two")).to_be_visible()


def test_a_claim_is_split_without_scripts(
    article: Article, people: tuple[User, User], visit: Visit
) -> None:
    checker = visit(people[0])
    page = checker.page
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    claim = Claim.objects.get(appearances__exact__contains="41,200")
    checker.go(f"/claims/{claim.pk}/change/")
    page.get_by_label("Cut it at").select_option(str(TEXT.index("41,200")))
    page.get_by_role("button", name="Split", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("split in two")
    page.get_by_role("button", name="Undo split").click()
    expect(page.locator("#notices")).to_contain_text("Undone.")


def test_the_ledger_leads_to_the_place_in_the_text(article: Article, checker: Visitor) -> None:
    page = checker.page
    checker.go(f"{article.get_absolute_url()}coverage/?show=all")
    page.get_by_role("link", name="The council should be ashamed").click()
    place = page.locator(f"#at-{TEXT.index('The council')}")
    expect(place).to_be_attached()
    expect(page.locator("i:target + *")).to_contain_text("The council")


def test_rich_paste_keeps_its_links_until_it_is_edited(checker: Visitor) -> None:
    page = checker.page
    checker.go("/articles/new/")
    html = '<p>Fares <a href="https://stats.example/x">rose</a> by 12 % in 2019.</p>'
    kept = page.locator("input[name=html]")
    page.evaluate(PASTE, html)
    expect(page.get_by_text("1 link of the pasted text will be kept.")).to_be_visible()
    expect(kept).to_have_value(html)
    page.get_by_label("Text", exact=True).press_sequentially("!")
    expect(kept).to_have_value("")
    page.get_by_label("Text", exact=True).fill("")
    page.evaluate(PASTE, html)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("group").filter(has_text="Cited sources")).to_contain_text("1")
