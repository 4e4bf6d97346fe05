"""Calendar arithmetic for date expressions: everything in, ISO 8601 text out."""

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta
from typing import Final

from claims.extraction.english.words import MONTHS, WEEKDAYS
from claims.extraction.numbers import words_value

_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_HALF_YEAR: Final = 183
_DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652, "century": 36525}
_LONG: Final = {"year": 1, "decade": 10, "century": 100, "centurie": 100}


def day(year: int, month: int, number: int) -> str:
    """Return the ISO day, or the month alone where the month has no such day."""
    if not 1 <= number <= monthrange(year, month)[1]:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{number:02d}"


def nearest_day(base: date, month: int, number: int) -> str:
    """Return the day of this month and number that lies closest to `base`."""
    year = base.year
    middle = date(base.year, month, 15)
    if (middle - base).days > _HALF_YEAR + 60:
        year -= 1
    elif (base - middle).days > _HALF_YEAR + 60:
        year += 1
    return day(year, month, number)


def nearest_month(base: date, month: int) -> str:
    """Return the month closest to `base`."""
    return nearest_day(base, month, 1)[:7]


def quarter(year: int, number: int) -> str:
    """Return a quarter as an interval of days."""
    first, last = 3 * number - 2, 3 * number
    return f"{year:04d}-{first:02d}-01/{year:04d}-{last:02d}-{monthrange(year, last)[1]:02d}"


def season(year: int, name: str) -> str:
    """Return a northern season as an approximate month."""
    return f"{year:04d}-{_SEASONS[name]:02d}~"


def part_of_year(word: str) -> int:
    """Return the month that stands for early, mid or late in a year."""
    if "early" in word or "start" in word or "beginning" in word:
        return 1
    return 6 if "mid" in word else 12


def moved(base: date, offset: int) -> str:
    """Return `base` moved by `offset` days, kept inside the calendar."""
    try:
        return (base + timedelta(days=offset)).isoformat()
    except OverflowError:
        return ""


def last_weekday(base: date, number: int) -> str:
    """Return the latest such weekday on or before `base` (Monday is 0)."""
    return moved(base, -((base.weekday() - number) % 7))


def _count(text: str) -> float:
    lowered = text.lower().strip()
    table = {
        "": 1, "a": 1, "an": 1, "few": 3, "a few": 3, "several": 3, "a couple of": 2,
        "half a": 0.5, "a decade": 1, "a hundred": 100,
    }  # fmt: skip
    if lowered in table:
        return table[lowered]
    return int(lowered) if lowered.isdecimal() else float(words_value(lowered))


def _unit(text: str) -> str:
    lowered = text.lower()
    return lowered.removesuffix("s")


def ago(base: date, number: str, unit: str) -> str:
    """Return when "ten years ago" was, as exact as its unit."""
    name = _unit(unit)
    count = _count(number)
    if name in _LONG:
        year = base.year - int(count * _LONG[name])
        return f"{year:04d}" if 0 < year <= MAXYEAR else ""
    stamp = moved(base, -int(count * _DAYS[name]))
    return stamp[:7] if name == "month" else stamp


def window(base: date, number: str, unit: str, *, forward: bool) -> str:
    """Return "the past 30 days" as an interval that ends (or begins) at `base`."""
    name = _unit(unit)
    count = min(_count(number), 3000)
    offset = int(count * _DAYS.get(name.replace("centurie", "century"), 365))
    other = moved(base, offset if forward else -offset)
    if not other:
        return ""
    if number.lower().strip() in {"few", "a few", "several"} and not forward:
        return f"{other}~"
    pair = (base.isoformat(), other) if forward else (other, base.isoformat())
    return f"{pair[0]}/{pair[1]}"


def shifted(base: date, step: int, unit: str) -> str:
    """Return the week, month or year that lies `step` units from `base`."""
    if unit in {"year", "decade", "century"}:
        return f"{base.year + step * _LONG[unit]:04d}"
    if unit in {"month", "quarter"}:
        months = base.year * 12 + base.month - 1 + step * (1 if unit == "month" else 3)
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if unit in {"week", "weekend"}:
        return _week(base, step)
    return moved(base, step)


def _week(base: date, step: int) -> str:
    start = moved(base, 7 * step - base.weekday())
    return f"{start}/{moved(base, 7 * step - base.weekday() + 6)}" if start else ""


def relative(base: date, word: str, unit: str) -> str:
    """Return "last March", "this week", "next Friday", "earlier this year" against `base`."""
    step = 1 if any(w in word for w in ("next", "following")) else 0
    step = -1 if any(w in word for w in ("last", "previous")) else step
    if unit in MONTHS:
        return _month_of(base, step, MONTHS[unit])
    if unit in WEEKDAYS:
        back = (base.weekday() - WEEKDAYS[unit]) % 7
        return moved(base, 7 - back if step > 0 else -(back or (7 if step else 0)))
    if unit in _SEASONS:
        past = step < 0 and base.month > _SEASONS[unit] + 2
        year = base.year + (0 if past else step)
        return season(year, unit)
    return shifted(base, step, unit)


def _month_of(base: date, step: int, month: int) -> str:
    year = base.year
    if step < 0 and month >= base.month:
        year -= 1
    if step > 0 and month <= base.month:
        year += 1
    return f"{year:04d}-{month:02d}"
