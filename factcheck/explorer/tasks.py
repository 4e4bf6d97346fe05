"""The bell that wakes a worker for a verification."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from factcheck.audit import checking
from factcheck.doorbell import Doorbell


@shared_task(base=Doorbell, name="audit.run_verification", acks_late=True)
def run_verification(verification_id: str) -> None:
    """Compute the audit chain; again finds nothing to do."""
    checking.run(verification_id=UUID(verification_id), clock=timezone.now)
