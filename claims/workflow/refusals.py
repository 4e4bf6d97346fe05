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


class UnknownBlockError(Permanent):
    """Not a part of a verdict that can be sent back."""

    code = "block_unknown"


class UnverifiedEvidenceError(Refused):
    """A quote no longer stands in its capture."""

    code = "evidence_unverified"


class UnverifiedCalculationError(Refused):
    """A calculation, done again, gives something else, or its quote is gone."""

    code = "calculation_unverified"


class EmergencyReasonError(Permanent):
    """Publishing alone needs a public reason."""

    code = "emergency_reason_required"


class UnderEmbargoError(Refused):
    """The verdict must not be published yet."""

    code = "verdict_under_embargo"


class EmbargoTooLateError(Refused):
    """Readers have seen the verdict already."""

    code = "embargo_too_late"


class ScheduleInPastError(Permanent):
    """A schedule and an embargo lie ahead."""

    code = "schedule_in_past"


class CorrectionKindError(Permanent):
    """The kind of the correction does not fit what was changed."""

    code = "correction_kind_unfit"


class CorrectionOvertakenError(Refused):
    """What the version was made to replace is not before readers any more."""

    code = "correction_overtaken"


class NothingToCorrectError(Refused):
    """No version of the verdict was published yet."""

    code = "nothing_to_correct"


class WithdrawalProposedError(Refused):
    """An editor proposed to withdraw the verdict."""

    code = "withdrawal_proposed"


class OwnWithdrawalError(Refused):
    """The editor who proposed it cannot confirm it."""

    code = "withdrawal_own"


class WithdrawalClosedError(Refused):
    """The withdrawal was confirmed or cancelled already."""

    code = "withdrawal_closed"


class ReviewOpenError(Refused):
    """The verdict is marked as under review already."""

    code = "review_open"


class ReviewClosedError(Refused):
    """The mark was closed already."""

    code = "review_closed"


class OutcomeUnfitError(Permanent):
    """The outcome is none of those that a person gives, or nothing was corrected since."""

    code = "review_outcome_unfit"


class VersionOvertakenError(Refused):
    """A later version was started since."""

    code = "version_overtaken"


class PublicReasonError(Permanent):
    """What readers will see says why."""

    code = "public_reason_required"
