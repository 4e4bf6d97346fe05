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

from claims import intake, proposing
from claims.tasks import run_intake, run_proposals
from factcheck.doorbell import ring
from sources import blobs, capturing, replicating, stamping
from sources.tasks import run_capture, run_replica, run_stamp

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Queue:
    """One kind of row: how to find those that wait, and the bell that wakes a worker for one."""

    name: str
    due: Callable[[datetime], list[UUID]]
    bell: Task[[str], None]


QUEUES = (
    Queue("captures", lambda at: capturing.due(at=at), run_capture),
    Queue("questions to the model", lambda at: proposing.due(at=at), run_proposals),
    Queue("articles", lambda at: intake.due(at=at), run_intake),
    Queue("time stamps", lambda at: stamping.due(at=at), run_stamp),
    Queue("replicas", lambda at: replicating.due(at=at), run_replica),
)


def sweep(*, at: datetime) -> dict[str, int]:
    """Ring for every row that waits at ``at``; return how many bells rang for each queue.

    Days that are over, and captures that are to be replicated, get their rows first. What dead
    writers left in the archive's directory goes.
    """
    blobs.tidy(at=at)
    stamping.plan(at=at)
    replicating.plan(at=at)
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
