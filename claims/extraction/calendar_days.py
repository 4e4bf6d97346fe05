"""Calendar arithmetic for date expressions: everything in, ISO 8601 text out. Knows no language."""

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta
from typing import Final

_HALF_YEAR: Final = 183
_DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652, "century": 36525}
_LONG: Final = {"year": 1, "decade": 10, "century": 100}
_SEASON_LENGTH: Final = 2


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


def half(year: int, number: int) -> str:
    """Return the first or second half of a year as an interval of days."""
    return f"{year:04d}-01-01/{year:04d}-06-30" if number == 1 else f"{year}-07-01/{year}-12-31"


def latest_quarter(base: date, number: int) -> str:
    """Return the latest such quarter that had begun by `base`."""
    begun = base.month > 3 * (number - 1)
    year = base.year if begun else base.year - 1
    return quarter(year, number) if year else ""


def century(number: int) -> str:
    """Return the years of a century: the 19th is 1801/1900."""
    return f"{100 * number - 99:04d}/{100 * number:04d}"


def season(year: int, month: int) -> str:
    """Return a northern season, by its first month, as an approximate month."""
    return f"{year:04d}-{month:02d}~"


def moved(base: date, offset: int) -> str:
    """Return `base` moved by `offset` days, kept inside the calendar."""
    try:
        return (base + timedelta(days=offset)).isoformat()
    except OverflowError:
        return ""


def last_weekday(base: date, number: int) -> str:
    """Return the latest such weekday on or before `base` (Monday is 0)."""
    return moved(base, -((base.weekday() - number) % 7))


def ago(base: date, count: float, unit: str) -> str:
    """Return when "ten years ago" was, as exact as its unit."""
    if unit in _LONG:
        year = base.year - int(count * _LONG[unit])
        return f"{year:04d}" if 0 < year <= MAXYEAR else ""
    stamp = moved(base, -int(count * _DAYS[unit]))
    return stamp[:7] if unit == "month" else stamp


def window(base: date, count: float, unit: str, *, forward: bool, rough: bool) -> str:
    """Return "the past 30 days" as an interval that ends (or begins) at `base`.

    A `rough` one, such as "the past few days", is only its beginning.
    """
    offset = int(min(count, 3000) * _DAYS.get(unit, 365))
    other = moved(base, offset if forward else -offset)
    if not other:
        return ""
    if rough and not forward:
        return f"{other}~"
    pair = (base.isoformat(), other) if forward else (other, base.isoformat())
    return f"{pair[0]}/{pair[1]}"


def shifted(base: date, step: int, unit: str) -> str:
    """Return the day, week, month or year that lies `step` units from `base`."""
    if unit in _LONG:
        year = base.year + step * _LONG[unit]
        return f"{year:04d}" if 0 < year <= MAXYEAR else ""
    if unit == "quarter":
        number = base.year * 4 + (base.month - 1) // 3 + step
        return quarter(number // 4, number % 4 + 1) if 0 < number // 4 <= MAXYEAR else ""
    if unit == "month":
        months = base.year * 12 + base.month - 1 + step
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if unit == "weekend":
        return _weekend(base, step)
    if unit == "week":
        return _week(base, step)
    return moved(base, step)


def _week(base: date, step: int) -> str:
    start = moved(base, 7 * step - base.weekday())
    end = moved(base, 7 * step - base.weekday() + 6)
    return f"{start}/{end}" if start and end else ""


def _weekend(base: date, step: int) -> str:
    saturday = moved(base, 7 * step - base.weekday() + 5)
    sunday = moved(base, 7 * step - base.weekday() + 6)
    return f"{saturday}/{sunday}" if saturday and sunday else ""


def weekday_of(base: date, step: int, number: int) -> str:
    """Return "last Friday", "this Friday" or "next Friday" against `base`."""
    back = (base.weekday() - number) % 7
    return moved(base, 7 - back if step > 0 else -(back or (7 if step else 0)))


def season_of(base: date, step: int, month: int) -> str:
    """Return "last spring", "this spring" or "next spring" against `base`."""
    past = step < 0 and base.month > month + _SEASON_LENGTH
    return season(base.year + (0 if past else step), month)


def month_of(base: date, step: int, month: int) -> str:
    """Return "last March", "this March" or "next March" against `base`."""
    year = base.year
    if step < 0 and month >= base.month:
        year -= 1
    if step > 0 and month <= base.month:
        year += 1
    return f"{year:04d}-{month:02d}"
