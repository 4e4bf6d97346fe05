"""A claim made ready to look for: its words, names, numbers and dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from claims.extraction.layout import read_block
from claims.extraction.paragraphs import Block
from claims.extraction.records import DateSpan, QuantitySpan
from claims.finding.words import STOP_WORDS, Terms, words_of

# A claim has 2,000 characters at most; one that is longer is read so far.
_LONGEST: Final = 2_000
_OPENING: Final = re.compile(r"(?:^|[.!?:]\s+|[\"“‘(]\s*)$")


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity and the words it is written in."""

    quantity: QuantitySpan
    written: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and the words it is written in."""

    date: DateSpan
    written: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for. `names` are the terms that stand for names."""

    text: str
    terms: Terms
    names: frozenset[int]
    quantities: tuple[Counted, ...]
    dates: tuple[Dated, ...]


def question(claim: str, *, language: str = "en", on: date | None = None) -> Question:
    """Read a claim; `on` is the day from which "last year" counts."""
    text = claim[:_LONGEST]
    terms = Terms(text, language)
    quantities, dates = figures(text, 0, len(text), on)
    return Question(text, terms, frozenset(_names(text, terms)), quantities, dates)


def figures(
    text: str, start: int, end: int, on: date | None
) -> tuple[tuple[Counted, ...], tuple[Dated, ...]]:
    """Return the quantities and the dates of `text[start:end]`, offsets counted in `text`."""
    block = Block(start, end, "paragraph", 0)
    reads = read_block(text, block, on)
    return (
        tuple(Counted(q, text[q.start : q.end]) for read in reads for q in read.quantities),
        tuple(Dated(d, text[d.start : d.end]) for read in reads for d in read.dates),
    )


def _names(text: str, terms: Terms) -> Iterator[int]:
    """Yield the terms of capitalised words; one that opens a sentence counts before another."""
    found = [(m.group(), m.start()) for m in words_of(text)]
    for at, (word, start) in enumerate(found):
        if not word[0].isupper() or word.lower() in STOP_WORDS:
            continue
        following = found[at + 1][0] if at + 1 < len(found) else ""
        opens = _OPENING.search(text[max(0, start - 4) : start])
        if not opens or following[:1].isupper() or word[1:].isupper():
            yield terms.number(word)
