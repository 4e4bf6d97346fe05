"""Which way a measure moves, by the words around its number."""

from typing import Final

from claims.extraction.records import Direction
from claims.extraction.tags import Tagged
from claims.extraction.tokens import Token
from claims.extraction.vocabulary import ChangeWords

_NEAR_WORDS: Final = 9


def moves(tagged: Tagged, start: int, words: ChangeWords) -> bool:
    """Tell whether a word such as "changed" or "went" stands shortly before `start`."""
    recent = [token.lower for token in tagged.tokens if token.end <= start][-6:]
    return any(word in words.moves for word in recent)


def names_change(tagged: Tagged, start: int, words: ChangeWords) -> bool:
    """Spot "an increase of 5 %": the change word stands right before "of"."""
    previous = [token for token in tagged.tokens if token.end <= start]
    recent = [token.lower for token in previous[-4:]]
    return any(words.direction(word) for word in recent)


def word_before(tagged: Tagged, start: int, words: ChangeWords) -> Token | None:
    """Return the last word before `start` that is no softener."""
    for token in reversed([token for token in tagged.tokens if token.end <= start][-7:]):
        if token.is_word and token.lower not in words.softeners:
            return token
    return None


def direction_near(tagged: Tagged, start: int, words: ChangeWords) -> Direction | None:
    """Return the direction of the nearest change word before `start` in the same clause."""
    position = max((i for i, token in enumerate(tagged.tokens) if token.end <= start), default=-1)
    seen = 0
    while position >= 0 and seen < _NEAR_WORDS:
        token, tag = tagged.tokens[position], tagged.tags[position]
        if token.text in ";:" or tag == "sub":
            return None
        moved = words.direction(token.lower)
        if moved and (token.lower not in words.particles or _predicative(tagged, position, words)):
            return moved
        governed = position > 0 and words.direction(tagged.tokens[position - 1].lower)
        if tag == "verb" and token.lower not in words.moves and not governed:
            return None
        seen += token.is_word
        position -= 1
    return None


def rose(tagged: Tagged, start: int, part: str, words: ChangeWords) -> bool:
    """Tell "up 3 %" from "gave up 3 seats"."""
    at = next(
        (
            i
            for i in range(len(tagged) - 1, -1, -1)
            if tagged.tokens[i].lower == part and tagged.tokens[i].end <= start
        ),
        0,
    )
    plain = at == 0 or tagged.tags[at - 1] not in {"verb", "base"}
    return plain or _predicative(tagged, at, words)


def _predicative(tagged: Tagged, at: int, words: ChangeWords) -> bool:
    """Tell "shares were up 3 %" from "gave up 3 seats"."""
    before = tagged.tokens[at - 1].lower if at else ""
    return before in words.particle_verbs
