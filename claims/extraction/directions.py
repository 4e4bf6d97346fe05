"""Which way a measure moves, by the words around its number."""

from typing import Final

from claims.extraction.english import words
from claims.extraction.records import Direction
from claims.extraction.tags import Tagged
from claims.extraction.tokens import Token

_NEAR_WORDS: Final = 9


_UP_VERBS: Final = frozenset(
    """finished ended closed edged trading trended trending going went go goes moved inched
    ticked""".split()
)


def moves(tagged: Tagged, start: int) -> bool:
    """Tell whether a word such as "changed" or "went" stands shortly before `start`."""
    recent = [token.lower for token in tagged.tokens if token.end <= start][-6:]
    return any(word in words.MOVES for word in recent)


def names_change(tagged: Tagged, start: int) -> bool:
    """Spot "an increase of 5 %": the change word stands right before "of"."""
    previous = [token for token in tagged.tokens if token.end <= start]
    recent = [token.lower for token in previous[-4:]]
    return any(word_direction(word) for word in recent)


def word_before(tagged: Tagged, start: int) -> Token | None:
    """Return the last word before `start` that is no softener."""
    skip = {
        "about",
        "around",
        "nearly",
        "almost",
        "just",
        "only",
        "a",
        "an",
        "the",
        "some",
        "another",
        "more",
        "less",
        "than",
        "over",
        "under",
        "roughly",
        "approximately",
        "at",
        "least",
        "further",
        "as",
        "much",
        "sharply",
        "slightly",
    }
    for token in reversed([token for token in tagged.tokens if token.end <= start][-7:]):
        if token.is_word and token.lower not in skip:
            return token
    return None


def direction_near(tagged: Tagged, start: int) -> Direction | None:
    """Return the direction of the nearest change word before `start` in the same clause."""
    position = max((i for i, token in enumerate(tagged.tokens) if token.end <= start), default=-1)
    seen = 0
    while position >= 0 and seen < _NEAR_WORDS:
        token, tag = tagged.tokens[position], tagged.tags[position]
        if token.text in ";:" or tag == "sub":
            return None
        moved = word_direction(token.lower)
        if moved and (token.lower not in {"up", "down"} or _predicative(tagged, position)):
            return moved
        if tag == "verb" and token.lower not in words.MOVES:
            return None
        seen += token.is_word
        position -= 1
    return None


def rose(tagged: Tagged, start: int, part: str) -> bool:
    """Tell "up 3 %" from "gave up 3 seats"."""
    at = next(
        (
            i
            for i in range(len(tagged) - 1, -1, -1)
            if tagged.tokens[i].lower == part and tagged.tokens[i].end <= start
        ),
        0,
    )
    return at == 0 or tagged.tags[at - 1] not in {"verb", "base"} or _predicative(tagged, at)


def _predicative(tagged: Tagged, at: int) -> bool:
    """Tell "shares were up 3 %" from "gave up 3 seats"."""
    before = tagged.tokens[at - 1].lower if at else ""
    return before in words.BE or before in _UP_VERBS


def word_direction(word: str) -> Direction | None:
    """Return the way that a single word in lower case moves, or None."""
    if word in words.INCREASE or word in {"more", "higher"}:
        return "increase"
    if word in words.DECREASE or word in {"less", "fewer", "loss", "losses", "dip", "fall"}:
        return "decrease"
    return None
