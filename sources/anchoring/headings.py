"""What a cell of a table is of: the words that head it, and the words and years of its row.

Pure Python.
"""

import re
from collections.abc import Iterable
from typing import Final

from sources.anchoring.grids import Grid

FIGURE: Final = re.compile(
    r"[(\[]?[-+−±~≈<>≤≥]?\s*[$€£¥]?\s*\d[\d\s.,'’]*\s*(?:%|‰|[$€£¥])?[)\]]?[*†a-z]?", re.IGNORECASE
)
YEAR: Final = re.compile(r"(?:1[5-9]|2[01])\d\d")


def is_name(text: str) -> bool:
    """Whether a cell tells rows apart and measures nothing: it holds words, or a year."""
    return bool(text) and (not FIGURE.fullmatch(text) or bool(YEAR.fullmatch(text)))


def headings(
    grid: Grid, row: int, column: int, span: tuple[int, int] | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words beside and above a cell; of one that spans several, over all it spans.

    `span` is how many rows and columns it takes, where that is known already.
    """
    down, along = span or spanned(grid, row, column)
    beside = _once(word for line in range(row, row + down) for word in _beside(grid, line, column))
    above = _once(
        word for place in range(column, column + along) for word in _above(grid, row, place)
    )
    return beside, above


def first_headings(grid: Grid, row: int, column: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words beside and above the place at which a cell begins."""
    return _beside(grid, row, column), _above(grid, row, column)


def spanned(grid: Grid, row: int, column: int) -> tuple[int, int]:
    """Return how many rows and columns the cell takes that begins there."""
    return spans(grid).get((row, column), (1, 1))


def spans(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Return where each cell begins that spans several, and how many rows and columns it takes."""
    return {
        (top, left): (min(down, len(grid.rows) - top), min(along, grid.width - left))
        for top, left, down, along in grid.merges
    }


def names_in_row(grid: Grid, row: int, *, but: int) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the words and years of a row, each with what heads its column.

    The cell in the column `but` is left out. They tell the row from others with the same headings.
    """
    return tuple(
        (grid.column_headers(column), text)
        for column, text in enumerate(grid.rows[row])
        if column != but and is_name(text)
    )


def described(grid: Grid, row: int, column: int) -> tuple[str, ...]:
    """Return all that says what a cell is of: what stands beside it, in its row, and above it."""
    beside, above = headings(grid, row, column)
    names = [text for _, text in names_in_row(grid, row, but=column)]
    return _once([*beside, *names, *above])


def _above(grid: Grid, row: int, column: int) -> tuple[str, ...]:
    """The headings above a cell; those of a heading are the headings over it."""
    if row >= grid.header_rows:
        return grid.column_headers(column)
    return _once(line[column] for line in grid.rows[:row])


def _beside(grid: Grid, row: int, column: int) -> tuple[str, ...]:
    if column >= grid.header_columns:
        return grid.row_headers(row)
    return _once(grid.rows[row][:column])


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
