"""Arithmetic over quoted numbers: pure code, exact, and usable from a plain Python session."""

from claims.calculating.operations import OPERATIONS, Operation, Slot
from claims.calculating.reading import (
    claimed_in,
    claimed_of,
    figure_in,
    numbers_in,
    numbers_in_cell,
)
from claims.calculating.records import (
    VERDICTS,
    Caveat,
    Claimed,
    Figure,
    Result,
    Written,
)
from claims.calculating.summing import calculate

__all__ = [
    "OPERATIONS",
    "VERDICTS",
    "Caveat",
    "Claimed",
    "Figure",
    "Operation",
    "Result",
    "Slot",
    "Written",
    "calculate",
    "claimed_in",
    "claimed_of",
    "figure_in",
    "numbers_in",
    "numbers_in_cell",
]
