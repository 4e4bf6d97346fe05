"""Whether a result is what the claim says: the claim's own rounding and words decide.

55.1 % means 55.05 up to below 55.15. "About" allows a twentieth either side; "more than", "at
least", "less than", "at most" and ranges mean what they say.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from claims.calculating.records import Claimed
from claims.calculating.spelling import measured

ABOUT: Final = Decimal("0.05")  # of the value: how far "about" and "nearly" reach


@dataclass(frozen=True, slots=True)
class Bounds:
    """From `low` to `high`, each inside or not; None is without end."""

    low: Decimal | None
    high: Decimal | None
    has_low: bool = True
    has_high: bool = False

    def __contains__(self, value: Decimal) -> bool:
        if self.low is not None and (value < self.low or (value == self.low and not self.has_low)):
            return False
        return self.high is None or value < self.high or (value == self.high and self.has_high)


def bounds_of(claimed: Claimed) -> Bounds:
    """Return the values that the claimed number stands for."""
    value, half = claimed.value, claimed.step / 2
    match claimed.comparator:
        case "~":
            reach = max(half, abs(value) * ABOUT)
            return Bounds(value - reach, value + reach, has_high=True)
        case ">" | ">=":
            return Bounds(value, None, has_low=claimed.comparator == ">=")
        case "<":
            near = value - max(half, abs(value) * ABOUT) if claimed.is_near else None
            return Bounds(near, value)
        case "<=":
            return Bounds(None, value, has_high=True)
        case "range":
            upper = claimed.upper if claimed.upper is not None else value
            return Bounds(value - half, upper + half)
        case _:
            return rounded(value, claimed.step)


def rounded(value: Decimal, step: Decimal) -> Bounds:
    """Return what is rounded to `value`, halves away from zero."""
    half = step / 2
    below_zero = value < 0
    return Bounds(
        value - half, value + half, has_low=not below_zero and value != 0, has_high=below_zero
    )


def in_words(claimed: Claimed) -> str:
    """Say what counts as agreement."""
    bounds = bounds_of(claimed)

    def amount(value: Decimal) -> str:
        return measured(value, claimed.unit, step=claimed.step)

    if bounds.low is None and bounds.high is not None:
        return f"{'up to' if bounds.has_high else 'below'} {amount(bounds.high)}"
    if bounds.high is None and bounds.low is not None:
        return f"{'' if bounds.has_low else 'above '}{amount(bounds.low)}" + (
            " or more" if bounds.has_low else ""
        )
    assert bounds.low is not None  # noqa: S101 (no comparator leaves both ends open)
    assert bounds.high is not None  # noqa: S101 (the same)
    first = "from" if bounds.has_low else "above"
    last = "up to" if bounds.has_high else "up to below"
    return f"{first} {amount(bounds.low)} {last} {amount(bounds.high)}"
