"""The claimant's page behind a link: what the desk asks, and one answer. No account, no script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from claims import reply_links
from claims.forms import ClaimantAnswerForm
from claims.models import ReplyLink
from claims.reply_links import LinkUnknownError
from claims.states import ReplyLinkState
from claims.views.private import unlisted
from factcheck.errors import FactcheckError, Refused

GONE = 410  # an HTTP status


@unlisted
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the desk asks, or take the answer; each way in which a link ends has its words."""
    at = timezone.now()
    form = ClaimantAnswerForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _page(request, token, form)
    try:
        reply_links.answer(token=token, at=at, **form.cleaned_data)
    except Refused:
        return _page(request, token, form)
    except FactcheckError as error:
        form.add_error("words", error.text)
        return _page(request, token, form)
    context = {"link": reply_links.by_token(token), "is_taken": True}
    return render(request, "claims/answer_over.html", context)


def _page(request: HttpRequest, token: str, form: ClaimantAnswerForm) -> HttpResponse:
    try:
        link = reply_links.by_token(token)
    except LinkUnknownError as error:
        return _over(request, None, error, form, 404)
    state = link.state_at(timezone.now())
    if state == ReplyLinkState.OPEN:
        context = {"link": link, "form": form}
        return render(request, "claims/answer.html", context, status=422 if form.is_bound else 200)
    return _over(request, link, reply_links.ERRORS[state](), form, GONE)


def _over(
    request: HttpRequest,
    link: ReplyLink | None,
    error: FactcheckError,
    form: ClaimantAnswerForm,
    status: int,
) -> HttpResponse:
    """Say that nothing was taken, and give what was typed back."""
    typed = form.data.get("words", "") if form.is_bound else ""
    context = {"link": link, "error": error, "typed": typed, "form": form}
    return render(request, "claims/answer_over.html", context, status=status)
