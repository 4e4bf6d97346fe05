"""Let a process say, every few seconds, that it is up; a thread does it beside the work."""

import logging
import threading

from django.db import DatabaseError, InterfaceError, connections
from django.utils import timezone

from sources import beating
from sources.states import Process

logger = logging.getLogger(__name__)


class Pulse:
    """The beating of one process, from `start` to `stop`.

    A worker that is busy for minutes is up all the same, so its tasks are no measure; a process
    that is killed takes the thread with it.
    """

    def __init__(self, process: Process, *, every: float = beating.EVERY.total_seconds()) -> None:
        self._process = process
        self._every = every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"pulse-{process}", daemon=True)

    def start(self) -> None:
        """Begin, now and then every few seconds."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait until the last beat is written."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                beating.beat(process=self._process, at=timezone.now())
            except (DatabaseError, InterfaceError):
                logger.warning("%s: the database is away; going on", self._process)
            finally:
                # No connection is held between two beats: forked children would share it.
                connections.close_all()
            self._stopping.wait(self._every)
