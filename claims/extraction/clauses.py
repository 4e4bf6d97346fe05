"""Where a sentence falls apart into clauses: joints found from tags, marks and joining words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from claims.extraction.coordination import coordination
from claims.extraction.english import words
from claims.extraction.insertions import goes_on, inserted, reduced
from claims.extraction.lookahead import (
    CLAUSE_WORDS,
    FINITE,
    NOMINAL,
    clause_ahead,
    has_finite,
    has_verb,
    interrupted_clause,
    next_comma,
    number_inside,
    reach,
)
from claims.extraction.records import Span
from claims.extraction.relatives import relative
from claims.extraction.reports import said_without_that
from claims.extraction.tags import Joint, Role, Tagged

_DASHES: Final = frozenset({"-", "–", "—", "--"})
_HARD: Final = frozenset({";", "—", "–", "…"})
_LEAST_APPOSITION: Final = 4
_NEAR: Final = 7
# "By inviting both sides, Austria has …": what was done so, or before.
_DEED_FRAMES: Final = frozenset({"by", "after", "before", "since", "while"})
# Prepositions whose noun phrase is itself stated as a fact: "despite the resistance of the Church".
_FRAMES: Final = frozenset({"despite", "with", "according", "following", "amid"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of a sentence's tokens, from `first` up to and without `last`.

    `joint` is the word that opened it ("which", "although"), empty for a plain one.
    """

    first: int
    last: int
    role: Role
    joint: str = ""


def clauses(tagged: Tagged, quoted: Sequence[Span] = ()) -> list[Clause]:
    """Cut a tagged sentence into clauses that follow one another and cover it whole.

    Each span of `quoted` begins and ends a clause, whatever the words say.
    """
    joints: list[tuple[int, Role, str]] = [_opening(tagged)]
    for at in range(1, len(tagged)):
        found = _at_quotation(tagged, at, quoted) or _joint(
            tagged, at, joints[-1][0], joints[-1][1]
        )
        if found and at > joints[-1][0]:
            joints.append((at, *found))
    ends = [joint[0] for joint in joints[1:]] + [len(tagged)]
    return [
        Clause(first, last, role, joint)
        for (first, role, joint), last in zip(joints, ends, strict=True)
    ]


def _at_quotation(tagged: Tagged, at: int, quoted: Sequence[Span]) -> Joint | None:
    before, token = tagged.tokens[at - 1], tagged.tokens[at]
    for start, end in quoted:
        if before.start < start <= token.start < end:
            return "quote", ""
        if before.start < end <= token.start:
            return "resume", "quote"
    return None


def _opening(tagged: Tagged) -> tuple[int, Role, str]:
    """Say how the sentence begins: plainly, with a subordinate clause or with a frame."""
    if not len(tagged):
        return 0, "main", ""
    first = next((i for i in range(len(tagged)) if tagged.tokens[i].is_word), 0)
    word = tagged.tokens[first].lower
    if tagged.tags[first] == "sub" or word in {"if", "unless"}:
        return 0, "sub", word
    if word in _FRAMES:
        return 0, "frame", word
    deed = word in _DEED_FRAMES and tagged.tags[first + 1 : first + 2] == ("ing",)
    return (0, "participle", word) if deed else (0, "main", "")


def _joint(tagged: Tagged, at: int, begin: int, role: Role) -> Joint | None:
    """Say whether a clause begins at position `at`, and which.

    `begin` and `role` are those of the clause that `at` would end.
    """
    previous = tagged.tokens[at - 1].lower
    if previous in _DASHES and role == "aside" and tagged.tags[at] in FINITE:
        return "resume", ""
    if previous in _HARD or (previous in _DASHES and _spaced(tagged, at - 1)):
        return ("aside" if previous in _DASHES else "coord"), previous
    if previous == ":" and has_finite(tagged, at, reach(tagged, at)):
        return "coord", ":"
    if tagged.tags[at] in {"rel", "sub", "coord"}:
        return _joined(tagged, at, begin, role)
    return _unmarked(tagged, at, begin, role)


