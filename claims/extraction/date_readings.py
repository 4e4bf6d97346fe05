"""What the parts of a date expression mean: the same in every language, ISO 8601 text out."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from claims.extraction import calendar_days as days
from claims.extraction.numbers import words_value
from claims.extraction.vocabulary import DateWords, NumberWords, Vocabulary

_MONTHS: Final = 12
_CENTURIES: Final = 21
_YEAR: Final = re.compile(r"\d{4}")


class Told:
    """What one expression's groups say, with the words to read them by."""

    def __init__(self, groups: dict[str, str], base: date | None, words: Vocabulary) -> None:
        self.groups = groups
        self.base = base
        self.words: DateWords = words.dates
        self.numbers: NumberWords = words.numbers

    def get(self, name: str) -> str:
        """Return a group in lower case, empty where it does not stand."""
        return re.sub(r"\s+", " ", self.groups.get(name) or "").lower()

    def number(self, name: str) -> int:
        """Return the digits of a group as a number, 0 where there are none."""
        return int(re.sub(r"\D", "", self.get(name)) or 0)

    def month(self, name: str) -> int:
        """Return the number of the month that a group names."""
        return self.words.months[self.get(name).rstrip(".")]

    def shift(self, name: str) -> int:
        """Return -1, 0 or 1 for "last", "this", "next"."""
        text = self.get(name)
        return next((step for word, step in self.words.shifts.items() if word in text), 0)

    def ordinal(self, name: str) -> int:
        """Return the place that "third" or "19th" names."""
        return self.words.ordinals.get(self.get(name)) or self.number(name)

    def count(self, name: str) -> float:
        """Return how many; "a few" is three."""
        text = self.get(name)
        if text in self.words.counts:
            return self.words.counts[text]
        return int(text) if text.isdecimal() else float(words_value(text, self.numbers))

    def year(self, name: str = "y") -> int:
        """Return a year that is given or told as "last year", 0 where the text is silent."""
        text = self.get(name)
        found = _YEAR.search(text)
        if found:
            return int(found.group())
        if not text or self.base is None or any(w in text for w in self.words.other_year):
            return 0
        last = any(word in text for word in self.words.last_year)
        return max(1, self.base.year - last)

    def day(self, month: int, number: int) -> str:
        """Return a day of the year that is told, or of the nearest one."""
        if year := self.year():
            return days.day(year, month, number)
        if self.get("y") or self.base is None:
            return ""
        return days.nearest_day(self.base, month, number)


def _iso(told: Told) -> str:
    year, month, number = (int(part) for part in told.get("v").split("-"))
    return days.day(year, month, number) if 1 <= month <= _MONTHS and number else ""


def _numeric(told: Told) -> str:
    """Read 13/5/2015; where day and month could be either, it stays open."""
    first, second = told.number("a"), told.number("b")
    if first == second or second > _MONTHS >= first:
        first, second = second, first
    settled = first > _MONTHS or first == second or bool(told.words.day_first)
    return days.day(told.year(), second, first) if settled and 1 <= second <= _MONTHS else ""


def _days(told: Told) -> str:
    first = told.month("m")
    last = told.month("n") if told.get("n") else first
    return _pair(told, first, last)


def _day_months(told: Told) -> str:
    last = told.month("n")
    first = told.month("m") if told.get("m") else last
    return _pair(told, first, last)


def _pair(told: Told, first: int, last: int) -> str:
    one, two = told.day(first, told.number("a")), told.day(last, told.number("b"))
    return f"{one}/{two}" if one and two else ""


def _single_day(told: Told) -> str:
    return told.day(told.month("m"), told.number("d"))


def _years(told: Told) -> str:
    first, last = told.get("a"), told.get("b")
    return f"{first}/{first[:2] + last if len(last) == 2 else last}"


def _quarter(told: Told) -> str:
    number = told.ordinal("n")
    if year := told.year():
        return days.quarter(year, number)
    if told.base is None or told.get("y"):
        return ""
    if told.get("n") in told.words.shifts:
        return days.shifted(told.base, told.shift("n"), "quarter")
    return days.latest_quarter(told.base, number)


def _half(told: Told) -> str:
    year = told.year() or (told.base.year if told.base and not told.get("y") else 0)
    return days.half(year, told.ordinal("n")) if year else ""


