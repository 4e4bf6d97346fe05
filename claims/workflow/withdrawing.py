"""Taking a published verdict back: one editor proposes it, another confirms it."""

from datetime import datetime

from django.db import transaction

from claims import publishing, remembering
from claims.models import Verdict, VerdictVersion, Withdrawal
from claims.states import ReviewOutcome, VersionState
from claims.versions import about, held, locked
from claims.workflow import looking_again
from claims.workflow.correcting import published_version
from claims.workflow.moving import move
from claims.workflow.refusals import (
    OwnWithdrawalError,
    PublicReasonError,
    WithdrawalClosedError,
    WithdrawalProposedError,
)
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_approve, require
from factcheck.audit.trail import record


@transaction.atomic
def propose_withdrawal(*, verdict: Verdict, reason: str, by: User, at: datetime) -> Withdrawal:
    """Ask another editor to take the verdict back, for a reason that readers will see.

    The same again by the same editor is a no-op. Raises PublicReasonError,
    WithdrawalProposedError, NothingToCorrectError, StateChangedError and NotAllowedError.
    """
    require(may_approve, by)
    reason = reason.strip()[:1000]
    if not reason:
        raise PublicReasonError
    live = published_version(held(verdict.pk))
    if standing := Withdrawal.objects.filter(Withdrawal.OPEN, version=live).first():
        if (standing.proposed_by_id, standing.reason) == (by.pk, reason):
            return standing
        raise WithdrawalProposedError
    made = Withdrawal.objects.create(version=live, reason=reason, proposed_by=by, proposed_at=at)
    _record("verdict.withdrawal_proposed", live, made, by, at)
    return made


@transaction.atomic
def cancel_withdrawal(*, withdrawal: Withdrawal, by: User, at: datetime) -> Withdrawal:
    """Let a proposed withdrawal fall; any editor may. Again is a no-op.

    Raises WithdrawalClosedError where it was confirmed, and NotAllowedError.
    """
    require(may_approve, by)
    live, withdrawal = _locked(withdrawal)
    if withdrawal.cancelled_at is not None:
        return withdrawal
    if withdrawal.confirmed_at is not None:
        raise WithdrawalClosedError
    withdrawal.cancelled_by, withdrawal.cancelled_at = by, at
    withdrawal.save(update_fields=["cancelled_by", "cancelled_at"])
    _record("verdict.withdrawal_cancelled", live, withdrawal, by, at)
    return withdrawal


@transaction.atomic
def withdraw(*, withdrawal: Withdrawal, by: User, at: datetime) -> VerdictVersion:
    """Confirm a proposed withdrawal: the page says so and partners get a tombstone, at once.

    Raises OwnWithdrawalError, WithdrawalClosedError, StateChangedError and NotAllowedError.
    """
    require(may_approve, by)
    live, withdrawal = _locked(withdrawal)
    if withdrawal.confirmed_at is not None and withdrawal.confirmed_by_id == by.pk:
        return live
    if withdrawal.confirmed_at is not None or withdrawal.cancelled_at is not None:
        raise WithdrawalClosedError
    if withdrawal.proposed_by_id == by.pk:
        raise OwnWithdrawalError
    withdrawal.confirmed_by, withdrawal.confirmed_at = by, at
    withdrawal.save(update_fields=["confirmed_by", "confirmed_at"])
    data = {"reason": withdrawal.reason[:200], "proposed_by": withdrawal.proposed_by.username}
    live = move(live, VersionState.WITHDRAWN, "verdict.withdrawn", by, at, data)
    looking_again.end(
        live=live,
        outcome=ReviewOutcome.WITHDRAWN,
        note=withdrawal.reason,
        by=by,
        at=at,
    )
    remembering.forget_own(version=live, at=at)
    publishing.release_withdrawal(version=live, withdrawal=withdrawal, at=at)
    return live


def _locked(withdrawal: Withdrawal) -> tuple[VerdictVersion, Withdrawal]:
    """Return the version and the withdrawal as they stand now, the verdict held."""
    version = VerdictVersion.objects.get(pk=withdrawal.version_id)
    held(version.verdict_id)
    version = locked(version)
    rows = Withdrawal.objects.select_for_update(of=("self",)).select_related(
        "proposed_by", "confirmed_by"
    )
    return version, rows.get(pk=withdrawal.pk)


def _record(
    action: str, version: VerdictVersion, withdrawal: Withdrawal, by: User, at: datetime
) -> None:
    data = about(version) | {"reason": withdrawal.reason[:200]}
    record(action=action, target=version, by=by, at=at, data=data)
