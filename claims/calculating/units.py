"""Which units can stand in one sum, and how one is turned into another without rounding."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from claims.calculating.errors import UnitsDifferError
from claims.calculating.records import POINTS, TIMES, Figure
from claims.calculating.spelling import unit_words
from claims.extraction.english.units import CURRENCY_WORDS, DURATIONS, MEASURES
from claims.extraction.symbols import CURRENCY_CODES, CURRENCY_SIGNS

COUNT: Final = "count"  # any noun: people, ferries, votes
_MONEY: Final = frozenset({*CURRENCY_CODES, *CURRENCY_SIGNS.values(), *CURRENCY_WORDS.values()})
_NAMED: Final = frozenset({*MEASURES.values(), *DURATIONS})
# Dimension and size of units that are exact multiples of each other.
_SIZES: Final[dict[str, tuple[str, Decimal]]] = {
    name: (dimension, Decimal(size))
    for dimension, names in {
        "length": {"millimetre": "0.001", "centimetre": "0.01", "metre": "1", "kilometre": "1000"},
        "area": {"square metre": "1", "hectare": "10000", "square kilometre": "1000000"},
        "mass": {
            "milligram": "0.000001",
            "gram": "0.001",
            "kilogram": "1",
            "tonne": "1000",
            "megatonne": "1000000000",
            "gigatonne": "1000000000000",
        },
        "volume": {"millilitre": "0.001", "centilitre": "0.01", "decilitre": "0.1", "litre": "1"},
        "duration": {
            "second": "1",
            "minute": "60",
            "hour": "3600",
            "day": "86400",
            "week": "604800",
        },
        "calendar": {
            "month": "1",
            "quarter": "3",
            "year": "12",
            "decade": "120",
            "century": "1200",
        },
        "power": {
            "watt": "1",
            "kilowatt": "1000",
            "megawatt": "1000000",
            "gigawatt": "1000000000",
        },
        "energy": {
            "kilowatt hour": "1",
            "megawatt hour": "1000",
            "gigawatt hour": "1000000",
            "terawatt hour": "1000000000",
        },
        "points": {POINTS: "1", "basis_point": "0.01"},
        TIMES: {TIMES: "1", "time": "1"},
    }.items()
    for name, size in names.items()
}


def dimension(unit: str) -> tuple[str, Decimal]:
    """Return what the unit measures and its size in the dimension's base; empty for none."""
    name, per, base = unit.partition(" per ")
    if name in _SIZES:
        kind, size = _SIZES[name]
    elif name in _MONEY:
        kind, size = f"money in {name}", Decimal(1)
    elif not name or name in _NAMED:
        kind, size = name, Decimal(1)
    else:
        kind, size = COUNT, Decimal(1)
    return kind + per + base, size


def is_money(unit: str) -> bool:
    """Whether the unit is a currency, by itself or per something."""
    return unit.partition(" per ")[0] in _MONEY


def together(figures: Sequence[Figure]) -> tuple[str, list[Decimal]]:
    """Return the one unit of all the figures, and the size of each figure's unit in it.

    A number without a unit goes with any. Raises UnitsDifferError.
    """
    named = [figure for figure in figures if figure.unit]
    if not named:
        return "", [Decimal(1) for _ in figures]
    kind, base = dimension(named[0].unit)
    for figure in named[1:]:
        if dimension(figure.unit)[0] != kind:
            raise UnitsDifferError(one=unit_words(named[0].unit), other=unit_words(figure.unit))
    sizes = [dimension(figure.unit)[1] / base if figure.unit else Decimal(1) for figure in figures]
    return named[0].unit, sizes


def in_unit(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """Turn an amount into another unit; None where the two measure different things."""
    if not unit or not wanted or unit == wanted:
        return value
    (kind, size), (other, base) = dimension(unit), dimension(wanted)
    return value * size / base if kind == other else None
