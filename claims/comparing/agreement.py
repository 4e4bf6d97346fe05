"""Whether two statements say the same: what agrees, what is contrary, what only one of them says.

Two statements are the same proposition only where their words are close, every number and date of
each has a match in the other, and neither denies what the other asserts. A contrary number is
never passed over.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeVar

from claims.comparing.figures import (
    Interval,
    dates_agree,
    interval,
    numbers_agree,
    same_measure,
)
from claims.comparing.vocabulary import DOWN, NEGATIONS, STOP_WORDS, UP, stem
from claims.comparing.words import searchable
from claims.extraction.facts import Facts, facts_in
from claims.extraction.records import QuantitySpan

Relation = Literal["same", "similar", "opposite", "contrary_number", "other_date", "related"]
Standing = Literal["agrees", "contrary", "only_ours", "only_theirs"]
Kind = Literal["number", "date", "direction", "denial"]
Thing = TypeVar("Thing")

# The share of common words from which two short statements speak of the same matter.
CLOSE: Final = 0.55
_WORD = re.compile(r"[^\W\d_][\w']*")


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim's words, and the day they were said, which settles dates such as "last March"."""

    text: str
    said_on: date | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One thing in which two statements agree or differ, as each of them writes it."""

    kind: Kind
    standing: Standing
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two statements stand to each other. `overlap` is their share of common words, 0 to 1."""

    relation: Relation
    points: tuple[Point, ...]
    overlap: float

    @property
    def contrary(self) -> bool:
        """Whether anything in one statement speaks against the other."""
        return any(point.standing == "contrary" for point in self.points)


@dataclass(frozen=True, slots=True)
class Read:
    """A statement as it is compared."""

    text: str
    words: frozenset[str]
    numbers: tuple[QuantitySpan, ...]
    dates: tuple[tuple[str, Interval], ...]
    direction: int
    denies: bool


def read(statement: Statement) -> Read:
    """Read a statement's words, numbers and dates."""
    text = statement.text
    facts = facts_in(text, 0, len(text), published_on=statement.said_on)
    words = [stem(word) for word in _WORD.findall(searchable(_without(text, facts)))]
    plain = [word.lower() for word in re.findall(r"[\w'’]+", text.replace("’", "'"))]
    return Read(
        text=text,
        words=frozenset(w for w in words if w not in STOP_WORDS | NEGATIONS | UP | DOWN),
        numbers=facts.quantities,
        dates=tuple(
            (text[found.start : found.end], days)
            for found in facts.dates
            if (days := interval(found.iso))
        ),
        direction=bool(UP.intersection(words)) - bool(DOWN.intersection(words)),
        denies=sum(word in NEGATIONS or word.endswith("n't") for word in plain) % 2 == 1,
    )


def compare(ours: Statement | Read, theirs: Statement | Read) -> Comparison:
    """Compare two statements; a `Read` one is not read again."""
    mine = read(ours) if isinstance(ours, Statement) else ours
    other = read(theirs) if isinstance(theirs, Statement) else theirs
    points = (
        *_paired("number", _written(mine), _written(other), same_measure, numbers_agree),
        *_paired("date", mine.dates, other.dates, lambda *_: True, dates_agree),
        *_turned(mine, other),
    )
    overlap = _overlap(mine.words, other.words)
    return Comparison(_relation(points, overlap), points, overlap)


def _relation(points: Sequence[Point], overlap: float) -> Relation:
    if overlap < CLOSE:
        return "related"
    contrary = {point.kind for point in points if point.standing == "contrary"}
    if contrary & {"direction", "denial"}:
        return "opposite"
    if "number" in contrary:
        return "contrary_number"
    if "date" in contrary:
        return "other_date"
    one_sided = any(point.standing != "agrees" for point in points)
    return "similar" if one_sided else "same"


def _overlap(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Return twice the common words by all words of both; two wordless statements share none."""
    both = len(ours) + len(theirs)
    return 2 * len(ours & theirs) / both if both else 0.0


def _written(statement: Read) -> tuple[tuple[str, QuantitySpan], ...]:
    return tuple((statement.text[q.start : q.end], q) for q in statement.numbers)


def _paired(
    kind: Kind,
    ours: Sequence[tuple[str, Thing]],
    theirs: Sequence[tuple[str, Thing]],
    comparable: Callable[[Thing, Thing], bool],
    agree: Callable[[Thing, Thing], bool],
) -> list[Point]:
    """Pair what agrees first, then what speaks of the same measure, then whatever is left over.

    Two numbers that are left over on both sides stand against each other even where their units
    differ: a claim about another number is not the same claim.
    """
    points: list[Point] = []
    mine, other = list(ours), list(theirs)
    rounds: tuple[tuple[Standing, Callable[[Thing, Thing], bool]], ...] = (
        ("agrees", lambda a, b: comparable(a, b) and agree(a, b)),
        ("contrary", comparable),
        ("contrary", lambda *_: True),
    )
    for standing, fits in rounds:
        for left in list(mine):
            right = next((item for item in other if fits(left[1], item[1])), None)
            if right is not None:
                points.append(Point(kind, standing, left[0], right[0]))
                mine.remove(left)
                other.remove(right)
    points += [Point(kind, "only_ours", written, "") for written, _ in mine]
    return points + [Point(kind, "only_theirs", "", written) for written, _ in other]


def _turned(ours: Read, theirs: Read) -> list[Point]:
    """Return where one rises and the other falls, or one denies what the other says."""
    points = []
    if ours.direction * theirs.direction < 0:
        words = {1: "tells of a rise", -1: "tells of a fall"}
        points.append(
            Point("direction", "contrary", words[ours.direction], words[theirs.direction])
        )
    if ours.denies != theirs.denies:
        words_of = {True: "denies it", False: "asserts it"}
        points.append(Point("denial", "contrary", words_of[ours.denies], words_of[theirs.denies]))
    return points


def _without(text: str, facts: Facts) -> str:
    """Leave numbers with their units, and dates, out of a text: they are compared by themselves."""
    found = [(q.start, q.end) for q in facts.quantities] + [(d.start, d.end) for d in facts.dates]
    for start, end in sorted(found, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text
