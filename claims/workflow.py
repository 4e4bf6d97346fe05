"""The life of a verdict version: the only place that changes its state.

Each verb locks the version's row, checks its guard, changes the state against the table in
claims/states.py and writes its audit event, in one transaction. The same verb again by the same
person, after it succeeded, returns the version and changes nothing: a double click is no error.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from claims import notifying, publishing, recalculating, remembering, sealing
from claims.models import Approval, Calculation, ChangesRequest, Claim, Evidence, VerdictVersion
from claims.states import TRANSITIONS, VersionState
from claims.versions import (
    StaleRevisionError,
    StateChangedError,
    UnknownRatingError,
    about,
    contribute,
    expect,
    is_contributor,
    locked,
)
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_approve, may_check, require
from factcheck.audit.trail import record
from factcheck.errors import Permanent, Refused
from sources import watching
from sources.models import Source


class IncompleteError(Permanent):
    """Something that a submitted verdict needs is missing."""

    code = "verdict_incomplete"


class OwnWorkError(Refused):
    """The editor contributed to the version."""

    code = "verdict_own_work"


class DigestMismatchError(Refused):
    """The version is not the one that the editor was shown."""

    code = "verdict_digest_mismatch"


class NotApprovedError(Refused):
    """No approval holds for the version's digest."""

    code = "verdict_not_approved"


class ReasonRequiredError(Permanent):
    """Sending back needs a reason."""

    code = "reason_required"


class UnverifiedEvidenceError(Refused):
    """A quote no longer stands in its capture."""

    code = "evidence_unverified"


class UnverifiedCalculationError(Refused):
    """A calculation, done again, gives something else, or its quote is gone."""

    code = "calculation_unverified"


