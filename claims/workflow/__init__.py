"""The life of a verdict version: the only place that changes its state.

Each verb locks the version's row, checks its guard, changes the state against the table in
claims/states.py and writes its audit event, in one transaction. The same verb again by the same
person, after it succeeded, returns the version and changes nothing: a double click is no error.
"""

from claims.workflow.refusals import (
    DigestMismatchError,
    EmbargoTooLateError,
    EmergencyReasonError,
    IncompleteError,
    NotApprovedError,
    OwnWorkError,
    ReasonRequiredError,
    ScheduleInPastError,
    UnderEmbargoError,
    UnknownBlockError,
    UnverifiedCalculationError,
    UnverifiedEvidenceError,
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

__all__ = [
    "DigestMismatchError",
    "EmbargoTooLateError",
    "EmergencyReasonError",
    "IncompleteError",
    "NotApprovedError",
    "OwnWorkError",
    "ReasonRequiredError",
    "ScheduleInPastError",
    "UnderEmbargoError",
    "UnknownBlockError",
    "UnverifiedCalculationError",
    "UnverifiedEvidenceError",
    "approve",
    "due",
    "lift_embargo",
    "publish",
    "publish_alone",
    "publish_due",
    "recall",
    "schedule",
    "second",
    "send_back",
    "set_embargo",
    "submit",
    "unschedule",
]