def _joined(tagged: Tagged, at: int, begin: int, role: Role) -> Joint | None:
    """Say what a joining word opens."""
    match tagged.tags[at]:
        case "rel":
            return relative(tagged, at, begin, role)
        case "sub":
            return _subordinate(tagged, at)
        case _:
            said = said_without_that(tagged, at, begin)
            return ("complement", "") if said else coordination(tagged, at, begin)


def _unmarked(tagged: Tagged, at: int, begin: int, role: Role) -> Joint | None:
    """Say what begins where no joining word stands."""
    word, previous = tagged.tokens[at].lower, tagged.tokens[at - 1].lower
    following = tagged.tokens[at + 1].lower if at + 1 < len(tagged) else ""
    if tagged.tags[at] == "prep" and following in {"which", "whom"}:
        return "relative", following
    if word == "despite" and any(token.is_word for token in tagged.tokens[:at]):
        return "frame", "despite"
    shapes: tuple[tuple[bool, Joint], ...] = (
        (said_without_that(tagged, at, begin), ("complement", "")),
        (word == "with" and _carries_number(tagged, at, begin), ("with", "with")),
        (goes_on(tagged, at, begin, role), ("resume", "")),
        (reduced(tagged, at, begin), ("participle", "")),
        (
            previous in {",", "—", "–"} | words.COORDINATORS and _ranked(tagged, at),
            ("apposition", ""),
        ),
    )
    found = next((joint for holds, joint in shapes if holds), None)
    return found or (_after_comma(tagged, at, begin, role) if previous == "," else None)


def _subordinate(tagged: Tagged, at: int) -> Joint | None:
    """A joining word opens a clause of its own, unless it states a condition or a purpose."""
    word = tagged.tokens[at].lower
    following = tagged.tokens[at + 1].lower if at + 1 < len(tagged) else ""
    if word in {"if", "unless"} or (word == "so" and following == "that"):
        return None
    ahead = clause_ahead(tagged, at + 1) or _list_then_verb(tagged, at + 1)
    ahead = ahead or (word == "after" and interrupted_clause(tagged, at + 1))
    return ("sub", word) if ahead else None


def _list_then_verb(tagged: Tagged, at: int) -> bool:
    """Spot "mines, building sites and markets had closed": a list as the subject."""
    joined = False
    for i in range(at, reach(tagged, at)):
        if tagged.tags[i] in FINITE:
            return joined
        joined = joined or tagged.tags[i] == "coord"
        listed = tagged.tags[i] in NOMINAL | {"adj", "det", "coord"} or tagged.tokens[i].text == ","
        if not listed:
            return False
    return False


def _spaced(tagged: Tagged, at: int) -> bool:
    before, token = tagged.tokens[at - 1], tagged.tokens[at]
    following = tagged.tags[at + 1] if at + 1 < len(tagged) else "mark"
    if tagged.tags[at - 1] == "num" == following:
        return False  # "2013 - 2017" is one expression
    return at > 0 and (token.start > before.end or token.text == "—")


def _carries_number(tagged: Tagged, at: int, begin: int) -> bool:
    """Spot "plunged into the sea with 189 people on board": a count beside what happened."""
    if tagged.tags[at - 1] not in {"noun", "name", "num", "mark"} or not has_finite(
        tagged, begin, at
    ):
        return False
    for i in range(at + 1, min(len(tagged) - 1, at + _NEAR)):
        if tagged.tokens[i].text in {",", ";"} or tagged.tags[i] in FINITE:
            return False
        if tagged.tags[i] == "num":
            share = tagged.tokens[i + 1].lower in {"%", "percent", "per", "votes", "vote"}
            return tagged.tags[i + 1] in {"noun", "adj", "num", "name"} and not share
    return False


def _ranked(tagged: Tagged, at: int) -> bool:
    """Spot "the first African-American woman": a rank in a list of what somebody is."""
    if tagged.tokens[at].lower != "the" or at + 3 >= len(tagged):
        return False
    return tagged.tokens[at + 1].lower in words.RANKS - {"most", "last"} and not has_finite(
        tagged, at, min(next_comma(tagged, at), at + _NEAR)
    )


