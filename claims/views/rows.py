"""What the screens say of a claim: its state in words, and how much evidence it has."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from claims.models import Claim, VerdictVersion
from claims.states import ClaimState, DismissalReason, VersionState


@dataclass(frozen=True)
class Label:
    """A state: its code for the drawing, its words for people."""

    code: str
    label: str


NOT_STARTED = Label("new", "not started")


@dataclass(frozen=True)
class ClaimRow:
    """A claim in the rail of its article, numbered as in the text."""

    claim: Claim
    number: int
    state: Label
    evidence: int


def version_label(state: str) -> Label:
    """Return the label of a version's state."""
    return Label(state, str(VersionState(state).label))


def claim_label(claim: Claim) -> Label:
    """Return the label of the claim's own state, with the reason where it was dismissed."""
    if claim.state == ClaimState.DISMISSED:
        reason = DismissalReason(claim.dismissal_reason).label
        return Label("dismissed", f"left out: {reason}")
    return Label(claim.state, str(ClaimState(claim.state).label))


def claim_rows(ids: Collection[UUID]) -> dict[UUID, ClaimRow]:
    """Return the rows of these claims, unnumbered, oldest first; two queries."""
    claims = (
        Claim.objects.filter(pk__in=ids)
        .annotate(evidence_count=Count("evidence", filter=Q(evidence__removed_at=None)))
        .order_by("created_at", "id")
    )
    states = _states(ids)
    return {
        claim.pk: ClaimRow(claim, 0, _label(claim, states), getattr(claim, "evidence_count", 0))
        for claim in claims
    }


def row_address(claim: Claim) -> str:
    """Return where the claim's row stands in its article's workspace, with its part of the text."""
    return f"{claim.article.get_absolute_url()}?claim={claim.pk}#row-{claim.pk}"


def _label(claim: Claim, states: dict[UUID, str]) -> Label:
    if claim.state != ClaimState.OPEN:
        return claim_label(claim)
    return version_label(states[claim.pk]) if claim.pk in states else NOT_STARTED


def _states(ids: Collection[UUID]) -> dict[UUID, str]:
    newest = (
        VerdictVersion.objects.filter(verdict__claim__in=ids)
        .order_by("verdict_id", "-number")
        .distinct("verdict_id")
        .values_list("verdict__claim_id", "state")
    )
    return dict(newest)
