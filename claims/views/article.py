"""The article's workspace: the text with its claims marked, beside the rail."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from claims import proposing
from claims.forms import PassageForm, SourceForm
from claims.models import Article, ArticleRevision, Claim
from claims.splitting import ArticleNotReadyError
from claims.states import ArticleState, ClaimState
from claims.views.asking import newest_run
from claims.views.rail import listing_of, text_and_rail
from claims.views.rows import Label
from claims.views.undoing import undo_words
from claims.views.wishes import as_uuid, remember, wish_of
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.errors import TEXTS
from sources.beating import Processes
from sources.forms import UploadForm
from sources.views.rows import source_rows, waiting_words

STATES = {
    ArticleState.WAITING: "running",
    ArticleState.READY: "ready",
    ArticleState.FAILED: "failed",
}


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
def article_claim_rows(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Answer a page that asks for more of the claim list: the next rows."""
    found = get_object_or_404(Article, pk=pk)
    revision = found.revision
    if revision is None:
        raise ArticleNotReadyError
    context = listing_of(revision, wish_of(request, found))
    context |= {"article": found, "can_check": may_check(request.user)}
    return render(request, "claims/_claim_rows.html", context)


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
        context |= text_and_rail(found, revision, wish_of(request, found)) | _cited(request, found)
        remember(request, found, context["part"].number)
        if context["open"] == "undecided" and not context["coverage"].pending:
            context["open"] = "claims"
        context["undo"] = undo_words(found, revision, request.user)
        context["run"] = run = newest_run(revision)
        free = run is None or not run.is_open
        context["can_ask"] = free and may_check(request.user) and proposing.endpoint() is not None
        context["placing"] = placing or _placing(request, found, revision)
    status = 422 if claim_form or source_form or upload_form else 200
    return render(request, "claims/article.html", context, status=status)


def _placing(request: DeskRequest, found: Article, revision: ArticleRevision) -> Claim | None:
    """Return the claim without a place that the address names."""
    if (wanted := as_uuid(request.GET.get("place", ""))) is None:
        return None
    named = found.claims.filter(pk=wanted, state=ClaimState.OPEN)
    return named.exclude(appearances__revision=revision).first()


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
    return waiting_words(asked, Processes(timezone.now())) if asked and waits else ""


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
