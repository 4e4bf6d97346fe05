"""Texts that examine a claim quote it first: there, saying it again is no evidence."""

import re
from collections.abc import Sequence
from typing import Final

from claims.finding.lexical import Row

# A sentence with so much of the claim's words, by their weight, says it over again.
RESTATES: Final = 0.75
# In a text that examines the claim, less is enough: it is quoted in parts.
_QUOTES: Final = 0.35
_DAMPED: Final = 4.0
# What was found out stands late in such a text; its last sentences only take leave.
_LATE: Final = 2.5
_LATEST: Final = 0.8
_JUDGING: Final = 0.7
# So many words of examining for each hundred sentences, and two at the least.
_DENSITY: Final = 4.0
_QUOTED: Final = 0.5
_EXAMINES: Final = re.compile(
    r"\b(?:fact[\s-]?check\w*|debunk\w*|hoax\w*|rumou?rs?|misinformation|disinformation|"
    r"mislead\w*|false(?:ly|hoods?)?|untrue|baseless|unfounded|(?:in)?accurate(?:ly)?|"
    r"no evidence|our (?:ruling|rating)|claim(?:s|ed|ing)?|viral|accus(?:ed?|es|ing|ations?)|"
    r"we (?:\w+ )?(?:rate|found|wondered|examined|asked|wanted to know|checked|looked|"
    r"reached out))\b"
)
_JUDGES: Final = re.compile(
    r"\b(?:not?|never|none|nothing|nobody|however|but|actually|in fact|instead|rather|though|"
    r"although|while|false|untrue|fake|unlikely|without|denied|confirmed|evidence)\b|n['’]t\b"
)
_QUOTE: Final = re.compile('["“”„«»]')


def examines(low: str, rows: Sequence[Row], covered: Sequence[float]) -> bool:
    """Tell a text that examines what somebody claimed from one that reports facts.

    `low` is the text in lower case, `covered` the share of the claim in each row.
    """
    if not rows:
        return False
    counted = sum(1 for _ in _EXAMINES.finditer(low, rows[0].start, rows[-1].end))
    if counted > 1 and counted * 100 >= _DENSITY * len(rows):
        return True
    return counted > 0 and any(
        share >= _QUOTED and _QUOTE.search(low, row.start, row.end)
        for row, share in zip(rows, covered, strict=True)
    )


def adjusted(low: str, rows: Sequence[Row], covered: Sequence[float]) -> list[float]:
    """Return what to add to each sentence's score in a text that examines the claim."""
    last = max(1, len(rows) - 1)
    return [
        _LATE * (min(at / last, _LATEST) - 0.5)
        - (_DAMPED if share >= _QUOTES else 0.0)
        + (_JUDGING if _JUDGES.search(low, row.start, row.end) else 0.0)
        for at, (row, share) in enumerate(zip(rows, covered, strict=True))
    ]
