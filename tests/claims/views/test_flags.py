"""A changed source on the screens: of the claim, the lists, the source, and the flag itself."""

from datetime import timedelta

import pytest

from claims import drifting
from claims.models import Evidence, Flag
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from tests import factories
from tests.claims.views.conftest import Count, Desk, said
from tests.factories import AT, PAGE, PRICES

pytestmark = pytest.mark.django_db


def flagged(by: User, text: str = PAGE.replace("41,200", "4,120")) -> Flag:
    """A verdict whose source says something else now."""
    quote = factories.draft(by=by).verdict.claim.evidence.get()
    check = factories.check(quote.extracted.capture.source, text=text)
    drifting.look_up_again(check_id=check.pk, at=AT + timedelta(days=1))
    return Flag.objects.get(lookup__evidence=quote)


@pytest.fixture
def flag(checker: User) -> Flag:
    return flagged(checker)


def quote_of(flag: Flag) -> Evidence:
    return flag.lookup.evidence


def test_every_page_that_matters_shows_the_old_and_the_new_passage(
    flag: Flag, editor: User, desk: Desk
) -> None:
    version = flag.verdict.versions.get()
    client = desk(editor)
    for address in (
        f"/claims/{quote_of(flag).claim_id}/",
        f"/versions/{version.pk}/",
        f"/sources/{quote_of(flag).extracted.capture.source_id}/",
        f"/flags/{flag.pk}/",
    ):
        page = client.get(address)
        assert "The page says something else now." in page.text
        assert "Look at a number." in page.text
        assert '<del><span class="visually-hidden">removed: </span>41,200</del>' in page.text
        assert '<ins><span class="visually-hidden">added: </span>4,120</ins>' in page.text


def test_a_passage_that_is_missing_has_no_other_side(checker: User, desk: Desk) -> None:
    flag = flagged(checker, "Another page.")
    page = desk(checker).get(f"/flags/{flag.pk}/")
    assert "Nothing like it was found." in page.text
    assert "The page does not say so any more." in page.text
    assert f"/sources/captures/{flag.lookup.check_of_source.capture_id}/" in page.text


def test_each_passage_says_what_became_of_it_and_leads_to_the_live_page(
    checker: User, desk: Desk
) -> None:
    quote = factories.draft(by=checker).verdict.claim.evidence.get()
    client, address = desk(checker), f"/claims/{quote.claim_id}/"
    assert "Looked up" not in client.get(address).text
    check = factories.check(quote.extracted.capture.source, text="New.\n\n" + PAGE)
    (found,) = drifting.look_up_again(check_id=check.pk, at=AT)
    page = client.get(address)
    assert "The page says so, to the letter, at another place." in page.text
    assert f"?quote={found.start}-{found.end}#mark-quote-{found.start}" in page.text
    assert "#:~:text=Lismore%20ferry%20carried-,41%2C200%20passengers,-%2C%203%25" in page.text
    assert "A source changed" not in page.text


@pytest.mark.parametrize("address", ["/claims/?list=changed", "/approvals/?list=changed"])
def test_the_lists_name_what_waits(flag: Flag, editor: User, desk: Desk, address: str) -> None:
    page = desk(editor).get(address)
    assert f"/flags/{flag.pk}/" in page.text
    assert "materially altered" in page.text
    drifting.acknowledge(flag=flag, note="Seen.", by=editor, at=AT)
    assert "No source of a verdict says something else now." in desk(editor).get(address).text


def test_home_leads_to_changed_sources(flag: Flag, checker: User, desk: Desk) -> None:
    page = desk(checker).get("/")
    assert "/approvals/?list=changed" in page.text


def test_pages_of_changed_sources_follow_each_other(checker: User, desk: Desk) -> None:
    for _ in range(31):
        flagged(checker)
    client = desk(checker)
    first = client.get("/claims/?list=changed")
    last = client.get("/claims/", {"list": "changed", "cursor": first.context["next_cursor"]})
    seen = [row.flag.pk for page in (first, last) for row in page.context["rows"]]
    assert len(seen) == len(set(seen)) == 31


def test_three_flags_take_as_many_queries_as_one(
    flag: Flag, checker: User, desk: Desk, count_queries: Count
) -> None:
    client = desk(checker)
    quote = quote_of(flag)
    addresses = (
        "/claims/?list=changed",
        f"/claims/{quote.claim_id}/",
        f"/sources/{quote.extracted.capture.source_id}/",
    )
    one = [count_queries(client, address) for address in addresses]
    flagged(checker)
    for number in range(2):
        text = PAGE.replace("41,200", f"{number},111")
        check = factories.check(quote.extracted.capture.source, text=text)
        drifting.look_up_again(check_id=check.pk, at=AT)
    assert [count_queries(client, address) for address in addresses] == one


def test_a_note_is_kept_and_leads_back(flag: Flag, checker: User, desk: Desk) -> None:
    client = desk(checker)
    page = client.post(f"/flags/{flag.pk}/note/", {"note": "They corrected it."}, follow=True)
    assert page.redirect_chain[0][0] == f"/claims/{quote_of(flag).claim_id}/"
    assert "Your note is kept" in page.text
    assert "A source changed</h2>" not in page.text
    assert "They corrected it." in client.get(f"/flags/{flag.pk}/").text


def test_a_note_that_is_refused_comes_back(
    flag: Flag, checker: User, editor: User, desk: Desk
) -> None:
    page = desk(checker).post(f"/flags/{flag.pk}/note/", {"note": "  "})
    assert (page.status_code, TEXTS["note_required"] in page.text) == (422, True)
    drifting.acknowledge(flag=flag, note="First.", by=editor, at=AT)
    page = desk(checker).post(f"/flags/{flag.pk}/note/", {"note": "My long note."})
    assert (page.status_code, TEXTS["flag_acknowledged"] in page.text) == (422, True)
    assert "My long note." in page.text


def test_only_who_may_check_acknowledges(flag: Flag, admin: User, desk: Desk) -> None:
    client = desk(admin)
    assert client.post(f"/flags/{flag.pk}/note/", {"note": "No."}).status_code == 403
    page = client.get(f"/flags/{flag.pk}/")
    assert (page.status_code, "Keep the note" in page.text) == (200, False)


def test_what_a_source_says_is_never_markup(checker: User, desk: Desk) -> None:
    hostile = PAGE.replace("41,200", "<script>alert(1)</script> 4,120")
    flag = flagged(checker, hostile)
    page = desk(checker).get(f"/flags/{flag.pk}/")
    assert "<script>alert" not in page.text
    assert "<script>alert(1)" in said(page)


def test_a_flag_shows_the_sums_with_the_new_numbers(checker: User, desk: Desk) -> None:
    made = factories.calculation(by=checker)
    factories.draft(by=checker, on=made.claim, with_evidence=False)
    quote = made.claim.evidence.get()
    page = f"Price list. {PRICES.replace('28.00', '27.50')}"
    check = factories.check(quote.extracted.capture.source, text=page)
    drifting.look_up_again(check_id=check.pk, at=AT + timedelta(days=1))
    flag = Flag.objects.get(lookup__evidence=quote)
    shown = desk(checker).get(f"/flags/{flag.pk}/").text
    assert "“28.00” is “27.50” now." in shown
    assert "The sum gives +10 % now." in shown


def test_a_flag_without_sums_says_nothing_of_them(flag: Flag, checker: User, desk: Desk) -> None:
    assert "The sums" not in desk(checker).get(f"/flags/{flag.pk}/").text
