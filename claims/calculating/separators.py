"""Digits with their separators: 1.234,5 and 1,234.5 and 1 234 and 12½ and −4.

A separator that can mean two things is never guessed: both readings are given.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from claims.calculating.errors import MixedSeparatorsError, NumberUnreadableError

_SPACES: Final = " \u00a0\u202f\u2009"
_MINUS: Final = "-−–"
_MOST_DIGITS: Final = 30
_GROUP: Final = 3  # digits between two marks of thousands
_FRACTIONS: Final = "¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
# A number in running text: not inside a word, and not "3rd" or "1990s".
NUMBER: Final = re.compile(
    rf"(?<![\w.,])(?:(?<![\w%)])[{_MINUS}+])?"
    rf"(?:(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)|\d+)(?:[.,'’]\d+)*(?:[ ]?[{_FRACTIONS}])?"
    rf"|[{_FRACTIONS}])(?!(?:st|nd|rd|th|s)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Digits:
    """One reading of written digits. `step` is one in the last digit; `mark` the decimal mark."""

    value: Decimal
    step: Decimal
    mark: str = ""

    def __str__(self) -> str:
        return f"{self.value:f}"


def read_digits(text: str) -> tuple[Digits, ...]:
    """Return the readings of digits with separators, sign and fraction: one, or two.

    Where there are two, the first is the English one. Raises NumberUnreadableError and
    MixedSeparatorsError.
    """
    written = text.strip()
    match = re.fullmatch(
        rf"(?P<sign>[{_MINUS}+])?\s?(?P<digits>\d[\d.,'’{_SPACES}]*)?(?P<part>[{_FRACTIONS}])?",
        written,
    )
    if not match or not (match["digits"] or match["part"]):
        raise NumberUnreadableError(text=text[:60])
    body = (match["digits"] or "").strip(_SPACES)
    if sum(character.isdigit() for character in body) > _MOST_DIGITS:
        raise NumberUnreadableError(text=text[:60])
    readings = _readings(body, text) if body else (Digits(Decimal(0), Decimal(1)),)
    if match["part"]:
        readings = tuple(_with_part(reading, match["part"], text) for reading in readings)
    if match["sign"] and match["sign"] in _MINUS:
        return tuple(Digits(-one.value, one.step, one.mark) for one in readings)
    return readings


def _readings(body: str, text: str) -> tuple[Digits, ...]:
    # Spaces and apostrophes only ever mark thousands.
    plain = re.sub(rf"(?<=\d)[{_SPACES}'’](?=\d{{3}}(?!\d))", "", body)
    grouped = plain != body
    if grouped and not re.match(rf"\d{{1,3}}(?:[{_SPACES}'’]\d{{3}})+(?![{_SPACES}'’])", body):
        raise MixedSeparatorsError(text=text[:60])
    marks = [character for character in plain if not character.isdigit()]
    if not marks:
        return (_decimal(plain, ""),)
    if not set(marks) <= {".", ","} or not plain[-1].isdigit():
        raise MixedSeparatorsError(text=text[:60])
    if len(set(marks)) > 1:
        return (_two_marks(plain, marks, text, grouped=grouped),)
    return _one_mark(plain, marks, text, grouped=grouped)


def _two_marks(plain: str, marks: list[str], text: str, *, grouped: bool) -> Digits:
    """Both marks stand there: the last one is the decimal mark, and stands once."""
    thousands, mark = marks[0], marks[-1]
    whole, _, fraction = plain.rpartition(mark)
    if grouped or marks.count(mark) > 1 or not _in_groups(whole, thousands):
        raise MixedSeparatorsError(text=text[:60])
    return _decimal(whole.replace(thousands, "") + "." + fraction, mark)


def _one_mark(plain: str, marks: list[str], text: str, *, grouped: bool) -> tuple[Digits, ...]:
    mark = marks[0]
    if len(marks) > 1:
        if grouped or not _in_groups(plain, mark):
            raise MixedSeparatorsError(text=text[:60])
        return (_decimal(plain.replace(mark, ""), "." if mark == "," else ","),)
    whole, _, fraction = plain.partition(mark)
    as_decimal = _decimal(f"{whole}.{fraction}", mark)
    if grouped or not _in_groups(plain, mark):
        return (as_decimal,)
    other = "." if mark == "," else ","
    as_thousands = _decimal(whole + fraction, other)
    return (as_thousands, as_decimal) if mark == "," else (as_decimal, as_thousands)


def _in_groups(plain: str, mark: str) -> bool:
    """Whether the mark can be one of thousands: groups of three behind one to three digits."""
    first, *rest = plain.split(mark)
    leads = 1 <= len(first) <= _GROUP and not first.startswith("0")
    return leads and all(len(group) == _GROUP for group in rest)


def _decimal(plain: str, mark: str) -> Digits:
    fraction = plain.partition(".")[2]
    return Digits(Decimal(plain), Decimal(1).scaleb(-len(fraction)), mark)


def _with_part(reading: Digits, part: str, text: str) -> Digits:
    """Add the fraction of "12½"; behind decimals it would mean nothing."""
    if reading.step != 1:
        raise MixedSeparatorsError(text=text[:60])
    top, _, bottom = unicodedata.normalize("NFKC", part).partition("\N{FRACTION SLASH}")
    size = Decimal(top) / Decimal(bottom)
    return Digits(reading.value + size, Decimal(1) / Decimal(bottom), reading.mark)
