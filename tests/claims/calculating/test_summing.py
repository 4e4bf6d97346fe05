"""The arithmetic itself: against fractions, and against what a claim's rounding allows."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.calculating import OPERATIONS, Claimed, Figure, Result, calculate, claimed_in, figure_in
from claims.calculating.errors import (
    DivisionByZeroError,
    InputsError,
    NegativeBaseError,
    TooLargeError,
    UnitsDifferError,
    UnknownOperationError,
)
from claims.extraction.records import Direction
from factcheck.errors import FactcheckError

AMOUNTS = st.decimals(
    allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9
)
ABOVE_ZERO = st.decimals(
    allow_nan=False, allow_infinity=False, places=3, min_value=Decimal("0.001"), max_value=10**9
)
ANY = Claimed("7", Decimal(7))
CLOSE = Fraction(1, 10**35)


def figures(*values: Decimal, unit: str = "") -> list[Figure]:
    return [Figure(str(value), value, unit) for value in values]


def check(operation: str, claimed: str, *numbers: str, mark: str = "") -> Result:
    return calculate(
        operation,
        [figure_in(number, mark=mark) for number in numbers],
        claimed_in(claimed, mark=mark),
    )


def close(value: Decimal, exact: Fraction) -> bool:
    return abs(Fraction(value) - exact) <= CLOSE * max(Fraction(1), abs(exact))


@given(ABOVE_ZERO, AMOUNTS)
def test_changes_and_ratios_are_exact(first: Decimal, last: Decimal) -> None:
    one, two = Fraction(first), Fraction(last)
    pair = figures(first, last)
    assert close(calculate("percent_change", pair, ANY).value, (two - one) / one * 100)
    assert close(calculate("ratio", pair, ANY).value, two / one)
    assert close(calculate("per_capita", figures(last, first), ANY).value, two / one)
    assert close(calculate("share", figures(last, first), ANY).value, two / one * 100)
    assert calculate("difference", pair, ANY).value == last - first
    assert calculate("percentage_points", pair, ANY).value == last - first


@given(st.lists(AMOUNTS, min_size=2, max_size=12))
def test_sums_and_averages_are_exact(values: list[Decimal]) -> None:
    exact = sum(map(Fraction, values), Fraction(0))
    assert Fraction(calculate("sum", figures(*values), ANY).value) == exact
    assert close(calculate("average", figures(*values), ANY).value, exact / len(values))


@given(st.integers(1, 10**6), st.integers(1, 200), st.integers(1, 10))
def test_compound_growth_leads_back(first: int, percent: int, periods: int) -> None:
    last = first * Fraction(100 + percent, 100) ** periods
    numbers = figures(Decimal(first), Decimal(last.numerator) / last.denominator, Decimal(periods))
    value = calculate("compound_growth", numbers, ANY).value
    assert abs(value - percent) < Decimal("1e-20")


@given(
    st.integers(1, 10**7),
    st.integers(1, 10**7),
    st.integers(0, 3),
    st.sampled_from(["percent_change", "share", "ratio", "per_capita"]),
)
def test_what_is_rounded_rightly_agrees(first: int, last: int, places: int, operation: str) -> None:
    numbers = figures(Decimal(first), Decimal(last))
    value = calculate(operation, numbers, ANY).value
    step = Decimal(1).scaleb(-places)
    unit = {"percent_change": "percent", "share": "percent"}.get(operation, "")
    rounded = value.quantize(step, rounding=ROUND_HALF_UP)
    direction: Direction = "increase" if value >= 0 else "decrease"
    by = Claimed("x", abs(rounded), unit, step, role="by", direction=direction)
    claimed = by if operation == "percent_change" else Claimed("x", rounded, unit, step)
    assert calculate(operation, numbers, claimed).verdict == "agrees"
    off = Claimed("x", abs(rounded) + 2 * step, unit, step, role=by.role, direction=direction)
    assert calculate(operation, numbers, off).verdict == "differs"


@pytest.mark.parametrize(
    ("claimed", "part", "verdict"),
    [
        ("55.1 %", "55050", "agrees"),
        ("55.1 %", "55149", "agrees"),
        ("55.1 %", "55049", "differs"),
        ("55.1 %", "55150", "differs"),
        ("about 55 %", "57000", "agrees"),
        ("about 55 %", "58000", "differs"),
        ("more than 55 %", "55001", "agrees"),
        ("more than 55 %", "55000", "differs"),
        ("at least 55 %", "55000", "agrees"),
        ("at least 55 %", "54999", "differs"),
        ("less than 55 %", "54999", "agrees"),
        ("less than 55 %", "30000", "agrees"),
        ("less than 55 %", "55000", "differs"),
        ("at most 55 %", "55000", "agrees"),
        ("at most 55 %", "55001", "differs"),
        ("nearly 55 %", "54000", "agrees"),
        ("nearly 55 %", "30000", "differs"),
        ("between 50 and 55 %", "52000", "agrees"),
        ("between 50 and 55 %", "56000", "differs"),
        ("between 50 and 55 %", "49000", "differs"),
    ],
)
def test_the_claims_own_words_set_the_tolerance(claimed: str, part: str, verdict: str) -> None:
    assert (
        calculate("share", figures(Decimal(part), Decimal(100_000)), _claim(claimed)).verdict
        == verdict
    )


def _claim(text: str) -> Claimed:
    if not text.startswith("between"):
        return claimed_in(text)
    return Claimed(text, Decimal(50), "percent", comparator="range", upper=Decimal(55))


def test_a_difference_says_by_how_much() -> None:
    result = check("percent_change", "rose by 10 %", "100", "115")
    assert (result.verdict, result.difference) == ("differs", Decimal(5))
    assert result.gap == "5 percentage points more than claimed"
    assert result.figures == "(115 − 100) ÷ 100 × 100 = +15 %"
    assert result.tolerance == "from 9.5 % up to below 10.5 %"


@pytest.mark.parametrize(
    ("operation", "claimed", "numbers"),
    [
        ("per_capita", "420 euros", ("$4200", "10 people")),
        ("percentage_points", "24 %", ("60 %", "36 %")),
        ("sum", "7 euros", ("3 dollars", "4 dollars")),
        ("sum", "7 euros per month", ("3 euros per year", "4 euros per year")),
        ("difference", "rose to 7", ("3", "10")),
        ("share", "7 km", ("3", "10")),
    ],
)
def test_what_cannot_be_compared_says_why(
    operation: str, claimed: str, numbers: tuple[str, ...]
) -> None:
    result = check(operation, claimed, *numbers)
    assert (result.verdict, result.difference) == ("incomparable", None)
    assert result.why.startswith("The claim")


@pytest.mark.parametrize(
    ("operation", "numbers", "error"),
    [
        ("percent_change", ("0", "5"), DivisionByZeroError),
        ("ratio", ("0", "5"), DivisionByZeroError),
        ("share", ("5", "0"), DivisionByZeroError),
        ("per_capita", ("5", "0"), DivisionByZeroError),
        ("compound_growth", ("0", "5", "2"), DivisionByZeroError),
        ("compound_growth", ("4", "5", "0"), DivisionByZeroError),
        ("percent_change", ("-4", "5"), NegativeBaseError),
        ("compound_growth", ("-4", "5", "2"), NegativeBaseError),
        ("percent_change", ("$5", "€6"), UnitsDifferError),
        ("sum", ("5 km", "6 kg"), UnitsDifferError),
        ("sum", ("5 euros per month", "6 euros per year"), UnitsDifferError),
        ("percentage_points", ("5 km", "6 km"), UnitsDifferError),
        ("per_capita", ("$5", "6 km"), UnitsDifferError),
        ("sum", ("5",), InputsError),
        ("sum", ("5",) * 13, InputsError),
        ("share", ("5", "6", "7"), InputsError),
        ("compound_growth", ("1", "10", "0.0001"), TooLargeError),
        ("compound_growth", ("1", "10", "0.0000000001"), TooLargeError),
        ("magic", ("5", "6"), UnknownOperationError),
    ],
)
def test_what_cannot_be_calculated_says_why(
    operation: str, numbers: tuple[str, ...], error: type[FactcheckError]
) -> None:
    with pytest.raises(error) as caught:
        check(operation, "7", *numbers)
    assert caught.value.text


def test_units_of_one_kind_are_brought_together() -> None:
    result = check("sum", "1500 m", "1 km", "500 m")
    assert (result.value, result.unit, result.verdict) == (Decimal("1.5"), "kilometre", "agrees")
    assert check("ratio", "3 times", "2 hours", "6 hours").verdict == "agrees"


def test_a_result_is_said_in_other_ways_too() -> None:
    assert check("percent_change", "40 %", "60 %", "36 %").also == ("×0.6", "−24 percentage points")
    assert check("ratio", "4", "1", "4").also == ("+300 %",)
    assert check("percentage_points", "24", "60 %", "36 %").also == ("−40 %",)


def test_rounded_quotes_bound_the_result() -> None:
    result = check("percent_change", "rose by 12 %", "4.2 million", "4.7 million")
    assert result.low is not None
    assert result.high is not None
    assert result.low < result.value < result.high
    assert result.span == "+9.412 % and +14.46 %"
    assert check("percent_change", "rose by 12 %", "42", "47").span == ""


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_every_formula_names_its_numbers(operation: str) -> None:
    numbers = figures(Decimal(3), Decimal(4), Decimal(5))[: 2 + (operation == "compound_growth")]
    written = calculate(operation, numbers, ANY).figures
    assert all(str(number.value) in written for number in numbers)
    assert " = " in written


ANY_FIGURE = st.builds(
    Figure,
    text=st.just("x"),
    value=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**42), max_value=10**42),
    unit=st.sampled_from(["", "percent", "percentage_point", "USD", "kilometre", "time", "people"]),
    step=st.sampled_from([Decimal("0.01"), Decimal(1), Decimal(10) ** 6]),
    is_rounded=st.booleans(),
    comparator=st.sampled_from(["=", "~", ">"]),
    role=st.sampled_from(["level", "by"]),
    year=st.sampled_from([None, 2010, 2020]),
)
ANY_CLAIMED = st.builds(
    Claimed,
    text=st.just("x"),
    value=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**42), max_value=10**42),
    unit=st.sampled_from(["", "percent", "percentage_point", "USD", "time", "percent per year"]),
    step=st.sampled_from([Decimal("0.01"), Decimal(1), Decimal(10) ** 6]),
    comparator=st.sampled_from(["=", "~", ">", ">=", "<", "<="]),
    role=st.sampled_from(["level", "by", "to"]),
    direction=st.sampled_from(["", "increase", "decrease", "change"]),
    is_near=st.booleans(),
)


@given(st.sampled_from(sorted(OPERATIONS)), st.lists(ANY_FIGURE, max_size=4), ANY_CLAIMED)
def test_anything_gives_a_result_or_words(
    operation: str, numbers: list[Figure], claimed: Claimed
) -> None:
    result, words = None, ""
    try:
        result = calculate(operation, numbers, claimed)
    except FactcheckError as error:
        words = error.text
    assert bool(words) is (result is None)
    if result:
        assert result.value.is_finite()
        assert (result.difference is None) is (result.verdict == "incomparable")
        assert result.figures
        assert result.tolerance
