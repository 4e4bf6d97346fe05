"""A number in a newer text of the same page: between the words that it stood between."""

import re
from typing import Final

from claims.calculating.reading import numbers_in, numbers_in_cell
from claims.calculating.records import Figure, Written

_WORDS: Final = 5  # before or after the number, as many as there are
_LEAST: Final = 8  # characters that have to stand there, so that a place is one
_WINDOW: Final = 160  # characters around it that tell its unit


def number_there(before: str, after: str, text: str, *, mark: str = "") -> Figure | None:
    """Return the number that `text` has behind the words of `before`, or ahead of those of `after`.

    None where the words do not stand there, stand there several times, or have no number that is
    clear beside them. `mark` is the decimal mark that was chosen for the number before.
    """
    # The more words the surer; fewer, where some of them have changed as well.
    for count in range(_WORDS, 1, -1):
        for words, ahead in ((before.split()[-count:], True), (after.split()[:count], False)):
            if (place := _once(words, text, at_end=ahead)) is None:
                continue
            start = max(0, place - _WINDOW)
            window = text[start : place + _WINDOW]
            if found := _beside(window, place - start, mark, ahead=ahead):
                return found
    return None


def same_number(old: str, start: int, new: str, *, mark: str = "") -> Figure | None:
    """Return the number of a cell that said `old`, where one began at `start`, and says `new` now.

    None unless the cell has as many numbers as before and this one can be read in one way.
    """
    before, after = (numbers_in_cell(text) for text in (old, new))
    places = [written.start for written in before]
    if start not in places or len(before) != len(after):
        return None
    return _reading(after[places.index(start)], mark)


def _once(words: list[str], text: str, *, at_end: bool) -> int | None:
    if len(" ".join(words)) < _LEAST:
        return None
    found = list(re.finditer(r"\s+".join(map(re.escape, words)), text))
    if len(found) != 1:
        return None
    return found[0].end() if at_end else found[0].start()


def _beside(window: str, place: int, mark: str, *, ahead: bool) -> Figure | None:
    """Return the number that begins or ends at `place`, with only space or a sign in between."""
    for written in numbers_in(window):
        gap = window[place : written.start] if ahead else window[written.end : place]
        touches = written.start >= place if ahead else written.end <= place
        if not touches or re.search(r"\w", gap) or len(gap) > len(" US$ "):
            continue
        return _reading(written, mark)
    return None


def _reading(written: Written, mark: str) -> Figure | None:
    if len(written.readings) == 1:
        return written.readings[0]
    return written.readings[written.marks.index(mark)] if mark in written.marks else None
