"""How a number moved: "from 60% to 36%", "by a quarter", "to 5.2", "up 3 points", "a 4 % drop"."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from claims.extraction.directions import (
    direction_near,
    moves,
    names_change,
    rose,
    word_before,
    word_direction,
)
from claims.extraction.english.units import CURRENCY_SIGNS, CURRENCY_WORDS, MEASURES
from claims.extraction.records import Change, Direction, QuantitySpan, Span
from claims.extraction.tags import Tagged

_FROM_TO_GAP = re.compile(
    r"(?:\s\w+){0,6}?,?(?:\s\([^()]{0,24}\))?,?\s(?:up |down )?(?:to|into)(?:\s(?:about|around|"
    r"just|only|almost|nearly|over|more"
    r"\sthan|less\sthan|a|the|some))*\s?(?:record\s|mere\s|low\sof\s|high\sof\s|"
    r"peak\sof\s)*[^\w\s]{0,3}",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?P<from>from)\s(?:(?:about|around|just|only|nearly|almost|over|a|the|some|more than|"
    r"less than)\s)*[^\w\s]{0,3}$",
    re.IGNORECASE,
)
_ORIGIN = re.compile(
    r"[^;.]{0,48}?,?\s(?P<way>up|down|compared)?\s?(?:from|with)\s(?:(?:about|around|just|only|a|the)\s)*"
    r"[^\w\s]{0,3}",
    re.IGNORECASE,
)
_GAP: Final = 64
_WINDOW: Final = 90
_ROLE = re.compile(
    r"\b(?P<role>by|to|at|from|of|than|up|down|for|since|in|within|over|after|on|with)"
    r"(?:\s(?:another|a|an|the|about|around|just|only|as much as|up to|almost|nearly|some|over|"
    r"more than|"
    r"less than|roughly|approximately|at least|an estimated|average of|either|further|record|"
    r"high of|low of|"
    r"well over|below|above|under))*[\s$€£~]*$",
    re.IGNORECASE,
)  # fmt: skip
_AFTER = re.compile(
    r"[\s-]?(?:(?!(?:but|and|or|while|as|to|of|in|on|for|at|with|from|by)\s)[a-z-]+\s){0,2}(?P<noun>increase|rise|growth|gain|jump|surge|hike|boost|drop|"
    r"fall|decline|"
    r"decrease|cut|reduction|loss|slump|dip|plunge|contraction|higher|lower|(?:more|less|"
    r"fewer)(?=\sthan)|(?:up|down)(?=\s(?:from|on|since)))\b",
    re.IGNORECASE,
)
_NOT_DONE: Final = frozenset(
    {"for", "since", "in", "within", "over", "after", "on", "with", "at", "of"}
)
CURRENCIES: Final = frozenset({*CURRENCY_SIGNS.values(), *CURRENCY_WORDS.values()})
_MEASURED: Final = frozenset({*MEASURES.values(), *CURRENCY_WORDS.values(), "point"})
_STATIVE: Final = frozenset(
    {
        "up",
        "down",
        "higher",
        "lower",
        "lose",
        "lost",
        "loses",
        "losing",
        "cut",
        "added",
        "gain",
        "gains",
        "gained",
        "topped",
        "cuts",
    }
)


def with_changes(
    text: str, span: Span, tagged: Tagged, quantities: Sequence[QuantitySpan]
) -> list[QuantitySpan]:
    """Return `quantities` with their changes; a from-to pair becomes one quantity, its "to"."""
    paired = _pair_from_to(text, span, tagged, list(quantities))
    found: list[QuantitySpan] = []
    for quantity in paired:
        single = quantity
        if not quantity.change and quantity.unit != "rank" and not _reached(text, found, quantity):
            single = _single(text, span, tagged, quantity)
        found.append(_restated(text, found, single))
    return _with_origins(text, found)


def _with_origins(text: str, quantities: list[QuantitySpan]) -> list[QuantitySpan]:
    """Fill in where a number came from when it stands behind: "to $7 billion from $6 billion"."""
    found = list(quantities)
    for at, (first, second) in enumerate(itertools.pairwise(quantities)):
        gap = text[first.end : second.start]
        match = _ORIGIN.fullmatch(gap) if len(gap) < _GAP else None
        reached = first.change is not None and first.change.to_value is not None
        plain = reached or (first.change is None and match is not None and match["way"])
        if not match or not plain or not _same_measure(first, second):
            continue
        up = second.value < first.value
        change = Change(
            "increase" if up else "decrease", second.value, first.value, None, first.unit
        )
        found[at] = replace(first, change=change)
        found[at + 1] = replace(second, change=None)
    return found


def _restated(text: str, found: list[QuantitySpan], quantity: QuantitySpan) -> QuantitySpan:
    """Give "0.6 %" in "lost 190 points, or 0.6 %" the change that it restates."""
    last = found[-1] if found else None
    if last is None or last.change is None or quantity.change or last.change.by_value is None:
        return quantity
    if text[last.end : quantity.start].strip() not in {", or", "or", "("}:
        return quantity
    return _changed(quantity, last.change.direction, "by")


def _reached(text: str, found: list[QuantitySpan], quantity: QuantitySpan) -> bool:
    """In "fell 7 % to $2.3 billion" the first number is the change, the second its outcome."""
    last = found[-1] if found else None
    if last is None or last.change is None or last.change.by_value is None:
        return False
    return text[last.end : quantity.start].strip().lower() in {
        "to",
        "at",
        "to about",
        "to just",
        "to end at",
        "to close at",
    }


def _pair_from_to(
    text: str, span: Span, tagged: Tagged, quantities: list[QuantitySpan]
) -> list[QuantitySpan]:
    paired: list[QuantitySpan] = []
    position = 0
    while position < len(quantities):
        first = quantities[position]
        second = quantities[position + 1] if position + 1 < len(quantities) else None
        merged = _from_to(text, span, tagged, first, second) if second else None
        paired.append(merged or first)
        position += 2 if merged else 1
    return paired


def _from_to(
    text: str, span: Span, tagged: Tagged, first: QuantitySpan, second: QuantitySpan
) -> QuantitySpan | None:
    """Join "from A to B" where A and B can be the same measure."""
    before = text[max(span[0], first.start - 24) : first.start]
    opened = _FROM.search(before)
    gap = text[first.end : second.start]
    if not opened or len(gap) > 60 or not _FROM_TO_GAP.fullmatch(gap):
        return None
    if not _same_measure(first, second):
        return None
    start = first.start - len(before) + opened.start("from")
    moved = direction_near(tagged, start)
    if moved is None and not moves(tagged, start):
        return _range(first, second, start)
    if moved is None or second.value != first.value:
        moved = "increase" if second.value > first.value else "decrease"
    unit = second.unit if second.unit == "percent" or not first.unit else first.unit
    change = Change(moved, first.value, second.value, None, second.unit or first.unit)
    return replace(second, start=start, unit=second.unit or unit, change=change)


def _range(first: QuantitySpan, second: QuantitySpan, start: int) -> QuantitySpan:
    """Read "prices from $2 to $5" as a range: nothing moved."""
    low, high = sorted((first.value, second.value))
    return replace(second, start=start, value=low, upper=high, comparator="range")


def _same_measure(first: QuantitySpan, second: QuantitySpan) -> bool:
    return (
        first.unit == second.unit
        or not first.unit
        or not second.unit
        or "percent"
        not in {
            first.unit,
            second.unit,
        }
    )


def _single(text: str, span: Span, tagged: Tagged, quantity: QuantitySpan) -> QuantitySpan:
    """Attach a change to one quantity by its preposition or by the noun after it."""
    before = text[max(span[0], quantity.start - _WINDOW) : quantity.start]
    role = _ROLE.search(before)
    part = role["role"].lower() if role else ""
    after = _AFTER.match(text, quantity.end, min(span[1], quantity.end + 48))
    if after and quantity.unit not in {"year", "month", "day"} and part != "than":
        moved = word_direction(after["noun"].lower())
        if moved:
            return _changed(quantity, moved, "by")
    sign = text[quantity.start - 1 : quantity.start] if quantity.start > span[0] else ""
    if quantity.unit == "percent" and sign in {"+", "−"}:
        return _changed(quantity, "increase" if sign == "+" else "decrease", "by")
    if part in {"up", "down"} and rose(tagged, quantity.start, part):
        return _changed(quantity, "increase" if part == "up" else "decrease", "by")
    moved = direction_near(tagged, quantity.start)
    if moved is None or quantity.unit in {"year", "month", "day", "week", "hour", "minute"}:
        return quantity
    return _by_role(tagged, quantity, part, moved)


def _by_role(tagged: Tagged, quantity: QuantitySpan, part: str, moved: Direction) -> QuantitySpan:
    if part == "by":
        return _changed(quantity, moved, "by")
    if part == "to":
        return _changed(quantity, moved, "to")
    if part == "of":
        return _changed(quantity, moved, "by") if names_change(tagged, quantity.start) else quantity
    if part == "from":
        change = Change(moved, quantity.value, None, None, quantity.unit)
        return replace(quantity, change=change) if quantity.unit else quantity
    if part in _NOT_DONE or part == "than":
        return quantity
    near = word_before(tagged, quantity.start)
    if near and near.lower.startswith("rais") and quantity.unit in CURRENCIES | {""}:
        return quantity  # money is raised, and nothing rose
    if near and word_direction(near.lower) and near.lower not in {"cut", "cuts"}:
        percent = quantity.unit in {"percent", "percentage_point", "basis_point"}
        percent = percent or quantity.unit in _MEASURED
        counted = near.lower in _STATIVE and not percent
        return (
            quantity
            if counted and near.lower not in {"up", "down"}
            else _changed(quantity, moved, "by")
        )
    if (near and near.lower in {"exceeded", "exceeds", "exceed"}) or quantity.comparator in {
        ">",
        "<",
    }:
        return _changed(quantity, moved, "by") if quantity.unit == "percent" else quantity
    return quantity


def _changed(quantity: QuantitySpan, moved: Direction, part: str) -> QuantitySpan:
    change = Change(
        direction=moved,
        from_value=None,
        to_value=quantity.value if part == "to" else None,
        by_value=quantity.value if part == "by" else None,
        unit=quantity.unit,
    )
    return replace(quantity, change=change)
