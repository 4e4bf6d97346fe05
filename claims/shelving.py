"""Setting suggestions aside: what is beside the point for a claim is not suggested again."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction

from claims.linking import QuoteMissingError, require_open
from claims.models import Claim, SetAside
from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Refused
from sources.anchoring import Grid
from sources.anchoring.headings import described
from sources.models import ExtractedTable, ExtractedText

_MOST_SHOWN = 500  # characters of a cell with what heads it


class SourceNotCitedError(Refused):
    """The text is not one of the sources of the claim's article."""

    code = "source_not_cited"


@transaction.atomic
def set_aside(
    *, claim: Claim, extracted: ExtractedText, start: int, end: int, by: User, at: datetime
) -> SetAside:
    """Remember that a passage is beside the point for the claim. Again is a no-op.

    Raises SourceNotCitedError, QuoteMissingError, ClaimDismissedError and ClaimNotOpenError.
    """
    _require_cited(claim, extracted)
    if not 0 <= start < end <= len(extracted.text):
        raise QuoteMissingError
    passage = extracted.text[start:end]
    place = {"start": start, "end": end}
    about = {"text": extracted.pk, "start": start, "end": end, "quote": passage[:200]}
    fields = {"extracted": extracted, **place}
    return _set_aside(claim, words_digest(passage), fields, about, by=by, at=at)


@transaction.atomic
def set_aside_cell(
    *, claim: Claim, table: ExtractedTable, row: int, column: int, by: User, at: datetime
) -> SetAside:
    """Remember that a cell is beside the point for the claim; raises as set_aside."""
    _require_cited(claim, table.extracted)
    grid = table.grid
    row, column = grid.origin(row, column)
    if not grid.text(row, column):
        raise QuoteMissingError
    words = cell_words(grid, row, column)
    place = {"table": table, "row": row, "column": column}
    fields = {"extracted_id": table.extracted_id, "cell_words": words[:_MOST_SHOWN], **place}
    about = {"table": table.pk, "row": row, "column": column, "quote": words[:200]}
    return _set_aside(claim, words_digest(words), fields, about, by=by, at=at)


@transaction.atomic
def take_back(*, claim: Claim, number: int, by: User, at: datetime) -> Claim:
    """Let a passage or a cell be suggested again; `number` is its row's. Again is a no-op."""
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    row = SetAside.objects.filter(claim=claim, pk=number).first()
    if row:
        data = {"text": row.extracted_id, "start": row.start, "end": row.end}
        if row.table_id is not None:
            data = {"table": row.table_id, "row": row.row, "column": row.column}
        row.delete()
        record(action="suggestion.taken_back", target=claim, by=by, at=at, data=data)
    return claim


def words_digest(passage: str) -> str:
    """Return the digest that knows a passage again: of its words, whatever the white space."""
    return hashlib.sha256(" ".join(passage.split()).encode("utf-8", "surrogatepass")).hexdigest()


def digests(claim: Claim) -> set[str]:
    """Return the digests of what was set aside for a claim."""
    return set(SetAside.objects.filter(claim=claim).values_list("words_sha256", flat=True))


def cell_words(grid: Grid, row: int, column: int) -> str:
    """Return the words that know a cell again: what heads it, what its row is of, and its text."""
    return f"{' · '.join(described(grid, row, column))}: {grid.text(row, column)}"


def _require_cited(claim: Claim, extracted: ExtractedText) -> None:
    # Whether cited by the text or added by a person: nothing else is ever suggested.
    if not claim.article.citations.filter(source__captures=extracted.capture_id).exists():
        raise SourceNotCitedError


def _set_aside(
    claim: Claim,
    digest: str,
    fields: dict[str, Any],
    about: dict[str, Any],
    *,
    by: User,
    at: datetime,
) -> SetAside:
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    require_open(claim)
    row, is_new = SetAside.objects.get_or_create(
        claim=claim,
        words_sha256=digest,
        defaults={**fields, "set_aside_by": by, "set_aside_at": at},
    )
    if is_new:
        record(action="suggestion.set_aside", target=claim, by=by, at=at, data=about)
    return row
