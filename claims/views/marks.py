"""Claims and the ledger as marks in an article's text."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from claims.models import Appearance, Number, Sentence
from claims.states import DismissalReason
from claims.threads import CommentedPlace
from claims.views.rows import ClaimRow
from sources.views.marking import Span


def claim_spans(rows: Mapping[UUID, ClaimRow], places: Iterable[Appearance]) -> list[Span]:
    """Mark the passages of claims; all passages of one claim carry its number."""
    seen: set[UUID] = set()
    spans = []
    for place in places:
        row = rows[place.claim_id]
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


def comment_spans(places: Iterable[CommentedPlace]) -> list[Span]:
    """Put a sign with a number before words that were commented on; it leads to the thread."""
    spans = []
    for place in places:
        words = "1 comment" if place.comments == 1 else f"{place.comments} comments"
        page = reverse("claims:claim", args=[place.claim])
        thread = place.threads[-1]
        href = f"{page}?thread={thread}#thread-{thread}"
        number = str(place.comments)
        spans.append(Span(place.start, place.end, "note", key=href, number=number, words=words))
    return spans
