"""Words that carry no matter of their own, that deny, and that say which way something moved."""

from typing import Final

STOP_WORDS: Final = frozenset(
    "a about after again all also although am among an and any are as at be because been before"
    " being between both but by can could did do does doing during each for from further had has"
    " have having he her here hers him his how i if in into is it its itself just me more most my"
    " of off on once one only or other our out over own per said same say says she should so some"
    " such than that the their them then there these they this those through to too under until"
    " up us very was we were what when where which while who whom why will with would you your"
    " claim claimed according reportedly show shows showed video photograph photo image".split()
)
NEGATIONS: Final = frozenset(
    "not no never nobody none neither nor cannot without denied denies deny false falsely".split()
)


def stem(word: str) -> str:
    """Return a word without its commonest English endings: enough to compare, not to read."""
    word = word.removesuffix("'s")
    for ending, put in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return _single(word.removesuffix(ending) + put)
    return word


def _single(word: str) -> str:
    """Write "stopp" as "stop": what is left of "stopped"."""
    doubled = len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiousl"
    return (word[:-1] if doubled else word).removesuffix("e")


_SHORTEST: Final = 3
_ENDINGS: Final = (
    ("ations", "at"), ("ation", "at"), ("ies", "y"), ("ied", "y"), ("ings", ""), ("ing", ""),
    ("ed", ""), ("sses", "ss"), ("es", ""), ("ss", "ss"), ("us", "us"), ("s", ""), ("e", ""),
)  # fmt: skip
UP: Final = frozenset(
    stem(word)
    for word in (
        "rise rises rose risen rising increase increased grow grew grown growing growth climb"
        " climbed gain gained soar soared jump jumped surge surged higher double doubled raise"
        " raised added"
    ).split()
)
DOWN: Final = frozenset(
    stem(word)
    for word in (
        "fall falls fell fallen falling decrease decreased decline declined drop dropped shrink"
        " shrank shrunk plunge plunged sink sank lower lowered halve halved cut reduce reduced"
        " lost lose"
    ).split()
)
