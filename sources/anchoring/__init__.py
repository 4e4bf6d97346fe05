"""Where a quote stands in a text, and whether it still stands there. Pure Python."""

from sources.anchoring.anchors import Anchor, Confirmation, confirm, make_anchor
from sources.anchoring.cells import (
    CellAnchor,
    CellConfirmation,
    confirm_cell,
    make_cell_anchor,
)
from sources.anchoring.grids import Grid
from sources.anchoring.links import page_link, text_fragment

__all__ = [
    "Anchor",
    "CellAnchor",
    "CellConfirmation",
    "Confirmation",
    "Grid",
    "confirm",
    "confirm_cell",
    "make_anchor",
    "make_cell_anchor",
    "page_link",
    "text_fragment",
]
