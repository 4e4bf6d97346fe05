"""From draft to approval: submit, recall, approve, send back."""

from datetime import datetime

from django.db import transaction

from claims import recalculating, sealing
from claims.models import Approval, ChangesRequest, Claim, VerdictVersion
from claims.states import VersionState
from claims.versions import (
    StaleRevisionError,
    about,
    contribute,
    expect,
    held,
    is_contributor,
    locked,
    standing_approvals,
)
from claims.workflow.checking import require_complete, require_same, require_verified
from claims.workflow.kinds import require_described, require_fitting
from claims.workflow.moving import expect_digest, move, unseal
from claims.workflow.refusals import OwnWorkError, ReasonRequiredError, UnverifiedEvidenceError
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_approve, may_check, require
from factcheck.audit.trail import record


@transaction.atomic
def submit(*, version: VerdictVersion, revision: int, by: User, at: datetime) -> VerdictVersion:
    """Seal the draft and hand it to the editors.

    Whoever attached a passage or a calculation contributed, and cannot approve. Raises
    StaleRevisionError, StateChangedError, IncompleteError, UnverifiedEvidenceError,
    UnverifiedCalculationError, CorrectionKindError and NothingToCorrectError.
    """
    require(may_check, by)
    version = locked(version)
    if version.state == VersionState.IN_REVIEW and version.submitted_by_id == by.pk:
        return version
    expect(version, VersionState.DRAFT)
    if version.revision != revision:
        raise StaleRevisionError(version)
    # Nobody attaches or removes a passage while the manifest is made.
    claim = Claim.objects.select_for_update().get(pk=version.verdict.claim_id)
    # Nor is the version before readers replaced or withdrawn, which the manifest names.
    held(version.verdict_id)
    evidence = sealing.live_evidence(claim)
    require_complete(version, evidence_count=len(evidence))
    require_described(version)
    if bad := sealing.unverified(evidence):
        raise UnverifiedEvidenceError(quote=bad[0].exact[:120])
    calculations = recalculating.live_calculations(claim)
    for calculation in calculations:
        require_same(calculation, evidence)
    authors = {item.created_by for item in evidence} | {done.created_by for done in calculations}
    for person in {by, *authors}:
        contribute(version, person, at)
    version.manifest = sealing.manifest(
        version=version, evidence=evidence, calculations=calculations, at=at
    )
    require_fitting(version)
    version.digest = sealing.digest(version.manifest)
    version.submitted_by, version.submitted_at = by, at
    return move(version, VersionState.IN_REVIEW, "verdict.submitted", by, at)


@transaction.atomic
def recall(*, version: VerdictVersion, by: User, at: datetime) -> VerdictVersion:
    """Take a submitted version back into draft, by somebody who worked on it.

    Raises StateChangedError and NotAllowedError.
    """
    require(lambda person: may_check(person) and is_contributor(version, by), by)
    version = locked(version)
    if version.state == VersionState.DRAFT:
        return version
    expect(version, VersionState.IN_REVIEW)
    return unseal(version, "verdict.recalled", by, at, {})


@transaction.atomic
def approve(*, version: VerdictVersion, digest: str, by: User, at: datetime) -> VerdictVersion:
    """Say yes to exactly the version with this digest. The last yes it needs approves it.

    Raises OwnWorkError, DigestMismatchError, StateChangedError, UnverifiedEvidenceError,
    UnverifiedCalculationError and NotAllowedError. The database refuses an approval by a
    contributor once more.
    """
    require(may_approve, by)
    version = locked(version)
    if version.state == VersionState.APPROVED and _has_approved(version, by):
        return version
    expect(version, VersionState.IN_REVIEW)
    expect_digest(version, digest)
    if is_contributor(version, by):
        raise OwnWorkError
    require_verified(version)
    # The same bytes may come back after they were sent back: the row of the first yes stands.
    Approval.objects.get_or_create(
        version=version, editor=by, digest=version.digest, defaults={"at": at}
    )
    if len(standing_approvals(version)) < version.approvals_required:
        record(action="verdict.seconded", target=version, by=by, at=at, data=about(version))
        return version
    return move(version, VersionState.APPROVED, "verdict.approved", by, at)


@transaction.atomic
def send_back(
    *, version: VerdictVersion, digest: str, reason: str, by: User, at: datetime
) -> VerdictVersion:
    """Return the version to its checkers with a reason; approvals no longer hold.

    Raises ReasonRequiredError, DigestMismatchError, StateChangedError and NotAllowedError.
    """
    require(may_approve, by)
    reason = reason.strip()
    if not reason:
        raise ReasonRequiredError
    version = locked(version)
    if version.state == VersionState.DRAFT and _sent_back_already(version, digest, by):
        return version
    expect(version, VersionState.IN_REVIEW, VersionState.APPROVED)
    expect_digest(version, digest)
    ChangesRequest.objects.create(
        version=version, editor=by, digest=digest, reason=reason[:2000], at=at
    )
    return unseal(version, "verdict.sent_back", by, at, {"reason": reason[:200]})


def _has_approved(version: VerdictVersion, by: User) -> bool:
    return version.approvals.filter(editor=by, digest=version.digest).exists()


def _sent_back_already(version: VerdictVersion, digest: str, by: User) -> bool:
    return version.changes_requests.filter(editor=by, digest=digest).exists()
