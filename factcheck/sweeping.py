"""Find the rows that no bell reached, and ring for them.

A bell is lost when the broker is away, restarted or emptied, or when a worker dies between taking
a message and claiming its row. The rows know: this asks them.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from celery import Task

from claims import drifting, following, intake, letters, mailing, proposing, reminding, workflow
from claims.tasks import (
    run_drift,
    run_feed,
    run_intake,
    run_letter,
    run_mail,
    run_proposals,
    run_release,
)
from factcheck.audit import checking
from factcheck.doorbell import ring
from factcheck.explorer.tasks import run_verification
from sources import (
    blobs,
    capturing,
    extracting,
    rechecking,
    rendering,
    replicating,
    stamping,
)
from sources.tasks import run_capture, run_reading, run_rendering, run_replica, run_stamp

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Queue:
    """One kind of row: how to find those that wait, and the bell that wakes a worker for one."""

    name: str
    due: Callable[[datetime], list[UUID] | list[int]]
    bell: Task[[str], None]


QUEUES = (
    Queue("captures", lambda at: capturing.due(at=at), run_capture),
    Queue("quotes to look up", lambda _: drifting.due(), run_drift),
    Queue("readings", lambda at: extracting.due(at=at), run_reading),
    Queue("renderings", lambda at: rendering.due(at=at), run_rendering),
    Queue("questions to the model", lambda at: proposing.due(at=at), run_proposals),
    Queue("scheduled verdicts", lambda at: workflow.due(at=at), run_release),
    Queue("articles", lambda at: intake.due(at=at), run_intake),
    Queue("mails", lambda at: mailing.due(at=at), run_mail),
    Queue("feeds", lambda at: following.due(at=at), run_feed),
    Queue("letters", lambda at: letters.due(at=at), run_letter),
    Queue("time stamps", lambda at: stamping.due(at=at), run_stamp),
    Queue("replicas", lambda at: replicating.due(at=at), run_replica),
    Queue("verifications", lambda at: checking.due(at=at), run_verification),
)


def sweep(*, at: datetime) -> dict[str, int]:
    """Ring for every row that waits at ``at``; return how many bells rang for each queue.

    Sources and feeds whose time has come, days that are over, and captures that are to be
    replicated, get their rows first, so that this very round rings for them, as do e-mails whose
    hour has come. People are told of what is due. What dead writers left in the archive's directory
    goes.
    """
    blobs.tidy(at=at)
    rechecking.ask_due(at=at)
    stamping.plan(at=at)
    following.plan(at=at)
    replicating.plan(at=at)
    reminding.tell_due(at=at)
    mailing.plan(at=at)
    rung = {queue.name: _ring(queue, at) for queue in QUEUES}
    if any(rung.values()):
        logger.info("sweep: rang for %s", ", ".join(f"{n} {k}" for k, n in rung.items() if n))
    return rung


def _ring(queue: Queue, at: datetime) -> int:
    rung = 0
    for row_id in queue.due(at):
        if not ring(queue.bell, str(row_id)):
            break
        rung += 1
    return rung
