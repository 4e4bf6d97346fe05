"""From draft to approval: submit, recall, approve, send back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from claims import dating, gating, leasing, opinions, qualifying, recalculating, sealing, stakes
from claims.drafting import content_of, require_dates
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
from claims.workflow import asking_back
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

    Whoever attached a passage or a calculation contributed, and cannot approve. IncompleteError
    says in words everything that the standards gate finds lacking. Raises StaleRevisionError,
    StateChangedError, LeaseHeldError, IncompleteError, UnverifiedEvidenceError,
    UnverifiedCalculationError, CorrectionKindError and NothingToCorrectError.
    """
    require(may_check, by)
    version = locked(version)
    if version.state == VersionState.IN_REVIEW and version.submitted_by_id == by.pk:
        return version
    expect(version, VersionState.DRAFT)
    if version.revision != revision:
        raise StaleRevisionError(version)
    leasing.require_free(version, by=by, at=at)
    # Nobody attaches or removes a passage while the manifest is made.
    claim = Claim.objects.select_for_update().get(pk=version.verdict.claim_id)
    # Nor is the version before readers replaced or withdrawn, which the manifest names.
    held(version.verdict_id)
    evidence = sealing.live_evidence(claim)
    require_described(version)
    if bad := sealing.unverified(evidence):
        raise UnverifiedEvidenceError(quote=bad[0].exact[:120])
    results = gating.checklist(claim, version, content_of(version), person=by, evidence=evidence)
    require_complete(version, results)
    require_dates(content_of(version), at)
    calculations = recalculating.live_calculations(claim)
    for calculation in calculations:
        require_same(calculation, evidence)
    authors = qualifying.authors(evidence) | {done.created_by for done in calculations}
    for person in {by, *authors}:
        contribute(version, person, at)
    version.approvals_required = stakes.approvals_required(claim)
    version = dating.fill(version, at=at)
    leasing.let_go(version)
    version.manifest = sealing.manifest(
        version=version,
        evidence=evidence,
        calculations=calculations,
        gate=gating.sealed_gate(version, results),
        at=at,
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

    Raises OwnWorkError, OpinionOpenError, OpinionUndecidedError, DigestMismatchError,
    StateChangedError, UnverifiedEvidenceError, UnverifiedCalculationError and NotAllowedError. The
    database refuses an approval by a contributor once more.
    """
    require(may_approve, by)
    version = locked(version)
    if version.state == VersionState.APPROVED and _has_approved(version, by):
        return version
    expect(version, VersionState.IN_REVIEW)
    expect_digest(version, digest)
    if is_contributor(version, by):
        raise OwnWorkError
    opinions.require_heard(version)
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
    *,
    version: VerdictVersion,
    digest: str,
    reason: str,
    by: User,
    at: datetime,
    blocks: Mapping[str, str] | None = None,
) -> VerdictVersion:
    """Return the version to its checkers with a reason; approvals no longer hold.

    `blocks` holds reasons for single parts, by their codes; one reason of either sort is needed.
    Raises ReasonRequiredError, UnknownBlockError, DigestMismatchError, StateChangedError and
    NotAllowedError.
    """
    require(may_approve, by)
    asked = asking_back.tidy(blocks or {})
    reason = reason.strip() or asking_back.in_words(asked)
    if not reason:
        raise ReasonRequiredError
    version = locked(version)
    if version.state == VersionState.DRAFT and _sent_back_already(version, digest, by):
        return version
    expect(version, VersionState.IN_REVIEW, VersionState.APPROVED)
    expect_digest(version, digest)
    request = ChangesRequest.objects.create(
        version=version, editor=by, digest=digest, reason=reason[:2000], at=at
    )
    asking_back.keep(request, version, asked)
    return unseal(version, "verdict.sent_back", by, at, {"reason": reason[:200]})


def _has_approved(version: VerdictVersion, by: User) -> bool:
    return version.approvals.filter(editor=by, digest=version.digest).exists()


def _sent_back_already(version: VerdictVersion, digest: str, by: User) -> bool:
    return version.changes_requests.filter(editor=by, digest=digest).exists()
