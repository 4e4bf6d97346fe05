"""Anchors to a cell of a table: its place, its exact text, the words that head it. Pure Python.

A cell is confirmed only by its exact text under the same headings, in the same place or another.
Anything else is described: "36 %" that became "63 %" under the same headings is altered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sources.anchoring.grids import Grid
from sources.anchoring.headings import first_headings, headings, spanned, spans

How = Literal["unchanged", "moved", "context_changed", "altered", "ambiguous", "missing"]


@dataclass(frozen=True, slots=True)
class CellAnchor:
    """A cell of a table. `row` and `column` are counted from nought, headings included."""

    row: int
    column: int
    exact: str
    row_headers: tuple[str, ...]
    column_headers: tuple[str, ...]
    table_sha256: str


@dataclass(frozen=True, slots=True)
class CellConfirmation:
    """Whether and where a cell stands in a table; true only when it is confirmed.

    unchanged: in its place. moved: elsewhere, once, under the same headings. context_changed: its
    text is there once, but not under them. altered: its headings head another text, which is
    `now`. ambiguous: several cells would do. missing: neither text nor headings are there.
    """

    how: How
    row: int | None = None
    column: int | None = None
    now: str | None = None

    def __bool__(self) -> bool:
        return self.how in {"unchanged", "moved"}


def make_cell_anchor(grid: Grid, row: int, column: int) -> CellAnchor:
    """Return the anchor of a cell, of its first place when it spans several.

    Its headings are those of all that it spans. Raises ValueError for a place outside the table.
    """
    row, column = grid.origin(row, column)
    exact = grid.text(row, column)
    if exact is None:
        raise ValueError(f"a table of {len(grid.rows)} rows has no cell at {row}, {column}")
    beside, above = headings(grid, row, column)
    return CellAnchor(
        row=row,
        column=column,
        exact=exact,
        row_headers=beside,
        column_headers=above,
        table_sha256=grid.digest(),
    )


def confirm_cell(anchor: CellAnchor, grid: Grid) -> CellConfirmation:
    """Look the cell up in `grid`, which may be the table it came from or another."""
    row, column = anchor.row, anchor.column
    stands = grid.text(row, column) == anchor.exact and grid.origin(row, column) == (row, column)
    if stands and (_is_headed(anchor, grid, row, column) or grid.digest() == anchor.table_sha256):
        return CellConfirmation("unchanged", row, column)
    places = list(headed(anchor, grid))
    alike = [found for found in places if grid.text(*found) == anchor.exact]
    if anchor.row_headers or anchor.column_headers:
        if len(alike) == 1:
            return CellConfirmation("moved", *alike[0])
        if len(alike) > 1:
            return CellConfirmation("ambiguous")
        if len(places) == 1:
            return CellConfirmation("altered", *places[0], now=grid.text(*places[0]))
    return _elsewhere(anchor, grid, stands=stands)


def _elsewhere(anchor: CellAnchor, grid: Grid, *, stands: bool) -> CellConfirmation:
    if stands:
        return CellConfirmation("context_changed", anchor.row, anchor.column)
    found = [place for place in _places(grid) if grid.text(*place) == anchor.exact]
    if not found or not anchor.exact:
        return CellConfirmation("missing")
    if len(found) > 1:
        return CellConfirmation("ambiguous")
    return CellConfirmation("context_changed", *found[0])


def headed(anchor: CellAnchor, grid: Grid) -> Iterator[tuple[int, int]]:
    """Yield the places under the headings of the anchor."""
    # What stands under all the headings has the same ones in its whole row or column.
    above = [grid.column_headers(column) == anchor.column_headers for column in range(grid.width)]
    beside = [grid.row_headers(row) == anchor.row_headers for row in range(len(grid.rows))]
    spanning = spans(grid)
    for row, column in _places(grid):
        in_body = row >= grid.header_rows and column >= grid.header_columns
        span = spanning.get((row, column), (1, 1))
        is_headed = in_body and above[column] and beside[row]
        if not is_headed and (not in_body or span != (1, 1)):
            is_headed = _is_headed(anchor, grid, row, column, span)
        if is_headed:
            yield row, column


def _is_headed(
    anchor: CellAnchor, grid: Grid, row: int, column: int, span: tuple[int, int] | None = None
) -> bool:
    """Tell whether the anchor's headings head a cell: over all it spans, or where it begins."""
    asked = (anchor.row_headers, anchor.column_headers)
    span = span or spanned(grid, row, column)
    return asked in {headings(grid, row, column, span), first_headings(grid, row, column)}


def _places(grid: Grid) -> Iterator[tuple[int, int]]:
    """Yield where each cell begins."""
    covered = {
        (row, column)
        for top, left, height, breadth in grid.merges
        for row in range(top, top + height)
        for column in range(left, left + breadth)
        if (row, column) != (top, left)
    }
    for row in range(len(grid.rows)):
        for column in range(grid.width):
            if (row, column) not in covered:
                yield row, column
