"""What the workflow refuses, each with its stable code."""

from factcheck.errors import Permanent, Refused


class IncompleteError(Permanent):
    """Something that a submitted verdict needs is missing."""

    code = "verdict_incomplete"


class OwnWorkError(Refused):
    """The editor contributed to the version."""

    code = "verdict_own_work"


class DigestMismatchError(Refused):
    """The version is not the one that the editor was shown."""

    code = "verdict_digest_mismatch"


class NotApprovedError(Refused):
    """No approval holds for the version's digest."""

    code = "verdict_not_approved"


class ReasonRequiredError(Permanent):
    """Sending back needs a reason."""

    code = "reason_required"


class UnverifiedEvidenceError(Refused):
    """A quote no longer stands in its capture."""

    code = "evidence_unverified"


class UnverifiedCalculationError(Refused):
    """A calculation, done again, gives something else, or its quote is gone."""

    code = "calculation_unverified"