@transaction.atomic
def submit(*, version: VerdictVersion, revision: int, by: User, at: datetime) -> VerdictVersion:
    """Seal the draft and hand it to the editors.

    Whoever attached a passage or a calculation contributed, and cannot approve. Raises
    StaleRevisionError, StateChangedError, IncompleteError, UnverifiedEvidenceError and
    UnverifiedCalculationError.
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
    evidence = sealing.live_evidence(claim)
    _require_complete(version, evidence_count=len(evidence))
    if bad := sealing.unverified(evidence):
        raise UnverifiedEvidenceError(quote=bad[0].exact[:120])
    calculations = recalculating.live_calculations(claim)
    for calculation in calculations:
        _require_same(calculation, evidence)
    authors = {item.created_by for item in evidence} | {done.created_by for done in calculations}
    for person in {by, *authors}:
        contribute(version, person, at)
    version.manifest = sealing.manifest(
        version=version, evidence=evidence, calculations=calculations, at=at
    )
    version.digest = sealing.digest(version.manifest)
    version.submitted_by, version.submitted_at = by, at
    return _move(version, VersionState.IN_REVIEW, "verdict.submitted", by, at)


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
    return _unseal(version, "verdict.recalled", by, at, {})


@transaction.atomic
def approve(*, version: VerdictVersion, digest: str, by: User, at: datetime) -> VerdictVersion:
    """Say yes to exactly the version with this digest.

    Raises OwnWorkError, DigestMismatchError, StateChangedError, UnverifiedEvidenceError,
    UnverifiedCalculationError and NotAllowedError. The database refuses an approval by a
    contributor once more.
    """
    require(may_approve, by)
    version = locked(version)
    if version.state == VersionState.APPROVED and _has_approved(version, by):
        return version
    expect(version, VersionState.IN_REVIEW)
    _expect_digest(version, digest)
    if is_contributor(version, by):
        raise OwnWorkError
    _require_verified(version)
    # The same bytes may come back after they were sent back: the row of the first yes stands.
    Approval.objects.get_or_create(
        version=version, editor=by, digest=version.digest, defaults={"at": at}
    )
    return _move(version, VersionState.APPROVED, "verdict.approved", by, at)


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
    _expect_digest(version, digest)
    ChangesRequest.objects.create(
        version=version, editor=by, digest=digest, reason=reason[:2000], at=at
    )
    return _unseal(version, "verdict.sent_back", by, at, {"reason": reason[:200]})


@transaction.atomic
def publish(*, version: VerdictVersion, digest: str, by: User, at: datetime) -> VerdictVersion:
    """Show an approved version to the world, through the page, the API and the change sequence.

    Raises NotApprovedError, DigestMismatchError, StateChangedError, UnverifiedEvidenceError,
    UnverifiedCalculationError and NotAllowedError.
    """
    require(may_approve, by)
    version = locked(version)
    if version.state == VersionState.PUBLISHED and version.published_by_id == by.pk:
        return version
    if version.state == VersionState.IN_REVIEW:
        raise NotApprovedError
    expect(version, VersionState.APPROVED)
    _expect_digest(version, digest)
    if not version.approvals.filter(digest=version.digest).exists():
        raise NotApprovedError
    _require_verified(version)
    version.published_by, version.published_at = by, at
    version = _move(version, VersionState.PUBLISHED, "verdict.published", by, at)
    for source in _cited(version):
        watching.watch(source=source, closely=True, by=by, at=at)
    remembering.keep_own(version=version, at=at)
    publishing.release(version=version, at=at)
    return version


def _expect_digest(version: VerdictVersion, digest: str) -> None:
    if version.digest != digest:
        raise DigestMismatchError


def _require_complete(version: VerdictVersion, *, evidence_count: int) -> None:
    missing = [
        words
        for words, is_there in (
            ("choose a rating", version.rating_id is not None),
            ("write the conclusion in a sentence", bool(version.summary)),
            ("write the reasoning", bool(version.reasoning)),
            ("attach at least one passage as evidence", evidence_count > 0),
        )
        if not is_there
    ]
    if missing:
        words = "Before you submit: " + ", ".join(missing) + "."
        raise IncompleteError(missing=words)
    if version.rating and not version.rating.scale.is_current:
        raise UnknownRatingError


def _require_verified(version: VerdictVersion) -> None:
    """Check the sealed content against the archive and against its own digest once more."""
    sealed: dict[str, Any] = version.manifest or {}
    if sealing.digest(sealed) != version.digest:
        raise DigestMismatchError
    evidence = {str(item.pk): item for item in sealing.live_evidence(version.verdict.claim)}
    for item in sealed["evidence"]:
        found = evidence.get(item["id"])
        if found is None or sealing.unverified([found]):
            raise UnverifiedEvidenceError(quote=item["quote"]["exact"][:120])
    _require_sums(version.verdict.claim, sealed, list(evidence.values()))


def _require_sums(claim: Claim, sealed: dict[str, Any], evidence: list[Evidence]) -> None:
    """Run the sealed calculations again; a version sealed before there were any has none."""
    if not (items := sealed.get("calculations", [])):
        return
    found = {str(item.pk): item for item in recalculating.live_calculations(claim)}
    for item in items:
        if (calculation := found.get(item["id"])) is None:
            raise UnverifiedCalculationError(figures=item["figures"][:120])
        _require_same(calculation, evidence)


def _require_same(calculation: Calculation, evidence: list[Evidence]) -> None:
    standing = {item.pk for item in evidence}
    if not (again := recalculating.recheck(calculation, standing=standing)):
        words = f"{calculation.result['figures'][:120]}. {again.why}"
        raise UnverifiedCalculationError(figures=words)


def _cited(version: VerdictVersion) -> QuerySet[Source]:
    """Return the sources that the sealed evidence quotes, in an order in which nobody deadlocks."""
    sealed: dict[str, Any] = version.manifest or {}
    captures = {item["capture"]["id"] for item in sealed["evidence"]}
    return Source.objects.filter(captures__in=captures).distinct().order_by("pk")


def _has_approved(version: VerdictVersion, by: User) -> bool:
    return version.approvals.filter(editor=by, digest=version.digest).exists()


def _sent_back_already(version: VerdictVersion, digest: str, by: User) -> bool:
    return version.changes_requests.filter(editor=by, digest=digest).exists()


def _unseal(
    version: VerdictVersion, action: str, by: User, at: datetime, data: dict[str, Any]
) -> VerdictVersion:
    version.manifest, version.digest = None, ""
    version.submitted_by = version.submitted_at = None
    return _move(version, VersionState.DRAFT, action, by, at, data)


def _move(  # noqa: PLR0917 (every caller is in sight)
    version: VerdictVersion,
    to: VersionState,
    action: str,
    by: User,
    at: datetime,
    data: dict[str, Any] | None = None,
) -> VerdictVersion:
    if to not in TRANSITIONS[VersionState(version.state)]:
        raise StateChangedError(state=VersionState(version.state).label)
    version.state, version.updated_at = to, at
    version.revision += 1
    version.save()
    record(action=action, target=version, by=by, at=at, data=about(version) | (data or {}))
    notifying.moved(version=version, action=action, by=by, at=at, data=data or {})
    return version
