"""The tables of a web page, with cells that span rows and columns, each table within another."""

from collections.abc import Iterator
from typing import Any

from sources.anchoring.grids import Grid
from sources.archiving.reading.tables.building import (
    CELL_CHARACTERS,
    MAXIMUM_COLUMNS,
    MAXIMUM_ROWS,
    Budget,
    Draft,
    is_table,
)

_Tree = Any
_SPAN = 1000  # as browsers bound it (HTML, 4.9.11)
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_SILENT = frozenset({"script", "style", "template", "noscript", "svg", "math"})
_BREAKS = frozenset({"br", "p", "div", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"})


def read_tables(tree: _Tree) -> list[Grid]:
    """Return the tables of a page in the order in which they begin; those that lay out are not.

    A table within a cell is one of its own, and its words are left out of the cell.
    """
    budget = Budget()
    found: list[Grid] = []
    for element in tree.iter("table"):
        if budget.spent:
            break
        grid = _read(element, budget)
        if is_table(grid):
            found.append(grid)
            budget.tables -= 1
    return found


def _read(table: _Tree, budget: Budget) -> Grid:
    draft = Draft(budget, caption=_caption(table))
    # For each column, the cell that reaches down into the next row: text, rows left, is it `th`.
    reaching: dict[int, tuple[str, int, bool]] = {}
    heading_rows, leading, in_head = 0, [], True
    for is_thead, row in _rows(table):
        cells, heads = _place(draft, row, reaching)
        if not any(cells) and not heads:
            continue
        if not draft.add(cells):
            break
        in_head = in_head and (is_thead or (bool(heads) and all(heads)))
        heading_rows += in_head
        if not in_head:
            leading.append(_count_leading(heads))
    known = heading_rows or any(leading)
    columns = min(leading, default=0) if known else None
    rows = heading_rows if known else None
    return draft.grid(header_rows=rows, header_columns=columns)


def _count_leading(heads: list[bool]) -> int:
    return heads.index(False) if False in heads else len(heads)


def _place(
    draft: Draft, row: _Tree, reaching: dict[int, tuple[str, int, bool]]
) -> tuple[list[str], list[bool]]:
    """Lay the cells of a row out in columns; return their texts, and which are headings."""
    cells: list[str] = []
    heads: list[bool] = []
    number = len(draft.rows)

    def fill() -> None:
        while (held := reaching.get(len(cells))) is not None and len(cells) < MAXIMUM_COLUMNS:
            text, left, head = held
            if left > 1:
                reaching[len(cells)] = text, left - 1, head
            else:
                del reaching[len(cells)]
            cells.append(text)
            heads.append(head)

    for cell in row:
        if cell.tag not in {"td", "th"}:
            continue
        fill()
        if len(cells) >= MAXIMUM_COLUMNS:
            draft.truncated = True
            break
        along = min(_span(cell, "colspan"), MAXIMUM_COLUMNS - len(cells))
        down = _span(cell, "rowspan")
        text, head = _text(cell), cell.tag == "th"
        if along * down > 1:
            draft.merges.append((number, len(cells), min(down, MAXIMUM_ROWS), along))
        for _ in range(along):
            if down > 1:
                reaching[len(cells)] = text, down - 1, head
            cells.append(text)
            heads.append(head)
    fill()
    return cells, heads


def _rows(table: _Tree) -> Iterator[tuple[bool, _Tree]]:
    """Yield the table's own rows, not those of a table within it; and whether in its `thead`."""
    for child in table:
        if child.tag == "tr":
            yield False, child
        elif child.tag in _SECTIONS:
            for row in child:
                if row.tag == "tr":
                    yield child.tag == "thead", row


def _span(cell: _Tree, name: str) -> int:
    written = (cell.get(name) or "").strip()
    return max(1, min(int(written), _SPAN)) if written.isdecimal() and len(written) < 6 else 1  # noqa: PLR2004 (more digits than any span)


def _caption(table: _Tree) -> str:
    caption = next((child for child in table if child.tag == "caption"), None)
    return "" if caption is None else _text(caption)


def _text(cell: _Tree) -> str:
    """Return the words of a cell without those of a table within it."""
    pieces: list[str] = []
    length = 0
    waiting: list[tuple[_Tree, bool]] = [(cell, True)]
    while waiting and length <= CELL_CHARACTERS:
        element, opening = waiting.pop()
        if not opening:
            pieces.append(element.tail or "")
            length += len(pieces[-1])
            continue
        if element is not cell:
            waiting.append((element, False))
        if not isinstance(element.tag, str) or element.tag in _SILENT or element.tag == "table":
            continue
        pieces.append(" " if element.tag in _BREAKS else "")
        pieces.append(element.text or "")
        length += len(pieces[-1])
        waiting.extend((child, True) for child in reversed(element))
    return "".join(pieces)
