"""Links from a quote to the live page, for a reader's own browser."""

from bisect import bisect_right

from sources.anchoring import Anchor, page_link, text_fragment
from sources.models import Capture, ExtractedText


def live_link(capture: Capture, text: ExtractedText, anchor: Anchor) -> str:
    """Return the address of the live page at the quote: at its words, or at its page of a PDF."""
    if text.pages:
        return page_link(capture.final_url, max(1, bisect_right(text.pages, anchor.start)))
    return text_fragment(capture.final_url, anchor)
