"""Numbers out of quotes and out of what people type."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.calculating import claimed_in, figure_in, numbers_in
from claims.calculating.errors import (
    MixedSeparatorsError,
    NumberAmbiguousError,
    NumberUnreadableError,
)
from factcheck.errors import FactcheckError


def read(text: str) -> list[tuple[str, list[str], str]]:
    """Each number as it is written, its readings and its unit."""
    return [
        (
            found.text,
            [f"{figure.value.normalize():f}" for figure in found.readings],
            found.readings[0].unit if found.readings else "?",
        )
        for found in numbers_in(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It carried 41,200 passengers.", [("41,200", ["41200", "41.2"], "passenger")]),
        ("about 4.2 million people", [("4.2 million", ["4200000"], "people")]),
        ("$4.2bn of debt", [("4.2bn", ["4200000000"], "USD")]),
        ("from 60% to 36%", [("60", ["60"], "percent"), ("36", ["36"], "percent")]),
        ("−4 °C and 12½ km", [("−4", ["-4"], "degree Celsius"), ("12½", ["12.5"], "kilometre")]),
        ("1.234,5 million euros", [("1.234,5 million", ["1234500000"], "EUR")]),
        ("1 234 votes", [("1 234", ["1234"], "vote")]),
        ("a third of voters", [("a third of voters", ["33.33"], "percent")]),
        ("between 3 and 5 km", [("3", ["3"], "kilometre"), ("5", ["5"], "kilometre")]),
        ("12.34,5.6 of them", [("12.34,5.6", [], "?")]),
        ("On 18 October 2020 the 3rd of the 1990s", []),
        ("no numbers here", []),
    ],
)
def test_numbers_of_a_quote(text: str, expected: list[tuple[str, list[str], str]]) -> None:
    assert read(text) == expected


@given(st.text(max_size=80))
def test_offsets_are_those_of_the_text(text: str) -> None:
    for found in numbers_in(text):
        assert text[found.start : found.end] == found.text
        assert len(found.readings) == len(found.marks)


@given(st.lists(st.sampled_from(["1,234", "5 %", "in 2019", "½", "1.2.3,4", "€", "-7", "a", ". "])))
def test_any_order_of_numbers_keeps_its_offsets(parts: list[str]) -> None:
    text = " ".join(parts)
    assert [text[found.start : found.end] for found in numbers_in(text)] == [
        found.text for found in numbers_in(text)
    ]


def test_a_number_knows_the_year_beside_it_and_no_other() -> None:
    years = {
        found.text: found.readings[0].year
        for found in numbers_in(
            "It cost $40 in 2010. Poverty fell from 60% to 36% by 2019. It was 5 km. In 2021, no."
        )
    }
    assert years == {"40": 2010, "60": None, "36": 2019, "5": None}


@pytest.mark.parametrize(
    ("text", "is_real"), [("$5 in constant prices", True), ("$5 in all", False)]
)
def test_prices_of_one_year_are_told_by_their_words(text: str, is_real: bool) -> None:  # noqa: FBT001 (a table)
    assert numbers_in(text)[0].readings[0].is_real is is_real


@pytest.mark.parametrize(
    ("text", "step", "is_rounded"),
    [
        ("41", "1", False),
        ("41 %", "1", True),
        ("4.2 million", "100000", True),
        ("two million people", "1000000", True),
        ("0.25", "0.01", True),
        ("twelve people", "1", False),
    ],
)
def test_how_finely_a_number_is_written(text: str, step: str, is_rounded: bool) -> None:  # noqa: FBT001 (a table)
    figure = figure_in(text)
    assert (figure.step, figure.is_rounded) == (Decimal(step), is_rounded)


def test_a_typed_number_that_is_unclear_is_asked_about() -> None:
    with pytest.raises(NumberAmbiguousError) as caught:
        figure_in("1,234 euros")
    assert caught.value.text == "“1,234” can be read as 1,234 or as 1.234. Choose which it is."
    assert figure_in("1,234 euros", mark=".").value == 1234
    assert figure_in("1,234 euros", mark=",").value == Decimal("1.234")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", NumberUnreadableError),
        ("  ", NumberUnreadableError),
        ("many", NumberUnreadableError),
        ("3 or 4", NumberUnreadableError),
        ("5 " * 200, NumberUnreadableError),
        ("12.34,5.6", MixedSeparatorsError),
    ],
)
def test_what_cannot_be_typed_says_why(text: str, error: type[FactcheckError]) -> None:
    with pytest.raises(error) as caught:
        figure_in(text)
    assert caught.value.text
    with pytest.raises(error):
        claimed_in(text)


def test_a_year_that_is_typed_is_a_number() -> None:
    assert figure_in("2019").value == 2019


@pytest.mark.parametrize(
    ("text", "value", "comparator", "role", "direction"),
    [
        ("fell by 12 %", "12", "=", "by", "decrease"),
        ("rose to 344 %", "344", "=", "to", "increase"),
        ("about 55.1 %", "55.1", "~", "level", ""),
        ("more than 4.2 million", "4200000", ">", "level", ""),
        ("at least 3", "3", ">=", "level", ""),
        ("-12.5", "-12.5", "=", "level", ""),
    ],
)
def test_a_typed_claim_says_how_it_is_meant(
    text: str, value: str, comparator: str, role: str, direction: str
) -> None:
    claimed = claimed_in(text)
    assert claimed.value == Decimal(value)
    assert (claimed.comparator, claimed.role, claimed.direction) == (comparator, role, direction)


def test_nearly_is_not_far_below() -> None:
    assert claimed_in("nearly 500").is_near
    assert not claimed_in("less than 500").is_near
