"""Lists by who has the work: mine, and nobody's. Whoever was deactivated has nothing."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from claims.models import Assignment, Claim, VerdictVersion, VersionContributor
from claims.states import OPEN_STATES, ClaimState, VersionState
from factcheck.accounts.models import Role, User
from factcheck.accounts.permissions import CHECKING

REVIEWABLE = (VersionState.IN_REVIEW, VersionState.APPROVED)


def claims_of(person: User) -> QuerySet[Assignment]:
    """Return the checks that a person has and that are not done, unordered."""
    rows = _checks().filter(person=person, claim__state=ClaimState.OPEN)
    return rows.exclude(_is_done("claim_id"))


def claims_of_nobody() -> QuerySet[Claim]:
    """Return the open claims that nobody has and that have no finished verdict, unordered."""
    owned = _checks().filter(claim=OuterRef("pk"))
    rows = Claim.objects.filter(state=ClaimState.OPEN)
    return rows.exclude(Exists(owned)).exclude(_is_done("pk"))


def reviews_of(person: User) -> QuerySet[VerdictVersion]:
    """Return the versions that a person has to review, unordered."""
    mine = _reviews().filter(version=OuterRef("pk"), person=person)
    # One state at a time lets each use the index of open versions; there are few of one person.
    return VerdictVersion.objects.filter(Exists(mine), state__in=REVIEWABLE)


def reviews_of_nobody() -> QuerySet[VerdictVersion]:
    """Return the versions in review that no editor has, unordered."""
    owned = _reviews().filter(version=OuterRef("pk"))
    return VerdictVersion.objects.filter(state=VersionState.IN_REVIEW).exclude(Exists(owned))


def owners(claims: Collection[UUID]) -> dict[UUID, Assignment]:
    """Return who has each of the claims to check; one query."""
    rows = _checks().filter(claim__in=claims).select_related("person")
    return {row.claim_id: row for row in rows}


def reviewers(versions: Collection[UUID]) -> dict[UUID, Assignment]:
    """Return who has each of the versions to review; one query."""
    rows = _reviews().filter(version__in=versions).select_related("person")
    return {row.version_id: row for row in rows if row.version_id}


def is_late(row: Assignment, today: date) -> bool:
    """Whether its day is over."""
    return row.due_on is not None and row.due_on < today


def _checks() -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        ended_at=None, version=None, person__is_active=True, person__role__in=CHECKING
    )


def _reviews() -> QuerySet[Assignment]:
    worked = VersionContributor.objects.filter(
        version=OuterRef("version"), person=OuterRef("person")
    )
    rows = Assignment.objects.filter(ended_at=None, version__isnull=False)
    return rows.filter(person__is_active=True, person__role=Role.EDITOR).exclude(Exists(worked))


def _is_done(claim: str) -> Any:  # noqa: ANN401 (a combined expression)
    """A condition: the claim's verdict is published, and no newer version is under way."""
    versions = VerdictVersion.objects.filter(verdict__claim=OuterRef(claim))
    published = versions.filter(published_at__isnull=False)
    return Exists(published) & ~Exists(versions.filter(state__in=OPEN_STATES))
