"""A number in a newer text, between the words that it stood between."""

from decimal import Decimal

import pytest

from claims.calculating.finding import number_there

BEFORE, AFTER = "the fare after the timetable is ", " euros for everybody who pays."


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Now the fare after the\ntimetable is 27.50 euros for all.", "27.50"),
        ("It costs 27.50 euros for everybody who pays.", "27.50"),
        ("the fare after the timetable is $27.50.", "27.50"),
        ("the fare after the timetable is unknown, though 27.50 is said.", None),
        ("the fare after the timetable is 1,250 euros", None),
        ("the fare after the timetable is 5 or the fare after the timetable is 6", None),
        ("something else, 27.50", None),
    ],
)
def test_where_a_number_is_now(text: str, value: str | None) -> None:
    found = number_there(BEFORE, AFTER, text)
    assert (found and found.value) == (Decimal(value) if value else None)


def test_an_unclear_number_is_read_as_it_was_chosen_before() -> None:
    found = number_there(BEFORE, AFTER, BEFORE + "1,250 euros", mark=".")
    assert found is not None
    assert (found.value, found.unit) == (Decimal(1250), "EUR")


def test_a_few_letters_are_no_place() -> None:
    assert number_there("it is ", " of", "it is 5 of 6") is None
