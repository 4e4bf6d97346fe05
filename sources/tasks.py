"""The bells that wake a worker. Rows carry the truth; ids are all that travels."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from factcheck.doorbell import Doorbell
from sources import extracting, rendering, replicating, stamping, working


@shared_task(base=Doorbell, name="sources.run_capture", acks_late=True)
def run_capture(request_id: str) -> None:
    """Capture the source of a request, and what else is due; again finds nothing to do."""
    working.run_many(first=UUID(request_id), at_clock=timezone.now)


@shared_task(base=Doorbell, name="sources.run_reading", acks_late=True)
def run_reading(request_id: str) -> None:
    """Read a kept document; again finds nothing to do."""
    extracting.run(request_id=UUID(request_id), clock=timezone.now)


@shared_task(base=Doorbell, name="sources.run_rendering", acks_late=True)
def run_rendering(rendering_id: str) -> None:
    """Draw a captured page in a browser; a second delivery finds nothing to do."""
    rendering.run(rendering_id=UUID(rendering_id), at_clock=timezone.now)


@shared_task(base=Doorbell, name="sources.run_stamp", acks_late=True)
def run_stamp(stamp_id: str) -> None:
    """Have a day's newest capture stamped; again finds nothing to do."""
    stamping.run(stamp_id=UUID(stamp_id), clock=timezone.now)


@shared_task(base=Doorbell, name="sources.run_replica", acks_late=True)
def run_replica(replica_id: str) -> None:
    """Ask an archive elsewhere about a source; again finds nothing to do."""
    replicating.run(replica_id=UUID(replica_id), clock=timezone.now)
