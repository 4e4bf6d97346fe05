"""Tags for claims on which more hangs: their verdicts need more than one approval."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from claims.models import Claim, ClaimStake, Stake, VerdictVersion
from claims.states import VersionState
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check, may_set_rules, require
from factcheck.audit.trail import record
from factcheck.errors import Permanent, Refused

MOST_APPROVALS = 5


class StakeInvalidError(Permanent):
    """A tag needs a name of its own and a number of approvals."""

    code = "tag_invalid"


class StakeSealedError(Refused):
    """A submitted verdict rests on the claim's tags."""

    code = "tag_sealed"


@transaction.atomic
def define(*, label: str, approvals_required: int, by: User, at: datetime) -> Stake:
    """Make a tag. Raises StakeInvalidError and NotAllowedError."""
    require(may_set_rules, by)
    label = " ".join(label.split())[:60]
    code = slugify(label)[:40]
    if not code or not 1 <= approvals_required <= MOST_APPROVALS:
        raise StakeInvalidError
    if Stake.objects.filter(code=code).exists():
        raise StakeInvalidError
    made = Stake.objects.create(
        code=code,
        label=label,
        approvals_required=approvals_required,
        changed_by=by,
        changed_at=at,
    )
    record(action="tag.defined", target=made, by=by, at=at, data=_about(made))
    return made


@transaction.atomic
def change(
    *, stake: Stake, approvals_required: int, is_current: bool, by: User, at: datetime
) -> Stake:
    """Ask for another number of approvals from now on, or offer the tag no more.

    Versions that are sealed keep the number they were sealed with. Raises StakeInvalidError and
    NotAllowedError.
    """
    require(may_set_rules, by)
    if not 1 <= approvals_required <= MOST_APPROVALS:
        raise StakeInvalidError
    stake = Stake.objects.select_for_update().get(pk=stake.pk)
    if (stake.approvals_required, stake.is_current) == (approvals_required, is_current):
        return stake
    stake.approvals_required, stake.is_current = approvals_required, is_current
    stake.changed_by, stake.changed_at = by, at
    stake.save()
    record(action="tag.changed", target=stake, by=by, at=at, data=_about(stake))
    return stake


@transaction.atomic
def add(*, claim: Claim, stake: Stake, by: User, at: datetime) -> None:
    """Put a tag on a claim; again is a no-op. Raises StakeSealedError and NotAllowedError."""
    require(may_check, by)
    claim = _unsealed(claim)
    if not stake.is_current:
        raise StakeInvalidError
    _, is_new = ClaimStake.objects.get_or_create(
        claim=claim, stake=stake, defaults={"added_by": by, "added_at": at}
    )
    if is_new:
        record(action="claim.tagged", target=claim, by=by, at=at, data=_about(stake))


@transaction.atomic
def remove(*, claim: Claim, stake: Stake, by: User, at: datetime) -> None:
    """Take a tag off; again is a no-op. Raises StakeSealedError and NotAllowedError."""
    require(may_check, by)
    claim = _unsealed(claim)
    deleted, _ = ClaimStake.objects.filter(claim=claim, stake=stake).delete()
    if deleted:
        record(action="claim.untagged", target=claim, by=by, at=at, data=_about(stake))


def of_claim(claim: Claim) -> list[Stake]:
    """Return the claim's tags, by their names."""
    rows = ClaimStake.objects.filter(claim=claim).select_related("stake")
    return [row.stake for row in rows.order_by("stake__label", "pk")]


def approvals_required(claim: Claim) -> int:
    """Return how many editors must approve the claim's verdict: one, or what its tags ask for."""
    return max((stake.approvals_required for stake in of_claim(claim)), default=1)


def sealed_form(claim: Claim) -> list[dict[str, str]]:
    """Return the claim's tags as a manifest holds them."""
    return [{"code": stake.code, "label": stake.label} for stake in of_claim(claim)]


def _unsealed(claim: Claim) -> Claim:
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    sealed = (VersionState.IN_REVIEW, VersionState.APPROVED)
    if VerdictVersion.objects.filter(verdict__claim=claim, state__in=sealed).exists():
        raise StakeSealedError
    return claim


def _about(stake: Stake) -> dict[str, str | int]:
    return {"tag": stake.label, "approvals_required": stake.approvals_required}
