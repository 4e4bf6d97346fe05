"""Changes that only two clauses together give: "It held 70 percent; this has dropped to 56"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from claims.extraction.english import words
from claims.extraction.layout import Read
from claims.extraction.records import Change, Direction, QuantitySpan

_POINTS_BACK: Final = re.compile(
    r"(?:^|[;:,.]\s*|\band\s|\bbut\s)(?:this|that|it|which|the (?:figure|number|share|rate|"
    r"total))\s"
    r"(?:\w+\s){0,5}$",
    re.IGNORECASE,
)
_IS_A_CHANGE: Final = re.compile(
    r"^[\"“]?(?:this|that|it) (?:is|was|marks|represents) an? (?:\w+ )?(?P<noun>increase|rise|"
    r"jump|gain|"
    r"decrease|drop|fall|decline|reduction|dip) from ",
    re.IGNORECASE,
)
_CLAUSE: Final = 80


def linked(text: str, reads: Sequence[Read]) -> list[Read]:
    """Return the sentences with such changes filled in from the number that they point back to."""
    found: list[Read] = []
    last: QuantitySpan | None = None
    for read in reads:
        quantities: list[QuantitySpan] = []
        for quantity in read.quantities:
            quantities.append(_linked(text, read, quantity, last))
            last = quantities[-1]
        found.append(replace(read, quantities=tuple(quantities)) if quantities else read)
    return found


def _linked(
    text: str, read: Read, quantity: QuantitySpan, last: QuantitySpan | None
) -> QuantitySpan:
    if last is None or last.unit != quantity.unit or not quantity.unit or last.upper:
        return quantity
    change = quantity.change
    if change and change.to_value is not None and change.from_value is None:
        before = text[max(read.span[0], last.end, quantity.start - _CLAUSE) : quantity.start]
        if _POINTS_BACK.search(before):
            return replace(quantity, change=replace(change, from_value=last.value))
    stated = _IS_A_CHANGE.match(text[slice(*read.span)])
    if stated and change is None and last.end <= read.span[0]:
        noun = stated["noun"].lower()
        direction: Direction = "increase" if noun in words.INCREASE else "decrease"
        filled = Change(direction, quantity.value, last.value, None, quantity.unit)
        return replace(quantity, change=filled)
    return quantity
