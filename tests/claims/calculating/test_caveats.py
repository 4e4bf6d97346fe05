"""Each warning fires where it should and stays away where it should not, both ways round."""

import random
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from claims.calculating import Claimed, Figure, Result, calculate, claimed_in, figure_in
from claims.calculating.caveats import CODES
from claims.extraction.records import Direction

SEED = 20261125


def codes(result: Result, weight: str = "warning") -> list[str]:
    return [caveat.code for caveat in result.caveats if caveat.weight == weight]


def check(operation: str, claimed: str, *numbers: str) -> Result:
    return calculate(operation, [figure_in(number) for number in numbers], claimed_in(claimed))


@pytest.mark.parametrize(
    ("operation", "claimed", "numbers"),
    [
        ("percent_change", "grew by 344 %", ("100", "344")),
        ("percent_change", "fell by 40 %", ("100", "40")),
        ("percent_change", "rose to 344 %", ("100", "444")),
        ("percent_change", "fell to 60 %", ("100", "40")),
        ("ratio", "344 %", ("100", "444")),
        ("ratio", "grew by 344 %", ("100", "344")),
        ("ratio", "rose by 3 times", ("100", "400")),
    ],
)
def test_by_taken_for_to_and_to_for_by(
    operation: str, claimed: str, numbers: tuple[str, ...]
) -> None:
    result = check(operation, claimed, *numbers)
    assert (result.verdict, codes(result)) == ("differs", ["by_or_to"])


def test_the_words_give_both_factors() -> None:
    (caveat,) = check("percent_change", "grew by 344 %", "100", "344").caveats
    assert caveat.words == (
        "By 344 % is ×4.44; to 344 % is ×3.44. The quoted numbers moved to 344 %."
    )
    (caveat,) = check("ratio", "344 %", "100", "444").caveats
    assert caveat.words.startswith("To 344 % is ×3.44; by 344 % is ×4.44.")


@pytest.mark.parametrize(
    ("operation", "claimed", "numbers"),
    [
        ("percent_change", "grew by 344 %", ("100", "444")),
        ("percent_change", "fell by 40 %", ("100", "60")),
        ("percent_change", "fell by 50 %", ("100", "50")),
        ("percent_change", "rose to 344 %", ("100", "344")),
        ("ratio", "344 %", ("100", "344")),
        ("ratio", "grew by 344 %", ("100", "444")),
        ("ratio", "3 times", ("100", "300")),
        ("percent_change", "grew by 344 %", ("100", "200")),
    ],
)
def test_by_and_to_in_their_place(operation: str, claimed: str, numbers: tuple[str, ...]) -> None:
    assert "by_or_to" not in codes(check(operation, claimed, *numbers))


@pytest.mark.parametrize(
    ("operation", "claimed", "verdict"),
    [
        ("percent_change", "fell by 24 %", "differs"),
        ("percent_change", "fell by 40 percentage points", "incomparable"),
        ("percentage_points", "fell by 24 %", "incomparable"),
        ("percentage_points", "fell by 40 percentage points", "differs"),
        ("difference", "fell by 24 %", "incomparable"),
    ],
)
def test_points_taken_for_percent_and_percent_for_points(
    operation: str, claimed: str, verdict: str
) -> None:
    result = check(operation, claimed, "60 %", "36 %")
    assert (result.verdict, codes(result)) == (verdict, ["points_or_percent"])
    assert result.caveats[0].words.startswith("−24 percentage points are −40 %.")


@pytest.mark.parametrize(
    ("operation", "claimed", "numbers"),
    [
        ("percent_change", "fell by 40 %", ("60 %", "36 %")),
        ("percentage_points", "fell by 24 percentage points", ("60 %", "36 %")),
        ("difference", "fell by 24 percentage points", ("60 %", "36 %")),
        ("percent_change", "fell by 30 %", ("60 %", "36 %")),
        ("percent_change", "fell by 24 %", ("60", "36")),
    ],
)
def test_points_and_percent_in_their_place(
    operation: str, claimed: str, numbers: tuple[str, ...]
) -> None:
    assert "points_or_percent" not in codes(check(operation, claimed, *numbers))


