"""What is easily misread: a warning for each way to be wrong, and notes that only add.

A warning about words ("by" for "to", percent for points) is given only where the claim's number
is what the other reading would give, so a correct sum stays without any.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from claims.calculating.comparing import Comparison, as_claimed, is_down, unsigned
from claims.calculating.operations import HUNDRED, Operation
from claims.calculating.records import PERCENT, POINTS, Caveat, Claimed, Figure
from claims.calculating.spelling import measured, signed, spell
from claims.calculating.tolerance import bounds_of, rounded
from claims.calculating.units import is_money

CODES: Final[dict[str, str]] = {
    "by_or_to": "“By” and “to” were taken for each other.",
    "points_or_percent": "Percentage points and percent were taken for each other.",
    "total_over_100": "Shares of one whole add up to more than 100 %.",
    "part_over_whole": "The part is larger than the whole.",
    "percent_of_percent": "Changes in percent were added, although each is of another amount.",
    "nominal": "Money of different years, prices not taken into account.",
    "different_years": "The numbers are of different years.",
    "order_of_years": "The first number is of a later year than the second.",
    "wrong_direction": "The claim and the numbers go in opposite directions.",
    "rounding": "Rounding alone can explain the difference.",
    "inexact_input": "A quoted number is itself only about right, or a bound.",
    "small_base": "A small number to begin with makes a large change in percent.",
}
_SMALL: Final = 10
_OVER_TIME: Final = {"percent_change", "ratio", "difference", "compound_growth"}


@dataclass(frozen=True, slots=True)
class Sum:
    """A calculation that is done, as its caveats see it. `values` are in one unit."""

    operation: Operation
    figures: Sequence[Figure]
    values: Sequence[Decimal]
    value: Decimal
    unit: str
    claimed: Claimed
    comparison: Comparison
    low: Decimal | None
    high: Decimal | None

    @property
    def factor(self) -> Decimal | None:
        """What the first number was multiplied by; None where that means nothing."""
        pair = self.operation.code in {"percent_change", "ratio", "percentage_points", "difference"}
        return self.values[1] / self.values[0] if pair and self.values[0] > 0 else None

    def states(self, amount: Decimal) -> bool:
        """Whether the claimed number, signs left off, stands for this amount."""
        return abs(amount) in bounds_of(unsigned(self.claimed))


def caveats_of(done: Sum) -> tuple[Caveat, ...]:
    """Return the caveats, warnings first."""
    found = [caveat for check in _CHECKS for caveat in check(done)]
    return tuple(sorted(found, key=lambda caveat: caveat.weight != "warning"))


def _by_or_to(done: Sum) -> Iterator[Caveat]:
    factor, claimed = done.factor, done.claimed
    if factor is None or done.comparison.verdict == "agrees":
        return
    change = (factor - 1) * HUNDRED
    stated = spell(abs(claimed.value))
    fell = is_down(claimed)
    if claimed.unit == PERCENT and done.operation.code in {"percent_change", "ratio"}:
        by = claimed.role == "by" or (
            claimed.role == "level" and done.operation.code == "percent_change"
        )
        if by and done.states(factor * HUNDRED):
            other = 1 + (-1 if fell else 1) * abs(claimed.value) / HUNDRED
            words = f"By {stated} % is ×{_short(other)}; to {stated} % is ×{_short(factor)}."
            yield _warn("by_or_to", f"{words} The quoted numbers moved to {stated} %.")
        elif not by and done.states(change):
            other = abs(claimed.value) / HUNDRED
            words = f"To {stated} % is ×{_short(other)}; by {stated} % is ×{_short(factor)}."
            yield _warn("by_or_to", f"{words} The quoted numbers moved by {stated} %.")
    elif done.operation.code == "ratio" and claimed.role == "by" and done.states(factor - 1):
        words = f"{stated} times as much is ×{stated}; {stated} times more can mean"
        yield _warn("by_or_to", f"{words} ×{_short(factor)}, which the quoted numbers give.")


def _points_or_percent(done: Sum) -> Iterator[Caveat]:
    both = len(done.figures) == 2 and all(figure.unit == PERCENT for figure in done.figures)  # noqa: PLR2004 (from and to)
    if not both or done.comparison.verdict == "agrees" or done.factor is None:
        return
    if done.claimed.role == "to":
        return
    points, change = done.values[1] - done.values[0], (done.factor - 1) * HUNDRED
    says_percent, says_points = done.claimed.unit == PERCENT, done.claimed.unit == POINTS
    if (says_percent and done.states(points)) or (says_points and done.states(change)):
        words = f"{signed(points, POINTS)} are {signed(change, PERCENT)}"
        names = "percent" if says_percent else "percentage points"
        yield _warn("points_or_percent", f"{words}. The claim’s number is called {names}.")


def _over_100(done: Sum) -> Iterator[Caveat]:
    if done.operation.code == "share" and done.value > HUNDRED and _surely_over(done):
        yield _warn("part_over_whole", f"The part is {measured(done.value, PERCENT)} of the whole.")
    shares = all(figure.unit == PERCENT and figure.role == "level" for figure in done.figures)
    if done.operation.code == "sum" and shares:
        slack = sum((figure.step / 2 for figure in done.figures), Decimal(0))
        if done.value > HUNDRED + slack:
            words = f"Together {measured(done.value, PERCENT)}: these are not parts of one whole,"
            yield _warn("total_over_100", f"{words} or one of them is wrong.")


def _surely_over(done: Sum) -> bool:
    return done.low is None or done.low > HUNDRED


def _percent_of_percent(done: Sum) -> Iterator[Caveat]:
    changes = all(figure.unit == PERCENT and figure.role == "by" for figure in done.figures)
    if done.operation.code not in {"sum", "average"} or not changes:
        return
    factor = Decimal(1)
    for value in done.values:
        factor *= 1 + value / HUNDRED
    words = "Changes in percent do not add up: one after another these make"
    yield _warn("percent_of_percent", f"{words} {signed((factor - 1) * HUNDRED, PERCENT)}.")


def _years(done: Sum) -> Iterator[Caveat]:
    years = [figure.year for figure in done.figures if figure.year]
    if len(set(years)) < 2:  # noqa: PLR2004 (one year for all)
        return
    span = f"{min(years)} and {max(years)}"
    money = [figure for figure in done.figures if is_money(figure.unit)]
    if done.operation.code in _OVER_TIME and len(money) > 1:
        if not all(figure.is_real for figure in money):
            words = f"Money of {span}: prices changed in between, and this sum leaves that out."
            yield _warn("nominal", words)
    elif done.operation.code in {"share", "per_capita"}:
        yield _warn("different_years", f"One number is of {min(years)}, another of {max(years)}.")
    first, last = done.figures[0].year, done.figures[1].year
    if (
        done.operation.code in _OVER_TIME | {"percentage_points"}
        and first
        and last
        and first > last
    ):
        yield _warn("order_of_years", f"It goes from {first} to {last}: later to earlier.")


def _direction(done: Sum) -> Iterator[Caveat]:
    if done.comparison.wrong_way:
        way = "down" if is_down(done.claimed) else "up"
        moved = signed(done.value, done.unit)
        yield _warn("wrong_direction", f"The claim says {way}; the quoted numbers give {moved}.")


def _rounding(done: Sum) -> Iterator[Caveat]:
    amount, claimed = done.comparison.amount, unsigned(done.claimed)
    if done.comparison.verdict != "differs" or done.comparison.wrong_way or amount is None:
        return
    size = abs(amount)
    place = _last_place(claimed.value)
    if size in rounded(claimed.value, claimed.step):
        words = "Rounded as the claim writes it, the result is the claim’s number."
    elif claimed.comparator == "=" and claimed.step == 1 and size in rounded(claimed.value, place):
        words = f"To the nearest {spell(place)} the result is the claim’s number."
    elif _reaches(done, claimed):
        words = "The quoted numbers are rounded: they can stand for what the claim says."
    else:
        return
    yield _warn("rounding", words)


def _reaches(done: Sum, claimed: Claimed) -> bool:
    """Whether the result may be the claimed number, by the rounding of what was quoted."""
    if done.low is None or done.high is None:
        return False
    ends = [
        as_claimed(done.operation, end, done.unit, done.figures, done.claimed)
        for end in (done.low, done.high)
    ]
    sizes = sorted(abs(end) for end in ends if end is not None)
    bounds = bounds_of(claimed)
    above = bounds.low is None or sizes[-1] >= bounds.low
    return above and (bounds.high is None or sizes[0] < bounds.high)


def _last_place(value: Decimal) -> Decimal:
    """Return the place of the last digit that is not zero: 300,000 has 100,000."""
    exponent = value.normalize().as_tuple().exponent if value else 0
    return Decimal(1).scaleb(max(int(exponent), 0))


def _notes(done: Sum) -> Iterator[Caveat]:
    loose = [figure for figure in done.figures if figure.comparator != "="]
    if loose:
        quoted = ", ".join(f"“{figure.text}”" for figure in loose)
        words = f"Not exact in the quote itself: {quoted}."
        yield Caveat("inexact_input", words, "note")
    base = done.figures[0]
    small = not base.is_rounded and not is_money(base.unit) and 0 < base.value < _SMALL
    if done.operation.code == "percent_change" and small and abs(done.value) >= HUNDRED:
        moved = spell(done.values[1] - done.values[0])
        words = f"It starts from {spell(base.value)} only: the difference is {moved}."
        yield Caveat("small_base", words, "note")


def _warn(code: str, words: str) -> Caveat:
    return Caveat(code, words)


def _short(factor: Decimal) -> str:
    """Two decimals are what people use for how many times."""
    return spell(round(factor, 2))


_CHECKS: Final[tuple[Callable[[Sum], Iterator[Caveat]], ...]] = (
    _direction,
    _by_or_to,
    _points_or_percent,
    _over_100,
    _percent_of_percent,
    _years,
    _rounding,
    _notes,
)
