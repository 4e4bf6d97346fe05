"""Whether two numbers, or two dates, can both be what a text means."""

import calendar
import re
from datetime import date
from decimal import Decimal
from typing import Final

from claims.extraction.english.units import DURATIONS, MEASURES
from claims.extraction.records import QuantitySpan
from claims.extraction.symbols import CURRENCY_CODES

Interval = tuple[date, date]

# "about 40" and "40" agree within a twentieth of the larger one.
_ABOUT: Final = Decimal("0.05")
# Units that measure the same thing, as how many of the first one of the second is.
_SCALES: Final = {
    "kilometre": ("metre", Decimal(1000)),
    "centimetre": ("metre", Decimal("0.01")),
    "millimetre": ("metre", Decimal("0.001")),
    "mile": ("metre", Decimal("1609.344")),
    "yard": ("metre", Decimal("0.9144")),
    "foot": ("metre", Decimal("0.3048")),
    "inch": ("metre", Decimal("0.0254")),
    "gram": ("kilogram", Decimal("0.001")),
    "milligram": ("kilogram", Decimal("0.000001")),
    "pound": ("kilogram", Decimal("0.45359237")),
    "tonne": ("kilogram", Decimal(1000)),
    "kilowatt": ("watt", Decimal(1000)),
    "megawatt": ("watt", Decimal(1_000_000)),
    "gigawatt": ("watt", Decimal(1_000_000_000)),
    "kilowatt hour": ("watt hour", Decimal(1000)),
    "megawatt hour": ("watt hour", Decimal(1_000_000)),
    "gigawatt hour": ("watt hour", Decimal(1_000_000_000)),
    "terawatt hour": ("watt hour", Decimal(1_000_000_000_000)),
    "hectare": ("square metre", Decimal(10_000)),
    "square kilometre": ("square metre", Decimal(1_000_000)),
    "basis_point": ("percentage_point", Decimal("0.01")),
    "decade": ("year", Decimal(10)),
    "century": ("year", Decimal(100)),
}
_PEOPLE: Final = frozenset({"people", "person"})
_MEASURES: Final = {*MEASURES.values(), *CURRENCY_CODES, *DURATIONS, "rank", "times"} | {
    base for base, _ in _SCALES.values()
}
# Converted lengths and weights are rounded when they are written down.
_CONVERTED: Final = Decimal("0.02")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_DECEMBER: Final = 12


def same_measure(ours: QuantitySpan, theirs: QuantitySpan) -> bool:
    """Whether the two count the same thing.

    A bare number may count anything, and "people" may be passengers, voters or workers.
    """
    if not ours.unit or not theirs.unit:
        return True
    pair = {_base(ours.unit)[0], _base(theirs.unit)[0]}
    return len(pair) == 1 or bool(pair & _PEOPLE and not pair & _MEASURES)


def numbers_agree(ours: QuantitySpan, theirs: QuantitySpan) -> bool:
    """Whether both numbers can hold at once for the same measure, roundings and bounds allowed."""
    low, high = _bounds(ours)
    other_low, other_high = _bounds(theirs)
    if _base(ours.unit)[1] != _base(theirs.unit)[1]:
        low, high = low * (1 - _CONVERTED), high * (1 + _CONVERTED)
    return low <= other_high and other_low <= high


def interval(iso: str) -> Interval | None:
    """Return the first and last day that an ISO 8601 expression means; None where it is open."""
    first, _, last = iso.lstrip("~").partition("/")
    start = _days(first.strip("~"))
    end = _days(last.strip("~")) if last else start
    return (start[0], end[1]) if start and end and start[0] <= end[1] else None


def dates_agree(ours: Interval, theirs: Interval) -> bool:
    """Whether the two stretches of time share a day."""
    return ours[0] <= theirs[1] and theirs[0] <= ours[1]


def _base(unit: str) -> tuple[str, Decimal]:
    return _SCALES.get(unit, (unit, Decimal(1)))


def _bounds(quantity: QuantitySpan) -> tuple[Decimal, Decimal]:
    """Return between which values the number lies, in base units.

    A bound such as "more than 40" is read as what people round down to it: up to half as much
    again, never anything at all.
    """
    scale = _base(quantity.unit)[1]
    value = quantity.value * scale
    room = abs(value)
    if quantity.upper is not None:
        return value, quantity.upper * scale
    if quantity.comparator in {">", ">="}:
        return value, value + room / 2
    if quantity.comparator in {"<", "<="}:
        return value - room / 4, value
    if quantity.comparator == "~":
        return value - room * _ABOUT, value + room * _ABOUT
    half = _last_place(quantity.value) * scale / 2
    return value - half, value + half


def _last_place(value: Decimal) -> Decimal:
    """Return what the last written digit after the point counts; whole numbers are exact."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(0)


def _days(written: str) -> Interval | None:
    found = _DAY.fullmatch(written)
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            last = calendar.monthrange(year, month)[1]
            return date(year, month, 1), date(year, month, last)
        return date(year, 1, 1), date(year, _DECEMBER, 31)
    except ValueError:
        return None
