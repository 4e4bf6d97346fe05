"""Writing a verdict: the draft, and saving it without losing anybody's words."""

from datetime import datetime

from django.db import transaction

from claims.linking import require_open
from claims.models import Claim, Rating, Verdict, VerdictVersion
from claims.states import OPEN_STATES, VersionState
from claims.versions import (
    StaleRevisionError,
    UnknownRatingError,
    about,
    contribute,
    expect,
    locked,
)
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check, require
from factcheck.audit.trail import record


@transaction.atomic
def start_draft(*, claim: Claim, by: User, at: datetime) -> VerdictVersion:
    """Return the claim's open version, or make the first draft.

    What was published is changed by a correction, and what was given up is opened again; neither
    happens by itself. Raises ClaimDismissedError, ClaimNotOpenError and StateChangedError.
    """
    require(may_check, by)
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    require_open(claim)
    verdict, _ = Verdict.objects.get_or_create(claim=claim, defaults={"created_at": at})
    existing = verdict.versions.order_by("-number").first()
    if existing:
        expect(existing, *OPEN_STATES)
        return existing
    version = VerdictVersion.objects.create(
        verdict=verdict, number=1, created_by=by, created_at=at, updated_at=at
    )
    contribute(version, by, at)
    record(action="verdict.drafted", target=version, by=by, at=at, data=about(version))
    return version


@transaction.atomic
def save_draft(
    *,
    version: VerdictVersion,
    rating: Rating | None,
    summary: str,
    reasoning: str,
    revision: int,
    by: User,
    at: datetime,
) -> VerdictVersion:
    """Save what the checker wrote. `revision` is the one their form was made from.

    The same words again are a no-op, so that a double click never looks stale. Raises
    StaleRevisionError, StateChangedError and UnknownRatingError.
    """
    require(may_check, by)
    version = locked(version)
    expect(version, VersionState.DRAFT)
    if rating and not rating.scale.is_current:
        raise UnknownRatingError
    summary, reasoning = summary.strip(), reasoning.strip()
    wanted = (rating.pk if rating else None, summary, reasoning)
    if wanted == (version.rating_id, version.summary, version.reasoning):
        return version
    if version.revision != revision:
        raise StaleRevisionError(version)
    version.rating, version.summary, version.reasoning = rating, summary, reasoning
    version.revision, version.updated_at = revision + 1, at
    version.save(update_fields=["rating", "summary", "reasoning", "revision", "updated_at"])
    contribute(version, by, at)
    data = about(version) | {"revision": version.revision}
    record(action="verdict.saved", target=version, by=by, at=at, data=data)
    return version
