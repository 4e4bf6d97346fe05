"""BM25 over the sentences of all texts together, counting only the claim's own words."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from claims.finding.records import Span
from claims.finding.words import Terms

_K1: Final = 1.2
_B: Final = 0.75


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence: its text's number, its span and the claim's words in it (term, span)."""

    text: int
    start: int
    end: int
    hits: tuple[tuple[int, int, int], ...]

    @property
    def terms(self) -> frozenset[int]:
        """The terms that stand here."""
        return frozenset(term for term, _, _ in self.hits)

    @property
    def words(self) -> tuple[Span, ...]:
        """Where they stand."""
        return tuple((start, end) for _, start, end in self.hits)


def rows_of(number: int, low: str, spans: Sequence[Span], terms: Terms) -> list[Row]:
    """Return a row for each sentence of one text; `low` is the text in lower case."""
    if not spans:
        return []
    found: list[list[tuple[int, int, int]]] = [[] for _ in spans]
    at, last = 0, len(spans) - 1
    for hit in terms.hits(low, spans[0][0], spans[-1][1]):
        while at < last and spans[at][1] <= hit[1]:
            at += 1
        if spans[at][0] <= hit[1] < spans[at][1]:
            found[at].append(hit)
    return [Row(number, *span, tuple(hits)) for span, hits in zip(spans, found, strict=True)]


def weights(rows: Sequence[Row], count: int) -> list[float]:
    """Return how telling each term is: the rarer among the sentences, the more."""
    holding = Counter(term for row in rows if row.hits for term in row.terms)
    total = len(rows)
    return [
        math.log(1 + (total - holding[term] + 0.5) / (holding[term] + 0.5)) for term in range(count)
    ]


def bm25(rows: Sequence[Row], telling: Sequence[float]) -> list[float]:
    """Return the score of each sentence; its length counts in characters, spaces included."""
    if not rows:
        return []
    mean = sum(row.end - row.start for row in rows) / len(rows)
    return [_score(row, telling, mean) if row.hits else 0.0 for row in rows]


def _score(row: Row, telling: Sequence[float], mean: float) -> float:
    norm = _K1 * (1 - _B + _B * (row.end - row.start) / mean)
    counted = Counter(term for term, _, _ in row.hits)
    return sum(
        telling[term] * times * (_K1 + 1) / (times + norm) for term, times in counted.items()
    )


def coverage(row: Row, telling: Sequence[float]) -> float:
    """Return the share of the claim's words, by how telling they are, that stand in a sentence."""
    total = sum(telling)
    return sum(telling[term] for term in row.terms) / total if total else 0.0
