"""Showing an approved version to the world."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from claims import publishing, remembering
from claims.models import VerdictVersion
from claims.states import VersionState
from claims.versions import expect, locked, standing_approvals
from claims.workflow.checking import require_verified
from claims.workflow.correcting import make_way
from claims.workflow.moving import expect_digest, move
from claims.workflow.refusals import NotApprovedError
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_approve, require
from sources import watching
from sources.models import Source


@transaction.atomic
def publish(*, version: VerdictVersion, digest: str, by: User, at: datetime) -> VerdictVersion:
    """Show an approved version to the world, through the page, the API and the change sequence.

    The version before readers, if there is one, is superseded in the same transaction. Raises
    NotApprovedError, CorrectionOvertakenError, WithdrawalProposedError, DigestMismatchError,
    StateChangedError, UnverifiedEvidenceError, UnverifiedCalculationError and NotAllowedError.
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
    require_verified(version)
    make_way(version, by=by, at=at)
    version.published_by, version.published_at = by, at
    version = move(version, VersionState.PUBLISHED, "verdict.published", by, at)
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
