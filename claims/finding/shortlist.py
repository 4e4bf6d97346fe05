"""The few cells of large tables that are worth a closer look: by their headings and digits.

Each cell costs next to nothing here: what heads it is looked for once a row and once a column.
"""

import heapq
import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import Final

from claims.finding.figures import values_of
from claims.finding.lexical import rows_of
from claims.finding.question import Question
from claims.finding.records import Span, Table
from claims.finding.words import lowered
from sources.anchoring import Grid
from sources.anchoring.headings import is_name

# Of all tables together; what lies behind is not read, and the answer says so.
MOST_CELLS: Final = 200_000
# So many cells are compared with the claim in full, and so many of one row.
KEPT: Final = 30
_OF_ONE_ROW: Final = 3
_LOOKED_AT: Final = 20 * KEPT
# Rows from which a column is taken to hold names or figures, and how many have to be names.
_SAMPLE: Final = 200
_MOSTLY: Final = 0.8
# The claim's number in its digits is worth a rare heading; one digit alone little.
_DIGITS: Final = 3.0
_ONE_DIGIT: Final = 1.0
_MOST_TELLING: Final = 4.0
_DIGIT: Final = re.compile(r"\d")
_GAP: Final = "[.,'’ \u00a0\u202f\u2009]?"


# How telling what was seen of a cell is, and its table, row and column, negative: the first counts
# before others that are worth the same.
_Ranked = tuple[float, int, int, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """A cell of the table number `table`."""

    table: int
    row: int
    column: int


class Sheet:
    """A table with the columns whose cells name its rows, and what of the claim stands where."""

    def __init__(self, asked: Question, grid: Grid) -> None:
        self.grid = grid
        self._asked = asked
        self.naming = frozenset(_naming(grid))
        self.measuring = [c for c in range(grid.width) if c not in self.naming]
        self.caption = self._terms(grid.caption)
        self.columns = {
            column: self._terms(" ".join(grid.column_headers(column))) for column in self.measuring
        }

    @cached_property
    def rows(self) -> dict[int, frozenset[int]]:
        """The claim's terms among the names of each row that has any."""
        naming = sorted(self.naming)
        lines = [
            " \t".join(row[column] for column in naming)
            for row in self.grid.rows[self.grid.header_rows :]
        ]
        found = rows_of(0, lowered("\n".join(lines)), list(_spans(lines)), self._asked.terms)
        first = self.grid.header_rows
        return {first + at: row.terms for at, row in enumerate(found) if row.hits}

    def telling(self) -> dict[int, float]:
        """Return how telling each term is: the fewer cells it heads, the more."""
        height = max(1, len(self.grid.rows) - self.grid.header_rows)
        width = max(1, len(self.measuring))
        beside, above = list(self.rows.values()), list(self.columns.values())
        found = {}
        for term in frozenset().union(self.caption, *beside, *above):
            rows = sum(term in terms for terms in beside) / height
            columns = sum(term in terms for terms in above) / width
            share = 1.0 if term in self.caption else 1 - (1 - rows) * (1 - columns)
            found[term] = min(_MOST_TELLING, -math.log(share)) if share else 0.0
        return found

    def has_terms(self, text: str) -> bool:
        """Whether a text has a word of the claim."""
        return bool(self._terms(text))

    def _terms(self, text: str) -> frozenset[int]:
        return frozenset(t for t, _, _ in self._asked.terms.hits(lowered(text), 0, len(text)))


def shortlist(asked: Question, tables: Sequence[Table]) -> tuple[list[Listed], list[Sheet]]:
    """Return the cells to look at, likeliest first, and every table as a sheet."""
    sheets = [Sheet(asked, table.grid) for table in tables]
    holding = [sheet.telling() for sheet in sheets]
    everywhere = _over_tables(holding)
    digits = _digits(asked)
    best: list[_Ranked] = []
    for number, sheet in enumerate(sheets):
        telling = {t: worth + everywhere[t] for t, worth in holding[number].items()}
        _keep_best(best, number, sheet, telling, digits)
    best.sort(reverse=True)
    return list(_spread(best, sheets)), sheets


def within_bounds(tables: Sequence[Table]) -> list[Table]:
    """Return the first tables that have MOST_CELLS together."""
    sizes = accumulate(len(table.grid.rows) * table.grid.width for table in tables)
    return [table for table, size in zip(tables, sizes, strict=True) if size <= MOST_CELLS]


def _naming(grid: Grid) -> Iterator[int]:
    """Yield the columns whose cells name their rows: words, codes or years."""
    body = grid.rows[grid.header_rows : grid.header_rows + _SAMPLE]
    for column in range(grid.width):
        filled = [row[column] for row in body if row[column]]
        names = sum(map(is_name, filled))
        if column < grid.header_columns or not filled or names >= _MOSTLY * len(filled):
            yield column


def _over_tables(holding: Sequence[dict[int, float]]) -> dict[int, float]:
    """Return how telling it is that a table has a term at all."""
    terms = frozenset().union(*holding)
    total = len(holding)
    counted = {term: sum(term in known for known in holding) for term in terms}
    return {t: math.log(1 + (total - n + 0.5) / (n + 0.5)) for t, n in counted.items()}


def _keep_best(
    best: list[_Ranked],
    number: int,
    sheet: Sheet,
    telling: dict[int, float],
    digits: Sequence[tuple[re.Pattern[str], float]],
) -> None:
    """Put the cells of a table on the heap `best` that are worth more than what it holds."""
    grid = sheet.grid
    numbered = _numbered(sheet, digits)
    above = [(column, sheet.columns[column]) for column in sheet.measuring]
    headed = [(column, terms) for column, terms in above if terms]
    # Columns under the same words are worth the same beside the same names.
    known: dict[tuple[frozenset[int], frozenset[int]], float] = {}
    nothing: frozenset[int] = frozenset()
    least = 0.0
    for row in range(grid.header_rows, len(grid.rows)):
        beside, hits = sheet.rows.get(row, nothing), numbered.get(row, {})
        line = grid.rows[row]
        for column, terms in above if beside or hits else headed:
            worth = known.get((beside, terms))
            if worth is None:
                every = beside | terms | sheet.caption if beside or terms else nothing
                worth = known[beside, terms] = sum(telling[term] for term in every)
            worth += hits.get(column, 0.0)
            if worth <= least or not _DIGIT.search(line[column]):
                continue
            heapq.heappush(best, (worth, -number, -row, -column))
            if len(best) > _LOOKED_AT:
                heapq.heappop(best)
                least = best[0][0]


def _numbered(
    sheet: Sheet, digits: Sequence[tuple[re.Pattern[str], float]]
) -> dict[int, dict[int, float]]:
    """Return, by row and column, the cells with the digits of a number of the claim."""
    first, measuring = sheet.grid.header_rows, sheet.measuring
    found: dict[int, dict[int, float]] = {}
    if not digits or not measuring:
        return found
    lines = ["\t".join([row[column] for column in measuring]) for row in sheet.grid.rows[first:]]
    starts = [start for start, _ in _spans(lines)]
    text = "\n".join(lines)
    for pattern, worth in digits:
        for match in pattern.finditer(text):
            at = bisect_right(starts, match.start()) - 1
            column = measuring[text.count("\t", starts[at], match.start())]
            row = found.setdefault(first + at, {})
            row[column] = max(worth, row.get(column, 0.0))
    return found


def _digits(asked: Question) -> list[tuple[re.Pattern[str], float]]:
    """Return patterns for the claim's numbers: their digits, whatever the scale and the marks."""
    values = {
        value
        for counted in asked.quantities
        for value in values_of(counted.quantity)
        if counted.quantity.comparator in {"=", "~"} and value
    }
    return [pattern for value in sorted(values) for pattern in _patterns(value)]


def _patterns(value: Decimal) -> Iterator[tuple[re.Pattern[str], float]]:
    written = "".join(map(str, value.normalize().as_tuple().digits))
    front = r"(?<![\d.,])(?:0[.,]0*)?"
    if len(written) == 1:
        yield re.compile(rf"{front}{written}(?:{_GAP}0)*(?![\d.,]\d|\d)"), _ONE_DIGIT
        return
    # What is rounded up to the claim's number begins with one less: 25.8 for 26 million.
    for digits in (written, str(int(written) - 1)):
        yield re.compile(front + _GAP.join(digits)), _DIGITS


def _spans(lines: Sequence[str]) -> Iterator[Span]:
    start = 0
    for line in lines:
        yield start, start + len(line)
        start += len(line) + 1


def _spread(best: Sequence[_Ranked], sheets: Sequence[Sheet]) -> Iterator[Listed]:
    """Yield cells, each once where it spans several, and not too many of one row."""
    seen: set[tuple[int, int, int]] = set()
    rows: dict[tuple[int, int], int] = {}
    for _, table, at, along in best:
        grid = sheets[-table].grid
        row, column = grid.origin(-at, -along)
        place = -table, row, column
        counted = rows.get(place[:2], 0)
        if row < grid.header_rows or place in seen or counted == _OF_ONE_ROW:
            continue
        if len(seen) == KEPT:
            return
        seen.add(place)
        rows[place[:2]] = counted + 1
        yield Listed(*place)
