"""Tasks of the wiring itself."""

from celery import shared_task
from django.utils import timezone

from factcheck import sweeping


@shared_task(name="factcheck.sweep")
def sweep() -> None:
    """Look once for rows that no bell reached."""
    sweeping.sweep(at=timezone.now())
