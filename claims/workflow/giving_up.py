"""Giving a draft up, with a reason, and opening it again."""

from datetime import datetime

from django.db import transaction

from claims.linking import require_open
from claims.models import Abandonment, Claim, VerdictVersion
from claims.states import VersionState
from claims.versions import about, expect, is_contributor, locked, newest_public
from claims.workflow.correcting import start_correction
from claims.workflow.moving import move
from claims.workflow.refusals import PublicReasonError, VersionOvertakenError
from claims.workflow.restoring import restore
from factcheck.accounts.models import User
from factcheck.accounts.permissions import Person, may_approve, may_check, require


@transaction.atomic
def abandon(*, version: VerdictVersion, reason: str, by: User, at: datetime) -> VerdictVersion:
    """Give a draft up; by somebody who worked on it, or by an editor. Again is a no-op.

    What the version before readers rests on comes back to the claim. Raises PublicReasonError,
    StateChangedError and NotAllowedError.
    """

    def may_give_up(person: Person) -> bool:
        return may_check(person) and (may_approve(person) or is_contributor(version, by))

    require(may_give_up, by)
    reason = reason.strip()[:1000]
    if not reason:
        raise PublicReasonError
    version = locked(version)
    if version.state == VersionState.ABANDONED:
        return version
    expect(version, VersionState.DRAFT)
    Abandonment.objects.create(version=version, reason=reason, by=by, at=at)
    data = {"reason": reason[:200]}
    version = move(version, VersionState.ABANDONED, "verdict.abandoned", by, at, data)
    if live := newest_public(version.verdict_id):
        restore(live, by=by, at=at)
    return version


@transaction.atomic
def reopen(*, version: VerdictVersion, by: User, at: datetime) -> VerdictVersion:
    """Open again what was given up, or what was withdrawn; of the latter, as a new version.

    Again is a no-op. Raises VersionOvertakenError, StateChangedError and NotAllowedError.
    """
    require(may_check, by)
    version = locked(version)
    if version.state == VersionState.WITHDRAWN:
        return start_correction(verdict=version.verdict, by=by, at=at)
    if version.state == VersionState.DRAFT:
        return version
    expect(version, VersionState.ABANDONED)
    require_open(Claim.objects.select_for_update().get(pk=version.verdict.claim_id))
    if version.verdict.versions.filter(number__gt=version.number).exists():
        raise VersionOvertakenError
    return move(version, VersionState.DRAFT, "verdict.reopened", by, at, about(version))