def _part(told: Told) -> str:
    year, word = told.number("y"), told.get("w")
    if told.get("m"):
        return f"{year:04d}-{told.month('m'):02d}~"
    if any(early in word for early in told.words.early):
        return f"{year:04d}-01~"
    middle = any(mid in word for mid in told.words.middle)
    return f"{year:04d}-{6 if middle else 12:02d}~"


def _month_year(told: Told) -> str:
    year = told.year()
    return f"{year:04d}-{told.month('m'):02d}" if year else ""


def _decade(told: Told) -> str:
    first = told.number("v")
    return f"{first}/{first + (99 if first % 100 == 0 else 9)}"


def _nineties(told: Told) -> str:
    first = 1900 + (told.words.decades.get(told.get("v")) or told.number("v"))
    return f"{first}/{first + 9}"


def _century(told: Told) -> str:
    number = told.ordinal("n")
    return days.century(number) if 0 < number <= _CENTURIES else ""


def _turn(told: Told) -> str:
    return "2000~" if told.base and told.base.year >= 2000 else ""


def _open(_: Told) -> str:
    """What counts from another date of the text, which nothing here settles."""
    return ""


def _ago(told: Told) -> str:
    number = told.get("n")
    unit = told.words.units.get(told.get("u") or number, "")
    if told.base is None or not unit:
        return ""
    iso = days.ago(told.base, told.count("n"), unit)
    return f"{iso}~" if iso else ""


def _relative(told: Told) -> str:
    if told.base is None:
        return ""
    step, unit = told.shift("w"), told.get("u").rstrip(".")
    words = told.words
    if words.units.get(unit) != "year" and any(word in told.get("w") for word in words.told):
        return ""
    if unit in words.months:
        return days.month_of(told.base, step, words.months[unit])
    if unit in words.weekdays:
        return days.weekday_of(told.base, step, words.weekdays[unit])
    if unit in words.seasons:
        return days.season_of(told.base, step, words.seasons[unit])
    return days.shifted(told.base, step, words.units[unit])


def _before(told: Told) -> str:
    unit = told.words.units[told.get("u")]
    if told.base is None or unit != "year":
        return ""  # "the day before" counts from a day of the text
    return days.shifted(told.base, told.shift("w"), unit)


def _past(told: Told) -> str:
    if told.base is None:
        return ""
    forward = told.get("w") in told.words.forward
    rough = told.get("n") in told.words.rough
    unit = told.words.units[told.get("u")]
    return days.window(told.base, told.count("n"), unit, forward=forward, rough=rough)


def _season(told: Told) -> str:
    return days.season(told.number("y"), told.words.seasons[told.get("n")])


def _year_end(told: Told) -> str:
    return f"{told.base.year:04d}-12-31" if told.base else ""


def _feast(told: Told) -> str:
    return told.day(*told.words.feasts[told.get("n")])


def _day(told: Told) -> str:
    return days.moved(told.base, told.words.days.get(told.get("v"), 0)) if told.base else ""


def _weekday(told: Told) -> str:
    return days.last_weekday(told.base, told.words.weekdays[told.get("n")]) if told.base else ""


def _bare(told: Told) -> str:
    return days.nearest_month(told.base, told.month("m")) if told.base else ""


def _month_part(told: Told) -> str:
    iso = _bare(told)
    return f"{iso}~" if iso else ""


def _months(told: Told) -> str:
    """Read "from March to May 2014"; a year that stands once goes for both."""
    last = told.number("z")
    first = told.number("y") or last
    return f"{first:04d}-{told.month('m'):02d}/{last:04d}-{told.month('n'):02d}"


def _year(told: Told) -> str:
    return told.get("v")


RESOLVERS: Final[dict[str, Callable[[Told], str]]] = {
    "iso": _iso, "numeric": _numeric, "days": _days, "daymonths": _day_months,
    "mdy": _single_day, "dmy": _single_day, "years": _years, "quarter": _quarter, "qn": _quarter,
    "half": _half, "part": _part, "month": _month_year, "decade": _decade,
    "nineties": _nineties, "century": _century, "turn": _turn, "away": _open, "nextday": _open,
    "ago": _ago, "rel": _relative, "rel2": _relative, "before": _before, "past": _past,
    "season": _season, "yearend": _year_end, "feast": _feast, "day": _day, "weekday": _weekday,
    "bare": _bare, "months": _months, "monthpart": _month_part,
    "year": _year,
}  # fmt: skip
