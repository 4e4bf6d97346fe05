"""Links that lead a reader's own browser to the quote."""

from urllib.parse import quote

from sources.anchoring.anchors import Anchor

_WHOLE_WORDS = 60
_ENDS = 5
_CONTEXT_WORDS = 3


def text_fragment(url: str, anchor: Anchor) -> str:
    """Return `url` with a text fragment (WICG Scroll to Text Fragment) that marks the quote."""
    words = anchor.exact.split()
    if len(anchor.exact) <= 5 * _WHOLE_WORDS and len(words) <= _WHOLE_WORDS:
        middle = _encoded(words)
    else:
        middle = f"{_encoded(words[:_ENDS])},{_encoded(words[-_ENDS:])}"
    prefix = _encoded(anchor.prefix.split()[1:][-_CONTEXT_WORDS:])
    suffix = _encoded(anchor.suffix.split()[:-1][:_CONTEXT_WORDS])
    parts = [f"{prefix}-" if prefix else "", middle, f"-{suffix}" if suffix else ""]
    return f"{url.partition('#')[0]}#:~:text={','.join(part for part in parts if part)}"


def page_link(url: str, page: int) -> str:
    """Return `url` with a fragment that opens a PDF at `page`, counted from 1 (RFC 8118)."""
    return f"{url.partition('#')[0]}#page={page}"


def _encoded(words: list[str]) -> str:
    # The hyphen, comma and ampersand are the fragment's own marks.
    return quote(" ".join(words), safe="").replace("-", "%2D")
