"""The states of a capture request and the only ways between them."""

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


class RenderState(models.TextChoices):
    """Where the drawing of a captured page in a browser stands."""

    QUEUED = "queued", "waiting"
    RUNNING = "running", "being drawn"
    DONE = "done", "drawn"
    FAILED = "failed", "failed"


OPEN_RENDERINGS = (RenderState.QUEUED, RenderState.RUNNING)

RENDER_TRANSITIONS: dict[RenderState, frozenset[RenderState]] = {
    RenderState.QUEUED: frozenset({RenderState.RUNNING}),
    RenderState.RUNNING: frozenset(
        {RenderState.RUNNING, RenderState.QUEUED, RenderState.DONE, RenderState.FAILED}
    ),
    RenderState.DONE: frozenset(),
    RenderState.FAILED: frozenset({RenderState.QUEUED}),
}
