"""Ranked passages for a claim: words first, then numbers, dates and meaning for the best fifty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from statistics import fmean
from typing import Final

from claims.finding import restating
from claims.finding.cells import Line, cell_of, cells_in, compared_cell, single
from claims.finding.figures import agreement, compared
from claims.finding.lexical import Row, bm25, coverage, rows_of, weights
from claims.finding.question import Question, question
from claims.finding.records import Cell, Embedder, Figure, Finding, Passage, Table, Text
from claims.finding.shortlist import within_bounds
from claims.finding.windows import MOST_CHARACTERS, MOST_CHARACTERS_TOGETHER, windows
from claims.finding.words import lowered

# Numbers are read, and vectors made, for so many sentences only.
CANDIDATES: Final = 50
# How much each sign counts beside BM25, all in standard deviations where they vary freely.
_COVERED: Final = 0.8
_NAMED: Final = 0.5
_FIGURES: Final = 1.0
_SHORT: Final = 1.0
_NEIGHBOURS: Final = 0.15
_MEANING: Final = 1.0
# In a text that examines the claim, its words say less; likeness finds little but the claim.
_EXAMINED: Final = 0.5
_MEANING_EXAMINED: Final = 0.3
# Under so many characters it is a heading, a name or a link.
_SHORTEST: Final = 45


@dataclass(slots=True)
class Ranked:
    """A sentence on its way to a passage; `covered` is its share of the claim's words."""

    row: Row
    score: float
    covered: float
    # In a text that examines the claim.
    examined: bool
    figures: tuple[Figure, ...] = ()
    # What it is where it is a cell.
    line: Line | None = None


def find(
    claim: str,
    texts: Sequence[Text],
    tables: Sequence[Table] = (),
    *,
    language: str = "en",
    on: date | None = None,
    embedder: Embedder | None = None,
    limit: int = 20,
) -> Finding:
    """Return the passages of `texts` and cells of `tables` that may bear on the claim.

    The likeliest come first; `limit` counts passages. `on` is the day from which "last year" counts
    in the claim. Only sentences that share a word with the claim are listed, and the same sentence
    only once.
    """
    asked = question(claim, language=language, on=on)
    read, kept = _within_bounds(texts), within_bounds(tables)
    as_texts, lines = cells_in(asked, kept)
    ranked = rank(asked, [*read, *as_texts], embedder, lines)
    passages: list[Passage] = []
    cells: list[Cell] = []
    seen: set[str] = set()
    for found in ranked:
        if found.line is not None:
            cells.append(cell_of(found.line, found.row, found.score, found.figures))
            continue
        text = texts[found.row.text]
        words = " ".join(text.text[found.row.start : found.row.end].split()).casefold()
        if words not in seen and len(passages) < limit:
            seen.add(words)
            passages.append(_passage(text, found))
    cut = len(read) < len(texts) or any(len(text.text) > MOST_CHARACTERS for text in read)
    return Finding(tuple(passages), cut or len(kept) < len(tables), tuple(cells))


def _within_bounds(texts: Sequence[Text]) -> list[Text]:
    """Return the first texts, so many that a list does not take minutes."""
    kept: list[Text] = []
    total = 0
    for text in texts:
        total += min(len(text.text), MOST_CHARACTERS)
        if total > MOST_CHARACTERS_TOGETHER:
            break
        kept.append(text)
    return kept


def rank(
    asked: Question,
    texts: Sequence[Text],
    embedder: Embedder | None = None,
    lines: Sequence[Sequence[Line]] = (),
) -> list[Ranked]:
    """Return the best sentences in order, CANDIDATES at most, among the cells of `lines`.

    The last texts are the cells' own, one for each row of `lines`.
    """
    first = len(texts) - len(lines)
    best = _by_words(asked, texts)
    for found in best:
        row, text = found.row, texts[found.row.text]
        if text.is_table:
            found.line = next(
                line
                for line, span in zip(lines[row.text - first], text.spans or (), strict=True)
                if span == (row.start, row.end)
            )
            found.figures = compared_cell(asked, found.line, text.text, row.start)
            fit = agreement(asked, found.figures, len(single(asked.quantities)))
        else:
            found.figures = compared(asked, text.text, row.start, row.end)
            fit = agreement(asked, found.figures)
        found.score += _FIGURES * (_EXAMINED if found.examined else 1.0) * fit
    if embedder and best:
        _by_meaning(asked, texts, best, embedder)
    return sorted(best, key=lambda found: -found.score)


