"""The database refuses, in raw SQL, calculations that are none."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from claims.models import Calculation, CalculationNumber
from factcheck.accounts.models import User
from tests import factories
from tests.claims.test_guards import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(checker: User) -> Calculation:
    return factories.calculation(by=checker)


INSERT = (
    "INSERT INTO claims_calculation (id, claim_id, operation, value, unit, verdict, result, size,"
    " fingerprint, created_by_id, created_at) SELECT gen_random_uuid(), claim_id, operation, value,"
    " unit, verdict, result, size, md5(random()::text), created_by_id, now()"
    " FROM claims_calculation WHERE id = %s RETURNING id"
)


def insert_number(row: CalculationNumber, like: Calculation, **changes: Any) -> None:
    """Insert a number into a calculation like `like` that has none yet; all or nothing."""
    for name, value in changes.items():
        setattr(row, name, value)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [like.pk])
            (row.calculation_id,) = cursor.fetchone()
        row.pk = None
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("position", "changes"),
    [(1, {"text": "26.00"}), (1, {"start": 0, "end": 5}), (0, {"text": "forged"})],
)
def test_a_number_stands_in_its_quote(
    made: Calculation, position: int, changes: dict[str, Any]
) -> None:
    with pytest.raises(DatabaseError, match="does not stand") as caught:
        insert_number(made.numbers.get(position=position), made, **changes)
    assert getattr(caught.value.__cause__, "sqlstate", "") == "FC003"


def test_a_number_is_of_the_claims_own_evidence(made: Calculation, checker: User) -> None:
    other = factories.calculation(by=checker)
    with pytest.raises(DatabaseError, match="does not stand"):
        insert_number(made.numbers.get(position=1), other)


def test_nothing_of_a_calculation_changes(made: Calculation) -> None:
    refused("UPDATE claims_calculation SET value = '13' WHERE id = %s", [made.pk], state="FC001")
    refused("DELETE FROM claims_calculation WHERE id = %s", [made.pk], state="FC001")
    for sql in (
        "UPDATE claims_calculationnumber SET value = '1'",
        "DELETE FROM claims_calculationnumber",
    ):
        refused(f"{sql} WHERE calculation_id = %s", [made.pk], state="FC001")


def test_a_calculation_takes_no_more_numbers(made: Calculation) -> None:
    row = made.numbers.get(position=1)
    row.pk, row.position = None, 3
    with pytest.raises(DatabaseError, match="no more numbers"), transaction.atomic():
        row.save(force_insert=True)


def test_a_calculation_comes_with_all_its_numbers(made: Calculation) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert "comes with all its numbers" in refused(INSERT, [made.pk], state="FC002")


def test_removal_is_once_and_by_somebody(made: Calculation, checker: User) -> None:
    gone = "UPDATE claims_calculation SET removed_at = now(), removed_by_id = %s WHERE id = %s"
    refused(
        "UPDATE claims_calculation SET removed_at = now() WHERE id = %s", [made.pk], state="23514"
    )
    with connection.cursor() as cursor:
        cursor.execute(gone, [checker.pk, made.pk])
    refused(gone, [checker.pk, made.pk], state="FC001")


def test_a_sealed_calculation_stays(made: Calculation, checker: User) -> None:
    factories.in_review(by=checker, on=made.claim)
    sql = "UPDATE claims_calculation SET removed_at = now(), removed_by_id = %s WHERE id = %s"
    words = refused(sql, [checker.pk, made.pk], state="FC002")
    assert "a submitted verdict rests on this calculation" in words


def test_a_calculated_quote_stays(made: Calculation, checker: User) -> None:
    sql = "UPDATE claims_evidence SET removed_at = now(), removed_by_id = %s WHERE claim_id = %s"
    words = refused(sql, [checker.pk, made.claim_id], state="FC002")
    assert "a calculation uses a number of this quote" in words


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("operation", "magic", "operation_known"),
        ("verdict", "perhaps", "verdict_known"),
        ("value", "1e5", "value_is_decimal"),
        ("size", 2, "has_numbers"),
    ],
)
def test_a_calculation_holds_what_it_says(
    made: Calculation, column: str, value: object, constraint: str
) -> None:
    row = Calculation.objects.get(pk=made.pk)
    row.pk, row.fingerprint = None, "f"
    setattr(row, column, value)
    with (
        pytest.raises(IntegrityError, match=f"claims_calculation_{constraint}"),
        transaction.atomic(),
    ):
        row.save(force_insert=True)


def test_the_same_sum_is_attached_once(made: Calculation) -> None:
    row = Calculation.objects.get(pk=made.pk)
    row.pk = None
    with (
        pytest.raises(IntegrityError, match="claims_calculation_attached_once"),
        transaction.atomic(),
    ):
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("position", "changes", "constraint"),
    [
        (1, {"reason": "x"}, "quoted_or_reasoned"),
        (1, {"evidence": None}, "quoted_or_reasoned"),
        (1, {"evidence": None, "start": None, "end": None}, "quoted_or_reasoned"),
        (0, {"slot": "from"}, "first_is_the_claim_s"),
        (1, {"slot": "claimed"}, "first_is_the_claim_s"),
        (1, {"value": "many"}, "values_are_decimal"),
        (1, {"step": ""}, "values_are_decimal"),
        (1, {"upper": "x"}, "values_are_decimal"),
        (1, {"comparator": "!"}, "comparator_known"),
        (1, {"role": "from"}, "role_known"),
        (1, {"year": 20}, "year_has_four_digits"),
    ],
)
def test_a_number_holds_what_it_says(
    made: Calculation, position: int, changes: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=f"claims_number_{constraint}"):
        insert_number(made.numbers.get(position=position), made, **changes)


def test_a_number_is_from_its_own_place(made: Calculation) -> None:
    claimed, first, _ = made.numbers.all()
    places = {name: getattr(first, name) for name in ("evidence", "text", "start", "end")}
    with pytest.raises(IntegrityError, match="claims_number_from_its_own_place"):
        insert_number(claimed, made, revision=None, **places)
