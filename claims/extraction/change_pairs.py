"""Two numbers that are one move: "from 60% to 36%", "from 4 to 6 million"."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from claims.extraction.directions import direction_near, moves
from claims.extraction.records import Change, QuantitySpan, Span
from claims.extraction.tags import Tagged
from claims.extraction.vocabulary import ChangeWords

_THOUSAND: Final = Decimal(1000)


def pair_from_to(
    text: str, span: Span, tagged: Tagged, quantities: list[QuantitySpan], words: ChangeWords
) -> list[QuantitySpan]:
    """Return the quantities with each "from A to B" as one: a change, or a range."""
    paired: list[QuantitySpan] = []
    position = 0
    while position < len(quantities):
        first = quantities[position]
        pair = quantities[position : position + 2]
        merged = _from_to(text, span, tagged, pair, words) if len(pair) == 2 else None
        paired.append(merged or first)
        position += 2 if merged else 1
    return paired


def _from_to(
    text: str, span: Span, tagged: Tagged, pair: list[QuantitySpan], words: ChangeWords
) -> QuantitySpan | None:
    """Join "from A to B" where A and B can be the same measure."""
    first, second = pair
    before = text[max(span[0], first.start - 24) : first.start]
    opened = words.from_.search(before)
    gap = text[first.end : second.start]
    if not opened or len(gap) > 60 or not words.from_to_gap.fullmatch(gap):
        return None
    if not same_measure(first, second) or first.upper or second.upper:
        return None
    start = first.start - len(before) + opened.start("from")
    first = replace(first, value=_scaled(text, first, second))
    moved = direction_near(tagged, start, words)
    if moved is None and not moves(tagged, start, words):
        return _range(first, second, start)
    if moved is None or second.value != first.value:
        moved = "increase" if second.value > first.value else "decrease"
    unit = second.unit or first.unit
    change = Change(moved, first.value, second.value, None, unit)
    return replace(second, start=start, unit=unit, change=change)


def _scaled(text: str, first: QuantitySpan, second: QuantitySpan) -> Decimal:
    """Return the first value of "from 4 to 6 million", where the magnitude stands once."""
    words = re.compile(r"[^\W\d_]{3,}")
    alone = not words.search(text, first.start, first.end)
    steps = (len(str(int(abs(second.value)))) - 1) // 3
    spelt = bool(words.search(text, second.start, second.end)) and steps > 1
    scaled = first.value * _THOUSAND**steps
    near = 0 < first.value < _THOUSAND and scaled <= 10 * second.value
    return scaled if alone and spelt and near else first.value


def _range(first: QuantitySpan, second: QuantitySpan, start: int) -> QuantitySpan:
    """Read "prices from $2 to $5" as a range: nothing moved."""
    low, high = sorted((first.value, second.value))
    return replace(second, start=start, value=low, upper=high, comparator="range")


def same_measure(first: QuantitySpan, second: QuantitySpan) -> bool:
    """Tell whether two quantities can be values of one measure."""
    return (
        first.unit == second.unit
        or not first.unit
        or not second.unit
        or "percent" not in {first.unit, second.unit}
    )
