"""Which processes are up: each kind leaves a row that says when it was last there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from sources.models import Heartbeat
from sources.states import Process

EVERY = timedelta(seconds=10)
# Four beats missed: a machine that is short of breath is no process that is gone.
SILENCE = timedelta(seconds=45)


def beat(*, process: Process, at: datetime) -> None:
    """Say that a process of this kind is up. Several of a kind share one row: any of them will do.

    Not an act of anybody, so nothing is written to the audit trail.
    """
    Heartbeat.objects.bulk_create(
        [Heartbeat(process=process, at=at)],
        update_conflicts=True,
        unique_fields=["process"],
        update_fields=["at"],
    )


@dataclass(frozen=True)
class Processes:
    """What is known of the processes at a moment; read when it is first asked for, in one query."""

    at: datetime

    @cached_property
    def seen(self) -> dict[str, datetime]:
        """When each kind was last there; a kind that never was is left out."""
        return dict(Heartbeat.objects.values_list("process", "at"))

    def is_up(self, process: Process) -> bool:
        """Whether one of this kind was there just now."""
        last = self.seen.get(process)
        return last is not None and self.at - last <= SILENCE
