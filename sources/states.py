"""The states of a capture request and the only ways between them."""

from django.db import models


class RequestState(models.TextChoices):
    """Where a request stands."""

    QUEUED = "queued", "waiting"
    RUNNING = "running", "being fetched"
    DONE = "done", "kept"
    FAILED = "failed", "failed"


class ReadingState(models.TextChoices):
    """Where the reading of a kept document stands."""

    QUEUED = "queued", "waiting to be read"
    RUNNING = "running", "being read"
    DONE = "done", "read"
    FAILED = "failed", "could not be read"


class SourceKind(models.TextChoices):
    """What a source is known by: an address of the web, or the digest of a file's bytes."""

    WEB = "web", "web page"
    FILE = "file", "file"


class CaptureKind(models.TextChoices):
    """How the bytes of a capture came to the archive."""

    FETCH = "fetch", "fetched"
    UPLOAD = "upload", "uploaded"


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

# A reading goes the same ways as a request.
READING_TRANSITIONS = {
    ReadingState(state): frozenset(ReadingState(to) for to in ways)
    for state, ways in TRANSITIONS.items()
}
