"""The "it" that stands for nothing: "it rained", "it is clear that", "as she put it"."""

from typing import Final

from claims.extraction.english import words
from claims.extraction.lookahead import FINITE
from claims.extraction.tags import Tagged

_CONTRACTED: Final = frozenset({"it's", "it'll", "it'd"})
_WEATHER: Final = frozenset("rain rains rained raining snow snows snowed snowing".split())
_SEEMING: Final = frozenset(
    """seem seems seemed appear appears appeared turn turns turned happen happens happened follow
    follows followed emerge emerges emerged transpire transpires transpired""".split()
)
_BECOMING: Final = frozenset("become becomes became remain remains remained".split())
_TAKING: Final = frozenset("take takes took cost costs".split())
_OPENERS: Final = frozenset("that to how whether why if for".split())
_SPLITTING: Final = frozenset({"that", "who"})
_REPORTED: Final = frozenset({"that", "whether", "how", "why"})
_TIED: Final = frozenset({"for", "of", "to"})
_TIMES: Final = frozenset(
    """time years months weeks days year month week day hours hour minutes morning decades decade
    o'clock""".split()
)
_VERB_WITHIN: Final = 4
_OPENER_WITHIN: Final = 5
_CLEFT_WITHIN: Final = 9


def is_pleonastic(tagged: Tagged, i: int) -> bool:
    """Tell whether the "it" at token `i` is only there because a verb needs a subject."""
    word = tagged.tokens[i].lower
    if word != "it" and word not in _CONTRACTED:
        return False
    if word == "it" and i and tagged.tokens[i - 1].lower in {"put", "puts"}:
        return i + 1 >= len(tagged) or tagged.tags[i + 1] == "mark"
    if word == "it" and (i + 1 >= len(tagged) or tagged.tags[i + 1] not in FINITE | {"adv"}):
        return _raised(tagged, i)
    first = i if word == "it's" else i + 1
    for at in range(first, min(len(tagged), first + _VERB_WITHIN)):
        verb = tagged.tokens[at].lower
        if verb in _WEATHER:
            return True
        if verb in words.BE or verb in {"it's", "be"} or verb in _BECOMING:
            return _says_how(tagged, _past_adverbs(tagged, at + 1))
        if verb in _SEEMING:
            return "that" in _words(tagged, at + 1, 3)
        if verb in _TAKING:
            ahead = _words(tagged, at + 1, _CLEFT_WITHIN)
            return bool(_TIMES & set(ahead)) and "to" in ahead
    return False


def _words(tagged: Tagged, first: int, count: int) -> list[str]:
    return [token.lower for token in tagged.tokens[first : first + count]]


def _past_adverbs(tagged: Tagged, at: int) -> int:
    while at < len(tagged) and (
        tagged.tags[at] == "adv" or tagged.tokens[at].lower in {"been", "be"}
    ):
        at += 1
    return at


def _raised(tagged: Tagged, i: int) -> bool:
    """Spot "made it clear that", "find it hard to"."""
    if i + 2 >= len(tagged) or tagged.tags[i + 1] != "adj":
        return False
    return tagged.tokens[i + 2].lower in _OPENERS


def _says_how(tagged: Tagged, at: int) -> bool:
    """Tell whether "clear that", "time to" or the "in 2019 that" of a cleft stands there."""
    if at >= len(tagged):
        return False
    if _TIMES & set(_words(tagged, at, 2)):
        return True
    if tagged.tags[at] in {"adj", "part"}:
        openers = _OPENERS if tagged.tags[at] == "adj" else _REPORTED
        following = _words(tagged, at + 1, _OPENER_WITHIN)
        if not following or following[0] in openers:
            return bool(following)
        return following[0] in _TIED and bool(_OPENERS & set(following))
    if tagged.tags[at] not in {"prep", "name", "pron", "obj"}:
        return False
    for j in range(at + 1, min(len(tagged), at + _CLEFT_WITHIN)):
        if tagged.tokens[j].lower in _SPLITTING:
            return True
        if tagged.tags[j] in FINITE | {"mark"}:
            return False
    return False
