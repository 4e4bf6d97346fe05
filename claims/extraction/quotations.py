"""Quotations of a paragraph, whether they close or not, and who is quoted with which verb."""

import re
from dataclasses import dataclass
from typing import Final

from claims.extraction.english import words
from claims.extraction.records import Span

_OPENING: Final = {"“": "”", "«": "»", "„": "“"}
_LEAST_WORDS: Final = 4
_TITLE_SHARE: Final = 0.7
_NAME = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Professor|President|Minister|Senator|Mayor|Judge|Lord|Lady)\.?\s)?"
    r"[A-Z][\w'’.-]+(?:\s(?:de|van|von|der|al|bin|da|la|el|of|[A-Z][\w'’.-]*))*"
)
_VERB = "|".join(sorted(words.REPORTING, key=len, reverse=True))
_SPEAKER_FIRST = re.compile(
    rf"(?P<who>{_NAME}|(?:the|a|an|his|her|its|their)\s[\w'’ -]{{2,50}}?|he|she|they|it|i|we)"
    rf"(?:,[^,\"“]{{2,80}},)?\s(?:(?:also|later|then|has|had|have|further|recently|previously)\s){{0,2}}"
    rf"(?P<verb>{_VERB})\b",
    re.IGNORECASE,
)
_VERB_FIRST = re.compile(
    rf"\b(?P<verb>{_VERB})\s(?P<who>{_NAME}|the\s[\w'’ -]{{2,40}}|he|she|they|it)", re.IGNORECASE
)
_ACCORDING = re.compile(
    rf"\baccording to\s(?:a\s|an\s|the\s)?(?P<who>{_NAME}|[\w'’ -]{{2,60}}?)(?=[,.;:]|$)",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\b(?:than|what|how|which|whom)\s$", re.IGNORECASE)
_NO_SPEAKERS: Final = words.MODALS | {"to", "not", "never", "be", "been", "is", "are", "was", "were"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks; `closed` is False where the paragraph ends inside it."""

    start: int
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it and with which verb, and where in the text that stands."""

    who: str
    verb: str
    start: int
    end: int


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """Return the quotations of one paragraph in order, unbalanced marks read leniently."""
    found: list[Quotation] = []
    opened: int | None = None
    closer = '"'
    for at in range(start, end):
        mark = text[at]
        if opened is None:
            if mark in _OPENING:
                opened, closer = at, _OPENING[mark]
            elif mark == '"':
                opened, closer = at, '"'
        elif mark == closer or (mark in '"”“' and closer in '"”'):
            found.append(Quotation(opened, at + 1, closed=True))
            opened = None
    if opened is not None:
        found.append(Quotation(opened, end, closed=False))
    return found


def is_long(text: str, quotation: Quotation) -> bool:
    """Tell a quoted statement from a quoted word or the title of something."""
    words_ = text[quotation.start + 1 : quotation.end - 1].split()
    if len(words_) < _LEAST_WORDS:
        return False
    capitals = sum(not word[0].islower() for word in words_)
    return capitals < _TITLE_SHARE * len(words_)


def attribution(text: str, span: Span, quoted: list[Quotation]) -> Attribution | None:
    """Return who reports in the sentence `span`, looking outside of its quotations."""
    outside = _blank_quotations(text, span, quoted)
    for pattern in (_ACCORDING, _SPEAKER_FIRST, _VERB_FIRST):
        for match in pattern.finditer(outside):
            who = match["who"].strip(" ,")
            verb = match.groupdict().get("verb") or "according to"
            compared = _COMPARED.search(outside[max(0, match.start() - 8) : match.start()])
            if _can_speak(who, verb) and not compared:
                return Attribution(
                    who, verb.lower(), span[0] + match.start(), span[0] + match.end()
                )
    return None


def _can_speak(who: str, verb: str) -> bool:
    lowered = verb.lower()
    if who.split()[-1].lower() in _NO_SPEAKERS:
        return False
    name = who[0].isupper() or who.lower() in {"he", "she", "they", "it", "i", "we"} or " " in who
    return name and (
        lowered in words.SAYING or lowered == "according to" or lowered in words.REPORTING
    )


def _blank_quotations(text: str, span: Span, quoted: list[Quotation]) -> str:
    """Return the sentence with what is quoted replaced by spaces, so that offsets stay."""
    piece = text[span[0] : span[1]]
    for quotation in quoted:
        first, last = max(quotation.start, span[0]), min(quotation.end, span[1])
        if first < last:
            piece = piece[: first - span[0]] + " " * (last - first) + piece[last - span[0] :]
    return piece
