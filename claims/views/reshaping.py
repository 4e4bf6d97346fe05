"""Changing what claims cover: fit one to a passage, split one, merge several, and undo."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from claims import editing, marking, reshaping
from claims.forms import PassageForm
from claims.models import Appearance, Article, ArticleRevision, Claim, Number
from claims.states import ClaimState
from claims.views.article import workspace
from claims.views.rows import row_address
from claims.views.wishes import as_uuid
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, onward, telling
from factcheck.errors import FactcheckError

NO_CLAIM_HERE = "No open claim stands at these words."
MOST_MERGED = 20


@desk(may_check, methods=("POST",))
def article_fit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Trim or extend the claim that stands at the selected words to just these words."""
    return _reshape(request, pk, cut=False)


@desk(may_check, methods=("POST",))
def article_cut(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Split the claim that stands at the selected words before the first of them."""
    return _reshape(request, pk, cut=True)


@desk(may_check, methods=("POST",))
def article_merge(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Make one claim of the ticked ones."""
    found = get_object_or_404(Article, pk=pk)
    keys = map(as_uuid, request.POST.getlist("claim")[:MOST_MERGED])
    wanted = [key for key in keys if key]
    claims = list(found.claims.filter(pk__in=wanted))
    address = found.get_absolute_url()
    with telling(request):
        merged = reshaping.merge(claims=claims, by=request.user, at=timezone.now())
        messages.success(request, "The claims are one now.")
        address = row_address(merged)
    return redirect(address)


@desk(may_check, methods=("POST",))
def article_undo(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Undo the person's own last change of the claims."""
    found = get_object_or_404(Article, pk=pk)
    address = found.get_absolute_url()
    with telling(request):
        undone = editing.undo(article=found, by=request.user, at=timezone.now())
        messages.success(request, "Undone.")
        changed = undone.after[0]["id"]
        address += f"?claim={changed}#row-{changed}"
    return redirect(onward(request, address))


@desk(may_check, methods=("POST",))
def claim_accept(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take a language model's proposal as a claim."""
    claim = get_object_or_404(Claim.objects.select_related("article"), pk=pk)
    with telling(request):
        marking.accept(claim=claim, by=request.user, at=timezone.now())
        messages.success(request, "The proposal is a claim now.")
    return redirect(onward(request, row_address(claim)))


@desk(may_check, methods=("POST",))
def number_decide(request: DeskRequest, pk: int) -> HttpResponse:
    """Set a number aside with a reason, or take it back."""
    number = get_object_or_404(Number.objects.select_related("revision__article"), pk=pk)
    reason = request.POST.get("reason", "")
    with telling(request):
        marking.decide_number(number=number, reason=reason, by=request.user, at=timezone.now())
        words = "The number is set aside." if reason else "The number is open again."
        messages.success(request, words)
    back = f"{number.revision.article.get_absolute_url()}?open=numbers"
    return redirect(onward(request, back))


def _reshape(request: DeskRequest, pk: UUID, *, cut: bool) -> HttpResponse:
    found = get_object_or_404(Article, pk=pk)
    revision = found.revision
    form = PassageForm(request.POST, text=revision.text if revision else "")
    named = _named(found, request.POST.get("claim", ""))
    if revision is None or not form.is_valid():
        return workspace(request, found, claim_form=form, placing=named)
    start, end = form.cleaned_data["start"], form.cleaned_data["end"]
    claim = named or claim_at(revision, start, end)
    if claim is None:
        form.add_error("exact", NO_CLAIM_HERE)
        return workspace(request, found, claim_form=form)
    by, at = request.user, timezone.now()
    try:
        if cut:
            claim, _ = reshaping.split_claim(claim=claim, at_offset=start, by=by, at=at)
        else:
            claim = reshaping.resize(claim=claim, start=start, end=end, by=by, at=at)
    except FactcheckError as error:
        form.add_error("exact", error.text)
        return workspace(request, found, claim_form=form, placing=named)
    words = "The claim was split in two." if cut else "The claim covers these words now."
    messages.success(request, words)
    return redirect(row_address(claim))


def _named(found: Article, written: str) -> Claim | None:
    """Return the claim that the form names, as for one that has no place; else None."""
    key = as_uuid(written)
    return found.claims.filter(pk=key).first() if key else None


def claim_at(revision: ArticleRevision, start: int, end: int) -> Claim | None:
    """Return the open claim that shares most characters with the passage, the tightest of them."""
    places = revision.appearances.filter(
        claim__state=ClaimState.OPEN, start__lt=end, end__gt=start
    ).select_related("claim__article")

    def closeness(place: Appearance) -> tuple[int, int, int]:
        shared = min(end, place.end) - max(start, place.start)
        return shared, place.start - place.end, place.pk

    best = max(places, key=closeness, default=None)
    return best.claim if best else None
