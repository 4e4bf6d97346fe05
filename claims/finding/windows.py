"""A text in sentences short enough to be quoted, with a bound on how much is read."""

import re
from typing import Final

from claims.extraction.sentences import sentences
from claims.finding.records import Span

# About 300 pages. What lies behind is not read, and the answer says so.
MOST_CHARACTERS: Final = 1_000_000
MOST_CHARACTERS_TOGETHER: Final = 4_000_000
# A "sentence" longer than this is a list or a table without line ends; it is cut at spaces.
_LONGEST: Final = 600
_LINE: Final = re.compile(r"[^\r\n]+")
_SHORT: Final = 80


def windows(text: str) -> tuple[Span, ...]:
    """Return the spans of the text's sentences, in order, without overlaps and trimmed."""
    end = min(len(text), MOST_CHARACTERS)
    found: list[Span] = []
    for line in _LINE.finditer(text, 0, end):
        found += _of_line(text, *line.span())
    return tuple(found)


def _of_line(text: str, start: int, end: int) -> list[Span]:
    line = text[start:end]
    start, end = end - len(line.lstrip()), start + len(line.rstrip())
    if start >= end:
        return []
    # A heading, a cell or a list item has no sentence end inside; no need to look for one.
    if end - start < _SHORT and ". " not in text[start:end]:
        return [(start, end)]
    return [piece for span in sentences(text, start, end) for piece in _cut(text, *span)]


def _cut(text: str, start: int, end: int) -> list[Span]:
    pieces = []
    while end - start > _LONGEST:
        at = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        at = at if at > 0 else start + _LONGEST
        pieces.append((start, at))
        start = at
        while start < end and text[start].isspace():
            start += 1
    return [*pieces, (start, end)] if start < end else pieces
