"""Cutting a passage that holds several figures, each with its own referent."""

import itertools
from dataclasses import replace
from typing import Final

from claims.extraction.lookahead import has_finite
from claims.extraction.passage import Passage, with_quantities
from claims.extraction.records import QuantitySpan
from claims.extraction.tags import Tagged

_CUTTERS: Final = frozenset(
    {
        "and",
        "but",
        "while",
        "with",
        "on",
        "at",
        "for",
        "or",
        "against",
        "compared",
        "after",
        "versus",
        "plus",
        "to",
    }
)


_FEW: Final = 13


_CODE: Final = 3


def cut_at_numbers(tagged: Tagged, passage: Passage) -> list[Passage]:
    """Cut a passage that holds several numbers, each with its own referent."""
    counted = [q for q in passage.quantities if _is_main(q)]
    if len(counted) < 2:
        return [passage]
    pieces, first = [], passage.first
    for left, right in itertools.pairwise(counted):
        at = _cut_between(tagged, left, right)
        if at is not None and first < at < passage.last:
            pieces.append(replace(passage, first=first, last=at))
            first = at
    pieces.append(replace(passage, first=first))
    head = (pieces[0].first, pieces[0].last)
    return [
        with_quantities(
            tagged,
            piece if number == 0 else replace(piece, role="coord", head=head),
            passage.quantities,
        )
        for number, piece in enumerate(pieces)
    ]


def _is_small(tagged: Tagged, quantity: QuantitySpan) -> bool:
    """Spot "one suitcase", "two bedrooms": too little to be a claim of its own."""
    words_ = [t for t in tagged.tokens if quantity.start <= t.start < quantity.end]
    in_digits = any(token.text[0].isdigit() for token in words_)
    plain = quantity.change is None and quantity.unit not in {"percent", "rank"}
    return plain and not in_digits and quantity.value < _FEW and not quantity.vague


def _is_telling(quantity: QuantitySpan) -> bool:
    """A share, a sum of money or a change, rather than a plain count or measure."""
    money = len(quantity.unit) == _CODE and quantity.unit.isupper()
    return money or quantity.change is not None or quantity.unit == "percent"


def _is_main(quantity: QuantitySpan) -> bool:
    durations = {"year", "month", "week", "day", "hour", "minute", "rank"}
    return quantity.unit not in durations or quantity.change is not None


def _cut_between(tagged: Tagged, left: QuantitySpan, right: QuantitySpan) -> int | None:
    """Return where the second number's passage begins, or None where both belong together."""
    between = [
        i
        for i, token in enumerate(tagged.tokens)
        if token.start >= left.end and token.end <= right.start
    ]
    if not between or any(tagged.tokens[i].text in "()" for i in between):
        return None
    joiners = [
        i for i in between if tagged.tokens[i].lower in _CUTTERS or tagged.tokens[i].text in ",;"
    ]
    if not joiners:
        return None
    at = joiners[-1]
    if len(joiners) > 1 and joiners[-2] == at - 1:
        at = joiners[-2]
    after = [i for i in between if i > at and tagged.tokens[i].is_word]
    if {"every", "per", "each"} & {tagged.tokens[i].lower for i in between}:
        return None
    word = tagged.tokens[at].lower
    if _one_change(left, right, word) or _hangs_on(tagged, left, right, between, at):
        return None
    own_noun = any(tagged.tags[i] in {"noun", "name", "ing", "verb", "part"} for i in after)
    rival = word in {"against", "versus"} and _for_somebody(tagged, right)
    rival = rival or (word == "and" and _own_referent(tagged, between, at))
    same = left.unit == right.unit and not own_noun and not rival
    return None if word == "or" or same else at


def _one_change(left: QuantitySpan, right: QuantitySpan, word: str) -> bool:
    """Tell whether both numbers are of one movement: "fell to 2.6%, down from 10.6%"."""
    if left.change and (left.change.from_value == right.value or word in {"at", "to"}):
        return True
    return word == "to" and not (left.change and right.change)


def _hangs_on(
    tagged: Tagged, left: QuantitySpan, right: QuantitySpan, between: list[int], at: int
) -> bool:
    """Tell whether the second number only goes with the first: "a house with two bedrooms"."""
    word = tagged.tokens[at].lower
    if word in {"and", "with"} and _is_small(tagged, right):
        return True
    if word == "with" and not right.unit and not _counts(tagged, right):
        return True
    loose = word in {"on", "at", "for", "with", "after"}
    telling = _is_telling(left) or _is_telling(right)
    return loose and (has_finite(tagged, between[0], at) or not telling)


def _own_referent(tagged: Tagged, between: list[int], at: int) -> bool:
    """Spot "14 points behind Cuccinelli and 19 points behind McAuliffe": each has its own noun."""
    before = [i for i in between if i < at]
    linked = any(tagged.tags[i] == "prep" for i in before)
    return linked and any(tagged.tags[i] == "name" for i in before)


def _counts(tagged: Tagged, quantity: QuantitySpan) -> bool:
    """Tell "with 72 seats" from "with 72", which only repeats the figure before."""
    after = [i for i, token in enumerate(tagged.tokens) if token.start >= quantity.end][:1]
    return bool(after) and tagged.tags[after[0]] in {"noun", "name", "adj"}


def _for_somebody(tagged: Tagged, quantity: QuantitySpan) -> bool:
    """Tell "37 per cent for the National Party" from "37 per cent last year"."""
    after = [i for i, token in enumerate(tagged.tokens) if token.start >= quantity.end][:4]
    return (
        bool(after)
        and tagged.tokens[after[0]].lower == "for"
        and any(tagged.tags[i] == "name" for i in after)
    )
