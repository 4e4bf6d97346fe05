"""Where a quote stands in a text or table, and whether it still stands there. Pure Python."""

from sources.anchoring.anchors import Anchor, Confirmation, confirm, make_anchor
from sources.anchoring.cells import (
    CellAnchor,
    CellConfirmation,
    confirm_cell,
    make_cell_anchor,
)
from sources.anchoring.drift import Drift, look_up
from sources.anchoring.grids import Grid
from sources.anchoring.headings import headings
from sources.anchoring.links import page_link, text_fragment
from sources.anchoring.tables import CellDrift, Origin, extent, look_up_cell

__all__ = [
    "Anchor",
    "CellAnchor",
    "CellConfirmation",
    "CellDrift",
    "Confirmation",
    "Drift",
    "Grid",
    "Origin",
    "confirm",
    "confirm_cell",
    "extent",
    "headings",
    "look_up",
    "look_up_cell",
    "make_anchor",
    "make_cell_anchor",
    "page_link",
    "text_fragment",
]
