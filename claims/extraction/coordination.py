"""What "and" and "but" join: clauses, deeds of one subject, or only nouns."""

from claims.extraction.lookahead import (
    FINITE,
    clause_ahead,
    has_finite,
    interrupted_clause,
    modifies_later_noun,
)
from claims.extraction.tags import Joint, Tagged


def coordination(tagged: Tagged, at: int, begin: int) -> Joint | None:
    """After "and" or "but": a new clause, a second verb of the same subject, or just a noun."""
    listed = tagged.tags[begin] == "ing"
    if not (has_finite(tagged, begin, at) or listed) or _subject_open(tagged, at, begin):
        return None
    follow = at + 1
    while follow < len(tagged) and tagged.tags[follow] == "adv":
        follow += 1
    if follow >= len(tagged):
        return None
    word = tagged.tokens[at].lower
    paired = tagged.tags[at - 1] == "part" and follow == at + 1
    if tagged.tags[follow] in FINITE and has_finite(tagged, begin, at) and not paired:
        return "verb", word
    if tagged.tags[follow] == "ing" and tagged.tags[begin] == "ing":
        return "participle", ""
    if tagged.tags[follow] == "sub":
        return "sub", tagged.tokens[follow].lower
    if clause_ahead(tagged, at + 1) and not modifies_later_noun(tagged, at):
        return "coord", word
    if has_finite(tagged, begin, at) and interrupted_clause(tagged, at + 1):
        return "coord", word
    return None


def _subject_open(tagged: Tagged, at: int, begin: int) -> bool:
    """Tell whether "and" joins two subjects: "crucial that children and women have"."""
    for i in range(at - 1, begin, -1):
        if tagged.tags[i] in FINITE:
            return False
        if tagged.tags[i] in {"rel", "sub"}:
            return at - i > 1 and tagged.tokens[i].lower != "as"
    return False
