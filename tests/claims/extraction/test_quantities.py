from decimal import Decimal

import pytest

from claims.extraction import QuantitySpan, split


def _quantities(text: str) -> list[QuantitySpan]:
    found: list[QuantitySpan] = []
    for claim in split(f"The minister reported that {text} in the north.").claims:
        found += claim.quantities
    return found


def _only(text: str) -> QuantitySpan:
    found = _quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("55.1 % of voters agreed", "55.1", "percent", "="),
        ("88 per cent of voters agreed", "88", "percent", "="),
        ("the rate stood at 28,83 %", "28.83", "percent", "="),
        ("twelve judges resigned", "12", "judge", "="),
        ("twenty-five schools closed", "25", "school", "="),
        ("about 300 people fled", "300", "people", "~"),
        ("more than 11,000 people fled", "11000", "people", ">"),
        ("at least 36 people died", "36", "people", ">="),
        ("fewer than 40 people died", "40", "people", "<"),
        ("up to 40 people died", "40", "people", "<="),
        ("no more than 40 people died", "40", "people", "<="),
        ("40 or more people died", "40", "people", ">="),
        ("nearly half a million people fled", "500000", "people", "<"),
        ("two and a half million people fled", "2500000", "people", "="),
        ("the bridge cost $2.5bn", "2500000000", "USD", "="),
        ("the bridge cost €3 million", "3000000", "EUR", "="),
        ("the bridge cost 422,000 euros", "422000", "EUR", "="),
        ("the bridge cost NZ$ 26 million", "26000000", "NZD", "="),
        ("a third of the schools closed", "33.33", "percent", "="),
        ("one in five schools closed", "20", "percent", "="),
        ("three out of ten schools closed", "30", "percent", "="),
        ("the road is 12 km long", "12", "kilometre", "="),
        ("his party came third", "3", "rank", "="),
        ("the water cooled to minus 12 degrees", "-12", "degree", "="),
        ("the bottle holds 250ml of water", "250", "millilitre", "="),
        ("one fourth of the schools closed", "25", "percent", "="),
        ("his party was the second-largest", "2", "rank", "="),
    ],
)
def test_value_unit_and_comparator(text: str, value: str, unit: str, comparator: str) -> None:
    found = _only(text)
    assert (found.value, found.unit, found.comparator) == (Decimal(value), unit, comparator)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("poverty fell from 60% to 36%", ("decrease", 60, 36, None, "percent")),
        ("wages rose from 440 to 2,122 pesos", ("increase", 440, 2122, None, "peso")),
        ("GDP grew by 344%", ("increase", None, None, 344, "percent")),
        ("GDP grew 344 percent", ("increase", None, None, 344, "percent")),
        ("unemployment dropped to 4.1 %", ("decrease", None, Decimal("4.1"), None, "percent")),
        ("there was a drop of 12 %", ("decrease", None, None, 12, "percent")),
        ("there was a 12 % drop", ("decrease", None, None, 12, "percent")),
        ("support rose by 3 percentage points", ("increase", None, None, 3, "percentage_point")),
    ],
)
def test_changes(text: str, change: tuple[object, ...]) -> None:
    found = _only(text).change
    assert found is not None
    assert (found.direction, found.from_value, found.to_value, found.by_value, found.unit) == change


def test_a_range_is_one_quantity() -> None:
    found = _only("between 40 and 50 percent of pupils failed")
    assert (found.value, found.upper, found.comparator) == (Decimal(40), Decimal(50), "range")


def test_a_magnitude_goes_for_both_ends_of_a_range() -> None:
    found = _only("the bridge cost $10 to $15 billion")
    assert (found.value, found.upper) == (Decimal(10_000_000_000), Decimal(15_000_000_000))


def test_where_a_number_came_from_may_stand_behind_it() -> None:
    change = _quantities("revenue rose to $7 billion from $6 billion")[0].change
    assert change is not None
    assert (change.from_value, change.to_value) == (Decimal(6_000_000_000), Decimal(7_000_000_000))


def test_vague_amounts_are_marked() -> None:
    found = _only("hundreds of thousands of people fled")
    assert found.vague
    assert (found.value, found.upper) == (Decimal(100_000), Decimal(1_000_000))


@pytest.mark.parametrize(
    "text",
    [
        "the law of 2014 was repealed",
        "the fair opened on 16 May",
        "Windows 10 was replaced",
        "no one left",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert _quantities(text) == []


def test_two_figures_of_one_sentence_are_two_claims() -> None:
    text = (
        "The period saw a transformation, with GDP increasing by 344% "
        "and poverty reduced from 60% to 36%."
    )
    claims = [claim for claim in split(text).claims if claim.quantities]
    assert [claim.exact for claim in claims] == [
        "GDP increasing by 344%",
        "poverty reduced from 60% to 36%",
    ]
