"""A date as a claim uses it and as it was read, in words. Pure."""

import re
from dataclasses import dataclass
from datetime import date

PART = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?(?P<about>~?)")
OPEN_END = ".."


@dataclass(frozen=True)
class DateWords:
    """The words of the text and what they stand for; `read` is empty where that is unsettled."""

    written: str
    read: str


def date_words(written: str, iso: str) -> DateWords:
    """Return the words for one date; `iso` is ISO 8601 with EDTF's intervals and `~`."""
    written = " ".join(written.split())
    first, _, last = iso.partition("/")
    if not last:
        read = _point(iso)
    elif OPEN_END in (first, last):
        read = f"until {_point(last)}" if first == OPEN_END else f"since {_point(first)}"
    else:
        read = f"{_point(first)} to {_point(last)}"
    return DateWords(written, read)


def _point(iso: str) -> str:
    found = PART.fullmatch(iso)
    if found is None:
        return iso
    year, month, day = (int(found[name] or 0) for name in ("year", "month", "day"))
    if not month:
        words = f"{year}"
    elif 1 <= month <= 12:  # noqa: PLR2004 (months; EDTF counts its seasons from 21)
        words = f"{date(year or 1, month, 1):%B} {year}"
        words = f"{day} {words}" if day else words
    else:
        words = iso.rstrip("~")
    return f"about {words}" if found["about"] else words
