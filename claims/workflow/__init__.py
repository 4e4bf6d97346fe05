"""The life of a verdict version: the only place that changes its state.

Each verb locks the version's row, checks its guard, changes the state against the table in
claims/states.py and writes its audit event, in one transaction. The same verb again by the same
person, after it succeeded, returns the version and changes nothing: a double click is no error.
"""

from claims.workflow.refusals import (
    DigestMismatchError,
    IncompleteError,
    NotApprovedError,
    OwnWorkError,
    ReasonRequiredError,
    UnverifiedCalculationError,
    UnverifiedEvidenceError,
)
from claims.workflow.releasing import publish
from claims.workflow.reviewing import approve, recall, send_back, submit

__all__ = [
    "DigestMismatchError",
    "IncompleteError",
    "NotApprovedError",
    "OwnWorkError",
    "ReasonRequiredError",
    "UnverifiedCalculationError",
    "UnverifiedEvidenceError",
    "approve",
    "publish",
    "recall",
    "send_back",
    "submit",
]