def _after_comma(tagged: Tagged, at: int, begin: int, role: Role) -> Joint | None:
    """Say what a comma before `at` opens."""
    word = tagged.tokens[at].lower
    if word == "according":
        return "frame", "according"
    if inserted(tagged, at, begin):
        deed = tagged.tags[at] in {"part", "ing"}
        return ("participle", "") if deed else ("apposition", "is")
    framed = tagged.tokens[begin].lower in _FRAMES or (
        begin == 0 and _opening(tagged)[1] == "frame"
    )
    if (framed or role in {"apposition", "participle"}) and clause_ahead(tagged, at):
        return "coord", ","
    told = role == "with" or has_verb(tagged, begin, at)
    return _behind_verb(tagged, at, begin) if told else None


def _behind_verb(tagged: Tagged, at: int, begin: int) -> Joint | None:
    """Say what a comma opens behind a clause that has its verb."""
    tag_, word = tagged.tags[at], tagged.tokens[at].lower
    follow = at + 1 if tag_ == "adv" and at + 1 < len(tagged) else at
    if _participle(tagged, at, follow):
        return "participle", "to" if tag_ == "to" else ""
    if word == "with" and has_verb(tagged, at, next_comma(tagged, at)):
        return "with", "with"
    if tag_ in FINITE:
        return "resume", ""
    if _apposition(tagged, at):
        return "apposition", "is" if _identity(tagged, at, next_comma(tagged, at)) else ""
    if clause_ahead(tagged, at) and (has_finite(tagged, begin, at) or _names_speaker(tagged, at)):
        return "coord", ","
    return None


def _names_speaker(tagged: Tagged, at: int) -> bool:
    """Tell whether ", officials said" begins here: a subject and a saying verb, then an end."""
    for i in range(at, min(len(tagged), at + CLAUSE_WORDS)):
        if tagged.tags[i] in FINITE:
            ends = i + 1 >= len(tagged) or tagged.tags[i + 1] == "mark"
            return ends and tagged.tokens[i].lower in words.SAYING
    return False


def _participle(tagged: Tagged, at: int, follow: int) -> bool:
    """Tell whether ", closed by the court", ", killing two" or ", to pay 3 million" begins here."""
    if tagged.tags[follow] == "ing":
        return not _subject_of_later_verb(tagged, follow)
    if tagged.tags[follow] == "part":
        return not _list_of_adjectives(tagged, follow)
    return tagged.tags[at] == "to" and number_inside(tagged, at)


def _apposition(tagged: Tagged, at: int) -> bool:
    """Spot "the smallest in its history", "an average of 824 a day": a figure beside a noun."""
    if tagged.tags[at] not in {"det", "num", "adv", "adj"}:
        return False
    end = next_comma(tagged, at)
    run = range(at, end)
    if has_finite(tagged, at, end) or end - at < _LEAST_APPOSITION:
        return False
    opening = {tagged.tokens[i].lower for i in range(at, min(end, at + 4))}
    telling = bool(opening & (words.SUPERLATIVES - {"only", "first", "last"})) or any(
        word.endswith("est") for word in opening
    )
    telling = telling or bool(opening & {"average", "total", "equivalent", "rate", "equal"})
    telling = telling or bool({"than", "times"} & {tagged.tokens[i].lower for i in run})
    telling = telling or _identity(tagged, at, end)
    return telling or (tagged.tags[at] == "det" and any(tagged.tags[i] == "num" for i in run))


def _identity(tagged: Tagged, at: int, end: int) -> bool:
    """Spot "…, the former committee chairman" at the end of what names somebody."""
    if tagged.tags[at - 2] != "name" or tagged.tags[at] != "det":
        return False
    follows = tagged.tokens[end + 1].lower if end + 1 < len(tagged) else ""
    listed = any(tagged.tags[i] == "coord" for i in range(at, end)) or follows in {"and", "or"}
    return not listed and any(tagged.tags[i] == "noun" for i in range(at, end))


def _subject_of_later_verb(tagged: Tagged, at: int) -> bool:
    """Spot "increasing population would": the -ing word describes the subject of a verb to come."""
    following = tagged.tags[at + 1] if at + 1 < len(tagged) else "mark"
    return following in {"noun", "name"} and clause_ahead(tagged, at + 1)


def _list_of_adjectives(tagged: Tagged, at: int) -> bool:
    following = tagged.tags[at + 1] if at + 1 < len(tagged) else "mark"
    return following in {"noun", "name"}
