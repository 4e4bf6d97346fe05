"""Where a quote stands in a text, and whether it still stands there. Pure Python."""

from sources.anchoring.anchors import Anchor, Confirmation, confirm, make_anchor
from sources.anchoring.links import page_link, text_fragment

__all__ = ["Anchor", "Confirmation", "confirm", "make_anchor", "page_link", "text_fragment"]
