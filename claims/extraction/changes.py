"""How a number moved: "from 60% to 36%", "by a quarter", "to 5.2", "up 3 points", "a 4 % drop".

A change that gives both "by" and "to" is one quantity, its "to": `change.unit` is then the unit of
the "by" alone, as in "rose by 1.2 percentage points to 6.4%".
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from claims.extraction.change_pairs import pair_from_to, same_measure
from claims.extraction.directions import direction_near, names_change, rose, word_before
from claims.extraction.records import Change, Direction, QuantitySpan, Span
from claims.extraction.symbols import CURRENCY_SIGNS
from claims.extraction.tags import Tagged
from claims.extraction.vocabulary import ChangeWords, Role, UnitWords, Vocabulary

_GAP: Final = 64
_WINDOW: Final = 90
_TIMES: Final = frozenset({"year", "month", "day", "week", "hour", "minute"})


def with_changes(
    text: str,
    span: Span,
    tagged: Tagged,
    quantities: Sequence[QuantitySpan],
    words: Vocabulary,
) -> list[QuantitySpan]:
    """Return `quantities` with their changes; a from-to pair becomes one quantity, its "to"."""
    freed = [_unbound(text, tagged, quantity, words.changes) for quantity in quantities]
    paired = pair_from_to(text, span, tagged, freed, words.changes)
    found: list[QuantitySpan] = []
    for quantity in paired:
        single = quantity
        if found and (role := _reached(text, found[-1], quantity, words.changes)):
            if role not in words.changes.outcome_at or _is_measured(quantity, words.units):
                found[-1] = _outcome(found[-1], quantity)
                continue
        elif found and _is_same_move(text, found[-1], quantity):
            found[-1] = _with_by(found[-1], quantity)
            continue
        elif not quantity.change and quantity.unit != "rank":
            single = _single(text, span, tagged, quantity, words)
        found.append(_restated(text, found, single, words.changes))
    return _with_origins(text, found, words.changes)


def _unbound(text: str, tagged: Tagged, quantity: QuantitySpan, words: ChangeWords) -> QuantitySpan:
    """Read the "hasta" of "subió hasta el 6 %" as what was reached, not as an upper bound."""
    limit = words.limit.match(text, quantity.start, quantity.end)
    if limit is None or not direction_near(tagged, quantity.start, words):
        return quantity
    return replace(quantity, start=limit.end(), comparator="=")


def _with_origins(
    text: str, quantities: list[QuantitySpan], words: ChangeWords
) -> list[QuantitySpan]:
    """Fill in where a number came from when it stands behind: "to $7 billion from $6 billion".

    A bare number there counts what the first one counts: "1.3 million people, up from 1.1 million".
    """
    found = list(quantities)
    for at in range(len(quantities) - 1):
        first, second = found[at], found[at + 1]
        gap = text[first.end : second.start]
        match = words.origin.fullmatch(gap) if len(gap) < _GAP else None
        reached = first.change is not None and first.change.to_value is not None
        plain = reached or (first.change is None and match is not None and match["way"])
        if not match or not plain or not same_measure(first, second):
            continue
        by = first.change.by_value if first.change else None
        change = Change(
            direction="increase" if second.value < first.value else "decrease",
            from_value=second.value,
            to_value=first.value,
            by_value=by,
            unit=first.change.unit if first.change and by is not None else first.unit,
        )
        found[at] = replace(first, change=change)
        found[at + 1] = replace(second, change=None, unit=second.unit or first.unit)
    return found


def _restated(
    text: str, found: list[QuantitySpan], quantity: QuantitySpan, words: ChangeWords
) -> QuantitySpan:
    """Give "0.6 %" in "lost 190 points, or 0.6 %" the change that it restates."""
    last = found[-1] if found else None
    if last is None or last.change is None or quantity.change or last.change.by_value is None:
        return quantity
    if text[last.end : quantity.start].strip() not in words.restated:
        return quantity
    return _changed(quantity, last.change.direction, "by")


def _reached(text: str, last: QuantitySpan, quantity: QuantitySpan, words: ChangeWords) -> str:
    """Return "to" or "at" where the first number is the move and the second what it reached.

    As in "fell 7 % to $2.3 billion".
    """
    if last.change is None or last.change.by_value is None or last.change.to_value is not None:
        return ""
    if quantity.change is not None or quantity.unit == "rank" or quantity.unit in _TIMES:
        return ""
    gap = text[last.end : quantity.start]
    match = words.outcome.fullmatch(gap) if len(gap) < _GAP else None
    role = match["role"].lower() if match else ""
    return "" if match and match["filler"] and role in words.outcome_at else role


def _is_same_move(text: str, last: QuantitySpan, quantity: QuantitySpan) -> bool:
    """Spot "by 5 points, from 40% to 35%": the same move told twice."""
    if last.change is None or quantity.change is None or last.change.by_value is None:
        return False
    told = last.change.to_value is None and quantity.change.from_value is not None
    return told and text[last.end : quantity.start].strip() in {"", ","}


def _with_by(by: QuantitySpan, pair: QuantitySpan) -> QuantitySpan:
    assert by.change is not None  # noqa: S101 (asked by the caller)
    assert pair.change is not None  # noqa: S101 (the same)
    change = replace(pair.change, by_value=by.change.by_value, unit=by.change.unit)
    return replace(pair, start=by.start, change=change)


def _outcome(by: QuantitySpan, to: QuantitySpan) -> QuantitySpan:
    assert by.change is not None  # noqa: S101 (asked by the caller)
    change = replace(by.change, to_value=to.value)
    unit = to.unit or ("" if by.unit == "percent" else by.unit)
    return replace(to, start=by.start, unit=unit, change=change)


def _is_measured(quantity: QuantitySpan, units: UnitWords) -> bool:
    """Tell a sum, a share, a measure or a bare figure from a count of things."""
    return quantity.unit in {"", "percent", "point"} or quantity.unit in _measured(units)


@cache
def _measured(units: UnitWords) -> frozenset[str]:
    names = (*units.measures.values(), *units.currencies.values(), *CURRENCY_SIGNS.values())
    return frozenset(names) | {"point"}


def _single(
    text: str, span: Span, tagged: Tagged, quantity: QuantitySpan, words: Vocabulary
) -> QuantitySpan:
    """Attach a change to one quantity by its preposition or by the noun after it."""
    changes = words.changes
    before = text[max(span[0], quantity.start - _WINDOW) : quantity.start]
    role = changes.role.search(before)
    word = role["role"].lower() if role else ""
    part: Role | None = changes.roles.get(word, "other") if role else None
    after = changes.after.match(text, quantity.end, min(span[1], quantity.end + 48))
    if after and quantity.unit not in {"year", "month", "day"} and part != "than":
        noun = after["noun"].lower()
        moved = changes.direction(noun) or changes.compared.get(noun)
        if moved:
            return _changed(quantity, moved, "by")
    sign = text[quantity.start - 1 : quantity.start] if quantity.start > span[0] else ""
    if quantity.unit == "percent" and sign in {"+", "−"}:
        return _changed(quantity, "increase" if sign == "+" else "decrease", "by")
    signed = quantity.unit == "percent" and text[quantity.start] in "-−"
    if signed and _follows_name(tagged, quantity.start):
        return _changed(quantity, "decrease", "by")
    if part in {"up", "down"} and rose(tagged, quantity.start, word, changes):
        return _changed(quantity, "increase" if part == "up" else "decrease", "by")
    moved = direction_near(tagged, quantity.start, changes)
    if moved is None or quantity.unit in _TIMES or changes.multiples.search(before):
        return quantity
    near = word_before(tagged, quantity.start, changes)
    passed = changes.threshold.match(text, quantity.start)
    if passed and near and changes.direction(near.lower):
        return _changed(quantity, moved, "to")
    return _by_role(tagged, quantity, part, moved, words)


def _follows_name(tagged: Tagged, start: int) -> bool:
    """Spot the move in a list of markets, such as "FTSE -0.6%"; a rate of -0.6% is none."""
    before = [
        tag for token, tag in zip(tagged.tokens, tagged.tags, strict=True) if token.end <= start
    ]
    return bool(before) and before[-1] in {"name", "num"}


def _by_role(
    tagged: Tagged,
    quantity: QuantitySpan,
    part: Role | None,
    moved: Direction,
    words: Vocabulary,
) -> QuantitySpan:
    changes = words.changes
    near = word_before(tagged, quantity.start, changes)
    way = changes.direction(near.lower) if near else None
    if part in {"by", "to"}:
        return _changed(quantity, moved, part)
    if part == "of":
        named = names_change(tagged, quantity.start, changes)
        return _changed(quantity, moved, "by") if named else quantity
    if part == "from":
        change = Change(moved, quantity.value, None, None, quantity.unit)
        return replace(quantity, change=change) if quantity.unit else quantity
    if part in {"other", "than"}:
        return quantity
    measured = _measured(words.units)
    if near and near.lower.startswith(changes.raised) and _is_money(quantity, words.units):
        return quantity  # money is raised, and nothing rose
    if near and way and near.lower not in changes.whole:
        counted = near.lower in changes.stative and quantity.unit not in measured
        if counted and near.lower not in changes.particles:
            return quantity
        return _changed(quantity, moved, "by")
    if quantity.comparator in {">", "<"} and quantity.unit == "percent":
        return _changed(quantity, moved, "by")
    return quantity


def _is_money(quantity: QuantitySpan, units: UnitWords) -> bool:
    codes = {*CURRENCY_SIGNS.values(), *units.currencies.values()}
    return not quantity.unit or quantity.unit in codes


def _changed(quantity: QuantitySpan, moved: Direction, part: str) -> QuantitySpan:
    by = quantity.value if part == "by" else None
    if by is not None and by < 0:
        moved, by = "decrease", -by  # "growth of -0.3%"
    change = Change(
        direction=moved,
        from_value=None,
        to_value=quantity.value if part == "to" else None,
        by_value=by,
        unit=quantity.unit,
    )
    return replace(quantity, change=change)
