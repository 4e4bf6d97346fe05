"""A result beside the claimed number: brought to the claim's unit, then held against its bounds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from claims.calculating.operations import HUNDRED, Operation
from claims.calculating.records import PERCENT, Claimed, Figure, Verdict
from claims.calculating.spelling import unit_words
from claims.calculating.tolerance import bounds_of
from claims.calculating.units import in_unit

_PERSONS: Final = (" per person", " per capita", " per head")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`amount` is the result in the claim's unit, None where the two cannot be compared."""

    verdict: Verdict
    why: str
    amount: Decimal | None = None
    difference: Decimal | None = None
    wrong_way: bool = False


def compare(
    operation: Operation, value: Decimal, unit: str, figures: Sequence[Figure], claimed: Claimed
) -> Comparison:
    """Return whether the result is what the claim says, and by how much it is not."""
    amount = as_claimed(operation, value, unit, figures, claimed)
    if amount is None:
        return Comparison("incomparable", _why_not(operation, unit, claimed))
    down = is_down(claimed)
    is_change = operation.is_signed and claimed.role != "to"
    wrong_way = is_change and bool(claimed.direction) and _is_wrong(amount, claimed)
    size, stated = (abs(amount), unsigned(claimed)) if is_change else (amount, claimed)
    agrees = size in bounds_of(stated) and not wrong_way
    difference = size - _nearest(size, stated)
    if wrong_way:
        difference = amount - (-stated.value if down else stated.value)
    why = "The numbers moved the other way." if wrong_way else ""
    return Comparison("agrees" if agrees else "differs", why, amount, difference, wrong_way)


def as_claimed(
    operation: Operation, value: Decimal, unit: str, figures: Sequence[Figure], claimed: Claimed
) -> Decimal | None:
    """Bring a result into the claim's unit; None where they are different things."""
    wanted = _base(claimed.unit)
    if operation.code == "percent_change" and claimed.role == "to":
        # "To 344 %" of what it was; where the numbers are shares, "to 36 %" is a level.
        is_part = wanted == PERCENT and all(figure.unit != PERCENT for figure in figures)
        return value + HUNDRED if is_part else None
    if operation.is_signed and claimed.role == "to":
        return None
    if operation.code == "ratio" and wanted == PERCENT:
        return (value - 1 if claimed.role == "by" else value) * HUNDRED
    return in_unit(value, _base(unit), wanted)


def unsigned(claimed: Claimed) -> Claimed:
    """Return the claimed number without its sign: how large the change is said to be."""
    return replace(claimed, value=abs(claimed.value))


def is_down(claimed: Claimed) -> bool:
    """Whether the claim says that something fell."""
    return claimed.direction == "decrease" or claimed.value < 0


def _is_wrong(amount: Decimal, claimed: Claimed) -> bool:
    if claimed.direction == "change" or not amount:
        return False
    return (amount < 0) != is_down(claimed)


def _nearest(value: Decimal, claimed: Claimed) -> Decimal:
    if claimed.upper is not None and claimed.comparator == "range" and value > claimed.value:
        return max(claimed.value, min(value, claimed.upper))
    return claimed.value


def _base(unit: str) -> str:
    """Leave off what the operation says anyway: a year's growth, an amount for each person."""
    for ending in _PERSONS:
        unit = unit.removesuffix(ending)
    if unit == "one":
        return ""
    return PERCENT if unit == "percent per year" else unit


def _why_not(operation: Operation, unit: str, claimed: Claimed) -> str:
    if operation.is_signed and claimed.role == "to":
        return "The claim says what something changed to, and the sum by how much it changed."
    return f"The claim is in {unit_words(claimed.unit)}, and the result in {unit_words(unit)}."
