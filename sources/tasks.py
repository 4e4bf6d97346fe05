"""The bells that wake a worker. Rows carry the truth; ids are all that travels."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from factcheck.doorbell import Doorbell
from sources import capturing


@shared_task(base=Doorbell, name="sources.run_capture", acks_late=True)
def run_capture(request_id: str) -> None:
    """Capture the source of a request; a second delivery finds nothing to do."""
    capturing.run(request_id=UUID(request_id), at_clock=timezone.now)
