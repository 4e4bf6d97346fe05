"""The life of a verdict version: the only place that changes its state.

Each verb locks the version's row, checks its guard, changes the state against the table in
claims/states.py and writes its audit event, in one transaction. The same verb again by the same
person, after it succeeded, returns the version and changes nothing: a double click is no error.
"""

from claims.workflow.correcting import describe, start_correction
from claims.workflow.giving_up import abandon, reopen
from claims.workflow.looking_again import close_review, mark_under_review
from claims.workflow.refusals import (
    CorrectionKindError,
    CorrectionOvertakenError,
    DigestMismatchError,
    EmbargoTooLateError,
    EmergencyReasonError,
    IncompleteError,
    NotApprovedError,
    NothingToCorrectError,
    OutcomeUnfitError,
    OwnWithdrawalError,
    OwnWorkError,
    PublicReasonError,
    ReasonRequiredError,
    ReviewClosedError,
    ReviewOpenError,
    ScheduleInPastError,
    UnderEmbargoError,
    UnknownBlockError,
    UnverifiedCalculationError,
    UnverifiedEvidenceError,
    VersionOvertakenError,
    WithdrawalClosedError,
    WithdrawalProposedError,
)
from claims.workflow.releasing import publish, publish_alone, second
from claims.workflow.reviewing import approve, recall, send_back, submit
from claims.workflow.scheduling import (
    due,
    lift_embargo,
    publish_due,
    schedule,
    set_embargo,
    unschedule,
)
from claims.workflow.withdrawing import (
    cancel_withdrawal,
    propose_withdrawal,
    withdraw,
)

__all__ = [
    "CorrectionKindError",
    "CorrectionOvertakenError",
    "DigestMismatchError",
    "EmbargoTooLateError",
    "EmergencyReasonError",
    "IncompleteError",
    "NotApprovedError",
    "NothingToCorrectError",
    "OutcomeUnfitError",
    "OwnWithdrawalError",
    "OwnWorkError",
    "PublicReasonError",
    "ReasonRequiredError",
    "ReviewClosedError",
    "ReviewOpenError",
    "ScheduleInPastError",
    "UnderEmbargoError",
    "UnknownBlockError",
    "UnverifiedCalculationError",
    "UnverifiedEvidenceError",
    "VersionOvertakenError",
    "WithdrawalClosedError",
    "WithdrawalProposedError",
    "abandon",
    "approve",
    "cancel_withdrawal",
    "close_review",
    "describe",
    "due",
    "lift_embargo",
    "mark_under_review",
    "propose_withdrawal",
    "publish",
    "publish_alone",
    "publish_due",
    "recall",
    "reopen",
    "schedule",
    "second",
    "send_back",
    "set_embargo",
    "start_correction",
    "submit",
    "unschedule",
    "withdraw",
]
