"""The claim's numbers and dates beside those of a passage: the same, or contrary and said so."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from claims.extraction.records import QuantitySpan
from claims.finding.question import Counted, Dated, Question, figures
from claims.finding.records import Figure, Relation

_PERIOD: Final = re.compile(r"\d{4}(?:-\d\d){0,2}")
_OPPOSITE: Final = {"increase": "decrease", "decrease": "increase"}


def compared(question: Question, text: str, start: int, end: int) -> tuple[Figure, ...]:
    """Return what the passage says of each of the claim's numbers and dates, if anything."""
    if not question.quantities and not question.dates:
        return ()
    # What a date such as "last year" means is the text's own affair: it is not resolved.
    quantities, dates = figures(text, start, end, None)
    return (*_numbers(question.quantities, quantities), *_dates(question.dates, dates))


def agreement(question: Question, found: Sequence[Figure], numbers: int | None = None) -> float:
    """Return how well the figures fit, from 0 to 1; another value in the same unit counts half.

    `numbers` is how many the claim has, where they are not counted as it writes them.
    """
    total = (len(question.quantities) if numbers is None else numbers) + len(question.dates)
    return sum(1.0 if f.relation == "same" else 0.5 for f in found) / total if total else 0.0


def same_quantity(claimed: QuantitySpan, found: QuantitySpan) -> bool:
    """Tell whether a passage gives the claim's number, as exactly as the claim states it."""
    if not _units_agree(claimed.unit, found.unit) or _turned(claimed, found):
        return False
    theirs = values_of(found)
    return all(
        any(_equal(value, other, claimed, found) for other in theirs)
        for value in values_of(claimed)
    )


def same_date(claimed: str, found: str) -> bool:
    """Tell whether two ISO dates can mean the same day: the one lies within the other."""
    ours: list[str] = _PERIOD.findall(claimed)
    theirs: list[str] = _PERIOD.findall(found)
    if not ours or not theirs:
        return False
    if len(ours) == len(theirs):
        return all(_within(a, b) for a, b in zip(ours, theirs, strict=True))
    few, many = sorted((ours, theirs), key=len)
    low, high = min(many), max(many)
    return low[: len(few[0])] <= few[0][: len(low)] and few[0][: len(high)] <= high[: len(few[0])]


def _within(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _numbers(claimed: Sequence[Counted], found: Sequence[Counted]) -> Iterator[Figure]:
    free = list(found)
    waiting = []
    for ours in claimed:
        same = next((f for f in free if same_quantity(ours.quantity, f.quantity)), None)
        if same is None:
            waiting.append(ours)
            continue
        free.remove(same)
        yield figure_of("same", ours, same)
    for ours in waiting:
        others = [f for f in free if ours.quantity.unit and f.quantity.unit == ours.quantity.unit]
        if others:
            nearest = min(others, key=lambda f: abs(f.quantity.value - ours.quantity.value))
            free.remove(nearest)
            yield figure_of("contrary", ours, nearest)


def _dates(claimed: Sequence[Dated], found: Sequence[Dated]) -> Iterator[Figure]:
    settled = [f for f in found if _PERIOD.search(f.date.iso)]
    used: list[Dated] = []
    waiting = []
    for ours in (c for c in claimed if _PERIOD.search(c.date.iso)):
        same = next((f for f in settled if same_date(ours.date.iso, f.date.iso)), None)
        if same is None:
            waiting.append(ours)
        else:
            used.append(same)
            yield _date("same", ours, same)
    for ours in waiting:
        other = next((f for f in settled if f not in used), None)
        if other:
            used.append(other)
            yield _date("contrary", ours, other)


def figure_of(relation: Relation, ours: Counted, theirs: Counted) -> Figure:
    """Return the claim's number beside the one that was found."""
    quantity = theirs.quantity
    return Figure(relation, "number", ours.written, theirs.written, quantity.start, quantity.end)


def _date(relation: Relation, ours: Dated, theirs: Dated) -> Figure:
    return Figure(
        relation, "date", ours.written, theirs.written, theirs.date.start, theirs.date.end
    )


def _units_agree(one: str, other: str) -> bool:
    return one == other or not one or not other


def _turned(claimed: QuantitySpan, found: QuantitySpan) -> bool:
    """Tell a rise from a fall."""
    if claimed.change is None or found.change is None:
        return False
    return _OPPOSITE.get(claimed.change.direction) == found.change.direction


def values_of(quantity: QuantitySpan) -> tuple[Decimal, ...]:
    """Return the numbers that a quantity holds: those of its change, else its own."""
    change = quantity.change
    moved = (change.from_value, change.to_value, change.by_value) if change else ()
    told = tuple(value for value in moved if value is not None)
    return told or (quantity.value,)


def _equal(value: Decimal, other: Decimal, claimed: QuantitySpan, found: QuantitySpan) -> bool:
    if value == other:
        return True
    if claimed.comparator in {">", ">="}:
        return found.comparator in {"=", "~", ">", ">="} and value <= other < 2 * value
    if claimed.comparator in {"<", "<="}:
        return found.comparator in {"=", "~", "<", "<="} and value / 2 < other <= value
    if claimed.comparator == "range" and claimed.upper is not None:
        return value <= other <= claimed.upper
    # Round numbers stand for what rounds to them: 26 million for 26.2 million.
    return _rounded(other, value) == value and value != 0


def _rounded(number: Decimal, like: Decimal) -> Decimal | None:
    """Round `number` to the place of the last digit of `like` that is not nought."""
    digits = like.normalize().as_tuple()
    if not isinstance(digits.exponent, int) or len(digits.digits) < 2:  # noqa: PLR2004 ("about 30" is no measure)
        return None
    place = Decimal(1).scaleb(digits.exponent)
    return (number / place).to_integral_value() * place
