"""Attaching, changing and taking off calculations, and what a submitted verdict makes of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from claims import calculations, linking, marking, recalculating, workflow
from claims.calculating.errors import NumberAmbiguousError, UnitsDifferError
from claims.editing import has_work
from claims.models import Calculation, Claim, Evidence, VerdictVersion
from claims.picking import NumberMissingError, Pick, ReasonRequiredError, quoted_in, stated_in
from claims.states import VersionState
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.errors import FactcheckError, NotAllowedError
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db
PAGE = f"{factories.PRICES} It carried 41,200 people. In all 12.34,5.6 tickets."


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.fares(by=checker)


@pytest.fixture
def quote(claim: Claim, checker: User) -> Evidence:
    return factories.evidence(on=claim, by=checker, quote=PAGE, page=PAGE)


def attach(
    claim: Claim,
    inputs: Sequence[Pick],
    by: User,
    *,
    operation: str = "percent_change",
    **more: Any,
) -> Calculation:
    claimed = more.pop("claimed", stated_in(claim)[0].pick)
    return calculations.attach(
        claim=claim, operation=operation, claimed=claimed, inputs=inputs, by=by, at=AT, **more
    )


def test_the_server_reads_the_numbers_and_does_the_sum(
    claim: Claim, quote: Evidence, checker: User
) -> None:
    made = attach(claim, factories.picks(quote, "25.00", "28.00"), checker)
    assert (made.value, made.unit, made.verdict) == ("12", "percent", "agrees")
    assert made.result["figures"] == "(28 − 25) ÷ 25 × 100 = +12 %"
    rows = [(row.slot, row.text, row.value, row.unit) for row in made.numbers.all()]
    assert rows == [
        ("claimed", "12%", "12", "percent"),
        ("from", "25.00", "25", "EUR"),
        ("to", "28.00", "28", "EUR"),
    ]
    event = Event.objects.get(action="calculation.attached")
    assert event.data["verdict"] == "agrees"


def test_the_same_sum_again_is_a_no_op(claim: Claim, quote: Evidence, checker: User) -> None:
    inputs = factories.picks(quote, "25.00", "28.00")
    assert attach(claim, inputs, checker) == attach(claim, inputs, checker)
    turned = attach(claim, inputs[::-1], checker)
    assert turned.verdict == "differs"
    assert Calculation.objects.count() == 2


def test_a_typed_number_carries_its_reason(claim: Claim, quote: Evidence, checker: User) -> None:
    (first,) = factories.picks(quote, "25.00")
    typed = Pick(text=" 28 euros ", reason=" the price list on the wall ", year=2020)
    made = attach(claim, [first, typed], checker)
    row = made.numbers.get(slot="to")
    assert (row.text, row.reason, row.year) == ("28 euros", "the price list on the wall", 2020)
    claimed = Pick(text="12.0 %", reason="said on the radio")
    assert attach(claim, [first, typed], checker, claimed=claimed).verdict == "agrees"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"start": 0, "end": 3}, NumberMissingError),
        ({"evidence": None, "text": "28 euros"}, ReasonRequiredError),
        ({"evidence": None, "text": "28 USD", "reason": "x"}, UnitsDifferError),
    ],
)
def test_what_cannot_be_read_attaches_nothing(
    claim: Claim,
    quote: Evidence,
    checker: User,
    changes: dict[str, Any],
    error: type[FactcheckError],
) -> None:
    first, last = factories.picks(quote, "25.00", "28.00")
    with pytest.raises(error):
        attach(claim, [first, replace(last, **changes)], checker)
    assert not Calculation.objects.exists()


def test_an_unclear_number_is_asked_about(claim: Claim, quote: Evidence, checker: User) -> None:
    with pytest.raises(NumberAmbiguousError):
        attach(claim, factories.picks(quote, "41,200", "41,200"), checker, operation="ratio")
    both = factories.picks(quote, "41,200|.", "41,200|,")
    made = attach(claim, both, checker, operation="average")
    assert [row.value for row in made.numbers.all()] == ["12", "41200", "41.2"]


def test_a_number_without_sense_is_shown_and_not_taken(
    claim: Claim, quote: Evidence, checker: User
) -> None:
    ((_, found),) = quoted_in([quote])
    (unreadable,) = (written for written in found if not written.readings)
    assert unreadable.text == "12.34,5.6"
    pick = Pick(evidence=quote, start=unreadable.start, end=unreadable.end)
    with pytest.raises(FactcheckError, match=r"12\.34,5\.6"):
        attach(claim, [pick, pick], checker)


def test_numbers_and_units_without_end_are_kept(claim: Claim, checker: User) -> None:
    noun = "x" * 90 + "s"
    tiny = f"0.{'0' * 28}1 {noun}"
    huge = f"{'9' * 30} billion {noun}"
    inputs = [Pick(text=text, reason="x") for text in (tiny, huge)]
    made = attach(claim, inputs, checker, operation="share")
    assert recalculating.recheck(recalculating.live_calculations(claim)[0])
    assert made.numbers.get(slot="part").unit == "x" * 60


def test_a_quote_of_another_claim_is_not_taken(claim: Claim, checker: User) -> None:
    elsewhere = factories.evidence(
        on=factories.fares(by=checker), by=checker, quote=factories.PRICES, page=PAGE
    )
    with pytest.raises(NumberMissingError):
        attach(claim, factories.picks(elsewhere, "25.00", "28.00"), checker)


def test_no_number_of_the_claim_is_no_sum(claim: Claim, quote: Evidence, checker: User) -> None:
    inputs = factories.picks(quote, "25.00", "28.00")
    with pytest.raises(calculations.ClaimedMissingError):
        attach(claim, inputs, checker, claimed=None)
    forged = replace(stated_in(claim)[0].pick, start=0, end=5)
    with pytest.raises(NumberMissingError):
        attach(claim, inputs, checker, claimed=forged)


def test_an_admin_and_a_dismissed_claim_take_none(claim: Claim, checker: User, admin: User) -> None:
    typed = [Pick(text="25", reason="x"), Pick(text="28", reason="x")]
    with pytest.raises(NotAllowedError):
        attach(claim, typed, admin)
    marking.dismiss(claim=claim, reason="opinion", by=checker, at=AT)
    with pytest.raises(linking.ClaimDismissedError):
        attach(claim, typed, checker)


def test_a_changed_sum_takes_the_others_place(claim: Claim, quote: Evidence, checker: User) -> None:
    inputs = factories.picks(quote, "25.00", "28.00")
    first = attach(claim, inputs, checker)
    second = attach(claim, inputs, checker, operation="difference", replaces=first)
    assert recalculating.live_calculations(claim) == [second]
    assert recalculating.taken_off(claim) == [first]
    again = calculations.put_back(calculation=recalculating.taken_off(claim)[0], by=checker, at=AT)
    assert (again.value, again.fingerprint) == (first.value, first.fingerprint)
    assert recalculating.taken_off(claim) == []
    # Changing nothing replaces nothing.
    assert attach(claim, inputs, checker, replaces=again) == again
    assert again in recalculating.live_calculations(claim)


def test_a_sum_is_taken_off_once(checker: User) -> None:
    made = factories.calculation(by=checker)
    for _ in range(2):
        gone = calculations.remove(calculation=made, by=checker, at=AT)
        assert (gone.removed_by, gone.removed_at) == (checker, AT)
    assert Event.objects.filter(action="calculation.removed").count() == 1


def test_a_quote_stays_while_a_sum_uses_it(checker: User) -> None:
    made = factories.calculation(by=checker)
    quote = made.claim.evidence.get()
    with pytest.raises(linking.EvidenceCalculatedError):
        linking.remove(evidence=quote, by=checker, at=AT)
    calculations.remove(calculation=made, by=checker, at=AT)
    linking.remove(evidence=quote, by=checker, at=AT)
    (old,) = recalculating.taken_off(made.claim)
    with pytest.raises(NumberMissingError):
        calculations.put_back(calculation=old, by=checker, at=AT)


def test_a_claim_with_a_sum_has_work_on_it(claim: Claim, checker: User) -> None:
    assert not has_work(claim)
    attach(claim, [Pick(text="25", reason="x"), Pick(text="28", reason="x")], checker)
    assert has_work(claim)


def sealed(checker: User) -> tuple[VerdictVersion, Calculation]:
    made = factories.calculation(by=checker)
    return factories.in_review(by=checker, on=made.claim), made


def test_a_submitted_verdict_seals_its_sums(checker: User, editor: User) -> None:
    version, made = sealed(checker)
    assert version.manifest is not None
    (sum_,) = version.manifest["calculations"]
    assert (sum_["id"], sum_["verdict"], sum_["value"]) == (str(made.pk), "agrees", "12")
    assert [number["text"] for number in sum_["inputs"]] == ["25.00", "28.00"]
    with pytest.raises(calculations.CalculationSealedError):
        calculations.remove(calculation=made, by=checker, at=AT)
    version = workflow.approve(version=version, digest=version.digest, by=editor, at=AT)
    version = workflow.publish(version=version, digest=version.digest, by=editor, at=AT)
    assert version.state == VersionState.PUBLISHED


def test_who_made_a_sum_cannot_approve(checker: User, editor: User) -> None:
    made = factories.calculation(by=editor)
    version = factories.in_review(by=checker, on=made.claim)
    with pytest.raises(workflow.OwnWorkError):
        workflow.approve(version=version, digest=version.digest, by=editor, at=AT)


def forge(sql: str, parameters: list[Any]) -> None:
    """Change what triggers hold, as somebody with the owner's password could."""
    with connection.cursor() as cursor:
        # Deferred triggers that wait have to run before they are switched off.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, parameters)
        cursor.execute("SET session_replication_role = DEFAULT")


