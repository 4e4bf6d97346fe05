"""Passages and cells that may bear on a claim: a later part of its page, and a page of its own."""

from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.db.models.functions import Substr
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from claims import shelving, suggesting
from claims.finding import Embedder, embedding
from claims.models import Claim, SetAside
from claims.states import ClaimState, Stance
from claims.views.suggested import shown
from claims.views.wishes import as_number
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, onward, telling
from sources.models import ExtractedTable, ExtractedText
from sources.views.gridding import place_of


@desk()
def claim_passages(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the suggested passages and cells of a claim."""
    return _passages(request, _claim(pk))


@desk(may_check, methods=("POST",))
def claim_passage_aside(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Set a suggestion aside, for good until somebody takes it back."""
    found = _claim(pk)
    number = as_number(request.POST.get("table", ""))
    if number is None:
        return _passage_aside(request, found)
    rows = ExtractedTable.objects.select_related("extracted").defer("extracted__text")
    table = get_object_or_404(rows, pk=number)
    row, column = place_of(request.POST.get("cell", "")) or (-1, -1)
    with telling(request):
        shelving.set_aside_cell(
            claim=found, table=table, row=row, column=column, by=request.user, at=timezone.now()
        )
    return _answered(request, found, "The cell is set aside and will not be suggested again.")


def _passage_aside(request: DeskRequest, found: Claim) -> HttpResponse:
    extracted = get_object_or_404(ExtractedText, pk=as_number(request.POST.get("text", "")) or 0)
    with telling(request):
        shelving.set_aside(
            claim=found,
            extracted=extracted,
            start=as_number(request.POST.get("start", "")) or 0,
            end=as_number(request.POST.get("end", "")) or 0,
            by=request.user,
            at=timezone.now(),
        )
    return _answered(request, found, "The passage is set aside and will not be suggested again.")


@desk(may_check, methods=("POST",))
def claim_passage_back(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Let what was set aside be suggested again."""
    found = _claim(pk)
    number = as_number(request.POST.get("number", "")) or 0
    shelving.take_back(claim=found, number=number, by=request.user, at=timezone.now())
    return _answered(request, found, "It may be suggested again.")


def _answered(request: DeskRequest, found: Claim, words: str) -> HttpResponse:
    if request.htmx:
        return _passages(request, found, told=words)
    messages.success(request, words)
    return redirect(onward(request, f"{found.get_absolute_url()}#passages"))


def _passages(request: DeskRequest, found: Claim, told: str = "") -> HttpResponse:
    # Loaded only when somebody asks for it.
    model, trouble = _model() if request.GET.get("by") == "meaning" else (None, "")
    by_meaning = model is not None
    suggested = suggesting.suggest(found, embedder=model)
    aside = (
        SetAside.objects.filter(claim=found)
        .annotate(words=Substr("extracted__text", F("start") + 1, F("end") - F("start")))
        .select_related("set_aside_by")
        .order_by("set_aside_at", "id")
    )
    address = reverse("claims:claim_passages", args=[found.pk])
    context = {
        "claim": found,
        "suggested": suggested,
        "shown": [shown(item) for item in suggested.suggestions],
        "aside": aside,
        "stances": Stance.choices,
        "by_meaning": by_meaning,
        "model": embedding.is_there() and not trouble,
        "trouble": trouble,
        "told": told,
        "address": address,
        "following": "" if request.htmx else address,
        "may_decide": may_check(request.user) and found.state == ClaimState.OPEN,
    }
    page = "claims/_passages.html" if request.htmx else "claims/passages.html"
    return render(request, page, context)


def _model() -> tuple[Embedder | None, str]:
    """Return the model where there is one, and in words why an installed one is not used."""
    try:
        return embedding.installed(), ""
    except embedding.FileDiffersError:
        return None, "The installed language model is not the one this release knows; it is unused."


def _claim(pk: UUID) -> Claim:
    return get_object_or_404(Claim.objects.select_related("article"), pk=pk)
