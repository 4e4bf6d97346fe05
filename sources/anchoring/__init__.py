"""Where a quote stands in a text, and whether it still stands there. Pure Python."""

from sources.anchoring.anchors import Anchor, Confirmation, confirm, make_anchor
from sources.anchoring.drift import Drift, look_up
from sources.anchoring.links import page_link, text_fragment

__all__ = [
    "Anchor",
    "Confirmation",
    "Drift",
    "confirm",
    "look_up",
    "make_anchor",
    "page_link",
    "text_fragment",
]
