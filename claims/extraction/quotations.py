"""Quotations of a paragraph, whether they close or not."""

from dataclasses import dataclass
from typing import Final

_OPENING: Final = {"“": "”", "«": "»", "„": "“"}
_LEAST_WORDS: Final = 4
_LEAST_INSIDE: Final = 7
_OPENS_A_QUOTATION: Final = ",:.!?\n"
_TITLE_SHARE: Final = 0.7
_HEAD: Final = 24
# Words that take a quotation into their own clause.
_GOVERNORS: Final = frozenset(
    "for of to as in on at by with from about a an the their his her its was is were are be".split()
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks; `closed` is False where the paragraph ends inside it."""

    start: int
    end: int
    closed: bool


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """Return the quotations of one paragraph in order, unbalanced marks read leniently."""
    found: list[Quotation] = []
    opened: int | None = None
    closer = '"'
    for at in range(start, end):
        mark = text[at]
        if opened is None:
            if mark in _OPENING:
                opened, closer = at, _OPENING[mark]
            elif mark == '"':
                opened, closer = at, '"'
        elif mark == closer or (mark in '"”“' and closer in '"”'):
            found.append(Quotation(opened, at + 1, closed=True))
            opened = None
    if opened is not None:
        found.append(Quotation(opened, end, closed=False))
    return found


def is_long(text: str, quotation: Quotation) -> bool:
    """Tell a quoted statement from a quoted word, a phrase in a sentence or a title."""
    words = text[quotation.start + 1 : quotation.end - 1].split()
    if len(words) < _LEAST_WORDS:
        return False
    before = text[max(0, quotation.start - 3) : quotation.start].rstrip()
    if len(words) < _LEAST_INSIDE and before and before[-1] not in _OPENS_A_QUOTATION:
        return False
    if _is_governed(text, quotation):
        return False
    capitals = sum(not word[0].islower() for word in words)
    return capitals < _TITLE_SHARE * len(words)


def _is_governed(text: str, quotation: Quotation) -> bool:
    """Tell a quotation that goes on with its clause: 'calls for "urgent implementation …"'."""
    before = text[max(0, quotation.start - _HEAD) : quotation.start].rstrip().split()
    inside = text[quotation.start + 1 : quotation.end - 2]
    several = any(mark in inside for mark in (". ", "? ", "! "))
    return bool(before) and before[-1].lower() in _GOVERNORS and not several
