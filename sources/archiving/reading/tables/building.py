"""Making a grid of rows, within bounds, and telling which rows and columns head the others."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sources.anchoring.grids import Grid, Merge
from sources.anchoring.headings import FIGURE, YEAR, is_name

MAXIMUM_TABLES = 60
MAXIMUM_ROWS = 20_000
MAXIMUM_COLUMNS = 256
MAXIMUM_CELLS = 200_000  # of all tables of a document together
MAXIMUM_CHARACTERS = 4_000_000  # the same
CELL_CHARACTERS = 5_000
CAPTION_CHARACTERS = 200
_MAXIMUM_HEADINGS = 6
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_FEW = 0.8  # of a column's cells that have to be words for it to head the rows


@dataclass
class Budget:
    """What the tables of one document may still take."""

    cells: int = MAXIMUM_CELLS
    characters: int = MAXIMUM_CHARACTERS
    tables: int = MAXIMUM_TABLES

    def take(self, row: Sequence[str]) -> bool:
        """Take a row off what is left; tell whether there was room."""
        self.cells -= max(1, len(row))
        self.characters -= sum(map(len, row))
        return self.cells >= 0 and self.characters >= 0

    @property
    def spent(self) -> bool:
        """Whether nothing more can be kept."""
        return self.cells <= 0 or self.characters <= 0 or self.tables <= 0


@dataclass
class Draft:
    """A table that is being read, row by row."""

    budget: Budget
    caption: str = ""
    rows: list[list[str]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    truncated: bool = False

    def add(self, cells: Iterable[str]) -> bool:
        """Add a row; False when there is no room for it, and for no other after it."""
        row: list[str] = []
        for cell in cells:
            if len(row) == MAXIMUM_COLUMNS:
                self.truncated = True
                break
            row.append(self._cut(cell))
        while row and not row[-1]:
            row.pop()
        if len(self.rows) == MAXIMUM_ROWS or not self.budget.take(row):
            self.truncated = True
            return False
        self.rows.append(row)
        return True

    def grid(self, *, header_rows: int | None = None, header_columns: int | None = None) -> Grid:
        """Return the table with rows of one length; headings that are not given are told."""
        while self.rows and not any(self.rows[-1]):
            self.rows.pop()
        width = max((len(row) for row in self.rows), default=0)
        rows = [row + [""] * (width - len(row)) for row in self.rows]
        merges = [self._inside(merge, len(rows), width) for merge in self.merges]
        top = _header_rows(rows) if header_rows is None else header_rows
        left = _header_columns(rows[top:]) if header_columns is None else header_columns
        return Grid(
            caption=flat(self.caption)[:CAPTION_CHARACTERS],
            rows=tuple(map(tuple, rows)),
            header_rows=min(top, len(rows)),
            header_columns=min(left, width),
            merges=tuple(merge for merge in merges if merge[2] * merge[3] > 1),
            truncated=self.truncated,
        )

    def _cut(self, cell: str) -> str:
        words = flat(cell)
        if len(words) > CELL_CHARACTERS:
            self.truncated = True
        return words[:CELL_CHARACTERS]

    @staticmethod
    def _inside(merge: Merge, height: int, width: int) -> Merge:
        top, left, down, along = merge
        return top, left, max(0, min(down, height - top)), max(0, min(along, width - left))


def flat(text: str) -> str:
    """Return the text on one line, without controls and lone surrogates."""
    joined = " ".join(_CONTROLS.sub("", text).split())
    return joined if joined.isascii() else joined.encode("utf-8", "ignore").decode("utf-8")


def is_table(grid: Grid) -> bool:
    """Whether it is worth keeping: two rows and two columns with something in them."""
    filled = sum(1 for row in grid.rows for cell in row if cell)
    return len(grid.rows) > 1 and grid.width > 1 and filled > max(len(grid.rows), grid.width)


def spread(rows: list[list[str]], merges: Iterable[Merge]) -> None:
    """Write the text of each merged cell at every place that it covers."""
    for top, left, height, breadth in merges:
        text = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        right = min(left + breadth, MAXIMUM_COLUMNS)
        for row in rows[top : top + height]:
            row.extend([""] * (right - len(row)))
            row[left:right] = [text] * (right - left)


def _header_rows(rows: list[list[str]]) -> int:
    """Return how many rows at the top are words, or years, above rows that are not."""
    for number, row in enumerate(rows[: _MAXIMUM_HEADINGS + 1]):
        if not _heads(row):
            return number
    return 1 if len(rows) > 1 else 0


def _heads(row: list[str]) -> bool:
    words = [cell for cell in row if cell]
    figures = [cell for cell in words if FIGURE.fullmatch(cell)]
    if not figures:
        return True
    years = [cell for cell in figures if YEAR.fullmatch(cell)]
    is_axis = len(set(years)) == len(figures) > 1
    return is_axis and (not row[0] or not FIGURE.fullmatch(row[0]))


def _header_columns(body: list[list[str]]) -> int:
    """Return 1 when the first column names the rows: by words, or by years that differ."""
    if not body or len(body[0]) < 2:  # noqa: PLR2004 (one column names nothing)
        return 0
    first = [row[0] for row in body if row[0]]
    if not first:
        return 0
    names = [cell for cell in first if is_name(cell)]
    return int(len(names) >= _FEW * len(first))
