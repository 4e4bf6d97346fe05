"""The table in a file of delimited values: CSV and its kin."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from sources.anchoring.grids import Grid
from sources.archiving.reading.tables.building import CELL_CHARACTERS, Budget, Draft

# Where two fit alike the rarer in running text is meant: with a comma for decimals it is not the
# comma that parts the cells.
_DELIMITERS = ("\t", ";", "|", ",")
_LOOKED_AT = 60
_SEP = "sep="


def read_delimited(text: str) -> Grid:
    """Return the one table of a decoded file; its delimiter is told by the first rows."""
    text = text.removeprefix("\ufeff")
    delimiter, text = _declared(text)
    draft = Draft(Budget())
    for row in _rows(text, delimiter or _delimiter(text)):
        if not draft.add(row):
            break
    return draft.grid()


def _declared(text: str) -> tuple[str, str]:
    """Read the line that spreadsheets write before the first row (`sep=;`)."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith(_SEP) and len(first.rstrip("\r")) == len(_SEP) + 1:
        return first[len(_SEP)], rest
    return "", text


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts the first rows into the most regular shape."""
    best, score = ",", (0.0, 0)
    sample = text[: _LOOKED_AT * CELL_CHARACTERS]
    for delimiter in _DELIMITERS:
        lengths = [len(row) for row in islice(_rows(sample, delimiter), _LOOKED_AT) if any(row)]
        usual, times = Counter(lengths).most_common(1)[0] if lengths else (1, 0)
        found = (times / len(lengths), 1) if usual > 1 else (0.0, 0)
        if found > score:
            best, score = delimiter, found
    return best


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(max(len(text), CELL_CHARACTERS))
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
