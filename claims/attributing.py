"""Who made a claim, where the text does not say or says it wrongly."""

from datetime import datetime

from django.db import transaction

from claims.editing import ClaimSealedError
from claims.linking import require_open
from claims.models import Claim
from claims.versions import sealed_now
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check, require
from factcheck.audit.trail import record
from factcheck.errors import Permanent

LIMIT = 200  # characters


class ClaimantTooLongError(Permanent):
    """The name is longer than LIMIT."""

    code = "claimant_too_long"


@transaction.atomic
def name_claimant(*, claim: Claim, claimant: str, by: User, at: datetime) -> Claim:
    """Say who made the claim; nothing for nobody known. The same again is a no-op.

    Raises ClaimantTooLongError, ClaimSealedError, ClaimDismissedError and ClaimNotOpenError.
    """
    require(may_check, by)
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    require_open(claim)
    claimant = " ".join(claimant.split())
    if len(claimant) > LIMIT:
        raise ClaimantTooLongError(limit=LIMIT)
    if claimant == claim.claimant:
        return claim
    if sealed_now(claim.pk):
        raise ClaimSealedError
    before, claim.claimant = claim.claimant, claimant
    claim.save(update_fields=["claimant"])
    data = {"from": before, "to": claimant or "nobody known"}
    record(action="claim.claimant_named", target=claim, by=by, at=at, data=data)
    return claim
