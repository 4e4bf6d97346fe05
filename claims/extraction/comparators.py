"""Words that bound or soften a number: about, more than, at least, up to, or more."""

from dataclasses import dataclass
from typing import Final

from claims.extraction.records import Comparator, Span
from claims.extraction.vocabulary import ComparatorWords

_LOOK_BACK: Final = 40


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparator with the span that it makes of the number."""

    sign: Comparator
    start: int
    end: int


def comparator(
    text: str, span: Span, counted: Span, number_end: int, words: ComparatorWords
) -> Compared:
    """Read the comparator around the counted passage inside the sentence `span`.

    `number_end` is where the bare number ends, for "40 or more people".
    """
    start, end = counted
    before = text[max(span[0], start - _LOOK_BACK) : start]
    for pattern, sign in words.before if words.any_before.search(before) else ():
        match = pattern.search(before)
        if match:
            return Compared(sign, start - len(before) + match.start(), end)
    if words.estimate.search(before):
        return Compared("~", start, end)
    for place in (number_end, end):
        for pattern, sign in words.after:
            tail = pattern.match(text, place, span[1])
            if tail:
                return Compared(sign, start, max(end, tail.end()))
    return Compared("=", start, end)
