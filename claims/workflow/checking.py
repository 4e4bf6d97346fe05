"""What must hold before a version is sealed, approved or published."""

from typing import Any

from claims import recalculating, sealing
from claims.models import Calculation, Claim, Evidence, VerdictVersion
from claims.versions import UnknownRatingError
from claims.workflow.refusals import (
    DigestMismatchError,
    IncompleteError,
    UnverifiedCalculationError,
    UnverifiedEvidenceError,
)


def require_complete(version: VerdictVersion, *, evidence_count: int) -> None:
    """Raise IncompleteError or UnknownRatingError unless the draft may be submitted."""
    missing = [
        words
        for words, is_there in (
            ("choose a rating", version.rating_id is not None),
            ("write the conclusion in a sentence", bool(version.summary)),
            ("write the reasoning", bool(version.reasoning)),
            ("attach at least one passage as evidence", evidence_count > 0),
        )
        if not is_there
    ]
    if missing:
        words = "Before you submit: " + ", ".join(missing) + "."
        raise IncompleteError(missing=words)
    if version.rating and not version.rating.scale.is_current:
        raise UnknownRatingError


def require_verified(version: VerdictVersion) -> None:
    """Check the sealed content against the archive and against its own digest once more.

    Raises DigestMismatchError, UnverifiedEvidenceError and UnverifiedCalculationError.
    """
    sealed: dict[str, Any] = version.manifest or {}
    if sealing.digest(sealed) != version.digest:
        raise DigestMismatchError
    evidence = {str(item.pk): item for item in sealing.live_evidence(version.verdict.claim)}
    for item in sealed["evidence"]:
        found = evidence.get(item["id"])
        if found is None or sealing.unverified([found]):
            raise UnverifiedEvidenceError(quote=item["quote"]["exact"][:120])
    _require_sums(version.verdict.claim, sealed, list(evidence.values()))


def require_same(calculation: Calculation, evidence: list[Evidence]) -> None:
    """Raise UnverifiedCalculationError unless the sum, done again, gives the same."""
    standing = {item.pk for item in evidence}
    if not (again := recalculating.recheck(calculation, standing=standing)):
        words = f"{calculation.result['figures'][:120]}. {again.why}"
        raise UnverifiedCalculationError(figures=words)


def _require_sums(claim: Claim, sealed: dict[str, Any], evidence: list[Evidence]) -> None:
    """Run the sealed calculations again; a version sealed before there were any has none."""
    if not (items := sealed.get("calculations", [])):
        return
    found = {str(item.pk): item for item in recalculating.live_calculations(claim)}
    for item in items:
        if (calculation := found.get(item["id"])) is None:
            raise UnverifiedCalculationError(figures=item["figures"][:120])
        require_same(calculation, evidence)
