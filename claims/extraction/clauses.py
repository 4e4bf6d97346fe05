"""Where a sentence falls apart into clauses: joints found from tags, marks and joining words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from claims.extraction.english import words
from claims.extraction.english.units import DURATIONS
from claims.extraction.lookahead import (
    CLAUSE_WORDS,
    FINITE,
    NOMINAL,
    clause_ahead,
    has_finite,
    has_verb,
    interrupted_clause,
    modifies_later_noun,
    next_comma,
    number_inside,
    reach,
)
from claims.extraction.records import Span
from claims.extraction.tags import Tagged

Role = Literal[
    "main",
    "frame",
    "coord",
    "verb",
    "relative",
    "participle",
    "sub",
    "complement",
    "aside",
    "with",
    "resume",
    "quote",
    "apposition",
]

_DASHES: Final = frozenset({"-", "–", "—", "--"})
_HARD: Final = frozenset({";", "—", "–", "…"})
_LEAST_APPOSITION: Final = 4
_RANKS: Final = frozenset("first second third only last sole most".split()) | frozenset(
    "youngest oldest longest-serving highest-paid largest biggest richest".split()
)
# Prepositions whose noun phrase is itself stated as a fact: "despite the resistance of the Church".
_FRAMES: Final = frozenset({"despite", "with", "according", "following", "amid"})
# What follows a denial is not what is reported, so the two stay together.
_DENIALS: Final = frozenset("deny denies denied".split())
_REPORTS: Final = words.SAYING - _DENIALS | frozenset(
    {"find", "finds", "found", "show", "shows", "showed", "shown", "mean", "means"}
)


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
        found = _at_quotation(tagged, at, quoted) or _joint(tagged, at, joints[-1][0])
        if found and at > joints[-1][0]:
            joints.append((at, *found))
    ends = [joint[0] for joint in joints[1:]] + [len(tagged)]
    return [
        Clause(first, last, role, joint)
        for (first, role, joint), last in zip(joints, ends, strict=True)
    ]


def _at_quotation(tagged: Tagged, at: int, quoted: Sequence[Span]) -> tuple[Role, str] | None:
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
    return 0, "main", ""


def _joint(tagged: Tagged, at: int, begin: int) -> tuple[Role, str] | None:
    """Say whether a clause begins at position `at`, and which."""
    word, tag_ = tagged.tokens[at].lower, tagged.tags[at]
    previous = tagged.tokens[at - 1].lower
    if previous in _HARD or (previous in _DASHES and _spaced(tagged, at - 1)):
        return ("aside" if previous in _DASHES else "coord"), previous
    if previous == ":" and has_finite(tagged, at, reach(tagged, at)):
        return "coord", ":"
    if tag_ == "rel":
        return _relative(tagged, at, begin)
    if tag_ == "prep" and at + 1 < len(tagged) and tagged.tokens[at + 1].lower in {"which", "whom"}:
        return "relative", tagged.tokens[at + 1].lower
    if tag_ == "sub":
        return _subordinate(tagged, at)
    if word == "despite" and any(token.is_word for token in tagged.tokens[:at]):
        return "frame", "despite"
    if _said_without_that(tagged, at, begin):
        return "complement", ""
    if tag_ == "coord":
        return _coordination(tagged, at, begin)
    return _after_comma(tagged, at, begin) if previous == "," else None


def _subordinate(tagged: Tagged, at: int) -> tuple[Role, str] | None:
    """A joining word opens a clause of its own, unless it states a condition or a purpose."""
    word = tagged.tokens[at].lower
    following = tagged.tokens[at + 1].lower if at + 1 < len(tagged) else ""
    if word in {"if", "unless"} or (word == "so" and following == "that"):
        return None
    ahead = clause_ahead(tagged, at + 1) or _list_then_verb(tagged, at + 1)
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


def _said_without_that(tagged: Tagged, at: int, begin: int) -> bool:
    """Tell whether a reported clause begins here with no "that": "he said prices rose"."""
    verb = at - 1
    if tagged.tokens[verb].text == "," and verb > begin:
        verb -= 1
    if tagged.tokens[verb].lower not in _REPORTS or tagged.tags[verb] not in {"verb", "part"}:
        return False
    return (
        verb > begin
        and tagged.tags[at] not in {"mark", "coord", "rel", "to"}
        and clause_ahead(tagged, at)
    )


def _spaced(tagged: Tagged, at: int) -> bool:
    before, token = tagged.tokens[at - 1], tagged.tokens[at]
    following = tagged.tags[at + 1] if at + 1 < len(tagged) else "mark"
    if tagged.tags[at - 1] == "num" == following:
        return False  # "2013 - 2017" is one expression
    return at > 0 and (token.start > before.end or token.text == "—")


def _relative(tagged: Tagged, at: int, begin: int) -> tuple[Role, str] | None:
    word = tagged.tokens[at].lower
    before = tagged.tokens[at - 1].lower
    if word == "that" and before in _REPORTS:
        return "complement", "that"
    if word == "that" and _reported(tagged, at, begin):
        return "complement", "that"
    if word in {"which", "who", "whose", "where", "whom"} and before in {",", "-", "–"}:
        return ("relative", word) if has_finite(tagged, at, reach(tagged, at)) else None
    if (
        word in {"that", "which", "who"}
        and tagged.tags[at - 1] in NOMINAL
        and number_inside(tagged, at)
    ):
        return "relative", "that"
    return None


def _reported(tagged: Tagged, at: int, begin: int) -> bool:
    """Spot "announced on Friday that": a saying verb with a short adverbial between."""
    for i in range(at - 1, max(begin, at - 6), -1):
        if tagged.tokens[i].lower in _REPORTS and tagged.tags[i] in {"verb", "part"}:
            return True
        time = tagged.tokens[i].lower in DURATIONS
        if tagged.tags[i] not in {"prep", "adv", "name", "num", "adj", "det"} and not time:
            return False
    return False


def _coordination(tagged: Tagged, at: int, begin: int) -> tuple[Role, str] | None:
    """After "and" or "but": a new clause, a second verb of the same subject, or just a noun."""
    if not has_finite(tagged, begin, at):
        return None
    follow = at + 1
    while follow < len(tagged) and tagged.tags[follow] == "adv":
        follow += 1
    if follow >= len(tagged):
        return None
    word = tagged.tokens[at].lower
    if tagged.tags[follow] in FINITE and has_finite(tagged, begin, at):
        return "verb", word
    if tagged.tags[follow] == "sub":
        return "sub", tagged.tokens[follow].lower
    if clause_ahead(tagged, at + 1) and not modifies_later_noun(tagged, at):
        return "coord", word
    if has_finite(tagged, begin, at) and interrupted_clause(tagged, at + 1):
        return "coord", word
    return None


def _after_comma(tagged: Tagged, at: int, begin: int) -> tuple[Role, str] | None:
    tag_, word = tagged.tags[at], tagged.tokens[at].lower
    follow = at + 1 if tag_ == "adv" and at + 1 < len(tagged) else at
    if word == "according":
        return "frame", "according"
    if _telling_name(tagged, at, begin):
        return "apposition", ""
    framed = tagged.tokens[begin].lower in _FRAMES or (
        begin == 0 and _opening(tagged)[1] == "frame"
    )
    if framed and clause_ahead(tagged, at):
        return "coord", ","
    if not has_verb(tagged, begin, at):
        return None
    if _participle(tagged, at, follow):
        return "participle", "to" if tag_ == "to" else ""
    if word == "with" and has_verb(tagged, at, next_comma(tagged, at)):
        return "with", "with"
    if tagged.tags[follow] in FINITE and follow == at:
        return "resume", ""
    if _apposition(tagged, at):
        return "apposition", ""
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
    return telling or (tagged.tags[at] == "det" and any(tagged.tags[i] == "num" for i in run))


def _telling_name(tagged: Tagged, at: int, begin: int) -> bool:
    """Spot "Raggi, the city's first woman mayor, said": a rank beside the name of its holder."""
    end = next_comma(tagged, at)
    run = range(at, end)
    if end >= len(tagged) - 1 or tagged.tags[at - 2] != "name" or len(run) < _LEAST_APPOSITION:
        return False
    if tagged.tags[at] != "det" or has_finite(tagged, begin, end):
        return False
    ranked = {tagged.tokens[i].lower for i in run} & _RANKS
    ranked = ranked or {
        w for i in run if (w := tagged.tokens[i].lower).endswith("est") and w in words.SUPERLATIVES
    }
    verb = next((i for i in range(end + 1, len(tagged)) if tagged.tags[i] != "adv"), end)
    return bool(ranked) and tagged.tags[verb] in FINITE


def _subject_of_later_verb(tagged: Tagged, at: int) -> bool:
    """Spot "increasing population would": the -ing word describes the subject of a verb to come."""
    following = tagged.tags[at + 1] if at + 1 < len(tagged) else "mark"
    return following in {"noun", "name"} and clause_ahead(tagged, at + 1)


def _list_of_adjectives(tagged: Tagged, at: int) -> bool:
    following = tagged.tags[at + 1] if at + 1 < len(tagged) else "mark"
    return following in {"noun", "name"}
