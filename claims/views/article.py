"""The article's workspace: the text with its claims marked, beside the rail."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from claims import coverage, editing
from claims.forms import DismissForm, PassageForm, SourceForm
from claims.models import Appearance, Article, ArticleRevision, Sentence
from claims.states import ArticleState, ClaimState, DismissalReason, Disposition
from claims.views.rows import ClaimRow, Label, claim_rows
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.errors import TEXTS
from sources.views.marking import Span, paragraphs
from sources.views.rows import source_rows, waiting_words

STATES = {
    ArticleState.WAITING: "running",
    ArticleState.READY: "ready",
    ArticleState.FAILED: "failed",
}


@dataclass(frozen=True)
class SentenceRow:
    """A sentence that is not a claim, with the reason in words."""

    pk: int
    text: str
    reason: str


@dataclass(frozen=True)
class NumberRow:
    """A number that no claim holds, and why, in words."""

    pk: int
    text: str
    is_settled: bool
    is_set_aside: bool
    words: str


@desk()
def article(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the workspace."""
    found = get_object_or_404(Article.objects.select_related("capture_request"), pk=pk)
    return workspace(request, found)


@desk()
def article_state(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Answer a page that waits for the text: the same words, or a reload once it is there."""
    found = get_object_or_404(Article.objects.select_related("capture_request"), pk=pk)
    if found.state != ArticleState.WAITING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "claims/_intake.html", _intake(request, found))


@desk()
def article_source_rows(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Answer a page that waits for captures: the rows as they stand now."""
    found = get_object_or_404(Article, pk=pk)
    return render(request, "claims/_source_rows.html", _cited(request, found))


def workspace(
    request: DeskRequest,
    found: Article,
    *,
    claim_form: PassageForm | None = None,
    source_form: SourceForm | None = None,
) -> HttpResponse:
    """Show the workspace with a form that came back, if any."""
    revision = found.revision
    context = _intake(request, found) | {
        "claim_form": claim_form or PassageForm(),
        "source_form": source_form or SourceForm(),
        "open": "sources" if source_form else request.GET.get("open", "claims"),
        "revision": revision,
    }
    if revision:
        context |= _text(found, revision) | _cited(request, found)
        context["undoable"] = editing.undoable(article=found, by=request.user)
    status = 422 if claim_form or source_form else 200
    return render(request, "claims/article.html", context, status=status)


def _intake(request: DeskRequest, found: Article) -> dict[str, Any]:
    state = ArticleState(found.state)
    return {
        "article": found,
        "state": Label(STATES[state], str(state.label)),
        "can_check": may_check(request.user),
        "waiting_words": _waiting(found),
        "failure": _failure(found),
    }


def _waiting(found: Article) -> str:
    asked = found.capture_request
    waits = asked is not None and found.state == ArticleState.WAITING
    return waiting_words(asked, timezone.now()) if asked and waits else ""


def _failure(found: Article) -> str:
    asked = found.capture_request
    told = asked.error_text if asked and asked.error_code == found.error_code else ""
    return told or TEXTS.get(found.error_code, found.error_code)


def _cited(request: DeskRequest, found: Article) -> dict[str, Any]:
    cited = found.citations.order_by("added_at", "id").values_list("source_id", flat=True)
    rows = source_rows(list(cited), at=timezone.now())
    return {
        "article": found,
        "can_check": may_check(request.user),
        "back": f"{found.get_absolute_url()}?open=sources",
        "sources": rows,
        "rows_url": reverse("claims:article_source_rows", args=[found.pk]),
        "working": any(row.working for row in rows),
    }


def _text(found: Article, revision: ArticleRevision) -> dict[str, Any]:
    rows = claim_rows(found)
    places = list(revision.appearances.order_by("start", "-end", "pk"))
    open_rows = _numbered([row for row in rows if row.claim.state == ClaimState.OPEN], places)
    sentences = list(revision.sentences.order_by("position"))
    spans = [_sentence_span(sentence) for sentence in sentences]
    spans += _claim_spans(open_rows, places)
    return {
        "marked": paragraphs(revision.text, spans),
        "claims": open_rows,
        "dismissed": [row for row in rows if row.claim.state == ClaimState.DISMISSED],
        "left_out": _sentence_rows(revision, sentences, Disposition.DISMISSED),
        "undecided": _sentence_rows(revision, sentences, Disposition.PENDING),
        "reasons": DismissForm().fields["reason"].choices,  # type: ignore[attr-defined]
        "coverage": coverage.of(revision),
        "proposed": [row for row in rows if row.claim.state == ClaimState.PROPOSED],
        **_numbers(revision),
    }


def _numbers(revision: ArticleRevision) -> dict[str, Any]:
    """Return the numbers that no claim holds, those without a decision first."""
    entries = coverage.numbers(revision)
    loose = [_number_row(entry) for entry in entries if entry.disposition != Disposition.CLAIM]
    return {
        "numbers": sorted(loose, key=lambda row: row.is_settled),
        "number_count": coverage.count(entries),
    }


def _number_row(entry: coverage.NumberEntry) -> NumberRow:
    own = entry.number.reason
    words = "in a sentence that was left out" if entry.reason else "not decided"
    return NumberRow(
        pk=entry.number.pk,
        text=entry.exact,
        is_settled=bool(entry.reason),
        is_set_aside=bool(own),
        words=str(DismissalReason(own).label) if own else words,
    )


def _numbered(rows: list[ClaimRow], places: list[Appearance]) -> list[ClaimRow]:
    """Number the claims in the order in which they stand in the text."""
    first: dict[UUID, int] = {}
    for position, place in enumerate(places):
        first.setdefault(place.claim_id, position)
    ordered = sorted(rows, key=lambda row: first.get(row.claim.pk, len(places)))
    return [replace(row, number=number) for number, row in enumerate(ordered, start=1)]


def _claim_spans(rows: list[ClaimRow], places: list[Appearance]) -> list[Span]:
    by_claim = {row.claim.pk: row for row in rows}
    return [
        Span(
            place.start,
            place.end,
            "mark",
            key=str(place.claim_id),
            href=reverse("claims:claim", args=[place.claim_id]),
            state=row.state.code,
            number=str(row.number),
        )
        for place in places
        if (row := by_claim.get(place.claim_id))
    ]


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


def _sentence_rows(
    revision: ArticleRevision, sentences: list[Sentence], disposition: Disposition
) -> list[SentenceRow]:
    return [
        SentenceRow(
            pk=sentence.pk,
            text=" ".join(revision.text[sentence.start : sentence.end].split()),
            reason=str(DismissalReason(sentence.reason).label) if sentence.reason else "",
        )
        for sentence in sentences
        if sentence.disposition == disposition
    ]
