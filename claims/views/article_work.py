"""What a checker does in an article's workspace: each action is one domain call."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from claims import citing, intake, marking, splitting
from claims.forms import PassageForm, SourceForm
from claims.models import Article, Sentence
from claims.states import Disposition
from claims.tasks import run_intake
from claims.views.article import workspace
from claims.views.rows import row_address
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, onward, telling
from factcheck.errors import FactcheckError
from sources.tasks import run_capture


@desk(may_check, methods=("POST",))
def article_split(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Split the text again: what people did stays."""
    found = get_object_or_404(Article, pk=pk)
    with telling(request):
        new = splitting.split_article(article=found, by=request.user, at=timezone.now())
        words = f"{new} new claim{'' if new == 1 else 's'}." if new else "No new claims."
        messages.success(request, f"The text was split. {words}")
    return redirect(found)


@desk(may_check, methods=("POST",))
def article_retry(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Fetch an article again that could not be fetched."""
    found = get_object_or_404(Article, pk=pk)
    with telling(request):
        intake.retry(article=found, by=request.user, at=timezone.now())
        run_intake.delay_on_commit(str(found.pk))
        messages.success(request, "The page is being fetched again.")
    return redirect(found)


@desk(may_check, methods=("POST",))
def article_claims(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Make a passage a claim."""
    found = get_object_or_404(Article, pk=pk)
    revision = found.revision
    form = PassageForm(request.POST, text=revision.text if revision else "")
    if form.is_valid():
        start, end = form.cleaned_data["start"], form.cleaned_data["end"]
        try:
            claim = marking.mark_claim(
                article=found, start=start, end=end, by=request.user, at=timezone.now()
            )
        except marking.ClaimSpanTakenError as error:
            messages.info(request, error.text)
            return redirect(f"{found.get_absolute_url()}?open=claims")
        except FactcheckError as error:
            form.add_error("exact", error.text)
        else:
            messages.success(request, "The passage is a claim now.")
            return redirect(row_address(claim))
    return workspace(request, found, claim_form=form)


@desk(may_check, methods=("POST",))
def article_sources(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Add a source to the article and have it archived."""
    found = get_object_or_404(Article, pk=pk)
    form = SourceForm(request.POST)
    if form.is_valid():
        url = form.cleaned_data["url"]
        try:
            _, asked = citing.cite(article=found, url=url, by=request.user, at=timezone.now())
        except FactcheckError as error:
            form.add_error("url", error.text)
        else:
            run_capture.delay_on_commit(str(asked.pk))
            messages.success(request, "The source is being fetched and archived.")
            return redirect(f"{found.get_absolute_url()}?open=sources#sources")
    return workspace(request, found, source_form=form)


@desk(may_check, methods=("POST",))
def sentence_decide(request: DeskRequest, pk: int) -> HttpResponse:
    """Leave a sentence out with a reason, or set it back to undecided."""
    sentence = get_object_or_404(Sentence.objects.select_related("revision__article"), pk=pk)
    disposition = request.POST.get("disposition", "")
    reason = request.POST.get("reason", "")
    with telling(request):
        sentence = marking.decide_sentence(
            sentence=sentence,
            disposition=disposition,
            reason=reason,
            by=request.user,
            at=timezone.now(),
        )
        is_out = sentence.disposition == Disposition.DISMISSED
        words = "The sentence is left out." if is_out else "The sentence is open again."
        messages.success(request, words)
    return redirect(onward(request, f"{sentence.revision.article.get_absolute_url()}?open=out"))
