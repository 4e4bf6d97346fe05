"""What stands between a subject and its verb: "Correa, an economist who …, had been minister"."""

from typing import Final

from claims.extraction.english import words
from claims.extraction.lookahead import FINITE, has_finite, next_comma
from claims.extraction.tags import Tagged

_LONGEST: Final = 28
_LEAST: Final = 2
_OPENS: Final = frozenset({"det", "noun", "name", "adj", "adv", "num", "part"})
_NOT_RESUMED: Final = frozenset({"pron", "aux", "coord", "rel", "sub", "verb", "to"})
_TIMES: Final = frozenset("ago later earlier before".split())


def inserted(tagged: Tagged, at: int, begin: int) -> bool:
    """Tell whether, behind the comma before `at`, a phrase says who or what the subject is.

    The subject stands between `begin` and the comma, and its verb follows the phrase.
    """
    subject = at - 2
    if subject < begin or tagged.tags[subject] not in {"noun", "name"}:
        return False
    if has_finite(tagged, begin, at) or tagged.tags[at] not in _OPENS:
        return False
    if any(tagged.tags[i] == "num" for i in range(begin, subject)):
        return False  # a count of people is told by what happened to them
    if tagged.tokens[at].lower in words.LOOSE_PARTICIPLES:
        return False
    end = _closing_comma(tagged, at)
    return not (
        end is None or end - at < _LEAST or has_finite(tagged, at, _own_end(tagged, at, end))
    )


def reduced(tagged: Tagged, at: int, begin: int) -> bool:
    """Spot "a train carrying 276 passengers had": a clause without "which" inside a subject."""
    if tagged.tags[at] not in {"ing", "part"} or tagged.tags[at - 1] not in {"noun", "name"}:
        return False
    if has_finite(tagged, begin, at) or "with" in {t.lower for t in tagged.tokens[begin:at]}:
        return False
    for i in range(at + 1, min(len(tagged), at + _LONGEST // 2)):
        if tagged.tags[i] in FINITE:
            counted = {"num"} if tagged.tags[at] == "ing" else {"num", "name"}
            told = any(tagged.tags[j] in counted for j in range(at + 1, i))
            return told and tagged.tags[i - 1] not in {"coord", "rel", "pron"}
        if tagged.tags[i] in {"mark", "rel", "sub"}:
            return False
    return False


def _own_end(tagged: Tagged, at: int, end: int) -> int:
    """Return where the phrase's own words end: before a relative clause inside it."""
    return next((i for i in range(at, end) if tagged.tags[i] == "rel"), end)


def _closing_comma(tagged: Tagged, at: int) -> int | None:
    """Return the comma behind which the subject's verb follows, or None."""
    comma = next_comma(tagged, at)
    while comma < min(len(tagged), at + _LONGEST) - 1:
        verb = next((i for i in range(comma + 1, len(tagged)) if tagged.tags[i] != "adv"), None)
        if verb is not None and tagged.tags[verb] in FINITE:
            return comma
        comma = next_comma(tagged, comma)
    return None


def goes_on(tagged: Tagged, at: int, begin: int, role: str) -> bool:
    """Tell whether the verb at `at` goes on with a subject from before what was inserted."""
    if tagged.tags[at] not in FINITE:
        return False
    behind = at - 1
    while behind > begin and tagged.tags[behind] == "adv":
        behind -= 1
    if tagged.tokens[behind].text == ",":
        return role in {"apposition", "relative", "participle"} and not has_finite(
            tagged, 0, _first_comma(tagged)
        )
    loose = tagged.tags[at - 1] == "adv" and tagged.tokens[at - 1].lower not in _TIMES
    opened = tagged.tags[begin] == "rel" or (role == "participle" and begin > 0)
    if not opened or loose or tagged.tags[at - 1] in _NOT_RESUMED:
        return False
    nested = any(tagged.tags[i] in {"sub", "rel"} for i in range(begin + 1, at)) or any(
        tagged.tokens[i].lower in {"if", "unless"} for i in range(begin, at)
    )
    own = has_finite(tagged, begin, at) or role == "participle"
    return own and not nested and not has_finite(tagged, 0, begin)


def _first_comma(tagged: Tagged) -> int:
    return next_comma(tagged, 0)
