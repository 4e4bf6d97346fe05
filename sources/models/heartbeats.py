from django.db import models
from django.db.models import Q

from sources.states import Process


class Heartbeat(models.Model):
    """When a process of this kind last said that it is up. Written by sources.beating alone.

    The broker is not asked: its messages may wait for a worker that is gone.
    """

    process = models.CharField(max_length=10, choices=Process, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(process__in=Process.values), name="sources_heartbeat_process_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.process} {self.at:%Y-%m-%d %H:%M:%S}"
