"""Passages of a sentence that could each carry one claim: clauses, joined or cut by their content."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from claims.extraction.clauses import Clause, Role, clauses, has_finite
from claims.extraction.english import words
from claims.extraction.records import QuantitySpan, Span
from claims.extraction.tagging import Tagged

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
_SOFT_LEAD: Final = frozenset(
    {
        "and",
        "but",
        "or",
        "so",
        "yet",
        "then",
        "however",
        "also",
        "indeed",
        "moreover",
        "meanwhile",
        "therefore",
        "thus",
        "nevertheless",
        "that",
        ",",
        ";",
        ":",
        "-",
        "–",
        "—",
        ".",
        "…",
        "(",
        ")",
        "]",
        "although",
        "though",
        "while",
        "whereas",
        "because",
        "where",
        "which",
        "who",
    }
)
_TRAIL: Final = frozenset(
    {",", ";", ":", "-", "–", "—", "(", "and", "but", "or", ".", "…", "!", "?"}
)
_KEEP_VERBLESS: Final = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """Tokens `first` up to and without `last` of a sentence, and how they hang in it."""

    first: int
    last: int
    role: Role
    joint: str = ""
    head: tuple[int, int] | None = None
    quantities: tuple[QuantitySpan, ...] = ()


def passages(tagged: Tagged, quantities: Sequence[QuantitySpan]) -> list[Passage]:
    """Return the passages of one sentence in order; they never overlap."""
    joined = _join(tagged, clauses(tagged), quantities)
    found = [
        _with_quantities(tagged, Passage(c.first, c.last, c.role, c.joint), quantities)
        for c in joined
    ]
    cut = [piece for passage in found for piece in _cut_at_numbers(tagged, passage)]
    return [trimmed for passage in cut if (trimmed := _trim(tagged, passage))]


def _with_quantities(
    tagged: Tagged, passage: Passage, quantities: Sequence[QuantitySpan]
) -> Passage:
    start, end = tagged.tokens[passage.first].start, tagged.tokens[passage.last - 1].end
    inside = tuple(q for q in quantities if start <= q.start < end)
    return replace(passage, quantities=inside)


def _join(tagged: Tagged, pieces: list[Clause], quantities: Sequence[QuantitySpan]) -> list[Clause]:
    """Join clauses that carry nothing alone to the one before (or, at the start, after) them."""
    joined: list[Clause] = []
    for piece in pieces:
        if joined and not _stands_alone(tagged, piece, quantities):
            joined[-1] = replace(joined[-1], last=piece.last)
        elif len(joined) == 1 and not has_finite(tagged, joined[0].first, joined[0].last):
            joined[0] = _absorb_opening(tagged, joined[0], piece)
        else:
            joined.append(piece)
    return joined


def _absorb_opening(tagged: Tagged, opening: Clause, piece: Clause) -> Clause:
    role: Role = "main" if piece.role in {"coord", "resume", "relative", "aside"} else piece.role
    return Clause(opening.first, piece.last, role, piece.joint if role == piece.role else "")


def _stands_alone(tagged: Tagged, piece: Clause, quantities: Sequence[QuantitySpan]) -> bool:
    """Tell whether a clause could be checked by itself."""
    start, end = tagged.tokens[piece.first].start, tagged.tokens[piece.last - 1].end
    number = any(start <= q.start < end for q in quantities)
    finite = has_finite(tagged, piece.first, piece.last)
    length = sum(token.is_word for token in tagged.tokens[piece.first : piece.last])
    if piece.role in {"participle", "with"}:
        return number or _agent(tagged, piece)
    if piece.role == "aside":
        return (finite and length > _KEEP_VERBLESS) or (number and length > _KEEP_VERBLESS)
    if piece.role == "sub" and piece.joint in {"whether", "as", "where", "wherever", "so", "lest"}:
        return finite and (number or piece.joint in {"as", "so", "where"})
    return finite or (number and length > _KEEP_VERBLESS + 1)


def _agent(tagged: Tagged, piece: Clause) -> bool:
    """A participle with an agent, a year or a name: "closed by the court", "published in 1989"."""
    run = range(piece.first, piece.last)
    digits = any(tagged.tokens[i].text[0].isdigit() for i in run)
    by = any(tagged.tokens[i].lower == "by" and tagged.tags[i] == "prep" for i in run)
    return tagged.tags[piece.first] != "ing" and (digits or by)


def _cut_at_numbers(tagged: Tagged, passage: Passage) -> list[Passage]:
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
        _with_quantities(
            tagged,
            piece if number == 0 else replace(piece, role="coord", head=head),
            passage.quantities,
        )
        for number, piece in enumerate(pieces)
    ]


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
    own_noun = any(tagged.tags[i] in {"noun", "name"} for i in after)
    by_either = tagged.tokens[at].lower == "or"
    same = left.unit == right.unit
    if by_either or (same and not own_noun):
        return None
    if tagged.tokens[at].lower == "to" and not (left.change and right.change):
        return None
    return at


def _trim(tagged: Tagged, passage: Passage) -> Passage | None:
    """Take joining words and marks off both ends."""
    first, last = passage.first, passage.last
    while (
        first < last
        and tagged.tokens[first].lower in _SOFT_LEAD
        and not _keeps(tagged, first, last)
    ):
        first += 1
    while first < last and tagged.tokens[last - 1].lower in _TRAIL:
        last -= 1
    if first >= last or not any(tagged.tokens[i].is_word for i in range(first, last)):
        return None
    return replace(passage, first=first, last=last)


def _keeps(tagged: Tagged, at: int, last: int) -> bool:
    """A leading "that" or "who" that is the subject itself stays."""
    word = tagged.tokens[at].lower
    if word == "that":
        return tagged.tags[at] in {"pron", "det"}
    return word in {"who", "which"} and at + 1 >= last


def outer(tagged: Tagged, passage: Passage) -> Span:
    """Return the passage's span in the text."""
    return tagged.tokens[passage.first].start, tagged.tokens[passage.last - 1].end


def is_reporting(tagged: Tagged, passage: Passage) -> bool:
    """Tell whether a passage only says that somebody said something: "Burrows said"."""
    run = range(passage.first, passage.last)
    says = [i for i in run if tagged.tokens[i].lower in words.SAYING and tagged.tags[i] != "noun"]
    return bool(says) and says[-1] >= passage.last - 4
