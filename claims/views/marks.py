"""Claims and the ledger as marks in an article's text, and their order in the list beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from claims.models import Appearance, Number, Sentence
from claims.states import ClaimState, DismissalReason
from claims.views.rows import ClaimRow
from sources.views.marking import Span

ORDERS = {"worth": "most check-worthy first", "text": "as in the text"}


@dataclass(frozen=True)
class Rows:
    """The claims of an article that the desk works on."""

    placed: list[ClaimRow]
    # Open, but nowhere in this revision.
    unplaced: list[ClaimRow]
    proposed: list[ClaimRow]


def arrange(rows: list[ClaimRow], places: list[Appearance], order: str) -> Rows:
    """Number the claims as they stand in the text; list them in the order that is asked for."""
    first: dict[UUID, int] = {}
    for position, place in enumerate(places):
        first.setdefault(place.claim_id, position)
    ordered = sorted(rows, key=lambda row: first.get(row.claim.pk, len(places)))
    standing = [row for row in ordered if row.claim.pk in first]
    open_rows = [row for row in standing if row.claim.state == ClaimState.OPEN]
    placed = [replace(row, number=number) for number, row in enumerate(open_rows, start=1)]
    if order == "worth":
        placed.sort(key=lambda row: -row.claim.check_worthiness)
    return Rows(
        placed=placed,
        unplaced=[
            row
            for row in ordered
            if row.claim.pk not in first and row.claim.state == ClaimState.OPEN
        ],
        proposed=[row for row in standing if row.claim.state == ClaimState.PROPOSED],
    )


def claim_spans(rows: Rows, places: list[Appearance]) -> list[Span]:
    """Mark the passages of claims; all passages of one claim carry its number."""
    by_claim = {row.claim.pk: row for row in [*rows.placed, *rows.proposed]}
    seen: set[UUID] = set()
    spans = []
    for place in places:
        if (row := by_claim.get(place.claim_id)) is None:
            continue
        spans.append(
            Span(
                place.start,
                place.end,
                "mark",
                key=str(place.claim_id),
                state=row.state.code,
                number=str(row.number or "?"),
                again=place.claim_id in seen,
            )
        )
        seen.add(place.claim_id)
    return spans


def ledger_spans(sentences: Iterable[Sentence], numbers: Iterable[Number]) -> list[Span]:
    """Mark sentences with what became of them, and the places of numbers in no claim."""
    spans = [_sentence_span(sentence) for sentence in sentences]
    return spans + [Span(number.start, number.end, "number") for number in numbers]


def _sentence_span(sentence: Sentence) -> Span:
    reason = str(DismissalReason(sentence.reason).label) if sentence.reason else ""
    words = {"dismissed": f"Left out: {reason}", "pending": "Not decided yet"}
    return Span(
        sentence.start,
        sentence.end,
        "sentence",
        state=sentence.disposition,
        words=words.get(sentence.disposition, ""),
    )
