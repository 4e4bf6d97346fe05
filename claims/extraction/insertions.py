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
_TELLING: Final = (
    frozenset("first second third only last sole most then former".split())
    | words.SUPERLATIVES
    | frozenset("youngest oldest longest-serving highest-paid".split())
)


def inserted(tagged: Tagged, at: int, begin: int) -> bool:
    """Tell whether, behind the comma before `at`, a phrase says who or what the subject is.

    The subject stands between `begin` and the comma, and its verb follows the phrase. Of somebody
    who is only quoted, the phrase has to tell a rank, a number or a former role.
    """
    subject = at - 2
    if subject < begin or tagged.tags[subject] not in {"noun", "name"}:
        return False
    if has_finite(tagged, begin, at) or tagged.tags[at] not in _OPENS:
        return False
    if any(tagged.tags[i] == "num" for i in range(begin, subject)):
        return False  # a count of people is told by what happened to them
    end = _closing_comma(tagged, at)
    if end is None or end - at < _LEAST or has_finite(tagged, at, _own_end(tagged, at, end)):
        return False
    verb = next(i for i in range(end + 1, len(tagged)) if tagged.tags[i] != "adv")
    if tagged.tokens[verb].lower not in words.REPORTING:
        return True
    run = {tagged.tokens[i].lower for i in range(at, end)}
    return bool(run & _TELLING) or any(tagged.tags[i] == "num" for i in range(at, end))


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
        waits = role in {"apposition", "relative", "participle"} and not has_finite(tagged, 0, _first_comma(tagged))
        return waits
    loose = tagged.tags[at - 1] == "adv" and tagged.tokens[at - 1].lower not in _TIMES
    if tagged.tags[begin] != "rel" or loose or tagged.tags[at - 1] in _NOT_RESUMED:
        return False
    return has_finite(tagged, begin, at) and not has_finite(tagged, 0, begin)


def _first_comma(tagged: Tagged) -> int:
    return next_comma(tagged, 0)
