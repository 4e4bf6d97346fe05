"""A corrected text of an article, and the texts that came before it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import citing, intake, revising
from claims.forms import RevisionForm
from claims.models import Article, ArticleRevision
from claims.views.parts import Part, numbered, parts_of
from claims.views.wishes import as_number
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.errors import FactcheckError
from sources.tasks import run_capture
from sources.views.marking import Span, paragraphs


@desk(may_check, methods=("GET", "HEAD", "POST"))
def article_revise(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take a corrected text: pasted or as a file."""
    found = get_object_or_404(Article, pk=pk)
    shown = found.revision
    if shown is None:
        raise intake.ArticleStateError
    form = RevisionForm(initial={"text": shown.text})
    if request.method == "POST":
        form = RevisionForm(request.POST, request.FILES)
        if form.is_valid() and (revision := _revise(found, form, request.user)):
            messages.success(request, _outcome(shown, revision))
            return redirect(found)
    context = {"article": found, "revision": shown, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "claims/article_revise.html", context, status=status)


@desk()
def article_revision(request: DeskRequest, pk: UUID, number: int) -> HttpResponse:
    """Show one revision as it stood, for reading only."""
    revision = get_object_or_404(
        ArticleRevision.objects.select_related("article", "created_by"),
        article_id=pk,
        number=number,
    )
    parts = parts_of(revision.text)
    part = numbered(parts, as_number(request.GET.get("part", "")) or 1)
    context = {
        "article": revision.article,
        "revision": revision,
        "newest": revision.article.revision,
        "revisions": revision.article.revisions.defer("text").order_by("number"),
        "parts": parts,
        "part": part,
        "marked": paragraphs(revision.text, _spans(revision, part), start=part.start, end=part.end),
    }
    return render(request, "claims/article_revision.html", context)


def _revise(found: Article, form: RevisionForm, by: User) -> ArticleRevision | None:
    """Add the revision, or tell the form why not."""
    data, filename = form.content()
    at = timezone.now()
    try:
        revision = intake.revise(article=found, data=data, filename=filename, by=by, at=at)
    except FactcheckError as error:
        form.add_error("upload" if form.cleaned_data["upload"] else "text", error.text)
        return None
    for request_id in citing.waiting_requests(found):
        run_capture.delay_on_commit(str(request_id))
    return revision


def _outcome(shown: ArticleRevision, revision: ArticleRevision) -> str:
    if revision.pk == shown.pk:
        return "The text is the same as before, so there is no new revision."
    lost = len(revising.not_carried(revision))
    if not lost:
        return f"This is revision {revision.number}. Every claim has its place in it."
    claims = "1 claim has" if lost == 1 else f"{lost} claims have"
    return f"This is revision {revision.number}. {claims} no place in it yet: see the list."


def _spans(revision: ArticleRevision, part: Part) -> list[Span]:
    rows = revision.appearances.filter(start__lt=part.end, end__gt=part.start)
    rows = rows.order_by("start", "-end", "pk")
    seen: set[UUID] = set()
    spans = []
    for row in rows:
        again = row.claim_id in seen
        seen.add(row.claim_id)
        spans.append(Span(row.start, row.end, "mark", key=str(row.claim_id), again=again))
    return spans
