"""The list of articles, and bringing in a new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from claims import citing, intake, listing
from claims.forms import ArticleForm
from claims.models import Article
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
    form = ArticleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            article = _bring_in(form, request.user)
        except FactcheckError as error:
            form.add_error(form.way, error.text)
        else:
            messages.success(request, _welcome(article))
            return redirect(article)
    status = 422 if request.method == "POST" else 200
    return render(request, "claims/article_new.html", {"form": form}, status=status)


def _bring_in(form: ArticleForm, by: User) -> Article:
    data, at = form.cleaned_data, timezone.now()
    about = {"publisher": data["publisher"], "published_on": data["published_on"]}
    if form.way == "url":
        article = intake.add_url(url=data["url"], title=data["title"], by=by, at=at)
        run_intake.delay_on_commit(str(article.pk))
        return article
    if form.way == "text":
        article = intake.add_text(title=data["title"], text=data["text"], by=by, at=at, **about)
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


def _welcome(article: Article) -> str:
    if article.state == "waiting":
        return "The page is being fetched. It appears here as soon as it is archived."
    number = article.claims.count()
    if not number:
        return "The article is in. Nothing in it looks checkable; select a passage to mark one."
    return f"The article is in, with {number} claim{'' if number == 1 else 's'} to look at."
