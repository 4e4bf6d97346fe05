"""Asking the language model for proposals, and what became of the question."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import proposing
from claims.models import Article, ArticleRevision, ProposalRun
from claims.states import RunState
from claims.tasks import run_proposals
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, telling
from factcheck.errors import TEXTS
from sources.beating import Processes
from sources.views.waiting import late_words


@dataclass(frozen=True)
class RunRow:
    """The newest question about a revision, in words."""

    is_open: bool
    words: str


@desk(may_check, methods=("POST",))
def article_ask(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Ask the language model for claims that the splitter did not see."""
    found = get_object_or_404(Article, pk=pk)
    with telling(request):
        run = proposing.request(article=found, by=request.user, at=timezone.now())
        run_proposals.delay_on_commit(str(run.pk))
        messages.success(request, "The language model is being asked. You can go on meanwhile.")
    return redirect(f"{found.get_absolute_url()}?open=proposed")


@desk()
def article_asked(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Answer a page that waits for proposals: the same words, or a reload once they are there."""
    found = get_object_or_404(Article, pk=pk)
    revision = found.revision
    run = newest_run(revision) if revision else None
    if run is None or not run.is_open:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "claims/_proposal_run.html", {"article": found, "run": run})


def newest_run(revision: ArticleRevision) -> RunRow | None:
    """Return the newest question about the revision, if there is one; one query."""
    rows = ProposalRun.objects.filter(revision=revision).defer("answer")
    run = rows.order_by("-requested_at", "-pk").first()
    if run is None:
        return None
    return RunRow(run.state in (RunState.QUEUED, RunState.RUNNING), _words(run))


def _words(run: ProposalRun) -> str:
    if run.state == RunState.DONE:
        kept = run.kept - run.reworded
        return (
            f"{run.model} offered {run.offered}: {kept} stand in the text and are new, "
            f"{run.reworded} reword a claim, {run.dropped} were dropped."
        )
    failed = TEXTS.get(run.error_code, run.error_code)
    if run.state != RunState.QUEUED:
        return failed
    since = max(run.requested_at, run.not_before)
    return f"{failed} {late_words(since=since, processes=Processes(timezone.now()))}".strip()
