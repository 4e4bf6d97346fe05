"""Date expressions and what they mean, resolved against the article's date of publication.

The patterns are a language's own (`DateWords`); what their groups mean is the same in all of them
(claims/extraction/date_readings.py).
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

from claims.extraction.date_readings import RESOLVERS, Told
from claims.extraction.languages import ENGLISH
from claims.extraction.records import DateSpan, Span
from claims.extraction.vocabulary import DateWords, Vocabulary

_WORD: Final = re.compile(r"[^\W_]+")
# No expression has more words than these up to the one that tells a date.
_BEFORE_TRIGGER: Final = 8
_YEARLESS: Final = frozenset({"bare", "mdy", "dmy", "days", "daymonths", "feast", "monthpart"})
_AMOUNT_LENGTH: Final = 16


@cache
def _triggers(words: DateWords) -> frozenset[str]:
    """Return the words of which every date expression without a year holds one."""
    tables = (words.months, words.weekdays, words.seasons, words.units, words.decades, words.days)
    phrases = [*words.triggers, *words.feasts, *(name for table in tables for name in table)]
    return frozenset(part for phrase in phrases for part in _WORD.findall(phrase))


def _starts(text: str, span: Span, words: DateWords) -> list[int]:
    """Return where expressions can begin: a few words before those that tell a date."""
    triggers = _triggers(words)
    places: list[int] = []
    found: list[int] = []
    for match in _WORD.finditer(text, *span):
        places.append(match.start())
        word = match.group().lower()
        if word in triggers or (word[0].isdigit() and len(word) >= len("90s")):
            found += places[-_BEFORE_TRIGGER:]
            places.clear()
    return found


def _matches(text: str, span: Span, words: DateWords) -> Iterator[re.Match[str]]:
    pattern, end = _pattern(words), span[0]
    for start in _starts(text, span, words):
        if start >= end and (match := pattern.match(text, start, span[1])):
            end = match.end()
            yield match


@cache
def _pattern(words: DateWords) -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w$€£#/])(?<!\d[.,:-])(?:"
        + "|".join(f"(?P<{name}>{pattern})" for name, pattern in words.rules)
        + ")",
        re.IGNORECASE,
    )


def find_dates(
    text: str, span: Span, published_on: date | None, words: Vocabulary = ENGLISH
) -> tuple[DateSpan, ...]:
    """Return the date expressions of `text[span]` in order; `iso` is empty where unsettled."""
    if not words.dates.rules:
        return ()
    found = []
    for match in _matches(text, span, words.dates):
        values = {name: value for name, value in match.groupdict().items() if value is not None}
        name = next(name for name in values if name in RESOLVERS)
        groups = {key.partition("_")[2]: value for key, value in values.items() if key != name}
        start, end = match.span(f"{name}_m") if name == "bare" else match.span(name)
        if name == "year" and words.dates.amount_before.search(
            text[max(0, start - _AMOUNT_LENGTH) : start]
        ):
            continue
        if name in words.dates.capitals and not any(c.isupper() for c in text[start:end]):
            continue
        told = Told(groups, published_on, words)
        iso = RESOLVERS[name](told)
        if published_on and name in _YEARLESS and not told.get("y"):
            iso = _in_time(iso, published_on, ahead=bool(words.dates.ahead.search(text, *span)))
        found.append(DateSpan(start, end, iso))
    return tuple(found)


def _in_time(iso: str, base: date, *, ahead: bool) -> str:
    """Put a date without a year into the past, unless its sentence speaks of what is to come."""
    parts = iso.split("/")
    if ahead or not iso or parts[0] <= base.isoformat()[: len(parts[0].rstrip("~"))] + "~":
        return iso
    return "/".join(f"{int(part[:4]) - 1:04d}{part[4:]}" for part in parts)
