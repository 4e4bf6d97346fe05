"""A text with everything taken out that a reader cannot see, and the way back to the original."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Soft hyphen, zero-width space, word joiner and byte-order mark carry no meaning; zero-width
# joiners do in several scripts, so they stay.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_RUN = re.compile(rf"[{_INVISIBLE}]+|[{_INVISIBLE}]*\s[\s{_INVISIBLE}]*")
_ANY_INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_QUIET = re.compile(rf"[{_INVISIBLE}]|\s\s|[^\S ]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text` as it is compared, with the breaks that map its offsets to the original's."""

    text: str
    _places: tuple[int, ...]
    _origins: tuple[int, ...]

    def origin(self, offset: int) -> int:
        """Return the offset in the original of the character at `offset`."""
        index = bisect_right(self._places, offset) - 1
        return self._origins[index] + offset - self._places[index]


def normalise(text: str) -> Normalised:
    """Compose characters (NFC), make every run of white space one space, drop the invisible."""
    if not _QUIET.search(text) and unicodedata.is_normalized("NFC", text):
        return Normalised(text, (0,), (0,))
    pieces: list[str] = []
    places, origins, length, position = [0], [0], 0, 0
    for run in [*_runs(text), None]:
        end = run.start() if run else len(text)
        for start, piece in _composed(text, position, end):
            places.append(length)
            origins.append(start)
            pieces.append(piece)
            length += len(piece)
        if run is None:
            break
        position = run.end()
        if not run[0].strip(_INVISIBLE):
            continue
        places.append(length)
        origins.append(run.start())
        pieces.append(" ")
        length += 1
    places.append(length)
    origins.append(len(text))
    return Normalised("".join(pieces), tuple(places), tuple(origins))


def is_plain(text: str) -> bool:
    """Whether a text differs from its normalised form in white space alone."""
    return not _ANY_INVISIBLE.search(text) and unicodedata.is_normalized("NFC", text)


@lru_cache(maxsize=4)
def composed(text: str) -> Normalised:
    """Return the normalised form of a whole text, kept for the next quotes that are looked up."""
    return normalise(text)


def flexible(exact: str) -> re.Pattern[str]:
    """Return a pattern that finds the normalised `exact` whatever white space is in its place."""
    return re.compile(r"\s+".join(map(re.escape, exact.split(" "))))


def _runs(text: str) -> Iterator[re.Match[str]]:
    for run in _RUN.finditer(text):
        # Between a letter and its accent even an invisible character keeps them apart.
        accent = text[run.end() : run.end() + 1]
        if not (accent and unicodedata.combining(accent) and not run[0].strip(_INVISIBLE)):
            yield run


def _composed(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Cut a stretch where composing changes its length, so that offsets stay exact."""
    stretch = text[start:end]
    if not stretch:
        return []
    if unicodedata.is_normalized("NFC", stretch):
        return [(start, stretch)]
    pieces: list[tuple[int, str]] = []
    cluster = start
    for index in range(start + 1, end + 1):
        if index == end or not unicodedata.combining(text[index]):
            pieces.append((cluster, unicodedata.normalize("NFC", text[cluster:index])))
            cluster = index
    return pieces
