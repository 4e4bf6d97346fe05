"""Doing a calculation: exact in Decimal, beside the claim, with what a reader should know."""

from collections.abc import Sequence
from decimal import Decimal, DecimalException, localcontext
from itertools import product
from typing import Final

from claims.calculating.caveats import Sum, caveats_of
from claims.calculating.comparing import Comparison, compare
from claims.calculating.errors import DivisionByZeroError, NegativeBaseError, TooLargeError
from claims.calculating.operations import (
    HUNDRED,
    Operation,
    operation_of,
    result_unit,
    slots_of,
)
from claims.calculating.records import PERCENT, POINTS, TIMES, Claimed, Figure, Result
from claims.calculating.spelling import measured, plain, signed, spell
from claims.calculating.tolerance import ABOUT, in_words

_PRECISION: Final = 60  # significant digits; results are kept with fewer
_LARGEST: Final = Decimal(10) ** 40


def calculate(operation: str, figures: Sequence[Figure], claimed: Claimed) -> Result:
    """Calculate and compare with the claim.

    The numbers stand in the order of the operation's slots. Raises UnknownOperationError,
    InputsError, UnitsDifferError, DivisionByZeroError, NegativeBaseError and TooLargeError.
    """
    chosen = operation_of(operation)
    slots_of(chosen, len(figures))
    unit, sizes = result_unit(chosen, figures)
    try:
        with localcontext(prec=_PRECISION):
            return _result(chosen, figures, sizes, unit, claimed)
    except DecimalException as error:
        raise TooLargeError from error


def _result(
    operation: Operation,
    figures: Sequence[Figure],
    sizes: Sequence[Decimal],
    unit: str,
    claimed: Claimed,
) -> Result:
    values = [figure.value * size for figure, size in zip(figures, sizes, strict=True)]
    value = Decimal(plain(operation.run(values)))
    if abs(value) >= _LARGEST:
        raise TooLargeError
    comparison = compare(operation, value, unit, figures, claimed)
    low, high = _range(operation, figures, sizes, value)
    done = Sum(operation, figures, values, value, unit, claimed, comparison, low, high)
    write = signed if operation.is_signed else measured
    shown = write(value, unit, step=claimed.step)
    return Result(
        operation=operation.code,
        value=value,
        unit=unit,
        words=operation.words,
        figures=f"{_figures(operation, values)} = {shown}",
        shown=shown,
        verdict=comparison.verdict,
        why=comparison.why,
        difference=comparison.difference,
        gap=_gap(comparison, claimed),
        tolerance=in_words(claimed),
        low=low,
        high=high,
        span="" if low is None or high is None else f"{write(low, unit)} and {write(high, unit)}",
        also=_also(done),
        caveats=caveats_of(done),
    )


def _gap(comparison: Comparison, claimed: Claimed) -> str:
    if comparison.verdict != "differs" or not comparison.difference:
        return ""
    unit = POINTS if claimed.unit == PERCENT else claimed.unit
    side = "more" if comparison.difference > 0 else "less"
    return f"{measured(abs(comparison.difference), unit, step=claimed.step)} {side} than claimed"


def _figures(operation: Operation, values: Sequence[Decimal]) -> str:
    written = [spell(value) if value >= 0 else f"({spell(value)})" for value in values]
    if not operation.is_open:
        names = [slot.name for slot in operation.slots]
        return operation.formula.format(**dict(zip(names, written, strict=True)))
    added = operation.formula.join(written)
    return f"({added}) ÷ {len(values)}" if operation.code == "average" else added


def _range(
    operation: Operation, figures: Sequence[Figure], sizes: Sequence[Decimal], value: Decimal
) -> tuple[Decimal | None, Decimal | None]:
    """Return what the result lies between, given how the quoted numbers are rounded.

    Every operation rises or falls with each of its numbers, so the ends lie at the corners.
    """
    spans = [_span(figure, size) for figure, size in zip(figures, sizes, strict=True)]
    if all(low == high for low, high in spans):
        return None, None
    corners = list(zip(*spans, strict=True)) if operation.is_open else list(product(*spans))
    try:
        results = [operation.run(corner) for corner in corners]
    except (DivisionByZeroError, NegativeBaseError):
        return None, None
    return Decimal(plain(min(*results, value))), Decimal(plain(max(*results, value)))


def _span(figure: Figure, size: Decimal) -> tuple[Decimal, Decimal]:
    half = figure.step / 2 if figure.is_rounded else Decimal(0)
    if figure.comparator == "~":
        half = max(half, abs(figure.value) * ABOUT)
    return (figure.value - half) * size, (figure.value + half) * size


def _also(done: Sum) -> tuple[str, ...]:
    """Say the result in the other ways that people put it."""
    factor = done.factor
    if factor is None:
        return ()
    points = signed(done.values[1] - done.values[0], POINTS)
    change, times = signed((factor - 1) * HUNDRED, PERCENT), measured(factor, TIMES)
    shares = all(figure.unit == PERCENT for figure in done.figures)
    match done.operation.code:
        case "percent_change":
            return (times, points) if shares else (times,)
        case "ratio":
            return (change,)
        case "percentage_points":
            return (change,)
        case _:
            return (change,) if shares else ()
