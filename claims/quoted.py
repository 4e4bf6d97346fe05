"""Where the quote of a piece of evidence stands: its anchor in a text, its cell in a table."""

from operator import attrgetter

from claims.models import Evidence
from sources.anchoring import Anchor, CellAnchor, CellDrift, Origin, look_up_cell
from sources.models import ExtractedText


def cell_of(evidence: Evidence) -> CellAnchor:
    """Return the anchor of a cell that is quoted."""
    return CellAnchor(
        row=evidence.row or 0,
        column=evidence.column or 0,
        exact=evidence.exact,
        row_headers=tuple(evidence.row_headers),
        column_headers=tuple(evidence.column_headers),
        table_sha256=evidence.table_sha256,
    )


def cell_in(evidence: Evidence, text: ExtractedText) -> CellDrift:
    """Say what became of a quoted cell in the tables of another text of its source."""
    table = evidence.table
    if table is None:
        return CellDrift("missing")
    origin = Origin(table.grid, table.number - 1, table.extracted.tables.count())
    grids = [other.grid for other in sorted(text.tables.all(), key=attrgetter("number"))]
    return look_up_cell(cell_of(evidence), origin, grids)


def anchor_of(evidence: Evidence) -> Anchor:
    """Return the anchor of a passage that is quoted."""
    return Anchor(
        start=evidence.start or 0,
        end=evidence.end or 0,
        exact=evidence.exact,
        prefix=evidence.prefix,
        suffix=evidence.suffix,
        text_sha256=evidence.text_sha256,
    )