FORGERIES = {
    "result": "UPDATE claims_calculation SET value = '13' WHERE id = %s",
    "number": "UPDATE claims_calculationnumber SET value = '26' "
    "WHERE position = 1 AND calculation_id = %s",
    "words": "UPDATE claims_calculationnumber SET text = '26.00' "
    "WHERE position = 1 AND calculation_id = %s",
    "zero": "UPDATE claims_calculationnumber SET value = '0' "
    "WHERE position = 1 AND calculation_id = %s",
}


@pytest.mark.parametrize("forgery", sorted(FORGERIES))
def test_sums_run_again_before_every_step(checker: User, editor: User, forgery: str) -> None:
    made = factories.calculation(by=checker)
    draft = factories.draft(by=checker, on=made.claim)
    version = workflow.submit(version=draft, revision=draft.revision, by=checker, at=AT)
    assert recalculating.recheck(made)
    forge(FORGERIES[forgery], [made.pk])
    fresh = recalculating.live_calculations(made.claim)[0]
    assert not recalculating.recheck(fresh)
    assert recalculating.recheck(fresh).why
    with pytest.raises(workflow.UnverifiedCalculationError):
        workflow.approve(version=version, digest=version.digest, by=editor, at=AT)
    version = workflow.recall(version=version, by=checker, at=AT)
    with pytest.raises(workflow.UnverifiedCalculationError):
        workflow.submit(version=version, revision=version.revision, by=checker, at=AT)


def test_a_number_that_left_the_claim_is_noticed(claim: Claim, checker: User) -> None:
    made = factories.calculation(by=checker, on=claim)
    place = claim.appearances.get()
    forge(
        'UPDATE claims_appearance SET start = start + 999, "end" = "end" + 999 WHERE id = %s',
        [place.pk],
    )
    (fresh,) = recalculating.live_calculations(made.claim)
    assert "not part of the claim any more" in recalculating.recheck(fresh).why


def test_reading_sums_takes_the_same_queries_for_one_and_for_three(
    claim: Claim, quote: Evidence, checker: User, django_assert_num_queries: Any
) -> None:
    inputs = factories.picks(quote, "25.00", "28.00")
    standing = {quote.pk}
    for operation in ("percent_change", "ratio", "difference"):
        attach(claim, inputs, checker, operation=operation)
        with django_assert_num_queries(3):
            rows = recalculating.live_calculations(claim)
            assert all(recalculating.recheck(row, standing=standing) for row in rows)
            assert all(recalculating.sealed_form(row) for row in rows)
