"""The reader of XLSX workbooks: every sheet a table, its values as they are shown."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812 (it is an exception)

from sources.anchoring.grids import Grid, Merge
from sources.archiving.reading.packed import opened
from sources.archiving.reading.parsed import (
    MAXIMUM_CHARACTERS,
    About,
    NotReadableError,
    Parsed,
    one_line,
    version_of,
)
from sources.archiving.reading.tables.building import (
    MAXIMUM_COLUMNS,
    MAXIMUM_ROWS,
    Budget,
    Draft,
    spread,
)
from sources.archiving.reading.tables.shown import shown

_BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, BadZipFile)
_MERGE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}mergeCell"
_MAXIMUM_MERGES = 5000
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")


def read_workbook(data: bytes, _charset: str) -> Parsed:
    """Return every sheet of a workbook as a table, and all of them as one text (openpyxl).

    A formula is read as the value that was stored with it; one without any is empty.
    """
    import openpyxl  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    archive = opened(data)
    budget = Budget()
    tables: list[Grid] = []
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            if budget.spent:
                break
            grid = _read(sheet, archive, budget)
            if any(any(row) for row in grid.rows):
                tables.append(grid)
                budget.tables -= 1
        said = book.properties
        made = said.created.strftime("%Y-%m-%d") if said.created else ""
        about = About(one_line(said.title or ""), one_line(said.creator or ""), "", made)
    except (InvalidFileException, SyntaxError, ZlibError, EOFError, *_BROKEN) as error:
        raise NotReadableError("text_damaged") from error
    if not tables:
        raise NotReadableError
    text = "\n\n".join(map(_written, tables))[:MAXIMUM_CHARACTERS]
    return Parsed(text, about, "openpyxl", version_of("openpyxl"), tables=tuple(tables))


def _read(sheet: Any, archive: zipfile.ZipFile, budget: Budget) -> Grid:  # noqa: ANN401 (openpyxl's sheet)
    name = str(sheet.title)
    draft = Draft(budget, caption=name if sheet.sheet_state == "visible" else f"{name} (hidden)")
    # What the file says of its size is not to be relied on, and pads every row when it lies.
    sheet.reset_dimensions()
    draft.merges = list(_merges(archive, sheet._worksheet_path))  # noqa: SLF001 (read-only sheets do not give them)
    for row in sheet.iter_rows():
        if not draft.add(_shown(cell) for cell in row):
            break
    inside = [merge for merge in draft.merges if merge[0] < len(draft.rows)]
    spread(draft.rows, inside)
    draft.merges = inside
    return draft.grid()


def _shown(cell: Any) -> str:  # noqa: ANN401 (openpyxl's cell)
    return "" if cell.value is None else shown(cell.value, cell.number_format)


def _merges(archive: zipfile.ZipFile, path: str) -> Iterator[Merge]:
    """Yield the merged ranges of a sheet, which stand after its rows."""
    from lxml.etree import iterparse  # noqa: PLC0415

    with archive.open(path.removeprefix("/")) as file:
        found = 0
        for _, element in iterparse(file, events=("end",), resolve_entities=False, no_network=True):
            if element.tag == _MERGE:
                merge = _range(element.get("ref") or "")
                if merge:
                    yield merge
                found += 1
                if found == _MAXIMUM_MERGES:
                    return
            parent = element.getparent()
            element.clear()
            while parent is not None and element.getprevious() is not None:
                del parent[0]


def _range(reference: str) -> Merge | None:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    left, top = _column(found[1]), int(found[2]) - 1
    right, bottom = _column(found[3]), int(found[4]) - 1
    if not (0 <= top <= bottom < MAXIMUM_ROWS and 0 <= left <= right and left < MAXIMUM_COLUMNS):
        return None
    return top, left, bottom - top + 1, min(right, MAXIMUM_COLUMNS - 1) - left + 1


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _written(grid: Grid) -> str:
    """Return a sheet as text: its name, then a line for each row."""
    lines = ("\t".join(row).rstrip() for row in grid.rows)
    return "\n".join([grid.caption, *lines])
