"""Where a verification of the audit trail stands."""

from django.db import models


class VerificationState(models.TextChoices):
    """Where a verification of the audit trail stands."""

    QUEUED = "queued", "waiting"
    RUNNING = "running", "being computed"
    DONE = "done", "done"
    FAILED = "failed", "given up"


VERIFICATION_TRANSITIONS: dict[VerificationState, frozenset[VerificationState]] = {
    VerificationState.QUEUED: frozenset({VerificationState.RUNNING}),
    # Another worker takes over when the lease has run out.
    VerificationState.RUNNING: frozenset(
        {VerificationState.RUNNING, VerificationState.DONE, VerificationState.FAILED}
    ),
    VerificationState.DONE: frozenset(),
    VerificationState.FAILED: frozenset(),
}
OPEN_VERIFICATIONS = (VerificationState.QUEUED, VerificationState.RUNNING)
