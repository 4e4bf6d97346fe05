"""The "it" that stands for nothing: "it rained", "it is clear that", "as she put it"."""

from typing import Final

from claims.extraction.english import words
from claims.extraction.lookahead import FINITE
from claims.extraction.tags import Tagged

_WEATHER: Final = frozenset("rain rains rained raining snow snows snowed snowing".split())
_SEEMING: Final = frozenset(
    """seem seems seemed appear appears appeared turn turns turned happen happens happened follow
    follows followed emerged emerges transpired matter matters mattered take takes took cost costs
    remain remains remained became becomes""".split()
)
_OPENERS: Final = frozenset("that to how whether why who which when what if for".split())
_TIMES: Final = frozenset("time years months weeks days year month week day o'clock late".split())
_WITHIN: Final = 9
_ROOM: Final = 14


def is_pleonastic(tagged: Tagged, i: int) -> bool:
    """Tell whether the "it" at token `i` is only there because a verb needs a subject."""
    word = tagged.tokens[i].lower
    if word not in {"it", "it's", "it'll", "it'd"}:
        return False
    if word == "it" and i and tagged.tokens[i - 1].lower in {"put", "puts"}:
        return i + 1 >= len(tagged) or tagged.tags[i + 1] == "mark"
    if word == "it" and (i + 1 >= len(tagged) or tagged.tags[i + 1] not in FINITE | {"adv"}):
        return _raised(tagged, i)
    at = i if word != "it" else i + 1
    last = min(len(tagged), at + _ROOM)
    run = [tagged.tokens[j].lower for j in range(at, last)]
    if any(verb in _WEATHER for verb in run[:3]):
        return True
    linked = next((k for k, w in enumerate(run[:4]) if _links(w)), -1)
    if linked < 0:
        return False
    plain = run[linked] not in words.BE | {"it's"}
    return _awaits(tagged, at + linked + 1, strict=plain)


def _raised(tagged: Tagged, i: int) -> bool:
    """Spot "made it clear that", "find it hard to"."""
    if i + 2 >= len(tagged) or tagged.tags[i + 1] != "adj":
        return False
    return tagged.tokens[i + 2].lower in _OPENERS


def _links(word: str) -> bool:
    return word in words.BE or word in _SEEMING or word == "it's"


def _awaits(tagged: Tagged, start: int, *, strict: bool) -> bool:
    """Tell whether a clause follows that says what "it" is: "clear that", "time to", "she who"."""
    for j in range(start, min(len(tagged), start + _WITHIN)):
        word = tagged.tokens[j].lower
        if word in _OPENERS:
            return tagged.tags[j] != "prep" or not strict
        if word in _TIMES and not strict:
            return True
        if tagged.tags[j] in FINITE:
            return False
        if tagged.tokens[j].text in {";", ":", ".", "?"}:
            return False
    return False
