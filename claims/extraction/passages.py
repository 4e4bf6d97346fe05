"""Passages of a sentence that could each carry one claim: clauses, joined or cut."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from claims.extraction.clauses import Clause, clauses
from claims.extraction.english import words
from claims.extraction.lookahead import has_finite, has_own_finite
from claims.extraction.number_cuts import cut_at_numbers
from claims.extraction.passage import Passage, with_quantities
from claims.extraction.records import QuantitySpan, Span
from claims.extraction.tags import Role, Tagged
from claims.extraction.trimming import trimmed_passage

_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_KEEP_VERBLESS: Final = 2
_LEAST_FRAME: Final = 4
_LEAST_TIME: Final = 5
_LEAST_DATED: Final = 4
_LEAST_RELATIVE: Final = 3
_LEAST_DEED: Final = 3
_LEAST_PRONOUN: Final = 5


def passages(
    tagged: Tagged, quantities: Sequence[QuantitySpan], quoted: Sequence[Span] = ()
) -> list[Passage]:
    """Return the passages of one sentence in order; they never overlap.

    `quoted` are the spans of long quotations: no passage reaches across their ends.
    """
    joined = _join(tagged, clauses(tagged, quoted), quantities)
    found = [
        with_quantities(tagged, Passage(c.first, c.last, c.role, c.joint), quantities)
        for c in joined
    ]
    cut = [piece for passage in found for piece in cut_at_numbers(tagged, passage)]
    return [trimmed for passage in cut if (trimmed := trimmed_passage(tagged, passage))]


def _join(tagged: Tagged, pieces: list[Clause], quantities: Sequence[QuantitySpan]) -> list[Clause]:
    """Join clauses that carry nothing alone to the one before (or, at the start, after) them."""
    joined: list[Clause] = []
    for piece in pieces:
        if piece.role == "quote" or piece.joint == "quote":
            joined.append(piece)
        elif joined and _resumes(tagged, joined[-1], piece):
            joined[-1] = replace(joined[-1], last=piece.last)
        elif len(joined) == 1 and piece.joint == "," and _only_dates(tagged, joined[0], quantities):
            joined[0] = _absorb_opening(joined[0], piece, alone=True)
        elif len(joined) == 1 and _has_told(joined[0]) and piece.role == "resume":
            joined.append(piece)
        elif len(joined) == 1 and not _opens_alone(tagged, joined[0], quantities):
            alone = _stands_alone(tagged, piece, quantities)
            joined[0] = _absorb_opening(joined[0], piece, alone=alone)
        elif joined and not _stands_alone(tagged, piece, quantities):
            joined[-1] = replace(joined[-1], last=piece.last)
        else:
            joined.append(piece)
    return joined


def _resumes(tagged: Tagged, before: Clause, piece: Clause) -> bool:
    """A verb behind "Camacho, the businessman," belongs to that subject, not to a new claim."""
    own = has_own_finite(tagged, before.first, before.last)
    told = _has_told(before)
    return piece.role == "resume" and not own and not before.joint and not told


def _has_told(before: Clause) -> bool:
    """Tell whether a clause without a finite verb says something already: who its subject is."""
    return before.role in {"apposition", "participle"}


def _only_dates(tagged: Tagged, opening: Clause, quantities: Sequence[QuantitySpan]) -> bool:
    """Tell an opening clause of time that dates the main clause and tells nothing more."""
    if opening.joint not in {"when", "before", "after", "since", "until"}:
        return False
    run = tagged.tokens[opening.first : opening.last]
    counted = any(run[0].start <= q.start < run[-1].end for q in quantities)
    return not counted and not any(token.lower in words.SUPERLATIVES for token in run)


def _opens_alone(tagged: Tagged, opening: Clause, quantities: Sequence[QuantitySpan]) -> bool:
    """Tell whether the first clause can be left by itself, or only leads to the next one."""
    if opening.role == "frame" and opening.joint == "according":
        return True
    if _has_told(opening):
        return True
    if opening.joint in {"as", "so", "once"}:
        return False
    if opening.role in {"sub", "frame"}:
        return _stands_alone(tagged, opening, quantities)
    return has_finite(tagged, opening.first, opening.last)


def _absorb_opening(opening: Clause, piece: Clause, *, alone: bool) -> Clause:
    """Join the opening to what follows; a relative clause that tells something stays marked."""
    role: Role = "main" if piece.role in {"coord", "resume", "relative", "aside"} else piece.role
    keeps = piece.role == role or (piece.role == "relative" and alone)
    return Clause(opening.first, piece.last, role, piece.joint if keeps else "")


def _stands_alone(tagged: Tagged, piece: Clause, quantities: Sequence[QuantitySpan]) -> bool:
    """Tell whether a clause could be checked by itself."""
    start, end = tagged.tokens[piece.first].start, tagged.tokens[piece.last - 1].end
    number = any(start <= q.start < end for q in quantities)
    finite = has_finite(tagged, piece.first, piece.last)
    length = sum(token.is_word for token in tagged.tokens[piece.first : piece.last])
    if piece.role in {"participle", "with"}:
        absolute = piece.role == "with" and _absolute(tagged, piece)
        return number or absolute or _agent(tagged, piece) or _deed(tagged, piece, length)
    if piece.role == "frame":
        leads = piece.joint in {"despite", "according"} or _absolute(tagged, piece)
        return length > _LEAST_FRAME * (piece.joint != "according") and leads
    if piece.role == "aside":
        return (finite or number) and length > _KEEP_VERBLESS
    if piece.role == "relative" and not number:
        return finite and length > _LEAST_RELATIVE
    if piece.role == "apposition":
        return True
    if piece.role == "sub":
        dated = _dated(tagged, piece)
        named = tagged.tags[min(piece.first + 1, piece.last - 1)] not in {"pron", "obj"}
        return finite and _subordinate_alone(
            piece.joint,
            length,
            number=number and named,
            dated=dated and named,
            named=named,
            last=_last_word(tagged, piece),
        )
    return finite or (number and length > _KEEP_VERBLESS + 1)


def _last_word(tagged: Tagged, piece: Clause) -> str:
    """Return the clause's last word in lower case."""
    run = reversed(tagged.tokens[piece.first : piece.last])
    return next((token.lower for token in run if token.is_word), "")


