"""Deciding about earlier claims: taken up as a starting point, set aside, or neither again."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from claims import drafting
from claims.blocks import Content
from claims.comparing import compare
from claims.comparing.agreement import Statement
from claims.linking import require_open
from claims.models import Claim, EarlierClaim, Rating, SeenBefore, VerdictVersion
from claims.states import ReuseDecision, VersionState
from claims.versions import expect
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check, require
from factcheck.audit.trail import record
from factcheck.errors import Refused

# An earlier rating says something about a claim that says the same, or much the same.
CARRIED = frozenset({"same", "similar"})


class NotDecidedError(Refused):
    """Nobody decided about this earlier claim, or somebody took it back already."""

    code = "earlier_not_decided"


@transaction.atomic
def take_up(*, claim: Claim, earlier: EarlierClaim, by: User, at: datetime) -> VerdictVersion:
    """Confirm that the earlier verdict bears on the claim, and start the draft from it.

    An empty draft gets the earlier conclusion and a note of where it came from, and the rating
    where it is one of the desk's current scale. Words that stand in the draft are never touched,
    and nothing is copied from a claim with another number, day or meaning. Raises
    ClaimNotOpenError, ClaimDismissedError and StateChangedError.
    """
    version = drafting.start_draft(claim=claim, by=by, at=at)
    expect(version, VersionState.DRAFT)
    row = _decide(claim, earlier, ReuseDecision.CONFIRMED, by, at)
    if drafting.content_of(version).is_empty and row.relation in CARRIED:
        rating = _rating(earlier)
        version = drafting.save_draft(
            version=version,
            content=Content(
                rating=rating.pk if rating else None,
                summary=earlier.summary[:500],
                what_we_found=origin(earlier),
            ),
            revision=version.revision,
            by=by,
            at=at,
        )
    return version


@transaction.atomic
def set_aside(*, claim: Claim, earlier: EarlierClaim, by: User, at: datetime) -> SeenBefore:
    """Remember that the earlier claim does not bear on this one. Raises ClaimNotOpenError."""
    return _decide(claim, earlier, ReuseDecision.DISMISSED, by, at)


@transaction.atomic
def reconsider(*, claim: Claim, earlier: EarlierClaim, by: User, at: datetime) -> None:
    """Take a decision back; what the draft says by now stays. Raises NotDecidedError."""
    require(may_check, by)
    claim = _locked(claim)
    row = SeenBefore.objects.filter(claim=claim, earlier=earlier).first()
    if row is None:
        raise NotDecidedError
    row.delete()
    record(action="earlier.reconsidered", target=claim, by=by, at=at, data=_about(earlier))


def origin(earlier: EarlierClaim) -> str:
    """Return the note that says where a draft's first words came from."""
    day = f" on {earlier.reviewed_on:%-d %B %Y}" if earlier.reviewed_on else ""
    return (
        f"Starting point: {earlier.reviewer} rated “{earlier.text}” "
        f"“{earlier.rating_label}”{day} ({earlier.url})."
    )


def _decide(
    claim: Claim, earlier: EarlierClaim, decision: ReuseDecision, by: User, at: datetime
) -> SeenBefore:
    """Write the decision down; the same again changes nothing."""
    require(may_check, by)
    claim = _locked(claim)
    relation = compare(
        Statement(claim.text, claim.article.published_on),
        Statement(earlier.text, earlier.claimed_on or earlier.reviewed_on),
    ).relation
    before = SeenBefore.objects.filter(claim=claim, earlier=earlier).first()
    if before and before.decision == decision:
        return before
    row, _ = SeenBefore.objects.update_or_create(
        claim=claim,
        earlier=earlier,
        defaults={"decision": decision, "relation": relation, "by": by, "at": at},
    )
    data = _about(earlier) | {"relation": relation}
    record(action=f"earlier.{decision.value}", target=claim, by=by, at=at, data=data)
    return row


def _locked(claim: Claim) -> Claim:
    claims = Claim.objects.select_for_update(of=("self",)).select_related("article")
    claim = claims.get(pk=claim.pk)
    require_open(claim)
    return claim


def _about(earlier: EarlierClaim) -> dict[str, str]:
    return {"earlier": str(earlier.pk), "reviewer": earlier.reviewer, "text": earlier.text[:200]}


def _rating(earlier: EarlierClaim) -> Rating | None:
    """Return the rating of the current scale that the earlier one is, or is called like."""
    current = Rating.objects.filter(scale__is_current=True)
    standing = earlier.standing_rating
    own = current.filter(pk=standing.pk).first() if standing else None
    called = earlier.rating_label.strip()
    like = Q(label__iexact=called) | Q(labels__label__iexact=called)
    return own or current.filter(like).order_by("position").first()
