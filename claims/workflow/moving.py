"""The one writer of a version's state, and what every step checks first."""

from datetime import datetime
from typing import Any

from claims.models import VerdictVersion
from claims.states import TRANSITIONS, VersionState
from claims.versions import StateChangedError, about
from claims.workflow.refusals import DigestMismatchError
from factcheck.accounts.models import User
from factcheck.audit.trail import record


def move(  # noqa: PLR0917 (every caller is in sight)
    version: VerdictVersion,
    to: VersionState,
    action: str,
    by: User,
    at: datetime,
    data: dict[str, Any] | None = None,
) -> VerdictVersion:
    """Bring a locked version into another state, with its audit event. Raises StateChangedError."""
    if to not in TRANSITIONS[VersionState(version.state)]:
        raise StateChangedError(state=VersionState(version.state).label)
    version.state, version.updated_at = to, at
    version.revision += 1
    version.save()
    record(action=action, target=version, by=by, at=at, data=about(version) | (data or {}))
    return version


def unseal(
    version: VerdictVersion, action: str, by: User, at: datetime, data: dict[str, Any]
) -> VerdictVersion:
    """Bring a sealed version back into draft: its approvals name a digest that is gone."""
    version.manifest, version.digest = None, ""
    version.submitted_by = version.submitted_at = None
    return move(version, VersionState.DRAFT, action, by, at, data)


def expect_digest(version: VerdictVersion, digest: str) -> None:
    """Raise DigestMismatchError unless the version is the one that was shown."""
    if version.digest != digest:
        raise DigestMismatchError
