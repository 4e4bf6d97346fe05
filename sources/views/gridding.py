"""A page of a table for a screen: its headings, some of its rows, and the cell that is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass

from sources.anchoring.grids import Grid
from sources.anchoring.headings import headings
from sources.models import ExtractedTable

MOST_ROWS = 100
_LEAST_ROWS = 10
_CELLS = 3000  # on one page: wide tables show fewer rows


@dataclass(frozen=True)
class Cell:
    """A cell as the screen shows it; `place` names it in an address."""

    text: str
    place: str
    down: int
    along: int
    is_heading: bool
    is_chosen: bool
    # Whether it heads both rows and columns, and so stays in sight whichever way one scrolls.
    is_corner: bool


@dataclass(frozen=True)
class Chosen:
    """The cell that an address names, with what heads it."""

    row: int
    column: int
    text: str
    headings: tuple[str, ...]

    @property
    def place(self) -> str:
        """How an address names it."""
        return f"{self.row}-{self.column}"


@dataclass(frozen=True)
class TablePage:
    """What one page shows of a table. Rows are counted from one, as people do."""

    table: ExtractedTable
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    chosen: Chosen | None
    first: int
    last: int
    number: int
    pages: int

    @property
    def previous(self) -> int:
        """The number of the page before, 0 when there is none."""
        return self.number - 1

    @property
    def following(self) -> int:
        """The number of the page after, 0 when there is none."""
        return self.number + 1 if self.number < self.pages else 0


def table_page(table: ExtractedTable, *, page: str = "", cell: str = "") -> TablePage:
    """Return the page of a table that an address asks for, else the one with its cell, or first."""
    grid = table.grid
    size = max(_LEAST_ROWS, min(MOST_ROWS, _CELLS // grid.width))
    body = len(grid.rows) - grid.header_rows
    pages = max(1, -(-body // size))
    chosen = _chosen(grid, cell)
    asked = int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 0  # noqa: PLR2004 (no table has so many)
    if not asked and chosen and chosen.row >= grid.header_rows:
        asked = (chosen.row - grid.header_rows) // size + 1
    number = min(max(asked, 1), pages)
    start = grid.header_rows + (number - 1) * size
    end = min(start + size, len(grid.rows))
    return TablePage(
        table=table,
        head=tuple(_rows(grid, 0, grid.header_rows, chosen)),
        body=tuple(_rows(grid, start, end, chosen)),
        chosen=chosen,
        first=start + 1,
        last=end,
        number=number,
        pages=pages,
    )


def place_of(cell: str) -> tuple[int, int] | None:
    """Read a place as an address names it (`row-column`, from nought); None for anything else."""
    row, _, column = cell.partition("-")
    if row.isascii() and row.isdecimal() and column.isascii() and column.isdecimal():
        return (int(row), int(column)) if len(cell) < 16 else None  # noqa: PLR2004 (no table has so many)
    return None


def _chosen(grid: Grid, cell: str) -> Chosen | None:
    place = place_of(cell)
    text = grid.text(*place) if place else None
    if place is None or not text:
        return None
    row, column = grid.origin(*place)
    beside, above = headings(grid, row, column)
    above = above if row >= grid.header_rows else ()
    beside = beside if column >= grid.header_columns else ()
    return Chosen(row, column, text, (*beside, *above))


def _rows(grid: Grid, start: int, end: int, chosen: Chosen | None) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows from `start` to `end`; a cell that reaches over an edge is cut at it."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for top, left, height, breadth in grid.merges:
        first, last = max(top, start), min(top + height, end)
        if first < last:
            spans[first, left] = last - first, breadth
            covered.update(
                (row, column)
                for row in range(first, last)
                for column in range(left, left + breadth)
                if (row, column) != (first, left)
            )
    here = (chosen.row, chosen.column) if chosen else None
    for row in range(start, end):
        cells = []
        for column, text in enumerate(grid.rows[row]):
            if (row, column) in covered:
                continue
            down, along = spans.get((row, column), (1, 1))
            heads = row < grid.header_rows or column < grid.header_columns
            origin = grid.origin(row, column) if (row, column) in spans else (row, column)
            place = f"{origin[0]}-{origin[1]}"
            corner = row < grid.header_rows and column < grid.header_columns
            cells.append(Cell(text, place, down, along, heads, origin == here, corner))
        yield tuple(cells)
