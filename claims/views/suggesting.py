"""Passages that may bear on a claim: a part of its page that loads later, and a page of its own."""

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.db.models.functions import Substr
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from claims import suggesting
from claims.finding import Embedder, Figure, embedding
from claims.models import Claim, SetAside
from claims.states import ClaimState, Stance
from claims.suggesting import Suggestion
from claims.views.wishes import as_number
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, onward, telling
from sources.models import ExtractedText
from sources.views.marking import Span, paragraphs

AROUND = 160
# What a mark of several kinds is drawn as.
KINDS = ("contrary", "same", "word", "")


@dataclass(frozen=True)
class Shown:
    """A suggestion for drawing: its pieces with their kinds, and what stands around it."""

    found: Suggestion
    pieces: tuple[tuple[SafeString, str], ...]
    before: str
    after: str

    @property
    def agreeing(self) -> tuple[Figure, ...]:
        """The claim's figures that stand in the passage."""
        return self.found.passage.agreeing

    @property
    def contrary(self) -> tuple[Figure, ...]:
        """The claim's figures that are others in the passage."""
        return self.found.passage.contrary


@desk()
def claim_passages(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the suggested passages of a claim."""
    return _passages(request, _claim(pk))


@desk(may_check, methods=("POST",))
def claim_passage_aside(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Set a suggestion aside, for good until somebody takes it back."""
    found = _claim(pk)
    extracted = get_object_or_404(ExtractedText, pk=as_number(request.POST.get("text", "")) or 0)
    with telling(request):
        suggesting.set_aside(
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
    """Let a passage that was set aside be suggested again."""
    found = _claim(pk)
    number = as_number(request.POST.get("number", "")) or 0
    suggesting.take_back(claim=found, number=number, by=request.user, at=timezone.now())
    return _answered(request, found, "The passage may be suggested again.")


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
        "shown": [_shown(item) for item in suggested.suggestions],
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


def _shown(item: Suggestion) -> Shown:
    text, passage = item.extracted.text, item.passage
    first = passage.start
    spans = [Span(start - first, end - first, "word") for start, end in passage.words]
    spans += [Span(f.start - first, f.end - first, f.relation) for f in passage.figures]
    kinds = (
        (piece.html, min((span.kind for span in piece.spans), key=KINDS.index, default=""))
        for paragraph in paragraphs(item.exact, spans)
        for piece in paragraph.pieces
    )
    pieces = tuple(
        (SafeString("".join(html for html, _ in run)), kind)
        for kind, run in groupby(kinds, key=lambda piece: piece[1])
    )
    return Shown(item, pieces, *_around(text, first, passage.end))


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and behind a passage on its line, from and to whole words."""
    before, after = text[:start][-AROUND:], text[end : end + AROUND]
    head, tail = before.rpartition("\n"), after.partition("\n")
    if not head[1] and start > AROUND:
        before = before[before.find(" ") + 1 :]
    if not tail[1] and end + AROUND < len(text):
        after = after[: after.rfind(" ") + 1]
    return before.rpartition("\n")[2], after.partition("\n")[0]


def _claim(pk: UUID) -> Claim:
    return get_object_or_404(Claim.objects.select_related("article"), pk=pk)
