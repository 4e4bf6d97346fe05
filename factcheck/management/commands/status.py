import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from factcheck.sweeping import QUEUES
from sources.beating import Processes
from sources.states import Process


class Command(BaseCommand):
    help = (
        "Say which processes are up and how much work waits for them. Exit status 1 when one "
        "is missing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        processes = Processes(at)
        for process in Process:
            self.stdout.write(f"{process.label}: {seen(processes, process)}")
        for queue in QUEUES:
            self.stdout.write(f"{queue.name} due now: {len(queue.due(at))}")
        if not all(processes.is_up(process) for process in Process):
            sys.exit(1)


def seen(processes: Processes, process: Process) -> str:
    """Say when a process of this kind was last there."""
    last = processes.seen.get(process)
    if last is None:
        return "never seen"
    if not processes.is_up(process):
        return f"gone, last seen {last:%Y-%m-%d %H:%M:%S} UTC"
    return f"up, seen {max(0, round((processes.at - last).total_seconds()))} s ago"