@pytest.mark.parametrize(
    ("numbers", "fires"),
    [
        (("60 %", "45 %"), True),
        (("33.4 %", "33.4 %", "33.5 %"), True),
        (("33.4 %", "33.3 %", "33.4 %"), False),
        (("60 %", "40 %"), False),
        (("60", "45"), False),
    ],
)
def test_totals_over_100(numbers: tuple[str, ...], fires: bool) -> None:  # noqa: FBT001 (a table)
    result = calculate("sum", [figure_in(number) for number in numbers], Claimed("1", Decimal(1)))
    assert ("total_over_100" in codes(result)) is fires


@pytest.mark.parametrize(
    ("part", "whole", "fires"),
    [("120", "100", True), ("100", "100", False), ("4.2 million", "4.2 million", False),
     ("4.21 million", "4.2 million", False), ("5.2 million", "4.2 million", True)],
)  # fmt: skip
def test_a_part_is_no_larger_than_its_whole(part: str, whole: str, fires: bool) -> None:  # noqa: FBT001 (a table)
    assert ("part_over_whole" in codes(check("share", "1 %", part, whole))) is fires


def test_changes_in_percent_do_not_add_up() -> None:
    result = check("sum", "20 %", "rose by 10 %", "rose by 10 %")
    assert codes(result) == ["percent_of_percent"]
    assert "+21 %" in result.caveats[0].words
    assert codes(check("sum", "20 %", "10 %", "10 %")) == []


def money(value: int, year: int | None, *, is_real: bool = False) -> Figure:
    return Figure(str(value), Decimal(value), "USD", year=year, is_real=is_real)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([money(100, 2010), money(150, 2020)], ["nominal"]),
        ([money(100, 2020), money(150, 2010)], ["nominal", "order_of_years"]),
        ([money(100, 2010, is_real=True), money(150, 2020, is_real=True)], []),
        ([money(100, 2010), money(150, 2010)], []),
        ([money(100, None), money(150, 2020)], []),
    ],
)
def test_money_of_different_years(figures: list[Figure], expected: list[str]) -> None:
    assert codes(calculate("percent_change", figures, claimed_in("50 %"))) == expected
    people = [Figure(f.text, f.value, "people", year=f.year) for f in figures]
    rest = [code for code in expected if code != "nominal"]
    assert codes(calculate("percent_change", people, claimed_in("50 %"))) == rest


def test_a_part_and_its_whole_are_of_one_year() -> None:
    part, whole = Figure("5", Decimal(5), year=2019), Figure("50", Decimal(50), year=2020)
    assert codes(calculate("share", [part, whole], claimed_in("10 %"))) == ["different_years"]
    same = Figure("50", Decimal(50), year=2019)
    assert codes(calculate("share", [part, same], claimed_in("10 %"))) == []


def test_the_way_it_went() -> None:
    result = check("percent_change", "rose by 40 %", "60 %", "36 %")
    assert (result.verdict, codes(result)) == ("differs", ["wrong_direction"])
    assert codes(check("percent_change", "fell by 40 %", "60 %", "36 %")) == []
    assert codes(check("percent_change", "changed by 40 %", "60 %", "36 %")) == []
    assert check("difference", "-24", "60", "36").verdict == "agrees"


@pytest.mark.parametrize(
    ("operation", "claimed", "numbers", "fires"),
    [
        # The quotes are rounded: 4.2 to 4.3 million may be 3 %.
        ("percent_change", "rose by 3 %", ("4.2 million", "4.3 million"), True),
        ("percent_change", "rose by 6 %", ("4.2 million", "4.3 million"), False),
        ("percent_change", "rose by 2 %", ("4.2 million", "4.3 million"), False),
        # A bound that the rounded result would meet.
        ("share", "more than 55.1 %", ("55080", "100000"), True),
        ("share", "more than 55.1 %", ("54080", "100000"), False),
        # Zeros at the end may be rounding.
        ("sum", "300000", ("100212", "204000"), True),
        ("sum", "300000", ("100212", "304000"), False),
        ("sum", "304212", ("100212", "204000"), False),
    ],
)
def test_rounding_that_can_explain_a_difference(
    operation: str,
    claimed: str,
    numbers: tuple[str, ...],
    fires: bool,  # noqa: FBT001 (a table)
) -> None:
    assert ("rounding" in codes(check(operation, claimed, *numbers))) is fires


