"""Showing a version to the world: approved, or alone in an emergency."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from claims import publishing, remembering
from claims.models import Approval, Embargo, Emergency, VerdictVersion
from claims.states import VersionState
from claims.versions import (
    StateChangedError,
    about,
    expect,
    is_contributor,
    locked,
    standing_approvals,
)
from claims.workflow.checking import require_verified
from claims.workflow.correcting import make_way
from claims.workflow.moving import expect_digest, move
from claims.workflow.refusals import (
    EmergencyReasonError,
    NotApprovedError,
    OwnWorkError,
    UnderEmbargoError,
)
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_approve, may_publish_alone, require
from factcheck.audit.trail import record
from sources import watching
from sources.models import Source


@transaction.atomic
def publish(*, version: VerdictVersion, digest: str, by: User, at: datetime) -> VerdictVersion:
    """Show an approved version to the world, through the page, the API and the change sequence.

    The version before readers, if there is one, is superseded in the same transaction. Raises
    NotApprovedError, UnderEmbargoError, CorrectionOvertakenError, WithdrawalProposedError,
    DigestMismatchError, StateChangedError, UnverifiedEvidenceError, UnverifiedCalculationError and
    NotAllowedError.
    """
    require(may_approve, by)
    version = locked(version)
    if version.state == VersionState.PUBLISHED and version.published_by_id == by.pk:
        return version
    if version.state == VersionState.IN_REVIEW:
        raise NotApprovedError
    expect(version, VersionState.APPROVED)
    expect_digest(version, digest)
    if len(standing_approvals(version)) < version.approvals_required:
        raise NotApprovedError
    return _go_out(version, "verdict.published", by, at, {})


@transaction.atomic
def publish_alone(
    *, version: VerdictVersion, digest: str, reason: str, by: User, at: datetime
) -> VerdictVersion:
    """Publish a submitted version without approvals, in an emergency, for everybody to see why.

    Raises EmergencyReasonError, UnderEmbargoError, DigestMismatchError, StateChangedError,
    UnverifiedEvidenceError, UnverifiedCalculationError and NotAllowedError.
    """
    require(may_publish_alone, by)
    if not (reason := reason.strip()):
        raise EmergencyReasonError
    version = locked(version)
    if version.state == VersionState.PUBLISHED and version.published_by_id == by.pk:
        return version
    expect(version, VersionState.IN_REVIEW)
    expect_digest(version, digest)
    Emergency.objects.create(
        version=version, editor=by, digest=version.digest, reason=reason[:1000], at=at
    )
    return _go_out(version, "verdict.published_alone", by, at, {"reason": reason[:200]})


@transaction.atomic
def second(*, version: VerdictVersion, digest: str, by: User, at: datetime) -> VerdictVersion:
    """Approve what one editor published alone; readers and partners see that it was seconded.

    Raises OwnWorkError, DigestMismatchError, StateChangedError, UnverifiedEvidenceError,
    UnverifiedCalculationError and NotAllowedError.
    """
    require(may_approve, by)
    version = locked(version)
    expect(version, VersionState.PUBLISHED)
    expect_digest(version, digest)
    emergency = Emergency.objects.filter(version=version).first()
    if emergency is None:
        raise StateChangedError(state=VersionState(version.state).label)
    if emergency.editor_id == by.pk or is_contributor(version, by):
        raise OwnWorkError
    require_verified(version)
    _, is_new = Approval.objects.get_or_create(
        version=version, editor=by, digest=version.digest, defaults={"at": at}
    )
    if is_new:
        record(action="verdict.confirmed", target=version, by=by, at=at, data=about(version))
        publishing.release_second(version=version, by=by, at=at)
    return version


def _go_out(
    version: VerdictVersion, action: str, by: User, at: datetime, data: dict[str, Any]
) -> VerdictVersion:
    embargo = Embargo.objects.filter(verdict=version.verdict_id, until__gt=at).first()
    if embargo:
        raise UnderEmbargoError(until=embargo.words)
    require_verified(version)
    make_way(version, by=by, at=at)
    version.published_by, version.published_at = by, at
    version = move(version, VersionState.PUBLISHED, action, by, at, data)
    for source in _cited(version):
        watching.watch(source=source, closely=True, by=by, at=at)
    remembering.keep_own(version=version, at=at)
    publishing.release(version=version, at=at)
    return version


def _cited(version: VerdictVersion) -> QuerySet[Source]:
    """Return the sources that the sealed evidence quotes, in an order in which nobody deadlocks."""
    sealed: dict[str, Any] = version.manifest or {}
    captures = {item["capture"]["id"] for item in sealed["evidence"]}
    return Source.objects.filter(captures__in=captures).distinct().order_by("pk")
