"""A cell of a table as a line: its caption, what heads it, and its number with its unit."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from claims.calculating.errors import MixedSeparatorsError, NumberUnreadableError
from claims.calculating.separators import read_digits
from claims.calculating.spelling import spell
from claims.extraction.english.units import DURATIONS, MEASURES
from claims.extraction.records import QuantitySpan
from claims.finding.figures import figure_of, same_date, same_quantity, values_of
from claims.finding.lexical import Row
from claims.finding.question import Counted, Question, figures
from claims.finding.records import Cell, Figure, Part, Table, Text
from claims.finding.shortlist import Listed, Sheet, shortlist
from sources.anchoring.headings import FIGURE, headings, is_name

_LONGEST: Final = 160  # characters of a heading or a name that are read
_MOST_NAMES: Final = 6
_PERCENT: Final = re.compile(r"%|\bper ?cent(?:age)?\b(?! points?)", re.IGNORECASE)
_POINTS: Final = re.compile(r"\bpercentage points?\b", re.IGNORECASE)
_SCALE: Final = re.compile(
    r"\b(thousand|million|billion|trillion)s?\b|(['’]000s?\b|\b000s\b)|\b(mn|bn)\b", re.IGNORECASE
)
_SHORT_SCALES: Final = {"mn": "million", "bn": "billion"}
_CURRENCY: Final = re.compile(r"US\$|[$€£¥]|\b(?:USD|EUR|GBP)\b|\beuros?\b", re.IGNORECASE)
_UNIT: Final = re.compile(
    r"\(([^()\d]{1,20})\)\s*$|,\s*([^\W\d]{1,4}[²³]?)$|\bin ([a-z²³/ ]{1,20})$"
)
_MEASURES: Final = frozenset({*MEASURES, *MEASURES.values(), *DURATIONS})


class Line:
    """A listed cell with its line; offsets of the parts count in `text`."""

    def __init__(self, table: Table, sheet: Sheet, listed: Listed) -> None:
        self.table, self.row, self.column = table, listed.row, listed.column
        grid = table.grid
        self.exact = grid.rows[listed.row][listed.column]
        beside, above = headings(grid, listed.row, listed.column)
        pieces: list[tuple[str, int, str, str]] = []
        if grid.caption:
            pieces.append(("caption", -1, grid.caption, ": "))
        named = self._names(sheet)
        pieces += [("name", column, text, ", ") for column, text in named]
        pieces += [("head", listed.column, text, ", ") for text in above]
        unit_from = [*reversed(above), *beside, grid.caption]
        pieces.append(("value", listed.column, _measured(self.exact, unit_from), ""))
        self.text, self.parts = _joined(pieces, self.exact)

    def _names(self, sheet: Sheet) -> list[tuple[int, str]]:
        """Return what names the row: its headings, years, and words that the claim has, too."""
        line, grid = self.table.grid.rows[self.row], self.table.grid
        found: dict[str, int] = {}
        for column in sorted(sheet.naming):
            text = line[column]
            if column == self.column or not is_name(text) or text in found:
                continue
            heads = column < grid.header_columns
            if heads or sheet.has_terms(text) or FIGURE.fullmatch(text):
                found[text] = column
        return [(column, text) for text, column in found.items()][:_MOST_NAMES]


def cells_in(asked: Question, tables: Sequence[Table]) -> tuple[list[Text], list[list[Line]]]:
    """Return for each table the lines of its listed cells as a text, and what each line is."""
    listed, sheets = shortlist(asked, tables)
    lines: list[list[Line]] = [[] for _ in tables]
    for cell in listed:
        lines[cell.table].append(Line(tables[cell.table], sheets[cell.table], cell))
    kept = [own for own in lines if own]
    return [_text(own) for own in kept], kept


def compared_cell(asked: Question, line: Line, text: str, start: int) -> tuple[Figure, ...]:
    """Return what a cell says of the claim's numbers, and its headings of the claim's dates.

    The line begins at `start` of `text`.
    """
    quantities, dates = figures(text, start, start + len(line.text), None)
    value = line.parts[-1]
    own = [q for q in quantities if start + value.start <= q.quantity.end - 1]
    found = list(_number(line.exact, single(asked.quantities), own))
    for ours in asked.dates:
        same = next((d for d in dates if same_date(ours.date.iso, d.date.iso)), None)
        if same:
            place = same.date.start, same.date.end
            found.append(Figure("same", "date", ours.written, same.written, *place))
    return tuple(found)


def single(quantities: Iterable[Counted]) -> tuple[Counted, ...]:
    """Return the numbers of the claim one by one: a cell holds either end of a change."""
    return tuple(
        Counted(_plain(counted.quantity, value), counted.written)
        for counted in quantities
        for value in values_of(counted.quantity)
    )


def cell_of(line: Line, row: Row, score: float, found: Sequence[Figure]) -> Cell:
    """Return the cell as finding hands it out, with every place counted in its own line."""
    start = row.start
    return Cell(
        key=line.table.key,
        row=line.row,
        column=line.column,
        score=score,
        line=line.text,
        parts=line.parts,
        words=tuple((a - start, b - start) for a, b in row.words),
        figures=tuple(replace(f, start=f.start - start, end=f.end - start) for f in found),
    )


def _plain(quantity: QuantitySpan, value: object) -> QuantitySpan:
    unit = quantity.unit
    if quantity.change is not None and quantity.change.by_value == value:
        unit = quantity.change.unit or unit
    return replace(quantity, value=value, unit=unit, change=None)  # type: ignore[arg-type]


def _number(exact: str, claimed: Sequence[Counted], own: Sequence[Counted]) -> Iterator[Figure]:
    """Yield the cell's number where the claim has it, else beside the claim's in its unit."""
    for theirs in own:
        same = next((c for c in claimed if same_quantity(c.quantity, theirs.quantity)), None)
        alike = [c for c in claimed if c.quantity.unit and c.quantity.unit == theirs.quantity.unit]
        if same or alike:
            value = theirs.quantity.value
            ours = same or min(alike, key=lambda c: abs(c.quantity.value - value))
            yield figure_of("same" if same else "contrary", ours, Counted(theirs.quantity, exact))
            return


def _joined(
    pieces: Sequence[tuple[str, int, str, str]], exact: str
) -> tuple[str, tuple[Part, ...]]:
    text = ""
    parts = []
    for at, (kind, column, words, gap) in enumerate(pieces):
        kept = words if kind == "value" else words[:_LONGEST]
        shown = exact if kind == "value" else kept
        parts.append(Part(kind, column, shown, len(text), len(text) + len(kept)))  # type: ignore[arg-type]
        is_last = at + 2 == len(pieces)  # of what stands before the cell itself
        text += kept + (": " if is_last and kind != "value" else gap)
    return text, tuple(parts)


def _measured(exact: str, around: Sequence[str]) -> str:
    """Return a bare number as English has it, with the unit that its headings give."""
    try:
        readings = read_digits(exact)
    except (MixedSeparatorsError, NumberUnreadableError):
        return exact
    number = spell(readings[0].value, minus="-") if len(readings) == 1 else exact
    texts = [text for text in around if text]
    scale = next((_scale(m) for text in texts if (m := _SCALE.search(text))), "")
    if any(map(_POINTS.search, texts)):
        return f"{number} percentage points"
    if any(map(_PERCENT.search, texts)):
        return f"{number} %"
    money = next((m.group() for text in texts if (m := _CURRENCY.search(text))), "")
    unit = "" if scale or money else next(_units(texts), "")
    after = f"{scale} {'euros' if money.lower().startswith('euro') else unit}".strip()
    before = "" if money.lower().startswith("euro") else money
    return f"{before}{' ' if before.isalpha() else ''}{number} {after}".strip()


def _scale(match: re.Match[str]) -> str:
    word = (match[1] or match[3] or "thousand").lower()
    return _SHORT_SCALES.get(word, word)


def _units(texts: Sequence[str]) -> Iterator[str]:
    """Yield the units of measure that the headings give: "(km)", ", kg", "in days"."""
    for text in texts:
        if match := _UNIT.search(text):
            unit = next(group for group in match.groups() if group).strip()
            first = re.split(r"[/ ]", unit.lower())[0]
            # "(sample)" is no unit.
            if first in _MEASURES or first.removesuffix("s") in _MEASURES:
                yield unit


def _text(lines: Sequence[Line]) -> Text:
    spans, at = [], 0
    for line in lines:
        spans.append((at, at + len(line.text)))
        at += len(line.text) + 1
    joined = "\n".join(line.text for line in lines)
    return Text("", joined, tuple(spans), is_table=True)
