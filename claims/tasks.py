"""Doorbells of the app: ids in, one domain call each."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from claims import drifting, intake, letters, proposing
from factcheck.doorbell import Doorbell
from sources.tasks import run_capture


@shared_task(base=Doorbell, name="claims.run_intake")
def run_intake(article_id: str) -> None:
    """Bring in the text of an article that was given by its address."""
    for request_id in intake.bring_in(article_id=UUID(article_id), clock=timezone.now):
        run_capture.delay_on_commit(str(request_id))


@shared_task(base=Doorbell, name="claims.run_proposals")
def run_proposals(run_id: str) -> None:
    """Ask the language model; a second delivery finds nothing to do."""
    proposing.run(run_id=UUID(run_id), clock=timezone.now)


@shared_task(base=Doorbell, name="claims.run_drift")
def run_drift(check_id: str) -> None:
    """Look up the quotes of a source that was checked; again finds nothing to do."""
    drifting.look_up_again(check_id=int(check_id), at=timezone.now())


@shared_task(base=Doorbell, name="claims.run_letter")
def run_letter(letter_id: str) -> None:
    """Send an e-mail to somebody outside the desk; again finds nothing to do."""
    letters.run(letter_id=UUID(letter_id), clock=timezone.now)
