"""A version's row: locking it, guarding it, and who worked on it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from claims.models import Approval, Rating, Verdict, VerdictVersion, VersionContributor
from claims.states import PUBLIC_STATES, VersionState
from factcheck.accounts.models import User
from factcheck.errors import Permanent, Refused


class StaleRevisionError(Refused):
    """The draft was saved by somebody since; `current` is how it stands now."""

    code = "stale_revision"

    def __init__(self, current: VerdictVersion) -> None:
        super().__init__()
        self.current = current


class StateChangedError(Refused):
    """The version is in another state than the verb needs."""

    code = "verdict_state_changed"


class UnknownRatingError(Permanent):
    """Not a rating of the desk."""

    code = "rating_unknown"


class OtherScaleError(Permanent):
    """A rating of a scale that is not the current one; the details give its label."""

    code = "rating_of_other_scale"


def require_current(rating: Rating | None) -> None:
    """Raise OtherScaleError for a rating of another scale than the desk's current one."""
    if rating and not rating.scale.is_current:
        raise OtherScaleError(label=rating.label)


def is_contributor(version: VerdictVersion, person: User) -> bool:
    """Whether the person worked on the version."""
    return version.contributors.filter(person=person).exists()


def standing_approvals(version: VerdictVersion) -> list[Approval]:
    """Return the approvals that name the version's digest as it is, oldest first."""
    rows = version.approvals.filter(digest=version.digest).select_related("editor")
    return list(rows.order_by("at", "id"))


def locked(version: VerdictVersion) -> VerdictVersion:
    """Return the version as it stands now, its row held until the transaction ends."""
    return (
        VerdictVersion.objects.select_for_update(of=("self",))
        .select_related("verdict__claim__article", "rating__scale")
        .get(pk=version.pk)
    )


def held(verdict_id: UUID) -> Verdict:
    """Return the verdict, held until the transaction ends: what readers see changes one by one.

    A verb that holds a version as well takes the version first.
    """
    return Verdict.objects.select_for_update(no_key=True).get(pk=verdict_id)


def newest_public(verdict_id: UUID, *, lock: bool = False) -> VerdictVersion | None:
    """Return the newest version that readers have seen: published, or withdrawn."""
    rows = VerdictVersion.objects.filter(verdict=verdict_id, state__in=PUBLIC_STATES)
    found = rows.select_related("verdict__claim", "rating__scale").order_by("-number").first()
    return locked(found) if found and lock else found


def replaced_by(version: VerdictVersion) -> VerdictVersion | None:
    """Return the version before readers that this later one is made to replace."""
    rows = VerdictVersion.objects.filter(verdict=version.verdict_id, state__in=PUBLIC_STATES)
    return rows.filter(number__lt=version.number).order_by("-number").first()


def sealed_now(claim_id: UUID) -> dict[str, Any]:
    """Return the manifest that the claim's evidence and sums must stay for; empty for none.

    It is the newest version's. While a later version is a draft, its people may take off what the
    earlier one rests on: the earlier manifest keeps the quote.
    """
    rows = VerdictVersion.objects.filter(verdict__claim_id=claim_id)
    newest = rows.exclude(state=VersionState.ABANDONED).order_by("-number").first()
    return (newest and newest.manifest) or {}


def expect(version: VerdictVersion, *states: VersionState) -> None:
    """Raise StateChangedError unless the version is in one of `states`."""
    if version.state not in states:
        raise StateChangedError(state=VersionState(version.state).label)


def contribute(version: VerdictVersion, person: User, at: datetime) -> None:
    """Note that the person worked on the version. Again is a no-op."""
    VersionContributor.objects.get_or_create(version=version, person=person, defaults={"at": at})


def about(version: VerdictVersion) -> dict[str, Any]:
    """What every audit event of a version says."""
    return {
        "claim": str(version.verdict.claim_id),
        "version": version.number,
        "digest": version.digest,
    }
