"""A long text in parts, so that no page grows with the article. Pure.

A part ends with a paragraph; where one paragraph is longer than a part, it ends with a word.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

LENGTH = 12_000  # characters; an article of the usual length is one part
PARAGRAPH_END = re.compile(r"[\r\n]+")
BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Part:
    """The stretch [start, end) of a text, counted from 1."""

    number: int
    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Whether some of [start, end) stands in this part."""
        return start < self.end and end > self.start


def parts_of(text: str, length: int = LENGTH) -> tuple[Part, ...]:
    """Cut a text into parts of at most `length` characters that together are the whole text."""
    found: list[Part] = []
    start = 0
    while start < len(text) or not found:
        end = _end(text, start, length)
        found.append(Part(len(found) + 1, start, end))
        start = end
    return tuple(found)


def numbered(parts: tuple[Part, ...], number: int) -> Part:
    """Return the part of this number, or the nearest one."""
    return parts[min(max(1, number), len(parts)) - 1]


def part_at(parts: tuple[Part, ...], offset: int) -> Part:
    """Return the part that holds the character at `offset`; the last one for what lies beyond."""
    place = bisect_right([part.start for part in parts], offset) - 1
    return parts[max(0, place)]


def _end(text: str, start: int, length: int) -> int:
    limit = start + length
    if limit >= len(text):
        return len(text)
    for ends in (PARAGRAPH_END, BLANK):
        # No part is shorter than half of what it may be, save the last.
        places = [found.end() for found in ends.finditer(text, start + length // 2, limit)]
        if places:
            return places[-1]
    return limit
