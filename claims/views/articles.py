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

REMEMBERED = 20  # forms of one session


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
        if known := _brought_in_before(request, form):
            return redirect("claims:article", known)
        try:
            article = _bring_in(form, request.user)
        except FactcheckError as error:
            form.add_error(form.way, error.text)
        else:
            _remember(request, form, article)
            messages.success(request, _welcome(article))
            return redirect(article)
    return render(request, "claims/article_new.html", {"form": form}, status=422)


def _brought_in_before(request: DeskRequest, form: ArticleForm) -> str:
    """Return the article's id if this very form was taken already, as by going back."""
    known: dict[str, str] = request.session.get("brought_in", {})
    return known.get(str(form.cleaned_data["token"]), "")


def _remember(request: DeskRequest, form: ArticleForm, article: Article) -> None:
    known: dict[str, str] = request.session.get("brought_in", {})
    newest = list(known.items())[-REMEMBERED:]
    token = str(form.cleaned_data["token"] or uuid.uuid4())
    request.session["brought_in"] = dict([*newest, (token, str(article.pk))])


def _bring_in(form: ArticleForm, by: User) -> Article:
    data, at = form.cleaned_data, timezone.now()
    about = {name: data[name] for name in ("publisher", "published_on", "language")}
    if form.way == "url":
        article = intake.add_url(
            url=data["url"], title=data["title"], language=data["language"], by=by, at=at
        )
        run_intake.delay_on_commit(str(article.pk))
        return article
    if form.way == "text":
        article = _from_text(data, by, about)
    else:
        upload = data["upload"]
        article = intake.add_file(
            title=data["title"],
            data=upload.read(),
            filename=upload.name,
            by=by,
            at=at,
            **about,
        )
    for request_id in citing.waiting_requests(article):
        run_capture.delay_on_commit(str(request_id))
    return article


def _from_text(data: dict[str, Any], by: User, about: dict[str, Any]) -> Article:
    """Read the paste with its links; where its HTML holds no article, the text alone is it."""
    words = {"title": data["title"], "text": data["text"]}
    try:
        html = data["html"]
        return intake.add_text(**words, html=html, by=by, at=timezone.now(), **about)
    except FactcheckError:
        if not data["html"]:
            raise
    return intake.add_text(**words, by=by, at=timezone.now(), **about)


def _welcome(article: Article) -> str:
    if article.state == "waiting":
        return "The page is being fetched. It appears here as soon as it is archived."
    number = article.claims.count()
    if article.language != ArticleLanguage.ENGLISH:
        return "The article is in. Select a passage to mark its first claim."
    if not number:
        return "The article is in. Nothing in it looks checkable; select a passage to mark one."
    return f"The article is in, with {number} claim{'' if number == 1 else 's'} to look at."
