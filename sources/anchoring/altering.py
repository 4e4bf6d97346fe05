"""What is different between an old passage and a new one: typography, words, or what they say.

Describes and never judges: a reason names what to look at. Where letters have no case, names cannot
be told and a changed name counts as wording.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from sources.anchoring.tokens import Token
from sources.anchoring.vocabulary import (
    CONTRARY,
    CURRENCIES,
    NEGATIONS,
    OPENERS,
    QUANTIFIERS,
    SIDES,
    UNITS,
)

Reason = Literal["numbers", "units", "negation", "names", "direction", "quantity"]
Extent = Literal["cosmetic", "wording_altered", "materially_altered"]

_MEASURES = frozenset({"%", "‰", "°", *CURRENCIES.values(), *UNITS.values()})
_ENDS = frozenset(".!?:;\"“”„‘’'«»()[]\n•–—|")
_MOSTLY = 0.6
_ACRONYM = 4  # letters


@dataclass(frozen=True, slots=True)
class Alteration:
    """How far a passage was altered, and by what."""

    extent: Extent
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A passage with the text around it, from which the start of a sentence can be told."""

    text: str
    tokens: Sequence[Token]


def compare(old: Side, new: Side, *, is_common: Callable[[str], bool]) -> Alteration:
    """Say how `new` differs from `old`. `is_common` tells whether a word names nobody."""
    keys, others = [t.key for t in old.tokens], [t.key for t in new.tokens]
    if keys == others:
        plain = not _acronym_lost(old, new)
        return Alteration("cosmetic" if plain else "wording_altered")
    checks: tuple[tuple[Reason, bool], ...] = (
        ("numbers", _of(old, "number") != _of(new, "number")),
        ("units", _measures(old) != _measures(new)),
        ("negation", _negated(old, new)),
        ("names", _names_differ(old, new, is_common)),
        ("direction", _turned(keys, others)),
        ("quantity", _among(keys, QUANTIFIERS) != _among(others, QUANTIFIERS)),
    )
    reasons = tuple(reason for reason, holds in checks if holds)
    return Alteration("materially_altered" if reasons else "wording_altered", reasons)


def negations(tokens: Sequence[Token]) -> int:
    """Count the words that negate."""
    return sum(t.key in NEGATIONS or t.key.endswith("n't") for t in tokens if t.kind == "word")


def _of(side: Side, kind: str) -> list[str]:
    return [t.key for t in side.tokens if t.kind == kind]


def _among(keys: Sequence[str], words: frozenset[str]) -> list[str]:
    return [key for key in keys if key in words]


def _measures(side: Side) -> list[str]:
    return _among([t.key for t in side.tokens], _MEASURES)


def _negated(old: Side, new: Side) -> bool:
    if negations(old.tokens) != negations(new.tokens):
        return True
    ours, theirs = ({t.key for t in side.tokens if t.kind == "word"} for side in (old, new))
    gone, come = ours - theirs, theirs - ours
    return any(f"{prefix}{a}" in second for prefix in CONTRARY
               for first, second in ((gone, come), (come, gone)) for a in first)  # fmt: skip


def _turned(keys: Sequence[str], others: Sequence[str]) -> bool:
    """Whether a word gave way to its opposite."""
    gone, come = Counter(keys) - Counter(others), Counter(others) - Counter(keys)
    left = {pair for key in gone for pair in SIDES.get(key, ())}
    return any((pair, 1 - side) in left for key in come for pair, side in SIDES.get(key, ()))


def _names_differ(old: Side, new: Side, is_common: Callable[[str], bool]) -> bool:
    if _shouted(old) or _shouted(new):
        return False
    ours, theirs = _names(old, is_common), _names(new, is_common)
    our_words, their_words = ({t.key for t in side.tokens} for side in (old, new))
    gone = [run for run in ours if any(key not in their_words for key in run)]
    come = [run for run in theirs if any(key not in our_words for key in run)]
    if gone and come:
        return True
    # A name may lose its first name or its title, but not vanish or appear as a whole.
    if any(not their_words.intersection(run) for run in gone):
        return True
    if any(not our_words.intersection(run) for run in come):
        return True
    kept = [[key for run in runs for key in run] for runs in (ours, theirs)]
    common = (Counter(kept[0]) & Counter(kept[1])).keys()
    first, second = ([key for key in each if key in common] for each in kept)
    return Counter(first) == Counter(second) and first != second


def _names(side: Side, is_common: Callable[[str], bool]) -> list[list[str]]:
    """Return runs of capitalised words that are names as far as can be told."""
    runs: list[list[str]] = []
    end = -1
    for token in side.tokens:
        if token.kind != "word" or not token.raw[0].isupper():
            continue
        if _opens(side, token) and (token.key in OPENERS or is_common(token.key)):
            continue
        between = side.text[end : token.start] if end >= 0 else "."
        if between.strip(" \u00a0-'’.") or not runs:
            runs.append([])
        runs[-1].append(token.key)
        end = token.end
    return runs


def _opens(side: Side, token: Token) -> bool:
    before = side.text[max(0, token.start - 40) : token.start]
    stripped = before.rstrip(" \t\u00a0")
    return not stripped or stripped[-1] in _ENDS


def _shouted(side: Side) -> bool:
    words = [t for t in side.tokens if t.kind == "word"]
    loud = sum(t.raw.isupper() for t in words)
    return len(words) > 1 and loud > _MOSTLY * len(words)


def _acronym_lost(old: Side, new: Side) -> bool:
    """Whether "US" became "us", or the other way, in a passage that is not all in capitals."""
    if _shouted(old) or _shouted(new):
        return False
    return any(
        a.raw.isupper() != b.raw.isupper()
        for a, b in zip(old.tokens, new.tokens, strict=True)
        if a.kind == b.kind == "word" and 1 < len(a.key) <= _ACRONYM
    )


def matcher(old: Sequence[Token], new: Sequence[Token]) -> "SequenceMatcher[str]":
    """Return the alignment of two rows of tokens by their keys."""
    return SequenceMatcher(None, [t.key for t in old], [t.key for t in new], autojunk=False)
