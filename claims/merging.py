"""Two people wrote from the same words: what each changed, and what both changes make. Pure.

`base` is what both started from, `theirs` what was saved in the meantime, `mine` what was not.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

Kind = Literal["same", "added", "removed"]
Standing = Literal["untouched", "mine", "theirs", "agreed", "merged", "conflict"]
# A number is one word: 41,200 against 41,250 is another number, not another half of one.
WORDS = re.compile(r"\d[\d.,]*\d\s*|\w+\s*|[^\w\s]\s*|\s+")
ALIKE = 0.35  # the share of words in common from which a text counts as changed
LINES = re.compile(r"[^\n]*\n|[^\n]+")
SENTENCES = re.compile(r"[^\n.!?]*(?:[.!?]+[ \t]*|\n+|$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a comparison: in both texts, in the newer one only, or in the older one only."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of one part. `text` is what both changes make; `mine` where they collide."""

    standing: Standing
    text: str

    @property
    def is_conflict(self) -> bool:
        """Whether a person has to decide."""
        return self.standing == "conflict"


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """Return word by word what `new` adds to and removes from `old`.

    What is the same or removed is `old`, put together; what is the same or added is `new`.
    """
    before, after = WORDS.findall(old), WORDS.findall(new)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if old and new and matcher.ratio() < ALIKE:
        # What was written anew is not read word by word.
        return Piece("removed", old), Piece("added", new)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[start:end])))
            continue
        for kind, words in (("removed", before[start:end]), ("added", after[new_start:new_end])):
            if words:
                pieces.append(Piece(kind, "".join(words)))  # type: ignore[arg-type]
    return tuple(pieces)


def three_way(base: str, theirs: str, mine: str) -> Merged:
    """Bring two versions of a text together, line by line, then sentence by sentence."""
    if theirs == mine:
        return Merged("untouched" if base == mine else "agreed", mine)
    if base == theirs:
        return Merged("mine", mine)
    if base == mine:
        return Merged("theirs", theirs)
    for cut in (LINES.findall, _sentences):
        if (text := _merge(base, theirs, mine, cut)) is not None:
            return Merged("merged", text)
    return Merged("conflict", mine)


def whole(base: str, theirs: str, mine: str) -> Merged:
    """Bring two choices together: a rating or a day is taken or left, never mixed."""
    merged = three_way(base, theirs, mine)
    return Merged("conflict", mine) if merged.standing == "merged" else merged


def _sentences(text: str) -> list[str]:
    return [found for found in SENTENCES.findall(text) if found]


def _merge(base: str, theirs: str, mine: str, cut: Callable[[str], list[str]]) -> str | None:
    """Apply both changes to the base; None where they touch the same place or lie side by side."""
    parts = cut(base)
    changes = sorted(
        {*_changes(parts, cut(theirs)), *_changes(parts, cut(mine))}, key=lambda change: change[:2]
    )
    for (_, end, _), (start, _, _) in pairwise(changes):
        # Side by side counts as the same place: nobody could tell which comes first.
        if start <= end:
            return None
    made: list[str] = []
    at = 0
    for start, end, new in changes:
        made += [*parts[at:start], *new]
        at = end
    return "".join([*made, *parts[at:]])


def _changes(old: list[str], new: list[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return each stretch [start, end) of `old` with what stands in its place."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        (start, end, tuple(new[new_start:new_end]))
        for tag, start, end, new_start, new_end in matcher.get_opcodes()
        if tag != "equal"
    ]
