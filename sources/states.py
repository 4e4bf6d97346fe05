"""The states of what waits in a queue, and the only ways between them."""

from django.db import models


class RequestState(models.TextChoices):
    """Where a request stands."""

    QUEUED = "queued", "waiting"
    RUNNING = "running", "being fetched"
    DONE = "done", "kept"
    FAILED = "failed", "failed"


OPEN = (RequestState.QUEUED, RequestState.RUNNING)

# RUNNING to RUNNING is a worker that takes over from one whose lease ran out.
TRANSITIONS: dict[RequestState, frozenset[RequestState]] = {
    RequestState.QUEUED: frozenset({RequestState.RUNNING}),
    RequestState.RUNNING: frozenset(
        {RequestState.RUNNING, RequestState.QUEUED, RequestState.DONE, RequestState.FAILED}
    ),
    RequestState.DONE: frozenset(),
    RequestState.FAILED: frozenset({RequestState.QUEUED}),
}


class WorkState(models.TextChoices):
    """Where a piece of work stands that another service takes part in."""

    QUEUED = "queued", "waiting"
    RUNNING = "running", "under way"
    DONE = "done", "done"
    FAILED = "failed", "failed"


OPEN_WORK = (WorkState.QUEUED, WorkState.RUNNING)

# A worker puts back what the other service has not finished yet; RUNNING to RUNNING is a take-over.
WORK_TRANSITIONS: dict[WorkState, frozenset[WorkState]] = {
    WorkState.QUEUED: frozenset({WorkState.RUNNING}),
    WorkState.RUNNING: frozenset(WorkState),
    WorkState.DONE: frozenset(),
    WorkState.FAILED: frozenset({WorkState.QUEUED}),
}


class ReplicaKind(models.TextChoices):
    """What is asked of an archive elsewhere."""

    LOOKUP = "lookup", "look-up"
    SUBMISSION = "submission", "request to keep"
