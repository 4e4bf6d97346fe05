"""Quantities against NewsQuant: F1 of values, and of values with their change or comparator."""

import json
import re
from dataclasses import replace
from pathlib import Path

from claims.extraction import QuantitySpan
from claims.extraction.layout import read_block
from claims.extraction.paragraphs import Block
from claims.extraction.records import Change

_CLOSE = 1e-3
_NOUNS = "increase|rise|jump|gain|drop|fall|decline|decrease|cut|reduction|hike|loss"
_NOUN_AFTER = re.compile(rf"[\s-](?:\w+\s){{0,2}}(?:{_NOUNS}|higher|lower|more|less)\b")
_NOUN_BEFORE = re.compile(rf"\b(?:{_NOUNS})s? of (?:\w+ )?[$€£]?$")
Key = tuple[tuple[float, ...], str]


def measure(path: Path) -> dict[str, float]:
    """Return the F1 figures over every sentence of the file."""
    hits = exact = given = wanted = 0
    for sentence in json.loads(path.read_text("utf-8")):
        gold = [(_values(q["value"]), q["change"]) for q in sentence["quantities"]]
        left = _found(sentence["text"])
        given, wanted = given + len(left), wanted + len(gold)
        for values, change in gold:
            fits = [key for key in left if _same(key[0], values)]
            if fits:
                best = next((key for key in fits if key[1] == change), fits[0])
                left.remove(best)
                hits, exact = hits + 1, exact + (best[1] == change)
    return {
        "quantities, value F1": 2 * hits / (given + wanted),
        "quantities, value and change F1": 2 * exact / (given + wanted),
    }


def _values(text: str) -> tuple[float, ...]:
    pair = re.fullmatch(r"([\d.]+)\s*-\s*([\d.]+)", text.strip())
    return (float(pair[1]), float(pair[2])) if pair else (float(text),)


def _same(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return len(one) == len(other) and all(
        abs(a - b) <= _CLOSE * max(1e-6, abs(b)) for a, b in zip(one, other, strict=True)
    )


def _found(text: str) -> list[Key]:
    keys: list[Key] = []
    for read in read_block(text, Block(0, len(text), "paragraph", 0), None):
        for quantity in read.quantities:
            keys += [_key(part, text) for part in _parts(quantity)]
    return keys


def _parts(quantity: QuantitySpan) -> list[QuantitySpan]:
    """Take "rose 7 % to 5 million" apart: that set counts the move and what it reached."""
    change = quantity.change
    if change is None or change.by_value is None or change.to_value is None:
        return [quantity]
    by = Change(change.direction, None, None, change.by_value, change.unit)
    return [
        replace(quantity, value=change.by_value, unit=change.unit, comparator="=", change=by),
        replace(quantity, change=replace(change, by_value=None)),
    ]


def _by_verb(quantity: QuantitySpan, text: str) -> bool:
    if quantity.change is None or quantity.change.by_value is None:
        return False
    return not (
        _NOUN_AFTER.match(text, quantity.end) or _NOUN_BEFORE.search(text[: quantity.start])
    )


def _key(quantity: QuantitySpan, text: str) -> Key:
    """Put a quantity in that set's terms: a share is a part of one, "up" is what went up by it."""
    sign = {">=": ">", "<=": "<", "range": "="}.get(quantity.comparator, quantity.comparator)
    change = quantity.change
    both = change and text[quantity.start :].lower().startswith("from ")
    # That set lets "about" and "more than" outweigh a move, and marks a move only on a verb.
    if change and sign in {"=", "<"} and (both or _by_verb(quantity, text)):
        sign = {"increase": "up", "decrease": "down"}.get(change.direction, "=")
    if change and both and change.from_value is not None:
        return (float(change.from_value or 0), float(change.to_value or 0)), sign
    if quantity.upper is not None:
        return (float(quantity.value), float(quantity.upper)), sign
    words = text[quantity.start : quantity.end].lower()
    written = any(mark in words for mark in ("%", "cent", "pc"))
    share = quantity.unit == "percent" and not written
    return (float(quantity.value) / (100 if share else 1),), sign
