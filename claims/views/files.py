"""Files that a checker gives as sources of an article, from its page or from a claim's."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from claims import citing
from claims.models import Article, Claim
from claims.views.article import workspace
from claims.views.claim import claim_page
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.errors import FactcheckError
from sources.forms import UploadForm
from sources.tasks import run_reading


@desk(may_check, methods=("POST",))
def article_files(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Keep a file as a source of the article."""
    found = get_object_or_404(Article, pk=pk)
    form = UploadForm(request.POST, request.FILES)
    if _kept(request, found, form):
        return redirect(f"{found.get_absolute_url()}?open=sources#sources")
    return workspace(request, found, upload_form=form)


@desk(may_check, methods=("POST",))
def claim_files(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Keep a file as a source, from the claim's page; the whole article cites it."""
    found = get_object_or_404(Claim.objects.select_related("article"), pk=pk)
    form = UploadForm(request.POST, request.FILES)
    if _kept(request, found.article, form):
        return redirect(f"{found.get_absolute_url()}#sources")
    return claim_page(request, found, upload_form=form)


def _kept(request: DeskRequest, article: Article, form: UploadForm) -> bool:
    """Keep the file of a valid form; tell whether it was kept. The form says why not."""
    if not form.is_valid():
        return False
    given = form.given()
    try:
        _, upload = citing.cite_file(article=article, **given, by=request.user, at=timezone.now())
    except FactcheckError as error:
        form.add_error("file", error.text)
        return False
    if upload.reading:
        run_reading.delay_on_commit(str(upload.reading.pk))
    messages.success(request, upload.words)
    return True
