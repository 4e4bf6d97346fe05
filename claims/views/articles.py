"""The list of articles, and bringing in a new one."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from claims import citing, intake, listing
from claims.forms import ArticleForm
from claims.models import Article
from claims.states import ArticleLanguage
from claims.tasks import run_intake
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.errors import FactcheckError
from sources.tasks import run_capture


@desk()
def articles(request: DeskRequest) -> HttpResponse:
    """Show the articles under check, newest first."""
    page = listing.articles(cursor=request.GET.get("cursor", ""))
    context = {"page": page, "can_check": may_check(request.user)}
    return render(request, "claims/articles.html", context)


@desk(may_check, methods=("GET", "HEAD", "POST"))
def article_new(request: DeskRequest) -> HttpResponse:
    """Bring in an article: pasted, from a file, or by its address."""
    if request.method != "POST":
        form = ArticleForm(initial={"token": uuid.uuid4()})
        return render(request, "claims/article_new.html", {"form": form})
    form = ArticleForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            article = _bring_in(form, request.user)
        except FactcheckError as error:
            form.add_error(form.way, error.text)
        else:
            messages.success(request, _welcome(article))
            return redirect(article)
    return render(request, "claims/article_new.html", {"form": form}, status=422)


def _bring_in(form: ArticleForm, by: User) -> Article:
    data = form.cleaned_data
    upload = data["upload"].read() if data["upload"] else b""
    given = {name: data[name] for name in ("title", "publisher", "published_on", "language")}
    given |= {"by": by, "at": timezone.now(), "key": form.key(upload)}
    if form.way == "url":
        article = intake.add_url(url=data["url"], **given)
        run_intake.delay_on_commit(str(article.pk))
        return article
    if form.way == "text":
        article = _from_text(data, given)
    else:
        article = intake.add_file(data=upload, filename=data["upload"].name, **given)
    for request_id in citing.waiting_requests(article):
        run_capture.delay_on_commit(str(request_id))
    return article


def _from_text(data: dict[str, Any], given: dict[str, Any]) -> Article:
    """Read the paste with its links; where its HTML holds no article, the text alone is it."""
    try:
        return intake.add_text(text=data["text"], html=data["html"], **given)
    except FactcheckError:
        if not data["html"]:
            raise
    return intake.add_text(text=data["text"], **given)


def _welcome(article: Article) -> str:
    if article.state == "waiting":
        return "The page is being fetched. It appears here as soon as it is archived."
    number = article.claims.count()
    if article.language != ArticleLanguage.ENGLISH:
        return "The article is in. Select a passage to mark its first claim."
    if not number:
        return "The article is in. Nothing in it looks checkable; select a passage to mark one."
    return f"The article is in, with {number} claim{'' if number == 1 else 's'} to look at."
