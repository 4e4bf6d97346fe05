"""Words that bound or soften a number: about, more than, at least, up to, or more."""

import re
from dataclasses import dataclass
from typing import Final

from claims.extraction.records import Comparator, Span

_BEFORE: Final[tuple[tuple[str, Comparator], ...]] = (
    (r"no (?:more|greater|higher) than|not more than|at most|up to|as (?:many|much|high|few|"
    r"little) as"
     r"|a maximum of|maximum of", "<="),
    (r"at least|no (?:fewer|less) than|not less than|a minimum of|minimum of|at a minimum", ">="),
    (r"(?:much |far |slightly |significantly )?(?:more|greater|higher|larger|longer|older|"
    r"better|bigger) than"
     r"|over(?: the age of)?|above|exceed(?:ed|ing|s)?|upwards of|in excess of|north of|well "
     r"over|surpass(?:ed|ing)?"
     r"|topping|topped|beyond|just over|well above|over than", ">"),
    (r"(?:much |far |slightly )?(?:less|fewer|lower|smaller|younger|shorter) than|sub-|under(?: "
    r"the age of)?|below|just under"
     r"|nearly|almost|close to|short of|just short of|just below|well below|just shy of", "<"),
    (r"about|around|approximately|approx\.?|roughly|some|circa|ca\.|c\.|~|≈|an estimated|"
    r"estimated(?: at)?"
     r"|or so|in the region of|somewhere around|an average of about|around about", "~"),
    (r">=|≥", ">="),
    (r"<=|≤", "<="),
    (r">", ">"),
    (r"<", "<"),
)  # fmt: skip
_PATTERNS: Final = tuple(
    (re.compile(rf"(?:(?<=\W)|^)(?:{words})\s?(?:(?:the|a|an|only|just)\s)?$", re.IGNORECASE), sign)
    for words, sign in _BEFORE
)
_AFTER: Final = tuple(
    (re.compile(rf"(?:{words})(?!\w)", re.IGNORECASE), sign)
    for words, sign in (
        (r"\s(?:or|and) (?:more|above|over|higher|older|greater)", ">="),
        (r"\s?\+|-plus|\splus", ">="),
        (r"\s(?:or|and) (?:less|fewer|below|under|younger|lower)", "<="),
        (r"\sor so|\sor thereabouts", "~"),
    )
)
_ESTIMATE = re.compile(
    r"\b(?:an )?(?:estimated|approximate|rough) [a-z]+ (?:of|at) $", re.IGNORECASE
)
_LOOK_BACK: Final = 40


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparator with the span that it makes of the number."""

    sign: Comparator
    start: int
    end: int


def comparator(text: str, span: Span, counted: Span, number_end: int) -> Compared:
    """Read the comparator around the counted passage inside the sentence `span`.

    `number_end` is where the bare number ends, for "40 or more people".
    """
    start, end = counted
    before = text[max(span[0], start - _LOOK_BACK) : start]
    for pattern, sign in _PATTERNS:
        match = pattern.search(before)
        if match:
            return Compared(sign, start - len(before) + match.start(), end)
    if _ESTIMATE.search(before):
        return Compared("~", start, end)
    for place in (number_end, end):
        for pattern, found in _AFTER:
            tail = pattern.match(text, place, span[1])
            if tail:
                return Compared(_sign(found), start, max(end, tail.end()))
    return Compared("=", start, end)


def _sign(sign: str) -> Comparator:
    table: dict[str, Comparator] = {">=": ">=", "<=": "<=", "~": "~"}
    return table[sign]
