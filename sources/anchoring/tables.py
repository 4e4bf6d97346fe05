"""A cell in the tables of a newer text of its source: the same, moved, altered, or not told.

Pure Python. Describes only: an anchor is never put somewhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sources.anchoring.altering import Alteration, Side, compare
from sources.anchoring.cells import CellAnchor, CellConfirmation, How, confirm_cell, headed
from sources.anchoring.grids import Grid
from sources.anchoring.headings import YEAR, names_in_row
from sources.anchoring.tokens import tokens

Place = tuple[int, int]

_HEADED: frozenset[How] = frozenset({"unchanged", "moved", "altered", "ambiguous"})
_ORDER: tuple[How, ...] = (
    "unchanged", "moved", "altered", "context_changed", "ambiguous", "missing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CellDrift:
    """What became of a cell: as CellConfirmation says it, and in which table, from nought.

    `now` is what the cell says; None where it was not found.
    """

    how: How
    table: int | None = None
    row: int | None = None
    column: int | None = None
    now: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """The table that a cell was taken from: which of the document's it is, and how many there are.

    `number` is counted from nought.
    """

    grid: Grid
    number: int
    tables: int


def look_up_cell(anchor: CellAnchor, origin: Origin, tables: Sequence[Grid]) -> CellDrift:
    """Look a cell up in the tables of another text of its source.

    Tables with the caption of its own come alone where there are any. What stands under its
    headings in several tables is ambiguous, unless the document has as many tables as before: then
    the one at its place is meant.
    """
    numbers = list(range(len(tables)))
    caption = origin.grid.caption
    if caption and any(grid.caption == caption for grid in tables):
        numbers = [number for number in numbers if tables[number].caption == caption]
    found = {number: _in_table(anchor, origin.grid, tables[number]) for number in numbers}
    under = [number for number in numbers if found[number].how in _HEADED]
    if len(under) > 1:
        same_place = len(tables) == origin.tables and origin.number in under
        if not same_place:
            return CellDrift("ambiguous")
        under = [origin.number]
    best = min(under or numbers, key=lambda number: _ORDER.index(found[number].how), default=None)
    if best is None:
        return CellDrift("missing")
    there = found[best]
    if there.row is None or there.column is None:
        return CellDrift(there.how)
    now = tables[best].text(there.row, there.column)
    return CellDrift(there.how, best, there.row, there.column, now)


def _in_table(anchor: CellAnchor, old: Grid, new: Grid) -> CellConfirmation:
    """Look the cell up in one table; rows with the same headings are told apart by their names."""
    has_headings = bool(anchor.row_headers or anchor.column_headers)
    places = list(headed(anchor, new)) if has_headings else []
    # "Bolivia" heads a row for each year: the year in the row says which of them it is.
    if not places or (len(places) == 1 and len(list(headed(anchor, old))) == 1):
        return confirm_cell(anchor, new)
    alike = _same_rows(anchor, old, new, places)
    if len(alike) != 1:
        return CellConfirmation("ambiguous" if alike else "missing")
    row, column = alike[0]
    now = new.text(row, column)
    if now != anchor.exact:
        return CellConfirmation("altered", row, column, now=now)
    how: How = "unchanged" if (row, column) == (anchor.row, anchor.column) else "moved"
    return CellConfirmation(how, row, column)


def _same_rows(anchor: CellAnchor, old: Grid, new: Grid, places: Sequence[Place]) -> list[Place]:
    """Return the places whose rows have the names of the cell's own row, or its years at least.

    Where the row has neither names nor years they cannot be told apart, and all are returned.
    """
    names = names_in_row(old, anchor.row, but=anchor.column)
    years = [name for name in names if YEAR.fullmatch(name[1])]
    theirs = {place: names_in_row(new, place[0], but=place[1]) for place in places}
    alike = [place for place in places if theirs[place] == names]
    if alike:
        return alike
    if years:
        return [place for place in places if all(year in theirs[place] for year in years)]
    return list(places)


def extent(old: str, new: str) -> Alteration:
    """Say how far the text of a cell was altered; what a cell says is all that it says.

    Another spacing is cosmetic. Anything else is material, whether a reason can be told or not.
    """
    sides = (Side(text, tokens(text)) for text in (old, new))
    found = compare(*sides, is_common=lambda _: False)
    if found.extent == "cosmetic":
        return found
    return Alteration("materially_altered", found.reasons)
