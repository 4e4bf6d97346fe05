"""Two texts side by side, line by line, with signs. Pure."""

import difflib
from dataclasses import dataclass

KINDS = {"+ ": "added", "- ": "removed", "  ": "same"}


@dataclass(frozen=True)
class Line:
    """A line of a comparison: kind is added, removed or same."""

    kind: str
    text: str


def compare(old: str, new: str) -> tuple[Line, ...]:
    """Return what `new` adds to and removes from `old`, line by line; blank lines are left out."""
    found = difflib.ndiff(_lines(old), _lines(new))
    return tuple(Line(KINDS[line[:2]], line[2:]) for line in found if line[:2] in KINDS)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
