"""A claim's quantity as a person would say it. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

from claims.models import Quantity
from claims.models.claims import plain

COMPARATORS = {
    "=": "",
    "~": "about ",
    ">": "more than ",
    ">=": "at least ",
    "<": "less than ",
    "<=": "at most ",
    "range": "between bounds, ",
}
DURATIONS = ("year", "month", "week", "day", "hour", "minute", "second", "tonne")


@dataclass(frozen=True)
class QuantityWords:
    """The quantity's value and, where the claim speaks of one, its change."""

    value: str
    change: str


def quantity_words(quantity: Quantity) -> QuantityWords:
    """Return the words for one quantity."""
    if quantity.upper is not None:
        lower, upper = (
            plain_words(quantity.value, quantity.unit),
            _measured(quantity.upper, quantity.unit),
        )
        value = f"between {lower} and {upper}"
    else:
        value = COMPARATORS[quantity.comparator] + _measured(quantity.value, quantity.unit)
    return QuantityWords(value + (", vague" if quantity.vague else ""), _change(quantity))


def _change(quantity: Quantity) -> str:
    if not quantity.has_change:
        return ""
    parts = [quantity.change_direction or "change"]
    # Beside a "by", the change's unit is that of the "by" alone: "by 1.2 points to 6.4 %".
    own = quantity.change_unit if quantity.change_by is None else quantity.unit
    for word, value, unit in (
        ("from", quantity.change_from, own),
        ("by", quantity.change_by, quantity.change_unit),
        ("to", quantity.change_to, own),
    ):
        if value is not None:
            parts.append(f"{word} {_measured(value, unit)}")
    return " ".join(parts)


def plain_words(value: Decimal, unit: str = "") -> str:
    """Return the number with its thousands grouped; what may be a year stays as it is."""
    whole, _, fraction = plain(value).partition(".")
    grouped = f"{int(whole):,}" if unit or len(whole.lstrip("-")) > 4 else whole  # noqa: PLR2004 (years)
    return f"{grouped}.{fraction}" if fraction else grouped


def _measured(value: Decimal, unit: str) -> str:
    number = plain_words(value, unit)
    if unit == "rank":
        return f"rank {number}"
    words = re.sub(r"\bpercent\b", "%", unit.replace("_", " "))
    if number not in ("1", "-1") and words.endswith("point"):
        words = f"{words}s"
    elif number not in ("1", "-1") and words.split(" ")[0] in DURATIONS:
        words = words.replace(" ", "s ", 1) if " " in words else f"{words}s"
    return f"{number} {words}".strip()
