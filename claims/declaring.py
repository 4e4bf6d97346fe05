"""Conflicts of interest: what everybody who works on a version declares."""

from datetime import datetime
from typing import Any

from django.db import transaction

from claims.models import Declaration, VerdictVersion
from claims.states import VersionState
from claims.versions import about, contribute, expect, locked
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check, require
from factcheck.audit.trail import record
from factcheck.errors import Permanent


class InterestTooLongError(Permanent):
    """The words are too many for readers."""

    code = "interest_too_long"


@transaction.atomic
def declare(
    *, version: VerdictVersion, words: str, is_named: bool, by: User, at: datetime
) -> Declaration:
    """Say which interest one has in the matter; no words say that there is none.

    A later word replaces an earlier one while the version is a draft; the same again is a no-op.
    Raises InterestTooLongError, StateChangedError and NotAllowedError.
    """
    require(may_check, by)
    version = locked(version)
    expect(version, VersionState.DRAFT)
    words = words.replace("\r\n", "\n").strip()
    if len(words) > 1000:  # noqa: PLR2004 (the column's length)
        raise InterestTooLongError
    said = {"words": words, "is_named": bool(words) and is_named}
    before = of_person(version, by)
    if before and {"words": before.words, "is_named": before.is_named} == said:
        return before
    row, _ = Declaration.objects.update_or_create(
        version=version, person=by, defaults=said | {"at": at}
    )
    contribute(version, by, at)
    data = about(version) | {"what": "an interest" if words else "no interest"}
    record(action="interest.declared", target=version, by=by, at=at, data=data)
    return row


def of_person(version: VerdictVersion | None, person: User) -> Declaration | None:
    """Return what the person declared about the version, if anything."""
    return version.declarations.filter(person=person).first() if version else None


def undeclared(version: VerdictVersion) -> list[User]:
    """Return who worked on the version and has declared nothing, in the order in which they did."""
    declared = version.declarations.values("person")
    rows = version.contributors.exclude(person__in=declared).select_related("person")
    return [row.person for row in rows.order_by("at", "id")]


def sealed_form(version: VerdictVersion) -> dict[str, Any]:
    """Return what readers learn: how many declared what, and the words; no name unless given."""
    rows = (
        version.declarations.filter(person__in=version.contributors.values("person"))
        .select_related("person")
        .order_by("at", "id")
    )
    return {
        "none": sum(not row.words for row in rows),
        "undeclared": len(undeclared(version)),
        "declared": [
            {"words": row.words, "name": str(row.person) if row.is_named else None}
            for row in rows
            if row.words
        ],
    }
