"""What a question takes for granted: "will they repay the loan they took last spring?"."""

from dataclasses import replace
from typing import Final

from claims.extraction.english import words
from claims.extraction.lookahead import FINITE
from claims.extraction.passage import Passage
from claims.extraction.tags import Tagged

_AHEAD: Final = frozenset("will won't would shall should can could might may must".split())
_PHRASE: Final = frozenset({"det", "adj", "num", "noun", "name", "part", "ing"})
_LEAST: Final = 3


def taken_for_granted(tagged: Tagged, passage: Passage) -> Passage | None:
    """Return the part of a question that is stated and not asked, or None where all is asked.

    A question about what will or should be states only what its noun phrases say: the loan
    "they took last spring". Any other question with a figure is left whole.
    """
    opening = next((i for i in _run(passage) if tagged.tags[i] not in {"adv", "coord", "mark"}), -1)
    if opening < 0 or tagged.tokens[opening].lower not in _AHEAD:
        return passage
    for at in range(opening + 1, passage.last - 1):
        if tagged.tags[at] in {"noun", "name"} and _clause_behind(tagged, at + 1, passage.last):
            narrowed = replace(passage, first=_phrase_start(tagged, at, opening), role="main")
            if narrowed.last - narrowed.first >= _LEAST:
                return narrowed
    return None


def _run(passage: Passage) -> range:
    return range(passage.first, passage.last)


def _clause_behind(tagged: Tagged, at: int, last: int) -> bool:
    """Tell whether "they took …" or "that fell …" follows a noun at once."""
    if tagged.tags[at] == "rel":
        at += 1
    elif tagged.tags[at] != "pron" or tagged.tokens[at].lower not in words.SUBJECT_PRONOUNS:
        return False
    verb = next((i for i in range(at, min(last, at + 4)) if tagged.tags[i] in FINITE), None)
    return verb is not None and tagged.tokens[verb].lower not in _AHEAD


def _phrase_start(tagged: Tagged, at: int, opening: int) -> int:
    """Return where the noun phrase that ends at `at` begins: at its determiner if it has one."""
    while at - 1 > opening and tagged.tags[at] != "det" and tagged.tags[at - 1] in _PHRASE:
        at -= 1
    return at