def _by_words(asked: Question, texts: Sequence[Text]) -> list[Ranked]:
    lows = [lowered(text.text) for text in texts]
    rows = [
        row
        for number, text in enumerate(texts)
        for row in rows_of(
            number,
            lows[number],
            windows(text.text) if text.spans is None else text.spans,
            asked.terms,
        )
    ]
    telling = weights(rows, len(asked.terms.stems))
    covered = [coverage(row, telling) if row.hits else 0.0 for row in rows]
    scores = [
        plain + _NAMED * _named(asked, row)
        for plain, row in zip(_standard(bm25(rows, telling)), rows, strict=True)
    ]
    standing = _standard(covered)
    at = 0
    ranked: list[Ranked] = []
    for number, group in groupby(rows, key=lambda row: row.text):
        own = list(group)
        part = slice(at, at + len(own))
        at += len(own)
        examined = not texts[number].is_table and restating.examines(
            lows[number], own, covered[part]
        )
        if examined:
            mixed = _examined(lows[number], own, covered[part], scores[part])
        elif texts[number].is_table:
            mixed = _covered(scores[part], standing[part])
        else:
            mixed = _around(own, scores[part], standing[part])
        ranked += [
            Ranked(row, score, share, examined)
            for row, score, share in zip(own, mixed, covered[part], strict=True)
            if row.hits
        ]
    ranked.sort(key=lambda found: -found.score)
    # Cells come beside the best sentences, and push none out.
    passages = [found for found in ranked if not texts[found.row.text].is_table][:CANDIDATES]
    return passages + [found for found in ranked if texts[found.row.text].is_table]


def _examined(
    low: str, rows: Sequence[Row], covered: Sequence[float], scores: Sequence[float]
) -> list[float]:
    added = restating.adjusted(low, rows, covered)
    return [_EXAMINED * score + more for score, more in zip(scores, added, strict=True)]


def _around(rows: Sequence[Row], scores: Sequence[float], standing: Sequence[float]) -> list[float]:
    """Return the scores, each with a share of what stands before and behind; headings less.

    `standing` is how much more of the claim each sentence covers than others do.
    """
    scores = _covered(scores, standing)
    around = [0.0, *scores, 0.0]
    return [
        score
        + _NEIGHBOURS * (around[at] + around[at + 2])
        - (_SHORT if row.end - row.start < _SHORTEST else 0.0)
        for at, (row, score) in enumerate(zip(rows, scores, strict=True))
    ]


def _covered(scores: Sequence[float], standing: Sequence[float]) -> list[float]:
    return [score + _COVERED * more for score, more in zip(scores, standing, strict=True)]


def _by_meaning(
    asked: Question, texts: Sequence[Text], best: Sequence[Ranked], embedder: Embedder
) -> None:
    sentences = [texts[f.row.text].text[f.row.start : f.row.end] for f in best]
    claim, *vectors = embedder.embed([asked.text, *sentences])
    near = [sum(a * b for a, b in zip(claim, vector, strict=True)) for vector in vectors]
    for found, likeness in zip(best, _standard(near), strict=True):
        found.score += (_MEANING_EXAMINED if found.examined else _MEANING) * likeness


def _named(asked: Question, row: Row) -> float:
    return len(row.terms & asked.names) / len(asked.names) if asked.names and row.hits else 0.0


def _standard(values: Sequence[float]) -> list[float]:
    """Return the values in standard deviations from their mean."""
    if not values:
        return []
    mean = fmean(values)
    spread = (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5
    return [(value - mean) / spread if spread else 0.0 for value in values]


def _passage(text: Text, found: Ranked) -> Passage:
    return Passage(
        key=text.key,
        start=found.row.start,
        end=found.row.end,
        score=found.score,
        words=found.row.words,
        figures=found.figures,
        restates=found.covered >= restating.RESTATES,
    )
