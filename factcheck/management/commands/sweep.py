import logging
import signal
import threading
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from factcheck.sweeping import sweep
from sources.beating import beat
from sources.states import Process

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Find rows that wait for a worker and ring for them: every few seconds, or once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="look once and end")
        parser.add_argument("--alive-file", type=Path, help="touch this file at every look")
        parser.add_argument("--every", type=float, default=5.0, help="seconds between looks")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            rung = sweep(at=timezone.now())
            self.stdout.write(", ".join(f"{name}: {count}" for name, count in rung.items()))
            return
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        self.stdout.write(f"sweep: looking every {options['every']:g} s")
        while not stopping.is_set():
            _look()
            if options["alive_file"]:
                options["alive_file"].touch()
            stopping.wait(options["every"])


def _look() -> None:
    """One look that outlives a database restart: a sweeper that died would help nobody."""
    try:
        beat(process=Process.SWEEPER, at=timezone.now())
        sweep(at=timezone.now())
    except (DatabaseError, InterfaceError) as error:
        logger.warning("sweep: the database is away (%s)", str(error).strip().splitlines()[0])
    close_old_connections()
