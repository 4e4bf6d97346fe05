"""Cutting a text into the pieces that a page shows, without losing or adding a character.

Pure. The text content of the page's element is the stored text to the character, so that a
selection in the browser has the same offsets (code points, end exclusive) as the database.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

BREAKS = re.compile(r"[\r\n]+")


@dataclass(frozen=True)
class Span:
    """Something marked in a text: a claim, a quote, a figure, or a sentence with its fate."""

    start: int
    end: int
    kind: str
    key: str = ""
    state: str = ""
    number: str = ""
    words: str = ""
    # A further passage of something marked before, which has its id already.
    again: bool = False


@dataclass(frozen=True)
class Piece:
    """A run of characters that the same spans cover."""

    text: str
    spans: tuple[Span, ...]
    starts: tuple[Span, ...]

    @property
    def html(self) -> SafeString:
        """The characters for a page; a carriage return would not survive HTML unescaped."""
        return mark_safe(escape(self.text).replace("\r", "&#13;"))  # noqa: S308 (escaped here)

    @property
    def marks(self) -> tuple[Span, ...]:
        """The claims or quotes here, the shortest first: it is the one that a click opens."""
        found = [span for span in self.spans if span.kind == "mark"]
        return tuple(sorted(found, key=lambda span: span.end - span.start))

    @property
    def keys(self) -> str:
        """The keys of all marks here, separated by spaces."""
        return " ".join(span.key for span in self.marks)

    @property
    def numbers(self) -> str:
        """The numbers of the marks that begin here."""
        return "·".join(span.number for span in self.starts if span.kind == "mark" and span.number)

    @property
    def anchors(self) -> tuple[str, ...]:
        """The ids that addresses may point at: one for each mark that begins here."""
        marks = (span for span in self.starts if span.kind == "mark" and not span.again)
        return tuple(f"mark-{span.key}" for span in marks)

    @property
    def notes(self) -> tuple[Span, ...]:
        """The signs that begin here: each leads to `key` and shows `number`, in `words`."""
        return tuple(span for span in self.starts if span.kind == "note")

    @property
    def places(self) -> tuple[int, ...]:
        """Where a sentence or a number of the ledger begins, for addresses to point at."""
        kept = {span.start for span in self.starts if span.kind in ("sentence", "number")}
        return tuple(sorted(kept))

    @property
    def sentence(self) -> Span | None:
        """The sentence around the piece."""
        return next((span for span in self.spans if span.kind == "sentence"), None)

    @property
    def figure(self) -> bool:
        """Whether the piece is a figure that the claim names too."""
        return any(span.kind == "figure" for span in self.spans)


@dataclass(frozen=True)
class Paragraph:
    """The pieces of one line or paragraph, and the line ends that follow it."""

    pieces: tuple[Piece, ...]
    gap: SafeString

    @property
    def is_tight(self) -> bool:
        """Whether the next line belongs to the same block, as in a table or a list."""
        return self.gap in ("\n", "&#13;\n")


def paragraphs(
    text: str, spans: Iterable[Span], *, start: int = 0, end: int | None = None
) -> tuple[Paragraph, ...]:
    """Cut text[start:end] at every edge of a span and at line ends; nothing is lost or added.

    Offsets of spans count from the beginning of `text`. Spans that do not lie inside the text are
    left out; of those that reach beyond [start, end) the part inside is marked.
    """
    stop = len(text) if end is None else end
    waiting = sorted(
        (span for span in spans if 0 <= span.start < span.end <= len(text)),
        key=lambda span: (span.start, -span.end),
        reverse=True,
    )
    found: list[Paragraph] = []
    here: list[Span] = []
    for left, right, following in _lines(text, start, stop):
        while waiting and waiting[-1].start < right:
            here.append(waiting.pop())
        here = [span for span in here if span.end > left]
        gap = mark_safe(text[right:following].replace("\r", "&#13;"))  # noqa: S308 (line ends only)
        found.append(Paragraph(tuple(_pieces(text, left, right, here)), gap))
    return tuple(found)


def _lines(text: str, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and the start of the next line, for each line of text[start:stop]."""
    for found in BREAKS.finditer(text, start, stop):
        yield start, found.start(), found.end()
        start = found.end()
    if start < stop:
        yield start, stop, stop


def _pieces(text: str, start: int, end: int, here: list[Span]) -> Iterator[Piece]:
    edges = {start, end}
    for span in here:
        edges.update(edge for edge in (span.start, span.end) if start < edge < end)
    for left, right in pairwise(sorted(edges)):
        covering = tuple(span for span in here if span.start <= left and span.end >= right)
        begun = tuple(span for span in covering if span.start == left)
        yield Piece(text[left:right], covering, begun)
