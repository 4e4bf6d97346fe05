"""What stands in a run of words ahead: a verb, a subject with its verb, a number."""

import re
from typing import Final

from claims.extraction.tags import Tagged

FINITE: Final = frozenset({"verb", "aux"})


NOMINAL: Final = frozenset({"noun", "name", "pron", "num", "obj"})


YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")


CLAUSE_WORDS: Final = 14


def reach(tagged: Tagged, at: int) -> int:
    """Return how far ahead of `at` a clause is looked for."""
    return min(len(tagged), at + CLAUSE_WORDS)


def has_finite(tagged: Tagged, first: int, last: int) -> bool:
    """Tell whether a finite verb stands in the run of tokens."""
    return any(tag_ in FINITE for tag_ in tagged.tags[first:last])


def has_own_finite(tagged: Tagged, first: int, last: int) -> bool:
    """Tell whether a finite verb stands there that belongs to no relative clause inside."""
    inside = False
    for i in range(first, last):
        if tagged.tags[i] == "rel" and i > first:
            inside = True
        elif tagged.tags[i] in FINITE:
            if not inside:
                return True
            inside = False
    return False


def number_inside(tagged: Tagged, at: int) -> bool:
    """Tell whether a number that is no year follows before the next mark."""
    for i in range(at + 1, reach(tagged, at)):
        if tagged.tags[i] == "mark":
            return False
        if tagged.tags[i] == "num" and not YEAR.fullmatch(tagged.tokens[i].text):
            return True
    return False


def clause_ahead(tagged: Tagged, at: int) -> bool:
    """Tell whether a subject and a finite verb follow before the next mark."""
    subject = False
    for i in range(at, reach(tagged, at)):
        tag_ = tagged.tags[i]
        if tag_ in FINITE:
            return subject and tagged.tags[i - 1] != "coord"
        if tag_ == "mark" and tagged.tokens[i].text in ",;:.()" and subject:
            return False
        if tag_ in NOMINAL or tag_ == "det":
            subject = True
        if tag_ in {"sub", "rel"}:
            return False
    return False


def has_nominal(tagged: Tagged, first: int, last: int) -> bool:
    """Tell whether a noun, name or pronoun stands in the run of tokens."""
    return any(tag_ in NOMINAL for tag_ in tagged.tags[first:last])


def has_verb(tagged: Tagged, first: int, last: int) -> bool:
    """Tell whether any verb form stands in the run of tokens."""
    return any(tag_ in {"verb", "aux", "part", "ing", "base"} for tag_ in tagged.tags[first:last])


def next_comma(tagged: Tagged, at: int) -> int:
    """Return the position of the next comma behind `at`, or the end."""
    for i in range(at + 1, len(tagged)):
        if tagged.tokens[i].text == ",":
            return i
    return len(tagged)


def interrupted_clause(tagged: Tagged, at: int) -> bool:
    """Spot "Camacho, the businessman from Santa Cruz, took": a subject, a phrase, then its verb."""
    first = next_comma(tagged, at - 1)
    second = next_comma(tagged, first)
    if second >= len(tagged) - 1 or second - at > 2 * CLAUSE_WORDS:
        return False
    quiet = not has_finite(tagged, at, second) and has_nominal(tagged, at, first)
    return quiet and tagged.tags[second + 1] in FINITE


def modifies_later_noun(tagged: Tagged, at: int) -> bool:
    """Spot "floods and droughts that hit": the verb belongs to the relative clause."""
    for i in range(at + 1, reach(tagged, at)):
        if tagged.tags[i] in FINITE:
            return False
        if tagged.tags[i] in {"rel", "sub"}:
            return True
    return True
