"""What evidence says about itself: how far it settles the claim, and whether it is primary.

Evidence never changes, so saying it anew takes the row off and puts its like in its place, in
one step. Saying what was said before undoes it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from claims.linking import require_free, require_open, require_strength, said_of
from claims.models import Claim, Evidence, Flag
from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Refused


class EvidenceRemovedError(Refused):
    """The evidence was taken off, or replaced by its like, in the meantime."""

    code = "evidence_removed"


class EvidenceFlaggedError(Refused):
    """A change of the source is flagged on the evidence, and nobody has acknowledged it."""

    code = "evidence_flagged"


@transaction.atomic
def qualify(
    *, evidence: Evidence, strength: str, is_primary: bool | None, by: User, at: datetime
) -> Evidence:
    """Say how strong evidence is and whether its source is primary; "" and None: not said.

    Returns the row that stands in its place, or itself where nothing changes. Raises
    StrengthError, EvidenceRemovedError, EvidenceFlaggedError, EvidenceSealedError,
    EvidenceCalculatedError, ClaimDismissedError and ClaimNotOpenError.
    """
    require_open(Claim.objects.select_for_update().get(pk=evidence.claim_id))
    require_strength(evidence.stance, strength)
    before = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if before.removed_at:
        raise EvidenceRemovedError
    if (before.strength, before.is_primary) == (strength, is_primary):
        return before
    require_free(before)
    # The flag belongs to the row: it would be lost without anybody's word.
    if Flag.objects.filter(lookup__evidence=before, acknowledged_at=None).exists():
        raise EvidenceFlaggedError
    before.removed_by, before.removed_at = by, at
    before.save(update_fields=["removed_by", "removed_at"])
    said = {"strength": strength, "is_primary": is_primary, "replaces": before}
    after = _like(before, **said, created_by=by, created_at=at)
    data = said_of(after) | {"replaces": str(before.pk)}
    record(action="evidence.qualified", target=after, by=by, at=at, data=data)
    return after


def authors(evidence: Iterable[Evidence]) -> set[User]:
    """Return who attached evidence or said something of it, through all that it replaced."""
    found, rows = set[User](), list(evidence)
    while rows:
        found |= {item.created_by for item in rows}
        before = [item.replaces_id for item in rows if item.replaces_id]
        # Nothing to look up is the rule, and costs no query.
        rows = list(Evidence.objects.filter(pk__in=before).select_related("created_by"))
    return found


def _like(evidence: Evidence, **others: object) -> Evidence:
    """Write a new row with everything of another but its identity and what is given."""
    own = {"id", "removed_by", "removed_at", *others}
    kept = {
        field.attname: getattr(evidence, field.attname)
        for field in Evidence._meta.concrete_fields  # noqa: SLF001 (Django's documented API)
        if field.name not in own
    }
    return Evidence.objects.create(**kept, **others)
