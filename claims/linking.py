"""Tying a claim to a passage of archived text."""

from datetime import datetime
from typing import Any

from django.db import transaction

from claims.models import Claim, Evidence, VerdictVersion
from claims.states import ClaimState, Stance, VersionState
from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Permanent, Refused
from sources.anchoring import Anchor, confirm, make_anchor
from sources.models import ExtractedText

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
) -> Evidence:
    """Attach the passage [start, end) of an archived text; the same passage again is a no-op.

    The server takes the quote from its own bytes and compares it with what the person saw.
    Raises QuoteEmptyError, QuoteTooLongError, QuoteMissingError, StanceError and
    ClaimDismissedError or ClaimNotOpenError.
    """
    if stance not in Stance.values:
        raise StanceError
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    require_open(claim)
    anchor = _checked_anchor(extracted, start, end, exact)
    evidence, is_new = Evidence.objects.get_or_create(
        claim=claim,
        extracted=extracted,
        start=anchor.start,
        end=anchor.end,
        stance=stance,
        removed_at=None,
        defaults={
            "exact": anchor.exact,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
            "text_sha256": anchor.text_sha256,
            "note": note.strip()[:2000],
            "created_by": by,
            "created_at": at,
        },
    )
    if is_new:
        data = {"claim": str(claim.pk), "stance": stance, "quote": anchor.exact[:200]}
        record(action="evidence.attached", target=evidence, by=by, at=at, data=data)
    return evidence


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
    versions = VerdictVersion.objects.filter(verdict__claim_id=evidence.claim_id)
    sealed = versions.exclude(state=VersionState.DRAFT)
    if any(str(evidence.pk) in _sealed_ids(version.manifest) for version in sealed):
        raise EvidenceSealedError
    if evidence.numbers.filter(calculation__removed_at=None).exists():
        raise EvidenceCalculatedError
    evidence.removed_by, evidence.removed_at = by, at
    evidence.save(update_fields=["removed_by", "removed_at"])
    data = {"claim": str(evidence.claim_id)}
    record(action="evidence.removed", target=evidence, by=by, at=at, data=data)
    return evidence


def require_open(claim: Claim) -> None:
    """Raise ClaimDismissedError or ClaimNotOpenError unless the desk works on the claim."""
    if claim.state == ClaimState.DISMISSED:
        raise ClaimDismissedError
    if claim.state != ClaimState.OPEN:
        raise ClaimNotOpenError


def verify(evidence: Evidence) -> bool:
    """Whether the quote still stands, to the letter, in the archived text it came from."""
    anchor = Anchor(
        start=evidence.start,
        end=evidence.end,
        exact=evidence.exact,
        prefix=evidence.prefix,
        suffix=evidence.suffix,
        text_sha256=evidence.text_sha256,
    )
    return bool(confirm(anchor, evidence.extracted.text))


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


def _sealed_ids(manifest: dict[str, Any] | None) -> set[str]:
    return {item["id"] for item in (manifest or {}).get("evidence", [])}
