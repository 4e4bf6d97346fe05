import pytest
from django.test import Client

from claims import reusing
from claims.comparing import Point
from claims.models import Claim, SeenBefore
from claims.views.earlier import point_words
from factcheck.accounts.models import User
from tests import factories
from tests.claims.views.conftest import Count, Desk, said
from tests.factories import AT

pytestmark = pytest.mark.django_db

SAME = "In 2019 the ferry to Lismore carried 41,200 passengers."
CONTRARY = "In 2019 the ferry to Lismore carried 14,200 passengers."


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.claim(by=checker)


@pytest.fixture
def client(checker: User, desk: Desk) -> Client:
    return desk(checker)


def address(claim: Claim, more: str = "") -> str:
    return f"/claims/{claim.pk}/seen-before/{more}"


def test_the_claims_page_loads_it_afterwards_and_links_to_it(claim: Claim, client: Client) -> None:
    page = said(client.get(claim.get_absolute_url()))
    assert f'hx-get="{address(claim)}" hx-trigger="load"' in page
    assert f'<a href="{address(claim)}">' in page


def test_without_earlier_verdicts_it_says_so(claim: Claim, client: Client) -> None:
    assert "No earlier verdict of this desk" in said(client.get(address(claim)))


def test_it_says_what_agrees_and_what_is_contrary(claim: Claim, client: Client) -> None:
    factories.earlier(CONTRARY, summary="The board says so.", claimant="The harbour board")
    page = said(client.get(address(claim)))
    assert "says it with another number" in page
    assert '<li class="cross">The number is contrary: “41,200 passengers” here, “14,200' in page
    assert '<li class="tick">The date agrees: “2019”' in page
    assert "Other Desk" in page
    assert "said by The harbour board" in page


def test_a_fragment_for_htmx_a_page_for_everybody(claim: Claim, client: Client) -> None:
    whole = said(client.get(address(claim)))
    part = said(client.get(address(claim), headers={"HX-Request": "true"}))
    assert "<html" in whole
    assert part.lstrip().startswith("<section")


@pytest.mark.parametrize(
    ("point", "words"),
    [
        (Point("number", "agrees", "100 km", "62 miles"), "“100 km” here, “62 miles” there"),
        (Point("date", "only_theirs", "", "2018"), "Only the earlier claim gives the date “2018”"),
        (Point("number", "only_ours", "9 %", ""), "Only this claim gives the number “9 %”"),
        (
            Point("denial", "contrary", "asserts it", "denies it"),
            "this claim asserts it, the earlier one denies it",
        ),
    ],
)
def test_points_in_words(point: Point, words: str) -> None:
    assert words in point_words(point).words


def test_taking_up_starts_the_draft(claim: Claim, client: Client) -> None:
    earlier = factories.earlier(SAME, rating="True", summary="The board says so.")
    assert "Start from this verdict" in said(client.get(address(claim)))
    answer = client.post(address(claim, f"{earlier.pk}/take-up/"), follow=True)
    assert "Taken up." in said(answer)
    assert "The board says so." in said(answer)
    assert "Starting point: Other Desk" in said(answer)


def test_setting_aside_and_taking_it_back(claim: Claim, client: Client) -> None:
    earlier = factories.earlier(SAME)
    client.post(address(claim, f"{earlier.pk}/set-aside/"))
    assert "set aside by" in said(client.get(address(claim)))
    client.post(address(claim, f"{earlier.pk}/reconsider/"))
    assert not SeenBefore.objects.exists()
    again = client.post(address(claim, f"{earlier.pk}/reconsider/"), follow=True)
    assert "no decision" in said(again)


def test_what_happened_stands_in_the_history(claim: Claim, client: Client, checker: User) -> None:
    reusing.set_aside(claim=claim, earlier=factories.earlier(SAME), by=checker, at=AT)
    page = said(client.get(claim.get_absolute_url()))
    assert f"set aside an earlier verdict of Other Desk on “{SAME}”" in page


def test_an_admin_reads_and_does_not_decide(claim: Claim, admin: User, desk: Desk) -> None:
    earlier = factories.earlier(SAME)
    client = desk(admin)
    assert "Set aside" not in said(client.get(address(claim)))
    assert client.post(address(claim, f"{earlier.pk}/take-up/")).status_code == 403


def test_a_sealed_verdict_offers_no_decision(checker: User, client: Client) -> None:
    version = factories.in_review(by=checker)
    factories.earlier(SAME)
    assert "Set aside" not in said(client.get(address(version.verdict.claim)))


def test_what_is_not_there(claim: Claim, client: Client) -> None:
    assert client.post(address(claim, "99/take-up/")).status_code == 404


def test_a_contradiction_is_told_on_the_draft_and_at_approval(
    claim: Claim, checker: User, editor: User, client: Client, desk: Desk
) -> None:
    other = factories.article(by=checker, text=SAME).claims.get()
    before = factories.draft(by=checker, on=other)
    before = factories.write(before, by=checker, rating=factories.rating("false").pk)
    factories.published_from(before, by=checker, editor=editor)
    version = factories.in_review(by=checker, on=claim)
    words = "This contradicts an earlier verdict of this desk."
    assert words in said(client.get(claim.get_absolute_url()))
    assert words in said(desk(editor).get(f"/versions/{version.pk}/"))


def test_what_was_taken_up_stands_on_the_readers_page(
    claim: Claim, checker: User, editor: User, client: Client
) -> None:
    reusing.take_up(claim=claim, earlier=factories.earlier(CONTRARY), by=checker, at=AT)
    version = factories.published(by=checker, editor=editor, on=claim)
    page = said(Client().get(version.verdict.get_absolute_url()))
    assert CONTRARY in page
    assert "(with another number)" in page
    body = Client().get(f"/api/v1/verdicts/{version.verdict_id}/").json()
    assert [item["relation"] for item in body["seen_before"]] == ["contrary_number"]


def test_the_number_of_queries_does_not_grow(
    claim: Claim, client: Client, count_queries: Count
) -> None:
    factories.earlier(SAME)
    one = count_queries(client, address(claim))
    factories.earlier(CONTRARY)
    factories.earlier(SAME + " Indeed.")
    assert count_queries(client, address(claim)) == one
