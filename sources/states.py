"""The states of what waits in a queue and of a watch, and the only ways between them."""

from django.db import models


class RequestState(models.TextChoices):
    """Where a request stands."""

    QUEUED = "queued", "waiting"
    RUNNING = "running", "being fetched"
    DONE = "done", "kept"
    UNCHANGED = "unchanged", "unchanged"
    FAILED = "failed", "failed"


class Process(models.TextChoices):
    """The processes that do what was asked for."""

    WORKER = "worker", "worker"
    SWEEPER = "sweeper", "sweeper"
    BEAT = "beat", "beat"


class ReadingState(models.TextChoices):
    """Where the reading of a kept document stands."""

    QUEUED = "queued", "waiting to be read"
    RUNNING = "running", "being read"
    DONE = "done", "read"
    FAILED = "failed", "could not be read"


_READING = frozenset(ReadingState.values)


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
        {
            RequestState.RUNNING,
            RequestState.QUEUED,
            RequestState.DONE,
            RequestState.UNCHANGED,
            RequestState.FAILED,
        }
    ),
    RequestState.DONE: frozenset(),
    RequestState.UNCHANGED: frozenset(),
    RequestState.FAILED: frozenset({RequestState.QUEUED}),
}


class WatchState(models.TextChoices):
    """Whether a source is looked at again, and what was last known of it."""

    WATCHED = "watched", "watched"
    BLOCKED = "blocked", "blocked"
    DEAD = "dead", "dead"
    PAUSED = "paused", "paused"


# A dead or blocked source is still looked at, seldom: some come back. Only a person pauses.
WATCH_TRANSITIONS: dict[WatchState, frozenset[WatchState]] = {
    WatchState.WATCHED: frozenset({WatchState.BLOCKED, WatchState.DEAD, WatchState.PAUSED}),
    WatchState.BLOCKED: frozenset({WatchState.WATCHED, WatchState.DEAD, WatchState.PAUSED}),
    WatchState.DEAD: frozenset({WatchState.WATCHED, WatchState.BLOCKED, WatchState.PAUSED}),
    WatchState.PAUSED: frozenset({WatchState.WATCHED}),
}


class CheckOutcome(models.TextChoices):
    """What a look at a source found, beside what was kept of it before."""

    FIRST = "first", "kept for the first time"
    UNCHANGED = "unchanged", "unchanged"
    BACK = "back", "there again, unchanged"
    SAME_TEXT = "same_text", "other bytes, the same text"
    CHANGED = "changed", "changed"
    GONE = "gone", "gone"
    BLOCKED = "blocked", "blocked"
    FAILED = "failed", "could not be had"


# What a quote from the source has to be looked up in, or has lost its page by.
TELLING = (
    CheckOutcome.BACK,
    CheckOutcome.SAME_TEXT,
    CheckOutcome.CHANGED,
    CheckOutcome.GONE,
    CheckOutcome.BLOCKED,
)
PAGELESS = (CheckOutcome.GONE, CheckOutcome.BLOCKED, CheckOutcome.FAILED)


# A reading goes the same ways as a request, but always reads anew: it is never "unchanged".
READING_TRANSITIONS = {
    state: frozenset(ReadingState(to) for to in TRANSITIONS[RequestState(state)] if to in _READING)
    for state in ReadingState
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


class BelongsBy(models.TextChoices):
    """What says to whom a page belongs."""

    CHOICE = "choice", "a person’s choice"
    NAME = "name", "the confirmed publisher"
    DOMAIN = "domain", "its domain"
    ITSELF = "itself", "itself: nothing else is known"
