"""A real browser at a page, with no way to the network but a proxy that checks. Pure Python."""

from sources.browsing.chromium import Browser, Look, Rendered, render
from sources.browsing.codes import CODES, RenderError

__all__ = ["CODES", "Browser", "Look", "RenderError", "Rendered", "render"]
