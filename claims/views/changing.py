"""A claim's change page: reword, split, new bounds, merge and leave out, with no script needed."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Min, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import marking, reshaping
from claims.forms import CutForm, DismissForm, MergeForm, PassageForm, RewordForm
from claims.models import Appearance, ArticleRevision, Claim
from claims.splitting import ArticleNotReadyError
from claims.states import ClaimState
from claims.views.rows import row_address
from claims.views.undoing import undo_words
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.errors import FactcheckError

WORD = re.compile(r"\S+")
SIDE = 4  # words shown on each side of a cut

DONE = {
    "reword": "The claim was reworded.",
    "split": "The claim was split in two.",
    "resize": "The claim covers these words now.",
    "merge": "The claims are one now.",
}


@desk(may_check, methods=("GET", "HEAD", "POST"))
def claim_change(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the page, or do what one of its forms asks for."""
    found = get_object_or_404(Claim.objects.select_related("article"), pk=pk)
    revision = found.article.revision
    if revision is None:
        raise ArticleNotReadyError
    if found.state != ClaimState.OPEN:
        return redirect(found)
    do = request.POST.get("do", "")
    forms = _forms(request, found, revision, do)
    if do in DONE and _change(request, found, revision, do, forms):
        messages.success(request, DONE[do])
        return redirect(row_address(found))
    context = (
        _page(found, revision)
        | forms
        | {"undo": undo_words(found.article, revision, request.user, of=found)}
    )
    return render(request, "claims/change.html", context, status=422 if do else 200)


def cuts(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Return where a passage can be cut: the offset of each word after the first, with words."""
    words = list(WORD.finditer(text, start, end))
    return [
        (
            here.start(),
            " ".join(
                [
                    *(word.group() for word in words[max(0, place - SIDE) : place]),
                    "|",
                    *(word.group() for word in words[place : place + SIDE]),
                ]
            ),
        )
        for place, here in enumerate(words)
        if place
    ]


def _change(
    request: DeskRequest, found: Claim, revision: ArticleRevision, do: str, forms: dict[str, Any]
) -> bool:
    """Do it; where it cannot be done, the form says why."""
    form = forms[f"{do}_form"]
    if not form.is_valid():
        return False
    data, by, at = form.cleaned_data, request.user, timezone.now()
    try:
        if do == "reword":
            marking.reword(claim=found, text=data["text"], by=by, at=at)
        elif do == "split":
            reshaping.split_claim(claim=found, at_offset=data["at"], by=by, at=at)
        elif do == "resize":
            reshaping.resize(claim=found, start=data["start"], end=data["end"], by=by, at=at)
        else:
            following = _following(found, revision)
            reshaping.merge(claims=[found, *([following] if following else [])], by=by, at=at)
    except FactcheckError as error:
        form.add_error(None, error.text)
        return False
    return True


def _forms(
    request: DeskRequest, found: Claim, revision: ArticleRevision, do: str
) -> dict[str, Any]:
    places = _places(found, revision)
    choices = [cut for place in places for cut in cuts(revision.text, place.start, place.end)]
    first = places[0] if places else None
    passage = (
        {"start": first.start, "end": first.end, "exact": first.exact}
        if first and len(places) == 1
        else {"exact": " ".join(place.exact for place in places)}
    )
    sent = {name: request.POST if do == name else None for name in DONE}
    return {
        "reword_form": RewordForm(sent["reword"], initial={"text": found.text}),
        "split_form": CutForm(sent["split"], choices=choices),
        "resize_form": PassageForm(sent["resize"], text=revision.text, initial=passage),
        "merge_form": MergeForm(sent["merge"]),
    }


def _page(found: Claim, revision: ArticleRevision) -> dict[str, Any]:
    return {
        "claim": found,
        "article": found.article,
        "revision": revision,
        "places": _places(found, revision),
        "following": _following(found, revision),
        "reasons": DismissForm().fields["reason"].choices,  # type: ignore[attr-defined]
        "can_check": True,
    }


def _places(found: Claim, revision: ArticleRevision) -> list[Appearance]:
    return list(found.appearances.filter(revision=revision).order_by("start", "end"))


def _following(found: Claim, revision: ArticleRevision) -> Claim | None:
    """Return the next open claim in the text, if there is one."""
    here = Min("appearances__start", filter=Q(appearances__revision=revision))
    rows = Claim.objects.filter(article=found.article, state=ClaimState.OPEN).annotate(at=here)
    ordered = list(rows.exclude(at=None).select_related("article").order_by("at", "pk"))
    place = next((index for index, each in enumerate(ordered) if each.pk == found.pk), None)
    return None if place is None else next(iter(ordered[place + 1 :]), None)
