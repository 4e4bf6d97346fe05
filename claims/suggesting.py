"""Passages and cells that may bear on a claim, for a person to attach; nothing by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from claims import citing
from claims.finding import MOST_CELLS, Cell, Embedder, Finding, Passage, Table, Text, find
from claims.models import Claim, Evidence
from claims.shelving import cell_words, digests, words_digest
from sources.models import ExtractedTable, ExtractedText

SHOWN = 12
# Passages that were attached or set aside are left out behind the ranking.
_RANKED = 50
# Texts are loaded whole, so an article that cites a library is searched in part, and told so.
MOST_TEXTS = 50


@dataclass(frozen=True)
class Suggestion:
    """A passage and the archived text that it stands in."""

    passage: Passage
    extracted: ExtractedText

    @property
    def exact(self) -> str:
        """The words of the passage, from the archive."""
        return self.extracted.text[self.passage.start : self.passage.end]


@dataclass(frozen=True)
class CellSuggestion:
    """A cell and the archived table that it stands in."""

    cell: Cell
    table: ExtractedTable

    @property
    def exact(self) -> str:
        """The text of the cell, from the archive."""
        return self.cell.parts[-1].text


@dataclass(frozen=True)
class Suggested:
    """What was found for a claim, best first, and what there was to search.

    `more` counts what was found and is not shown; `cut` says that some text was passed over
    because there was too much. `tables` counts the tables of the texts.
    """

    suggestions: tuple[Suggestion | CellSuggestion, ...]
    sources: int
    texts: int
    more: int
    cut: bool
    tables: int = 0


def suggest(claim: Claim, *, embedder: Embedder | None = None) -> Suggested:
    """Search the newest readable capture of each of the article's sources; writes nothing.

    What is attached to the claim already, or was set aside for it, is left out; so is the line of a
    text that repeats the row of a suggested cell.
    """
    sources = list(claim.article.citations.values_list("source_id", flat=True))
    texts = _texts(claim)
    tables, numbers = _tables(texts[:MOST_TEXTS])
    found = find(
        claim.text,
        [Text(str(text.pk), text.text) for text in texts[:MOST_TEXTS]],
        [Table(str(table.pk), table.grid) for table in tables],
        language=claim.article.language,
        on=claim.article.published_on,
        embedder=embedder,
        limit=_RANKED,
    )
    aside = digests(claim)
    kept = _merged(
        _undecided(claim, _suggestions(found, texts), aside),
        _undecided_cells(claim, _cell_suggestions(found, tables), aside),
    )
    return Suggested(
        suggestions=tuple(kept[:SHOWN]),
        sources=len(sources),
        texts=len(texts),
        more=max(0, len(kept) - SHOWN),
        cut=found.cut or len(texts) > MOST_TEXTS or len(tables) < numbers,
        tables=numbers,
    )


def _suggestions(found: Finding, texts: Sequence[ExtractedText]) -> list[Suggestion]:
    by_key = {str(text.pk): text for text in texts}
    return [Suggestion(passage, by_key[passage.key]) for passage in found.passages]


def _cell_suggestions(found: Finding, tables: Sequence[ExtractedTable]) -> list[CellSuggestion]:
    by_key = {str(table.pk): table for table in tables}
    return [CellSuggestion(cell, by_key[cell.key]) for cell in found.cells]


def _merged(
    passages: Sequence[Suggestion], cells: Sequence[CellSuggestion]
) -> list[Suggestion | CellSuggestion]:
    """Return both in one order; a line of a text that is a suggested cell's row is left out."""
    rows = {(c.table.extracted_id, _letters("".join(c.table.rows[c.cell.row]))) for c in cells}
    kept = [p for p in passages if (p.extracted.pk, _letters(p.exact)) not in rows]
    both: list[Suggestion | CellSuggestion] = [*kept, *cells]
    return sorted(both, key=_score, reverse=True)


def _score(item: Suggestion | CellSuggestion) -> float:
    return item.passage.score if isinstance(item, Suggestion) else item.cell.score


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _tables(texts: Sequence[ExtractedText]) -> tuple[list[ExtractedTable], int]:
    """Return the tables of the texts, so many that they have MOST_CELLS, and how many there are.

    Rows are loaded only of those that are searched.
    """
    order = {text.pk: number for number, text in enumerate(texts)}
    rows = ExtractedTable.objects.filter(extracted__in=order)
    sizes = sorted(
        rows.values_list("pk", "extracted_id", "number", "height", "width"),
        key=lambda row: (order[row[1]], row[2]),
    )
    ends = accumulate(height * width for *_, height, width in sizes)
    kept = [row[0] for row, end in zip(sizes, ends, strict=True) if end <= MOST_CELLS]
    by_pk = rows.in_bulk(kept) if kept else {}
    by_text = {text.pk: text for text in texts}
    for table in by_pk.values():
        table.extracted = by_text[table.extracted_id]
    return [by_pk[pk] for pk in kept], len(sizes)


def _texts(claim: Claim) -> list[ExtractedText]:
    """Return the newest text of each source; what the claim's own sentences cite comes first."""
    sources = claim.article.citations.values("source_id")
    newest = (
        ExtractedText.objects.filter(capture__source_id__in=sources)
        .select_related("capture__source")
        .defer("capture__manifest", "capture__hops")
        .order_by("capture__source_id", "-capture__captured_at", "-id")
        .distinct("capture__source_id")
    )
    own = citing.of_claim(claim)
    return sorted(newest, key=lambda text: (text.capture.source_id not in own, text.pk))


def _undecided(claim: Claim, found: list[Suggestion], aside: set[str]) -> list[Suggestion]:
    """Leave out what overlaps a passage that is attached, and what was set aside."""
    attached = list(
        Evidence.objects.filter(claim=claim, removed_at=None, start__isnull=False).values_list(
            "extracted_id", "start", "end"
        )
    )
    return [
        item
        for item in found
        if words_digest(item.exact) not in aside
        and not any(
            text == item.extracted.pk
            and (start or 0) < item.passage.end
            and item.passage.start < (end or 0)
            for text, start, end in attached
        )
    ]


def _undecided_cells(
    claim: Claim, found: list[CellSuggestion], aside: set[str]
) -> list[CellSuggestion]:
    """Leave out the cells that are attached, and those that were set aside."""
    attached = set(
        Evidence.objects.filter(claim=claim, removed_at=None, table__isnull=False).values_list(
            "table_id", "row", "column"
        )
    )
    return [
        item
        for item in found
        if (item.table.pk, item.cell.row, item.cell.column) not in attached
        and words_digest(cell_words(item.table.grid, item.cell.row, item.cell.column)) not in aside
    ]
