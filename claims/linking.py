"""Tying a claim to a passage of archived text, or to a cell of an archived table."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from claims.models import Claim, Evidence
from claims.quoted import anchor_of, cell_of
from claims.states import ClaimState, Stance, Strength
from claims.versions import sealed_now
from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Permanent, Refused
from sources.anchoring import (
    Anchor,
    CellAnchor,
    confirm,
    confirm_cell,
    make_anchor,
    make_cell_anchor,
)
from sources.models import ExtractedTable, ExtractedText

MAX_QUOTE = 2000  # characters; longer passages are documents, not quotes


class QuoteMissingError(Permanent):
    """The quote is not the text at that place."""

    code = "quote_not_in_capture"


class QuoteEmptyError(Permanent):
    """Nothing was selected."""

    code = "quote_empty"


class QuoteTooLongError(Permanent):
    """The passage is longer than MAX_QUOTE characters."""

    code = "quote_too_long"


class StanceError(Permanent):
    """Not one of the three stances."""

    code = "evidence_stance_unknown"


class StrengthError(Permanent):
    """Not one of the strengths, or a strength of what only gives context."""

    code = "evidence_strength_unknown"


class ClaimDismissedError(Refused):
    """The claim is off the desk."""

    code = "claim_dismissed"


class ClaimNotOpenError(Refused):
    """The claim is a proposal still, or part of another claim."""

    code = "claim_not_open"


class EvidenceSealedError(Refused):
    """The evidence belongs to a verdict that was submitted."""

    code = "evidence_sealed"


class EvidenceCalculatedError(Refused):
    """A calculation uses a number of the passage."""

    code = "evidence_in_calculation"


@transaction.atomic
def attach(
    *,
    claim: Claim,
    extracted: ExtractedText,
    start: int,
    end: int,
    exact: str,
    stance: str,
    note: str,
    by: User,
    at: datetime,
    strength: str = "",
    is_primary: bool | None = None,
) -> Evidence:
    """Attach the passage [start, end) of an archived text; the same passage again is a no-op.

    The server takes the quote from its own bytes and compares it with what the person saw.
    "" and None: nobody said how strong it is, or whether its source is primary. Raises
    QuoteEmptyError, QuoteTooLongError, QuoteMissingError, StanceError, StrengthError and
    ClaimDismissedError or ClaimNotOpenError.
    """
    _require(claim, stance, strength)
    anchor = _checked_anchor(extracted, start, end, exact)
    values = {
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "text_sha256": anchor.text_sha256,
        "strength": strength,
        "is_primary": is_primary,
    }
    place = {"extracted": extracted, "start": anchor.start, "end": anchor.end}
    return _attached(claim, stance, place, values, note=note, by=by, at=at)


@transaction.atomic
def attach_cell(
    *,
    claim: Claim,
    table: ExtractedTable,
    row: int,
    column: int,
    exact: str,
    stance: str,
    note: str,
    by: User,
    at: datetime,
    strength: str = "",
    is_primary: bool | None = None,
) -> Evidence:
    """Attach a cell of an archived table, counted from nought; the same again is a no-op.

    Raises as `attach` does: QuoteMissingError when the cell does not hold `exact`.
    """
    _require(claim, stance, strength)
    anchor = _checked_cell(table, row, column, exact)
    values = {
        "extracted_id": table.extracted_id,
        "exact": anchor.exact,
        "row_headers": list(anchor.row_headers),
        "column_headers": list(anchor.column_headers),
        "table_sha256": anchor.table_sha256,
        "text_sha256": table.extracted.sha256,
        "strength": strength,
        "is_primary": is_primary,
    }
    place = {"table": table, "row": anchor.row, "column": anchor.column}
    return _attached(claim, stance, place, values, note=note, by=by, at=at)


def _require(claim: Claim, stance: str, strength: str) -> None:
    """Lock the claim and require that evidence of this stance can be attached to it."""
    if stance not in Stance.values:
        raise StanceError
    require_strength(stance, strength)
    require_open(Claim.objects.select_for_update().get(pk=claim.pk))


def _attached(
    claim: Claim,
    stance: str,
    place: Mapping[str, object],
    values: Mapping[str, object],
    *,
    note: str,
    by: User,
    at: datetime,
) -> Evidence:
    """Return the evidence at a place, made now with `values` if it is new."""
    about = {"note": note.strip()[:2000], "created_by": by, "created_at": at}
    evidence, is_new = Evidence.objects.get_or_create(
        **place, claim=claim, stance=stance, removed_at=None, defaults={**values, **about}
    )
    if is_new:
        record(action="evidence.attached", target=evidence, by=by, at=at, data=said_of(evidence))
    return evidence


def said_of(evidence: Evidence) -> dict[str, Any]:
    """Return what the audit trail keeps of evidence that was attached."""
    data = {
        "claim": str(evidence.claim_id),
        "stance": evidence.stance,
        "strength": evidence.strength,
        "is_primary": evidence.is_primary,
        "quote": evidence.exact[:200],
    }
    if evidence.is_cell:
        data["headings"] = ", ".join(evidence.headings)[:500]
    return data


@transaction.atomic
def remove(*, evidence: Evidence, by: User, at: datetime) -> Evidence:
    """Take a passage off the claim; the row stays, marked. Again is a no-op.

    Raises EvidenceSealedError while a submitted verdict rests on it, and EvidenceCalculatedError
    while a calculation does.
    """
    Claim.objects.select_for_update().get(pk=evidence.claim_id)
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if evidence.removed_at:
        return evidence
    require_free(evidence)
    evidence.removed_by, evidence.removed_at = by, at
    evidence.save(update_fields=["removed_by", "removed_at"])
    data = {"claim": str(evidence.claim_id)}
    record(action="evidence.removed", target=evidence, by=by, at=at, data=data)
    return evidence


def require_free(evidence: Evidence) -> None:
    """Raise EvidenceSealedError or EvidenceCalculatedError where something rests on evidence."""
    if str(evidence.pk) in _sealed_ids(sealed_now(evidence.claim_id)):
        raise EvidenceSealedError
    if evidence.numbers.filter(calculation__removed_at=None).exists():
        raise EvidenceCalculatedError


def require_strength(stance: str, strength: str) -> None:
    """Raise StrengthError unless evidence of this stance can have this strength, "" for none."""
    if strength not in {"", *Strength.values} or (strength and stance == Stance.CONTEXT):
        raise StrengthError


def require_open(claim: Claim) -> None:
    """Raise ClaimDismissedError or ClaimNotOpenError unless the desk works on the claim."""
    if claim.state == ClaimState.DISMISSED:
        raise ClaimDismissedError
    if claim.state != ClaimState.OPEN:
        raise ClaimNotOpenError


def verify(evidence: Evidence) -> bool:
    """Whether the quote still stands, to the letter, in the archived text or table it came from."""
    if evidence.table is not None:
        return bool(confirm_cell(cell_of(evidence), evidence.table.grid))
    return bool(confirm(anchor_of(evidence), evidence.extracted.text))


def _checked_cell(table: ExtractedTable, row: int, column: int, exact: str) -> CellAnchor:
    try:
        anchor = make_cell_anchor(table.grid, row, column)
    except ValueError as error:
        raise QuoteMissingError from error
    if not anchor.exact:
        raise QuoteEmptyError
    if len(anchor.exact) > MAX_QUOTE:
        raise QuoteTooLongError(limit=MAX_QUOTE)
    if anchor.exact.split() != exact.split():
        raise QuoteMissingError
    return anchor


def _checked_anchor(extracted: ExtractedText, start: int, end: int, exact: str) -> Anchor:
    if not 0 <= start < end <= len(extracted.text):
        raise QuoteEmptyError if start >= end else QuoteMissingError
    if end - start > MAX_QUOTE:
        raise QuoteTooLongError(limit=MAX_QUOTE)
    passage = extracted.text[start:end]
    if not passage.strip():
        raise QuoteEmptyError
    # A browser may join lines or widen spaces when it hands over a selection.
    if passage.split() != exact.split():
        raise QuoteMissingError
    left = len(passage) - len(passage.lstrip())
    right = len(passage) - len(passage.rstrip())
    return make_anchor(extracted.text, start + left, end - right)


def _sealed_ids(manifest: dict[str, Any]) -> set[str]:
    return {item["id"] for item in manifest.get("evidence", [])}
