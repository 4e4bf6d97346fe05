"""Two texts side by side: paragraphs, and the words in them. Pure, and bounded in time.

Whatever two texts hold, the pieces of the old side join to the old text's paragraphs, and those of
the new side to the new one's.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

Kind = Literal["same", "added", "removed", "altered", "folded"]

_WORDS = re.compile(r"\s+|[^\W_]+(?:[.,'’][^\W_]+)*|.", re.DOTALL)
_MOST_WORDS = 800  # of a paragraph; a longer one is shown as a whole
_MOST_CHARACTERS = 120_000  # that are compared word by word
_MOST_PARAGRAPHS = 1500  # that differ; more than that is another document
_ALIKE = 0.4
_AROUND = 2  # unchanged paragraphs that stay open beside a change


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: on both sides, or on one of them."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a comparison.

    An `altered` one has pieces of both sides; a `folded` one stands for `count` unchanged ones,
    whose text it holds.
    """

    kind: Kind
    pieces: tuple[Piece, ...]
    count: int = 1

    @property
    def text(self) -> str:
        """Everything in it."""
        return "".join(piece.text for piece in self.pieces)


def words(old: str, new: str) -> tuple[Piece, ...]:
    """Return what `new` adds to and removes from `old`, word by word."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > _MOST_WORDS:
        pieces = (
            [Piece("removed", old), Piece("added", new)] if old != new else [Piece("same", old)]
        )
        return tuple(piece for piece in pieces if piece.text)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(before[a:b])))
            continue
        if b > a:
            found.append(Piece("removed", "".join(before[a:b])))
        if d > c:
            found.append(Piece("added", "".join(after[c:d])))
    return tuple(_calmed(found))


def paragraphs(old: str, new: str) -> tuple[Paragraph, ...]:
    """Return a comparison of two texts by paragraphs; long unchanged stretches are folded."""
    before, after = _lines(old), _lines(new)
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    middle = before[head : len(before) - tail], after[head : len(after) - tail]
    found = [_whole("same", line) for line in before[:head]]
    found += _compared(*middle)
    found += [_whole("same", line) for line in before[len(before) - tail :]]
    return tuple(_folded(found))


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _shared(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how many lines are the same at the start of both."""
    count = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        count += 1
    return count


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterable[Paragraph]:
    if max(len(before), len(after)) > _MOST_PARAGRAPHS:
        yield from (_whole("removed", line) for line in before)
        yield from (_whole("added", line) for line in after)
        return
    left = _MOST_CHARACTERS
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (_whole("same", line) for line in before[a:b])
            continue
        left -= sum(map(len, before[a:b])) + sum(map(len, after[c:d]))
        yield from _replaced(before[a:b], after[c:d], closely=left > 0)


def _replaced(before: Sequence[str], after: Sequence[str], *, closely: bool) -> Iterable[Paragraph]:
    """Lay changed paragraphs beside each other where they are alike."""
    for one, other in zip_longest(before, after):
        if closely and one is not None and other is not None and _alike(one, other):
            yield Paragraph("altered", words(one, other))
            continue
        if one is not None:
            yield _whole("removed", one)
        if other is not None:
            yield _whole("added", other)


def _alike(one: str, other: str) -> bool:
    first, second = _WORDS.findall(one), _WORDS.findall(other)
    return SequenceMatcher(None, first, second, autojunk=False).quick_ratio() >= _ALIKE


def _whole(kind: Literal["same", "added", "removed"], line: str) -> Paragraph:
    return Paragraph(kind, (Piece(kind, line),))


def _folded(found: Sequence[Paragraph]) -> Iterable[Paragraph]:
    """Fold what is unchanged and not beside a change, where it is longer than its fold."""
    changed = [at for at, each in enumerate(found) if each.kind != "same"]
    if not changed:
        yield from ([_fold(found)] if found else [])
        return
    near = {at + step for at in changed for step in range(-_AROUND, _AROUND + 1)}
    held: list[Paragraph] = []
    for at, each in enumerate(found):
        if at not in near:
            held.append(each)
            continue
        yield from _fold_long(held)
        held = []
        yield each
    yield from _fold_long(held)


def _fold_long(held: Sequence[Paragraph]) -> Iterable[Paragraph]:
    return [_fold(held)] if len(held) > 1 else held


def _fold(held: Sequence[Paragraph]) -> Paragraph:
    lines = tuple(piece for each in held for piece in each.pieces)
    return Paragraph("folded", lines, len(held))


def _calmed(pieces: Sequence[Piece]) -> Iterable[Piece]:
    """Join changes that only white space parts, so that a rewritten phrase reads as one."""
    removed, added = "", ""
    for at, piece in enumerate(pieces):
        between = piece.kind == "same" and not piece.text.strip()
        if piece.kind == "same" and not (between and (removed or added) and at + 1 < len(pieces)):
            yield from _pair(removed, added)
            removed = added = ""
            yield piece
            continue
        removed += piece.text if piece.kind != "added" else ""
        added += piece.text if piece.kind != "removed" else ""
    yield from _pair(removed, added)


def _pair(removed: str, added: str) -> Iterable[Piece]:
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)