def test_notes_are_no_warnings() -> None:
    small = check("percent_change", "rose by 200 %", "2", "6")
    assert (codes(small), codes(small, "note")) == ([], ["small_base"])
    assert codes(check("percent_change", "rose by 200 %", "20", "60"), "note") == []
    loose = check("sum", "9", "about 5 people", "4 people")
    assert (codes(loose), codes(loose, "note")) == ([], ["inexact_input"])


def correct_sums() -> Iterator[tuple[str, list[Figure], Claimed]]:
    """Two hundred sums that are right, each claim rounded as people round."""
    dice = random.Random(SEED)  # noqa: S311 (a test's own dice)
    kinds = ["percent_change", "percentage_points", "ratio", "share", "sum", "difference"]
    kinds += ["average", "per_capita", "compound_growth", "percent_change of shares"]
    for number in range(200):
        operation, _, of_shares = kinds[number % len(kinds)].partition(" ")
        numbers = _figures(dice, operation, bool(of_shares))
        exact = calculate(operation, numbers, Claimed("0", Decimal(0))).value
        step = Decimal(1).scaleb(-dice.choice([0, 1, 2]))
        value = exact.quantize(step, rounding=ROUND_HALF_UP)
        yield operation, numbers, _claimed(operation, value, step, exact)


def _figures(dice: random.Random, operation: str, of_shares: bool) -> list[Figure]:  # noqa: FBT001 (a flag of the dice)
    def count(low: int = 1, high: int = 10**6) -> Figure:
        value = dice.randint(low, high)
        return Figure(str(value), Decimal(value), "people", year=dice.choice([None, 2019]))

    def share() -> Figure:
        value = Decimal(dice.randint(10, 490)).scaleb(-1)
        return Figure(str(value), value, "percent", Decimal("0.1"), is_rounded=True)

    if operation == "percentage_points" or of_shares:
        return [share(), share()]
    if operation == "share":
        whole = count(1000)
        return [count(1, int(whole.value)), whole]
    if operation in {"sum", "average"}:
        parts = [share, count][dice.randint(0, 1)]
        return [parts() for _ in range(2)]
    if operation == "compound_growth":
        return [count(10), count(10), Figure("5", Decimal(5))]
    if operation == "per_capita":
        value = Decimal(dice.randint(1, 900)).scaleb(7)
        step = Decimal(10) ** 7
        return [Figure("x", value, "USD", step, is_rounded=True), count(1000)]
    return [count(10), count(10)]


def _claimed(operation: str, value: Decimal, step: Decimal, exact: Decimal) -> Claimed:
    unit = {
        "percent_change": "percent",
        "compound_growth": "percent",
        "share": "percent",
        "percentage_points": "percentage_point",
        "ratio": "time",
        "per_capita": "USD",
    }.get(operation, "")
    if operation in {"percent_change", "compound_growth", "percentage_points", "difference"}:
        way: Direction = "increase" if exact >= 0 else "decrease"
        return Claimed("x", abs(value), unit, step, role="by", direction=way)
    return Claimed("x", value, unit, step)


def test_two_hundred_correct_sums_raise_no_false_alarm() -> None:
    sums = list(correct_sums())
    results = [calculate(*each) for each in sums]
    assert len(results) == 200
    alarms = [
        (each, result.verdict, codes(result))
        for each, result in zip(sums, results, strict=True)
        if result.verdict != "agrees" or codes(result)
    ]
    assert alarms == []


def test_every_caveat_is_met_in_these_tests() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in CODES if f'"{code}"' not in text] == []
