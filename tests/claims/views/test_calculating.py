"""The screen that calculates, and what the claim's page, readers and partners see of it."""

from typing import Any

import pytest
from django.test import Client

from claims.calculating import OPERATIONS
from claims.forms.calculations import picks_of, token
from claims.models import Calculation, Claim, Evidence
from claims.picking import quoted_in, stated_in
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from tests import factories
from tests.claims.views.conftest import Count, Desk, said

pytestmark = pytest.mark.django_db
PAGE = f"{factories.PRICES} It carried 41,200 people and 12.34,5.6 dogs."


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.fares(by=checker)


@pytest.fixture
def quote(claim: Claim, checker: User) -> Evidence:
    return factories.evidence(on=claim, by=checker, quote=PAGE, page=PAGE)


@pytest.fixture
def client(checker: User, desk: Desk) -> Client:
    return desk(checker)


def address(claim: Claim) -> str:
    return f"/claims/{claim.pk}/calculate/"


def choice(quote: Evidence, claim: Claim, *numbers: str, **more: Any) -> dict[str, Any]:
    """Form data for a change in percent of the quote's numbers, chosen by what they read as."""
    ((_, items),) = picks_of(list(quoted_in([quote])))
    tokens = {label: key for key, label, _ in items}
    chosen = {f"n{place}": tokens[number] for place, number in enumerate(numbers)}
    claimed = token(stated_in(claim)[0].pick)
    return {"operation": "percent_change", "claimed": claimed} | chosen | more


def test_the_screen_offers_the_numbers_of_the_claim_and_of_its_quotes(
    claim: Claim, quote: Evidence, client: Client
) -> None:
    page = client.get(address(claim))
    words = said(page)
    assert "Choose 2 numbers, and the result stands here." in words
    for label in (
        "25 EUR",
        "28 EUR",
        "41,200, read as 41,200 people",
        "41,200, read as 41.2 people",
    ):
        assert f">{label}</option>" in words
    assert '<span class="unreadable"' in words
    assert all(operation.label in words for operation in OPERATIONS.values())
    assert page.text.count('name="n0"') == 1
    assert 'name="n2"' not in page.text


def test_a_result_is_shown_before_it_is_attached(
    claim: Claim, quote: Evidence, client: Client
) -> None:
    data = choice(quote, claim, "25 EUR", "28 EUR")
    for answer in (
        client.get(address(claim), data),
        client.post(address(claim), data | {"do": "show"}),
    ):
        assert answer.status_code == 200
        assert "(28 − 25) ÷ 25 × 100 = +12 %" in said(answer)
        assert "agrees." in said(answer)
    assert not Calculation.objects.exists()


def test_a_sum_is_attached_and_shown_with_the_claim(
    claim: Claim, quote: Evidence, client: Client
) -> None:
    data = choice(quote, claim, "25 EUR", "28 EUR")
    for _ in range(2):
        answer = client.post(address(claim), data)
        made = Calculation.objects.get()
        assert answer["Location"] == f"/claims/{claim.pk}/#calculation-{made.pk}"
    page = said(client.get(f"/claims/{claim.pk}/"))
    assert "(28 − 25) ÷ 25 × 100 = +12 %" in page
    assert "gives the same again" in page
    assert f'href="#evidence-{quote.pk}">from the quote' in page
    assert "attached a calculation: (28 − 25)" in page


def test_warnings_stand_with_the_sum(claim: Claim, quote: Evidence, client: Client) -> None:
    typed = {"claimed": "typed", "claimed_text": "grew by 112 %", "claimed_reason": "the headline"}
    data = choice(quote, claim, "25 EUR", "28 EUR", **typed)
    page = said(client.get(address(claim), data))
    assert 'data-code="by_or_to"' in page
    assert "By 112 % is ×2.12; to 112 % is ×1.12." in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"n1": ""}, "Choose one more number"),
        ({"claimed": "", "n1": ""}, "Choose the claim’s number and one more number"),
        ({"n1": "forged"}, "Choose one more number"),
        (
            {"n1": "typed", "n1_text": "28 euros"},
            "Say where the typed number “28 euros” comes from.",
        ),
        ({"n1": "typed", "n1_text": "1,234", "n1_reason": "x"}, "Choose which it is."),
        ({"n1": "typed", "n1_text": "1.2.3,4", "n1_reason": "x"}, "fit no way of writing numbers"),
        ({"n1": "typed", "n1_text": "lots", "n1_reason": "x"}, "cannot be read as one number"),
        ({"n0": "typed", "n0_text": "0 euros", "n0_reason": "x"}, "divided by zero"),
        ({"n0": "typed", "n0_text": "$25", "n0_reason": "x"}, "One number is in USD"),
        ({"n0_year": "19"}, "Write the year with four digits."),
    ],
)
def test_what_is_missing_or_wrong_is_said_in_words(
    claim: Claim, quote: Evidence, client: Client, changes: dict[str, str], words: str
) -> None:
    data = choice(quote, claim, "25 EUR", "28 EUR") | changes
    page = client.get(address(claim), data)
    assert page.status_code == 200
    assert words in said(page)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"n1": ""}, "Change in percent takes 2 numbers. Choose them first."),
        ({"claimed": ""}, TEXTS["calculation_claim_missing"]),
        ({"operation": "magic"}, TEXTS["calculation_operation_unknown"]),
        (
            {"n1": "typed", "n1_text": "28 euros", "n1_mark": ","},
            "Say where the typed number “28 euros” comes from.",
        ),
        ({"n1_year": "soon"}, "Write the year with four digits."),
    ],
)
def test_what_is_refused_comes_back_with_everything_typed(
    claim: Claim, quote: Evidence, client: Client, changes: dict[str, str], words: str
) -> None:
    data = choice(quote, claim, "25 EUR", "28 EUR") | changes
    page = client.post(address(claim), data)
    assert page.status_code == 422
    assert words in said(page)
    assert all(f'value="{value}"' in said(page) for value in changes.values() if value != "magic")
    assert not Calculation.objects.exists()


