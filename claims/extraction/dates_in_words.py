"""Dates as people write them: "in February 2024", "last spring (about March 2023)"."""

import re
from typing import Final

from claims.extraction.english.words import MONTHS
from claims.extraction.records import DateSpan

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH: Final = re.compile(r"\d{4}-\d\d")
_TOLD: Final = re.compile(r"\b(?:1[5-9]|2[01])\d\d(?:s|\b)")
_PARENTS: Final = re.compile(r"\b(?:this|last|next|year)\b", re.IGNORECASE)
_NAMES: Final = {
    number: name.capitalize() for name, number in reversed(MONTHS.items()) if len(name) > 3
} | {5: "May"}
_ENDS_IN_MONTH: Final = re.compile(
    rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?$", re.IGNORECASE
)
_POINTED: Final = re.compile(r"\b(?:following|previous|next|last|that|this)\s$", re.IGNORECASE)
_BEFORE: Final = 12
_ENDS_IN_DAY: Final = re.compile(r"\d(?:st|nd|rd|th)?$")


def addition(text: str, found: DateSpan) -> str:
    """Return what to write behind a date so that it can be read alone; often nothing."""
    written = text[found.start : found.end]
    if not found.iso or _TOLD.search(written):
        return ""
    year = _only_year(found.iso)
    if year and not _PARENTS.search(written):
        pointed = _POINTED.search(text, max(0, found.start - _BEFORE), found.start)
        if _ENDS_IN_MONTH.search(written) and not pointed:
            return f" {year}"
        named = any(word.rstrip(".,") in MONTHS for word in written.lower().split())
        if named and _ENDS_IN_DAY.search(written):
            return f", {year}"
    return f" ({in_words(found.iso)})"


def _only_year(iso: str) -> str:
    """Return the year that all parts of the date share, or nothing."""
    years = {part[:4] for part in iso.split("/")}
    return years.pop() if len(years) == 1 and not iso.endswith("~") else ""


def in_words(iso: str) -> str:
    """Write an ISO date or interval in words; `~` becomes "about"."""
    about = "about " if iso.endswith("~") else ""
    return about + " to ".join(_part(part) for part in iso.rstrip("~").split("/"))


def _part(iso: str) -> str:
    if _DAY.fullmatch(iso):
        return f"{int(iso[8:])} {_NAMES[int(iso[5:7])]} {iso[:4]}"
    if _MONTH.fullmatch(iso):
        return f"{_NAMES[int(iso[5:])]} {iso[:4]}"
    return iso
