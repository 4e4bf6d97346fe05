"""Seen before: earlier verdicts beside an open claim, and what a person decides about them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from claims import following, matching, meaning, reusing
from claims.comparing import Point, Relation
from claims.matching import Match
from claims.models import Claim, EarlierClaim, FeedListing
from claims.reusing import CARRIED
from claims.states import ClaimState, VersionState
from claims.views.rows import Label
from factcheck.accounts.permissions import may_check
from factcheck.accounts.views.desk import DeskRequest, desk, telling

RELATIONS: Final[dict[Relation, Label]] = {
    "same": Label("confirmed", "says the same"),
    "similar": Label("in_review", "says much the same"),
    "opposite": Label("refused", "says the opposite"),
    "contrary_number": Label("refused", "says it with another number"),
    "other_date": Label("refused", "says it of another time"),
    "related": Label("pending", "is about something near"),
}
_NAMES: Final = {"number": "number", "date": "date", "direction": "direction", "denial": "sense"}
# Points whose words are ours and not the claims' own.
_SAID_OF_THEM: Final = frozenset({"direction", "denial"})


@dataclass(frozen=True)
class PointWords:
    """A point of the comparison in words; `mark` draws it as well."""

    mark: str
    words: str


@dataclass(frozen=True)
class MatchRow:
    """An earlier verdict as the page shows it."""

    match: Match
    relation: Label
    points: tuple[PointWords, ...]
    carries: bool
    gone: str = ""


@desk()
def claim_seen_before(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show earlier verdicts: a part of the claim's page, or a page of its own."""
    claim = _claim(pk)
    can_decide = may_check(request.user) and claim.state == ClaimState.OPEN
    context = {
        "claim": claim,
        "rows": _rows(matching.of_claim(claim, embedder=meaning.installed())),
        "can_decide": can_decide and _in_draft(claim),
    }
    page = "claims/_seen_before.html" if request.htmx else "claims/seen_before.html"
    return render(request, page, context)


@desk(may_check, methods=("POST",))
def earlier_take_up(request: DeskRequest, pk: UUID, earlier: int) -> HttpResponse:
    """Start the draft from an earlier verdict."""
    words = "Taken up. Check every word of it before you submit."
    return _decide(request, (pk, earlier), reusing.take_up, words, "verdict")


@desk(may_check, methods=("POST",))
def earlier_set_aside(request: DeskRequest, pk: UUID, earlier: int) -> HttpResponse:
    """Remember that an earlier verdict does not bear on the claim."""
    words = "Set aside. It stays at the end of the list."
    return _decide(request, (pk, earlier), reusing.set_aside, words, "seen-before")


@desk(may_check, methods=("POST",))
def earlier_reconsider(request: DeskRequest, pk: UUID, earlier: int) -> HttpResponse:
    """Take a decision about an earlier verdict back."""
    words = "The decision is taken back. The draft keeps its words."
    return _decide(request, (pk, earlier), reusing.reconsider, words, "seen-before")


def _decide(
    request: DeskRequest,
    keys: tuple[UUID, int],
    verb: Callable[..., object],
    words: str,
    place: str,
) -> HttpResponse:
    """Do what was decided and go back to the part of the claim's page that shows it."""
    claim = _claim(keys[0])
    earlier = get_object_or_404(EarlierClaim.objects.defer("lexemes", "searchable"), pk=keys[1])
    with telling(request):
        verb(claim=claim, earlier=earlier, by=request.user, at=timezone.now())
        messages.success(request, words)
    return redirect(f"{claim.get_absolute_url()}#{place}")


def _rows(matches: Sequence[Match]) -> list[MatchRow]:
    gone = following.gone([match.earlier.pk for match in matches])
    return [_row(match, gone.get(match.earlier.pk)) for match in matches]


def _row(match: Match, gone: FeedListing | None) -> MatchRow:
    comparison = match.comparison
    return MatchRow(
        match=match,
        relation=RELATIONS[comparison.relation],
        points=tuple(point_words(point) for point in comparison.points),
        carries=comparison.relation in CARRIED,
        gone=f"No longer listed by {gone.feed.name}, since {gone.unlisted_at:%-d %B %Y}."
        if gone
        else "",
    )


def point_words(point: Point) -> PointWords:
    """Say in words what agrees, what is contrary and what only one of the two says."""
    name = _NAMES[point.kind]
    if point.standing == "agrees":
        same = point.ours == point.theirs
        words = f"“{point.ours}”" if same else f"“{point.ours}” here, “{point.theirs}” there"
        return PointWords("tick", f"The {name} agrees: {words}")
    if point.standing == "contrary" and point.kind in _SAID_OF_THEM:
        words = f"this claim {point.ours}, the earlier one {point.theirs}"
        return PointWords("cross", f"The {name} is contrary: {words}")
    if point.standing == "contrary":
        words = f"“{point.ours}” here, “{point.theirs}” there"
        return PointWords("cross", f"The {name} is contrary: {words}")
    only = "Only this claim" if point.standing == "only_ours" else "Only the earlier claim"
    return PointWords("only", f"{only} gives the {name} “{point.ours or point.theirs}”")


def _in_draft(claim: Claim) -> bool:
    """Whether the verdict can still be written on: none yet, or a draft."""
    versions = claim.verdict.versions if hasattr(claim, "verdict") else None
    newest = versions.order_by("-number").first() if versions else None
    return newest is None or newest.state == VersionState.DRAFT


def _claim(pk: UUID) -> Claim:
    return get_object_or_404(Claim.objects.select_related("article", "verdict"), pk=pk)