def test_a_sum_of_many_offers_all_places(claim: Claim, quote: Evidence, client: Client) -> None:
    page = client.get(address(claim), {"operation": "sum"})
    assert "data-open" in page.text
    assert 'name="n11"' in page.text


def test_a_sum_is_changed_in_its_place(checker: User, client: Client) -> None:
    made = factories.calculation(by=checker)
    claim, quote = made.claim, made.claim.evidence.get()
    page = said(client.get(f"{address(claim)}?replaces={made.pk}"))
    assert "Change a calculation" in page
    assert "+12 %" in page
    data = choice(quote, claim, "28 EUR", "25 EUR", replaces=str(made.pk))
    client.post(address(claim), data)
    live = Calculation.objects.get(removed_at=None)
    assert (live.verdict, live.result["shown"]) == ("differs", "−10.71 %")
    assert client.get(f"{address(claim)}?replaces={made.pk}").status_code == 404
    assert client.get(f"{address(claim)}?replaces=x").status_code == 200


def test_a_sum_is_taken_off_and_put_back(checker: User, client: Client) -> None:
    made = factories.calculation(by=checker)
    page = said(client.post(f"/calculations/{made.pk}/remove/", follow=True))
    assert "You can put it back." in page
    assert "No calculations yet" in page
    page = said(client.post(f"/calculations/{made.pk}/put-back/", follow=True))
    assert "the sum was done again" in page
    assert "gives the same again" in page
    assert Calculation.objects.filter(removed_at=None).count() == 1


def test_a_sealed_sum_stays(checker: User, client: Client) -> None:
    made = factories.calculation(by=checker)
    factories.in_review(by=checker, on=made.claim)
    page = said(client.post(f"/calculations/{made.pk}/remove/", follow=True))
    assert TEXTS["calculation_sealed"] in page
    assert "Take off" not in page


def test_a_quote_that_a_sum_uses_stays(checker: User, client: Client) -> None:
    made = factories.calculation(by=checker)
    quote = made.claim.evidence.get()
    page = said(client.post(f"/evidence/{quote.pk}/remove/", follow=True))
    assert TEXTS["evidence_in_calculation"] in page


def test_a_claim_without_quotes_says_what_to_do(claim: Claim, client: Client) -> None:
    assert "Attach a passage with numbers first" in said(client.get(f"/claims/{claim.pk}/"))
    assert "No quotes yet" in said(client.get(address(claim)))


def test_editors_readers_and_partners_see_the_sums(
    checker: User, editor: User, desk: Desk, client: Client
) -> None:
    made = factories.calculation(by=checker)
    version = factories.in_review(by=checker, on=made.claim)
    page = said(desk(editor).get(f"/versions/{version.pk}/"))
    assert "Gives the same again: (28 − 25) ÷ 25 × 100 = +12 %" in page
    again = factories.calculation(by=checker)
    verdict = factories.published(by=checker, editor=editor, on=again.claim).verdict_id
    page = said(Client().get(f"/verdicts/{verdict}/"))
    assert "The sums" in page
    assert "(28 − 25) ÷ 25 × 100 = +12 %" in page
    (sum_,) = Client().get(f"/api/v1/verdicts/{verdict}/").json()["calculations"]
    assert (sum_["operation"], sum_["value"], sum_["verdict"]) == ("percent_change", "12", "agrees")
    assert sum_["inputs"][0]["evidence"] == str(again.claim.evidence.get(exact=factories.PRICES).pk)


def test_three_sums_take_as_many_queries_as_one(
    checker: User, client: Client, count_queries: Count
) -> None:
    made = factories.calculation(by=checker)
    here = f"/claims/{made.claim_id}/"
    one, form = count_queries(client, here), count_queries(client, f"{here}calculate/")
    for operation in ("ratio", "difference"):
        factories.calculation(by=checker, on=made.claim, operation=operation)
    assert count_queries(client, here) == one
    assert count_queries(client, f"{here}calculate/") == form


def test_an_admin_calculates_nothing(claim: Claim, admin: User, checker: User, desk: Desk) -> None:
    made = factories.calculation(by=checker)
    stranger = desk(admin)
    assert stranger.get(address(claim)).status_code == 403
    for action in ("remove", "put-back"):
        assert stranger.post(f"/calculations/{made.pk}/{action}/").status_code == 403
