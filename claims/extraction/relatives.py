"""Which relative clauses tell a fact of their own."""

from typing import Final

from claims.extraction.english import words
from claims.extraction.lookahead import (
    FINITE,
    NOMINAL,
    YEAR,
    clause_ahead,
    has_finite,
    number_inside,
    reach,
)
from claims.extraction.reports import REPORTS, announced, denied, reported
from claims.extraction.tags import Joint, Role, Tagged

_LEAST_RESTRICTIVE: Final = 4
_RANK_WITHIN: Final = 7


def relative(tagged: Tagged, at: int, begin: int, role: Role) -> Joint | None:
    """Say whether the relative word at `at` opens a clause that tells a fact or reports one."""
    word = tagged.tokens[at].lower
    before = tagged.tokens[at - 1].lower
    if word == "that" and before in REPORTS:
        whole = denied(tagged, at - 1) or announced(tagged, at + 1)
        return None if whole else ("complement", "that")
    if word == "where" and clause_ahead(tagged, at + 1) and before not in REPORTS:
        return "relative", word
    if word == "that" and reported(tagged, at, begin):
        return "complement", "that"
    if word in {"which", "who", "whose", "where", "whom"} and before in {",", "-", "–"}:
        return ("relative", word) if has_finite(tagged, at, reach(tagged, at)) else None
    if word == "that" and before in words.TELLING_NOUNS and clause_ahead(tagged, at + 1):
        return "complement", "that"
    if (
        word in {"that", "which", "who"}
        and tagged.tags[at - 1] in NOMINAL
        and not _cleft(tagged, begin)
    ):
        told = number_inside(tagged, at) or _past_fact(tagged, at)
        told = (told and not _of_rank(tagged, at)) or role == "apposition"
        return ("relative", "that") if told else None
    return None


def _cleft(tagged: Tagged, begin: int) -> bool:
    """Spot "it was only on 31 August that": the clause behind "that" is the main one."""
    opening = [tagged.tokens[i].lower for i in range(begin, min(len(tagged), begin + 3))]
    return "it" in opening and bool({*opening} & words.BE)


def _of_rank(tagged: Tagged, at: int) -> bool:
    """Spot "the first president who": without the clause the rank would say something else."""
    before = {tagged.tokens[i].lower for i in range(max(0, at - _RANK_WITHIN), at)}
    return bool(before & (words.RANKS | words.SUPERLATIVES))


def _past_fact(tagged: Tagged, at: int) -> bool:
    """Tell a relative clause that records something: a past verb with a year or a name."""
    run = range(at + 1, _relative_end(tagged, at))
    pinned = any(
        YEAR.fullmatch(tagged.tokens[i].text) or tagged.tags[i] in {"name", "num"} for i in run
    )
    past = any(tagged.tags[i] == "verb" and tagged.tokens[i].lower.endswith("d") for i in run)
    perfect = any(tagged.tokens[i].lower in {"had", "was", "were", "did"} for i in run)
    return pinned and (past or perfect) and len(run) >= _LEAST_RESTRICTIVE


def _relative_end(tagged: Tagged, at: int) -> int:
    """Return where a relative clause ends: at a mark, or at the verb that goes on behind it."""
    own = False
    for i in range(at + 1, reach(tagged, at)):
        if tagged.tokens[i].text in {",", ";", ":"}:
            return i
        if tagged.tags[i] in FINITE:
            if own and tagged.tags[i - 1] not in FINITE | {"adv", "pron"}:
                return i
            own = True
    return reach(tagged, at)
