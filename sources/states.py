"""The states of a capture request and the only ways between them."""

from django.db import models


class RequestState(models.TextChoices):
    """Where a request stands."""

    QUEUED = "queued", "waiting"
    RUNNING = "running", "being fetched"
    DONE = "done", "kept"
    FAILED = "failed", "failed"


class Process(models.TextChoices):
    """The processes that do what was asked for."""

    WORKER = "worker", "worker"
    SWEEPER = "sweeper", "sweeper"
    BEAT = "beat", "beat"


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
