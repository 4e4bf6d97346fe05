"""Digits with separators: what is clear is read, what can mean two things is given twice."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.calculating.errors import MixedSeparatorsError, NumberUnreadableError
from claims.calculating.separators import read_digits
from claims.calculating.spelling import plain, spell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1 234", "1234"),
        ("1\u00a0234\u202f567", "1234567"),
        ("1'234'567", "1234567"),
        ("1 234,5", "1234.5"),
        ("12½", "12.5"),
        ("¾", "0.75"),
        ("−4", "-4"),
        ("–4", "-4"),
        ("-0,5", "-0.5"),
        ("+3", "3"),
        ("55.1", "55.1"),
        ("55,1", "55.1"),
        ("1234.567", "1234.567"),
        ("0.234", "0.234"),
        ("0,234", "0.234"),
        ("007", "7"),
    ],
)
def test_what_is_clear_has_one_reading(text: str, value: str) -> None:
    (reading,) = read_digits(text)
    assert reading.value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "values"),
    [("1,234", ["1234", "1.234"]), ("1.234", ["1.234", "1234"]), ("-41,200", ["-41200", "-41.2"])],
)
def test_what_is_unclear_has_two(text: str, values: list[str]) -> None:
    readings = read_digits(text)
    assert [reading.value for reading in readings] == [Decimal(value) for value in values]
    assert {reading.mark for reading in readings} == {".", ","}


@pytest.mark.parametrize(
    "text",
    [
        *("1.234,56.7", "1,23,456.7", "12.34.56", "1,2,3", "1.234.5", "1 23", "1 234 56"),
        *("1,234,", "5.", "1.234½", "1,2.3,4", "1'23"),
    ],
)
def test_mixed_separators_are_refused(text: str) -> None:
    with pytest.raises(MixedSeparatorsError):
        read_digits(text)


@pytest.mark.parametrize("text", ["", " ", "abc", "--4", "four", "1e5", "1" * 31, "½½"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NumberUnreadableError):
        read_digits(text)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        readings = read_digits(text)
    except (MixedSeparatorsError, NumberUnreadableError):
        return
    assert len(readings) in {1, 2}


@given(st.integers(-(10**12), 10**12), st.integers(1, 6), st.sampled_from(["en", "de", "fr"]))
def test_written_in_three_countries_it_is_the_same_number(
    digits: int, places: int, country: str
) -> None:
    value = Decimal(digits).scaleb(-places)
    english = f"{value:,.{places}f}"
    groups, mark = {"en": (",", "."), "de": (".", ","), "fr": ("\u202f", ",")}[country]
    text = english.replace(",", "G").replace(".", mark).replace("G", groups)
    readings = {Fraction(reading.value) for reading in read_digits(text)}
    assert Fraction(digits, 10**places) in readings


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
    )
)
def test_spelling_is_read_back(value: Decimal) -> None:
    assert value in {reading.value for reading in read_digits(spell(value))}
    assert Decimal(plain(value)) == value
