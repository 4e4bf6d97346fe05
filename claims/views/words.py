"""Choosing a passage by its first and its last word: a plain form, for a browser without scripts.

The words of a sentence are offered; typed words are found by the forms of the workspace.
"""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import marking, reshaping
from claims.forms import PassageForm, WordsForm
from claims.models import Article, ArticleRevision, Claim, Sentence
from claims.splitting import ArticleNotReadyError
from claims.states import ClaimState
from claims.views.parts import numbered, parts_of
from claims.views.reshaping import NO_CLAIM_HERE, claim_at
from claims.views.rows import row_address
from claims.views.wishes import as_number, as_uuid, wish_of
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.errors import FactcheckError

WORD = re.compile(r"\S+")
STOPS = ".,;:!?…"
MOST_SENTENCES = 5  # to choose from at a time
DONE = {
    "mark": "The passage is a claim now.",
    "fit": "The claim covers these words now.",
    "cut": "The claim was split in two.",
}


@desk(may_check, methods=("GET", "HEAD", "POST"))
def article_words(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Offer the sentences of a part of the text, or the words of one of them; or take a choice."""
    found = get_object_or_404(Article, pk=pk)
    revision = found.revision
    if revision is None:
        raise ArticleNotReadyError
    asked = as_number(request.GET.get("at", ""))
    if asked is None:
        return render(request, "claims/words.html", _sentences(request, found, revision))
    sentences = _around(revision, asked, as_number(request.GET.get("sentences", "")) or 1)
    if not sentences:
        return redirect(request.path)
    claim = _named(found, request.GET.get("claim", ""))
    words = words_in(revision.text, sentences[0].start, sentences[-1].end)
    do = request.POST.get("do", "")
    form = WordsForm(
        request.POST if do in DONE else None, words=words, initial=_bounds(claim, revision)
    )
    if form.is_valid() and (
        changed := _change(form, found, revision, claim, do=do, by=request.user)
    ):
        messages.success(request, DONE[do])
        return redirect(row_address(changed))
    context = {
        "article": found,
        "revision": revision,
        "claim": claim,
        "form": form,
        "sentences": sentences,
        "at": asked,
        "can_grow": len(sentences) < MOST_SENTENCES and sentences[-1].end < len(revision.text),
        "grown": len(sentences) + 1,
        "previous": revision.sentences.filter(end__lte=sentences[0].start).order_by("-end").first(),
        "following": revision.sentences.filter(start__gte=sentences[-1].end)
        .order_by("start")
        .first(),
    }
    return render(request, "claims/words_choose.html", context, status=422 if do else 200)


def words_in(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the words of text[start:end], each with its offsets.

    A stop or comma after a word is shown with it and is no part of a passage that ends with it.
    """
    return [
        (found.start(), found.start() + max(1, len(found.group().rstrip(STOPS))), found.group())
        for found in WORD.finditer(text, start, end)
    ]


def _sentences(request: DeskRequest, found: Article, revision: ArticleRevision) -> dict[str, Any]:
    parts = parts_of(revision.text)
    part = numbered(parts, wish_of(request, found).part)
    rows = revision.sentences.filter(start__gte=part.start, start__lt=part.end)
    return {
        "article": found,
        "claim_form": PassageForm(),
        "parts": parts,
        "part": part,
        "sentences": [
            (row, revision.text[row.start : row.end]) for row in rows.order_by("position")
        ],
    }


def _around(revision: ArticleRevision, offset: int, number: int) -> list[Sentence]:
    """Return the sentence that holds the offset, or the next one, and those that follow it."""
    rows = revision.sentences.filter(end__gt=offset).order_by("position")
    return list(rows[: min(max(1, number), MOST_SENTENCES)])


def _named(found: Article, written: str) -> Claim | None:
    key = as_uuid(written)
    return found.claims.filter(pk=key, state=ClaimState.OPEN).first() if key else None


def _bounds(claim: Claim | None, revision: ArticleRevision) -> dict[str, int]:
    place = claim and claim.appearances.filter(revision=revision).order_by("start").first()
    if not place:
        return {}
    # The words that hold the claim's edges: a passage may begin or end within one.
    words = words_in(revision.text, max(0, place.start - 200), place.end + 200)
    inside = [word for word in words if word[0] < place.end and word[1] > place.start]
    return {"first": inside[0][0], "last": inside[-1][1]} if inside else {}


def _change(
    form: WordsForm,
    found: Article,
    revision: ArticleRevision,
    claim: Claim | None,
    *,
    do: str,
    by: User,
) -> Claim | None:
    """Do what was chosen; where it cannot be done, the form says why."""
    start, end = form.cleaned_data["first"], form.cleaned_data["last"]
    at = timezone.now()
    try:
        if do == "mark":
            return marking.mark_claim(article=found, start=start, end=end, by=by, at=at)
        chosen = claim or claim_at(revision, start, end)
        if chosen is None:
            form.add_error(None, NO_CLAIM_HERE)
            return None
        if do == "fit":
            return reshaping.resize(claim=chosen, start=start, end=end, by=by, at=at)
        return reshaping.split_claim(claim=chosen, at_offset=start, by=by, at=at)[0]
    except FactcheckError as error:
        form.add_error(None, error.text)
        return None
