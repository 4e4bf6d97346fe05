"""Suggestions for drawing: a passage in its surroundings, a cell in an excerpt of its table."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString

from claims.finding import Figure, Part
from claims.suggesting import CellSuggestion, Suggestion
from sources.views.marking import Span, paragraphs

AROUND = 160
# What a mark of several kinds is drawn as.
KINDS = ("contrary", "same", "word", "")
Pieces = tuple[tuple[SafeString, str], ...]


@dataclass(frozen=True)
class Shown:
    """A suggested passage: its pieces with their kinds, and what stands around it."""

    found: Suggestion
    pieces: Pieces
    before: str
    after: str

    @property
    def agreeing(self) -> tuple[Figure, ...]:
        """The claim's figures that stand in the passage."""
        return self.found.passage.agreeing

    @property
    def contrary(self) -> tuple[Figure, ...]:
        """The claim's figures that are others in the passage."""
        return self.found.passage.contrary


@dataclass(frozen=True)
class Column:
    """A column of the excerpt: what heads it, from the top, and the row's text under it."""

    heads: tuple[Pieces, ...]
    text: Pieces
    is_value: bool


@dataclass(frozen=True)
class ShownCell:
    """A suggested cell with its caption and the columns that say what it is of."""

    found: CellSuggestion
    caption: Pieces
    columns: tuple[Column, ...]

    @property
    def is_cell(self) -> bool:
        """True: a passage has no such property."""
        return True

    @property
    def agreeing(self) -> tuple[Figure, ...]:
        """The claim's figures that the cell or its headings have."""
        return self.found.cell.agreeing

    @property
    def contrary(self) -> tuple[Figure, ...]:
        """The claim's figures for which the cell has others."""
        return self.found.cell.contrary

    @property
    def place(self) -> str:
        """How an address names the cell."""
        return f"{self.found.cell.row}-{self.found.cell.column}"


def shown(item: Suggestion | CellSuggestion) -> Shown | ShownCell:
    """Return a suggestion for drawing."""
    return _passage(item) if isinstance(item, Suggestion) else _cell(item)


def _passage(item: Suggestion) -> Shown:
    text, passage = item.extracted.text, item.passage
    first = passage.start
    spans = [Span(start - first, end - first, "word") for start, end in passage.words]
    spans += [Span(f.start - first, f.end - first, f.relation) for f in passage.figures]
    return Shown(item, _pieces(item.exact, spans), *_around(text, first, passage.end))


def _cell(item: CellSuggestion) -> ShownCell:
    cell, grid = item.cell, item.table.grid
    marks = [Span(start, end, "word") for start, end in cell.words]
    marks += [Span(figure.start, figure.end, figure.relation) for figure in cell.figures]
    drawn = [(part, _marked(part, marks)) for part in cell.parts]
    columns = [
        Column(tuple(_pieces(head, ()) for head in grid.column_headers(part.column)), pieces, False)
        for part, pieces in drawn
        if part.kind == "name"
    ]
    heads = tuple(pieces for part, pieces in drawn if part.kind == "head")
    caption = next((pieces for part, pieces in drawn if part.kind == "caption"), ())
    return ShownCell(item, caption, (*columns, Column(heads, drawn[-1][1], True)))


def _marked(part: Part, marks: Iterable[Span]) -> Pieces:
    """Cut a part of a cell's line at its marks; the cell itself is marked as a whole."""
    own = [
        Span(max(0, mark.start - part.start), mark.end - part.start, mark.kind)
        for mark in marks
        if mark.start < part.end and part.start < mark.end
    ]
    if part.kind == "value":
        own = [Span(0, len(part.text), mark.kind) for mark in own]
    return _pieces(part.text, own)


def _pieces(text: str, spans: Iterable[Span]) -> Pieces:
    kinds = (
        (piece.html, min((span.kind for span in piece.spans), key=KINDS.index, default=""))
        for paragraph in paragraphs(text, list(spans))
        for piece in paragraph.pieces
    )
    return tuple(
        (SafeString("".join(html for html, _ in run)), kind)
        for kind, run in groupby(kinds, key=lambda piece: piece[1])
    )


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and behind a passage on its line, from and to whole words."""
    before, after = text[:start][-AROUND:], text[end : end + AROUND]
    head, tail = before.rpartition("\n"), after.partition("\n")
    if not head[1] and start > AROUND:
        before = before[before.find(" ") + 1 :]
    if not tail[1] and end + AROUND < len(text):
        after = after[: after.rfind(" ") + 1]
    return before.rpartition("\n")[2], after.partition("\n")[0]
