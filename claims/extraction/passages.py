"""Passages of a sentence that could each carry one claim: clauses, joined or cut."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from claims.extraction.clauses import Clause, Role, clauses, has_finite, has_own_finite
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
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_KEEP_VERBLESS: Final = 2
_FEW: Final = 13
_CODE: Final = 3
_FRAME_TAIL: Final = 5
_LEAST_FRAME: Final = 4
_LEAST_TIME: Final = 5
_LEAST_RELATIVE: Final = 4
_REPORTS: Final = words.SAYING | frozenset({"find", "finds", "found", "show", "shows", "showed"})


@dataclass(frozen=True, slots=True)
class Passage:
    """Tokens `first` up to and without `last` of a sentence, and how they hang in it."""

    first: int
    last: int
    role: Role
    joint: str = ""
    head: tuple[int, int] | None = None
    quantities: tuple[QuantitySpan, ...] = ()


def passages(
    tagged: Tagged, quantities: Sequence[QuantitySpan], quoted: Sequence[Span] = ()
) -> list[Passage]:
    """Return the passages of one sentence in order; they never overlap.

    `quoted` are the spans of long quotations: no passage reaches across their ends.
    """
    joined = _join(tagged, clauses(tagged, quoted), quantities)
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
        if piece.role == "quote" or piece.joint == "quote":
            joined.append(piece)
        elif joined and _resumes(tagged, joined[-1], piece):
            joined[-1] = replace(joined[-1], last=piece.last)
        elif len(joined) == 1 and not _opens_alone(tagged, joined[0], quantities):
            joined[0] = _absorb_opening(joined[0], piece)
        elif joined and not _stands_alone(tagged, piece, quantities):
            joined[-1] = replace(joined[-1], last=piece.last)
        else:
            joined.append(piece)
    return joined


def _resumes(tagged: Tagged, before: Clause, piece: Clause) -> bool:
    """A verb behind "Camacho, the businessman," belongs to that subject, not to a new claim."""
    own = has_own_finite(tagged, before.first, before.last)
    return piece.role == "resume" and not own and not before.joint


def _opens_alone(tagged: Tagged, opening: Clause, quantities: Sequence[QuantitySpan]) -> bool:
    """Tell whether the first clause can be left by itself, or only leads to the next one."""
    if opening.role == "frame" and opening.joint == "according":
        return True
    if opening.joint in {"as", "so", "once"}:
        return False
    if opening.role in {"sub", "frame"}:
        return _stands_alone(tagged, opening, quantities)
    return has_finite(tagged, opening.first, opening.last)


def _absorb_opening(opening: Clause, piece: Clause) -> Clause:
    role: Role = "main" if piece.role in {"coord", "resume", "relative", "aside"} else piece.role
    keeps = piece.role in (role, "relative")
    return Clause(opening.first, piece.last, role, piece.joint if keeps else "")


def _stands_alone(tagged: Tagged, piece: Clause, quantities: Sequence[QuantitySpan]) -> bool:
    """Tell whether a clause could be checked by itself."""
    start, end = tagged.tokens[piece.first].start, tagged.tokens[piece.last - 1].end
    number = any(start <= q.start < end for q in quantities)
    finite = has_finite(tagged, piece.first, piece.last)
    length = sum(token.is_word for token in tagged.tokens[piece.first : piece.last])
    if piece.role in {"participle", "with"}:
        return number or _agent(tagged, piece)
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
        number = number or _dated(tagged, piece)
        named = tagged.tags[min(piece.first + 1, piece.last - 1)] not in {"pron", "obj"}
        if piece.joint == "after" and not named:
            return False
        return finite and _subordinate_alone(piece.joint, length, number=number and named)
    return finite or (number and length > _KEEP_VERBLESS + 1)


def _dated(tagged: Tagged, piece: Clause) -> bool:
    """Tell whether a year or the name of a month stands in the clause."""
    return any(
        _YEAR.fullmatch(tagged.tokens[i].text)
        or (tagged.tags[i] == "name" and tagged.tokens[i].lower in words.MONTHS)
        for i in range(piece.first, piece.last)
    )


def _subordinate_alone(joint: str, length: int, *, number: bool) -> bool:
    """A clause of time or condition leads to its main clause; cause and contrast state a fact."""
    if joint in {"whether", "if", "unless", "lest", "wherever", "whenever"}:
        return False
    if joint == "after":
        return length > _LEAST_TIME
    if joint in {"when", "where", "until", "before", "once", "since"}:
        return number and length > _LEAST_FRAME
    if joint == "as":
        return length > _LEAST_TIME or number
    return length > _KEEP_VERBLESS or number


def _absolute(tagged: Tagged, piece: Clause) -> bool:
    """Tell "with the talks almost complete" from "with the support of the union"."""
    last = next(
        (i for i in range(piece.last - 1, piece.first, -1) if tagged.tags[i] != "mark"), piece.first
    )
    return piece.joint == "with" and tagged.tags[last] in {"adj", "part", "ing"}


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
    own_noun = any(tagged.tags[i] in {"noun", "name", "ing", "verb", "part"} for i in after)
    by_either = tagged.tokens[at].lower == "or"
    same = left.unit == right.unit
    if left.change and tagged.tokens[at].lower in {"at", "to"}:
        return None
    if tagged.tokens[at].lower in {"and", "with"} and _is_small(tagged, right):
        return None
    loose = tagged.tokens[at].lower in {"on", "at", "for", "with", "after"}
    if loose and not (_is_telling(left) or _is_telling(right)):
        return None
    rival = tagged.tokens[at].lower in {"against", "versus"} and _for_somebody(tagged, right)
    if by_either or (same and not own_noun and not rival):
        return None
    if tagged.tokens[at].lower == "to" and not (left.change and right.change):
        return None
    return at


def _for_somebody(tagged: Tagged, quantity: QuantitySpan) -> bool:
    """Tell "37 per cent for the National Party" from "37 per cent last year"."""
    after = [i for i, token in enumerate(tagged.tokens) if token.start >= quantity.end][:4]
    return (
        bool(after)
        and tagged.tokens[after[0]].lower == "for"
        and any(tagged.tags[i] == "name" for i in after)
    )


def _trim(tagged: Tagged, passage: Passage) -> Passage | None:
    """Take joining words and marks off both ends."""
    first, last = passage.first, passage.last
    while (
        first < last
        and tagged.tokens[first].lower in _SOFT_LEAD
        and not _keeps(tagged, first, last)
    ):
        first += 1
    if first + 2 < last and _loose_preposition(tagged, passage, first):
        first += 1
    while first < last and tagged.tokens[last - 1].lower in _TRAIL:
        last -= 1
    last = _without_saying(tagged, first, last)
    if passage.role == "apposition":
        last = _end_of_phrase(tagged, first, last)
    if first >= last or not any(tagged.tokens[i].is_word for i in range(first, last)):
        return None
    return replace(passage, first=first, last=last)


def _without_saying(tagged: Tagged, first: int, last: int) -> int:
    """Leave ", saying" off a passage that has a verb of its own."""
    if last - first > _LEAST_FRAME and tagged.tokens[last - 1].lower in {"saying", "adding"}:
        before = last - 1 - (tagged.tokens[last - 2].text == ",")
        return before if has_finite(tagged, first, before) else last
    return last


def _end_of_phrase(tagged: Tagged, first: int, last: int) -> int:
    """Leave off the verb that follows a phrase between commas: ", the chairman of twelve, said"."""
    for at in range(last - 1, first, -1):
        if tagged.tokens[at].text == "," and has_finite(tagged, at, last):
            return at
    return last


def _loose_preposition(tagged: Tagged, passage: Passage, first: int) -> bool:
    """A preposition that only hung the passage on to what stood before it."""
    word = tagged.tokens[first].lower
    if word == "with":
        return passage.role in {"with", "coord", "main", "resume"} and passage.first > 0
    return word in {"on", "at"} and passage.head is not None


def _keeps(tagged: Tagged, at: int, last: int) -> bool:
    """A leading "that" or "who" that is the subject itself stays."""
    word = tagged.tokens[at].lower
    if word == "that":
        return tagged.tags[at] in {"pron", "det"}
    return word in {"who", "which"} and at + 1 >= last


def outer(tagged: Tagged, passage: Passage) -> Span:
    """Return the passage's span in the text."""
    return tagged.tokens[passage.first].start, tagged.tokens[passage.last - 1].end


def is_reporting(tagged: Tagged, passage: Passage, *, leads_in: bool) -> bool:
    """Tell whether a passage only says that somebody said something: "Burrows said".

    `leads_in` says that what was said follows at once.
    """
    if tagged.tokens[passage.first].lower == "according":
        return True
    quiet = {"noun", "name", "adj"}
    last = passage.last - 1
    says = [
        i
        for i in range(passage.first, passage.last)
        if tagged.tokens[i].lower in _REPORTS and (tagged.tags[i] not in quiet or i == last)
    ]
    if not says or tagged.tags[says[-1]] == "name" or passage.last - says[-1] > _FRAME_TAIL:
        return False
    if says[-1] == last:
        return True
    # "told the newspaper" only leads in; "criticised the agreement" tells something.
    verb = tagged.tokens[says[-1]].lower
    if leads_in or verb in {"told", "tells", "tell"} or says[-1] == passage.first:
        return True
    return verb not in {"called", "calls", "call"} and tagged.tags[says[-1] + 1] in {
        "prep",
        "adv",
        "mark",
        "name",
    }
