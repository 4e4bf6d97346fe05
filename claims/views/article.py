"""The article's workspace: the text with its claims marked, beside the rail."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from claims import coverage, proposing
from claims.forms import DismissForm, PassageForm, SourceForm
from claims.models import Article, ArticleRevision, Claim, Sentence
from claims.states import ArticleState, ClaimState, DismissalReason, Disposition
from claims.views.asking import newest_run
from claims.views.marks import ORDERS, arrange, claim_spans, ledger_spans
from claims.views.rows import ClaimRow, Label, claim_rows
from claims.views.undoing import undo_words
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.errors import TEXTS
from sources.forms import UploadForm
from sources.views.marking import paragraphs
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
    upload_form: UploadForm | None = None,
    placing: Claim | None = None,
) -> HttpResponse:
    """Show the workspace with a form that came back, if any; `placing` is to get a passage."""
    revision = found.revision
    context = _intake(request, found) | {
        "claim_form": claim_form or PassageForm(),
        "source_form": source_form or SourceForm(),
        "upload_form": upload_form or UploadForm(),
        "open": "sources" if source_form or upload_form else request.GET.get("open", "claims"),
        "revision": revision,
    }
    if revision:
        context |= _text(found, revision, _order(request)) | _cited(request, found)
        context["undo"] = undo_words(found, revision, request.user)
        context["run"] = run = newest_run(revision)
        free = run is None or not run.is_open
        context["can_ask"] = free and may_check(request.user) and proposing.endpoint() is not None
        context["placing"] = placing or _placing(request, context["unplaced"])
    status = 422 if claim_form or source_form or upload_form else 200
    return render(request, "claims/article.html", context, status=status)


def _order(request: DeskRequest) -> str:
    """Return the order of the claim list: the one asked for, which is kept for the session."""
    asked = request.GET.get("order", "")
    if asked in ORDERS:
        request.session["order"] = asked
    return str(request.session.get("order", "worth"))


def _placing(request: DeskRequest, unplaced: list[ClaimRow]) -> Claim | None:
    """Return the claim without a place that the address names."""
    wanted = request.GET.get("place", "")
    return next((row.claim for row in unplaced if str(row.claim.pk) == wanted), None)


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


def _text(found: Article, revision: ArticleRevision, order: str) -> dict[str, Any]:
    rows = claim_rows(found)
    places = list(revision.appearances.order_by("start", "-end", "pk"))
    arranged = arrange(rows, places, order)
    sentences = list(revision.sentences.order_by("position"))
    entries = coverage.numbers(revision)
    loose = [entry.number for entry in entries if entry.disposition != Disposition.CLAIM]
    spans = ledger_spans(sentences, loose)
    spans += claim_spans(arranged, places)
    return {
        "marked": paragraphs(revision.text, spans),
        "claims": arranged.placed,
        "unplaced": arranged.unplaced,
        "proposed": arranged.proposed,
        "order": order,
        "orders": ORDERS.items(),
        "dismissed": [row for row in rows if row.claim.state == ClaimState.DISMISSED],
        "left_out": _sentence_rows(revision, sentences, Disposition.DISMISSED),
        "undecided": _sentence_rows(revision, sentences, Disposition.PENDING),
        "reasons": DismissForm().fields["reason"].choices,  # type: ignore[attr-defined]
        "coverage": coverage.of(revision),
        **_numbers(entries),
    }


def _numbers(entries: list[coverage.NumberEntry]) -> dict[str, Any]:
    """Return the numbers that no claim holds, those without a decision first."""
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