def _dated(tagged: Tagged, piece: Clause) -> bool:
    """Tell whether a year or the name of a month stands in the clause."""
    return any(
        _YEAR.fullmatch(tagged.tokens[i].text)
        or (tagged.tags[i] == "name" and tagged.tokens[i].lower in words.MONTHS)
        for i in range(piece.first, piece.last)
    )


def _subordinate_alone(
    joint: str, length: int, *, number: bool, dated: bool, named: bool, last: str
) -> bool:
    """A clause of time or condition leads to its main clause; cause and contrast state a fact."""
    if joint in {"whether", "if", "unless", "lest", "wherever", "whenever"}:
        return False
    if joint == "after":
        return length >= _LEAST_TIME
    if joint in {"when", "where", "until", "before", "once", "since"}:
        least = _LEAST_FRAME if joint == "until" else _LEAST_DATED
        told = dated or named or length > _LEAST_PRONOUN
        return (number and length >= _LEAST_FRAME) or (told and length > least)
    if joint == "as" and last in {"do", "does", "did"}:
        return False
    if joint == "as":
        return length > _LEAST_TIME or number
    return length > _KEEP_VERBLESS or number


def _absolute(tagged: Tagged, piece: Clause) -> bool:
    """Tell "with the talks almost complete" from "with the support of the union"."""
    last = next(
        (i for i in range(piece.last - 1, piece.first, -1) if tagged.tags[i] != "mark"), piece.first
    )
    goes = any(tagged.tags[i] == "ing" for i in range(piece.first + 2, piece.last))
    return piece.joint == "with" and (goes or tagged.tags[last] in {"adj", "part", "ing"})


def _deed(tagged: Tagged, piece: Clause, length: int) -> bool:
    """A participle that tells what was done, and to what: "seeking help from other healers"."""
    at = piece.first
    while at < piece.last - 1 and tagged.tags[at] in {"adv", "coord"}:
        at += 1
    if piece.role != "participle" or tagged.tags[at] != "ing" or length < _LEAST_DEED:
        return False
    told = any(tagged.tags[i] in {"noun", "name"} for i in range(at + 1, piece.last))
    return told and tagged.tokens[at].lower not in words.LOOSE_PARTICIPLES


def _agent(tagged: Tagged, piece: Clause) -> bool:
    """A participle with an agent, a year or a name: "closed by the court", "published in 1989"."""
    run = range(piece.first, piece.last)
    digits = any(tagged.tokens[i].text[0].isdigit() for i in run)
    by = any(tagged.tokens[i].lower == "by" and tagged.tags[i] == "prep" for i in run)
    return tagged.tags[piece.first] != "ing" and (digits or by)
