"""What can be calculated: the numbers that each operation takes, its formula and its arithmetic."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from claims.calculating.errors import (
    DivisionByZeroError,
    InputsError,
    NegativeBaseError,
    UnitsDifferError,
    UnknownOperationError,
)
from claims.calculating.records import PERCENT, POINTS, TIMES, Figure
from claims.calculating.spelling import unit_words
from claims.calculating.units import dimension, together

HUNDRED: Final = Decimal(100)
MOST_TERMS: Final = 12

Values = Sequence[Decimal]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a number: its name in the data, and its words on the screen."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation. `formula` is written with the slots' names in braces.

    `is_open` marks one that takes any number of terms, two at least. `is_signed` marks a result
    whose sign says up or down.
    """

    code: str
    label: str
    words: str
    slots: tuple[Slot, ...]
    formula: str
    run: Callable[[Values], Decimal]
    is_open: bool = False
    is_signed: bool = False


def _divided(top: Decimal, bottom: Decimal, name: str) -> Decimal:
    if not bottom:
        raise DivisionByZeroError(name=name)
    return top / bottom


def _percent_change(values: Values) -> Decimal:
    first, last = values
    if first < 0:
        raise NegativeBaseError
    return _divided((last - first) * HUNDRED, first, "The first number")


def _growth(values: Values) -> Decimal:
    first, last, periods = values
    if first < 0 or last < 0 or periods < 0:
        raise NegativeBaseError
    ratio = _divided(last, first, "The first number")
    root = _divided(Decimal(1), periods, "The number of periods")
    return (ratio**root - 1) * HUNDRED if ratio else -HUNDRED


def _total(values: Values) -> Decimal:
    return sum(values, Decimal(0))


_FROM = Slot("from", "From: earlier, or compared with")
_TO = Slot("to", "To: later, or what is compared")
_TERM = Slot("term", "Number")

OPERATIONS: Final[dict[str, Operation]] = {
    operation.code: operation
    for operation in (
        Operation(
            "percent_change",
            "Change in percent",
            "(to − from) ÷ from × 100",
            (_FROM, _TO),
            "({to} − {from}) ÷ {from} × 100",
            _percent_change,
            is_signed=True,
        ),
        Operation(
            "percentage_points",
            "Change in percentage points",
            "to − from, both in percent",
            (_FROM, _TO),
            "{to} − {from}",
            lambda values: values[1] - values[0],
            is_signed=True,
        ),
        Operation(
            "difference",
            "Difference",
            "to − from",
            (_FROM, _TO),
            "{to} − {from}",
            lambda values: values[1] - values[0],
            is_signed=True,
        ),
        Operation(
            "ratio",
            "How many times as much",
            "to ÷ from",
            (_FROM, _TO),
            "{to} ÷ {from}",
            lambda values: _divided(values[1], values[0], "The number to divide by"),
        ),
        Operation(
            "share",
            "Share of a whole",
            "part ÷ whole × 100",
            (Slot("part", "The part"), Slot("whole", "The whole")),
            "{part} ÷ {whole} × 100",
            lambda values: _divided(values[0] * HUNDRED, values[1], "The whole"),
        ),
        Operation(
            "sum",
            "Sum",
            "all numbers added",
            (_TERM, _TERM),
            " + ",
            _total,
            is_open=True,
        ),
        Operation(
            "average",
            "Average",
            "all numbers added ÷ how many they are",
            (_TERM, _TERM),
            " + ",
            lambda values: _total(values) / len(values),
            is_open=True,
        ),
        Operation(
            "compound_growth",
            "Growth a year, compounded",
            "((to ÷ from) to the power of 1 ÷ periods − 1) × 100",
            (_FROM, _TO, Slot("periods", "How many years or other periods")),
            "(({to} ÷ {from}) ^ (1 ÷ {periods}) − 1) × 100",
            _growth,
            is_signed=True,
        ),
        Operation(
            "per_capita",
            "Per person",
            "amount ÷ people",
            (Slot("amount", "The amount"), Slot("people", "How many people")),
            "{amount} ÷ {people}",
            lambda values: _divided(values[0], values[1], "The number of people"),
        ),
    )
}


def operation_of(code: str) -> Operation:
    """Return the operation. Raises UnknownOperationError."""
    if code not in OPERATIONS:
        raise UnknownOperationError
    return OPERATIONS[code]


def slots_of(operation: Operation, count: int) -> tuple[Slot, ...]:
    """Return a slot for each of `count` numbers. Raises InputsError where they are not right."""
    least = len(operation.slots)
    if count < least or (count > least and not operation.is_open) or count > MOST_TERMS:
        wanted = f"{least} to {MOST_TERMS} numbers" if operation.is_open else f"{least} numbers"
        raise InputsError(operation=operation.label, wanted=wanted)
    return operation.slots if not operation.is_open else (operation.slots[0],) * count


def result_unit(operation: Operation, figures: Sequence[Figure]) -> tuple[str, list[Decimal]]:
    """Return the result's unit and the factor that brings each number into it.

    Raises UnitsDifferError where the numbers cannot stand in one sum.
    """
    if operation.code == "per_capita":
        amount, people = figures
        if people.unit and dimension(people.unit)[0] != "count":
            raise UnitsDifferError(one="a number of people", other=unit_words(people.unit))
        return f"{amount.unit or 'one'} per person", [Decimal(1), Decimal(1)]
    alike = figures[:2] if operation.code == "compound_growth" else figures
    unit, sizes = together(alike)
    if operation.code == "percentage_points":
        wrong = unit if unit and dimension(unit)[0] not in {PERCENT, "points"} else ""
        if wrong:
            raise UnitsDifferError(one="percent", other=unit_words(wrong))
        return POINTS, [dimension(figure.unit)[1] for figure in figures]
    if operation.code == "compound_growth":
        return PERCENT, [*sizes, Decimal(1)]
    fixed = {"percent_change": PERCENT, "share": PERCENT, "ratio": TIMES}
    if operation.code == "difference" and unit == PERCENT:
        return POINTS, sizes
    return fixed.get(operation.code, unit), sizes
