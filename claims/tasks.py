"""Doorbells of the app: ids in, one domain call each."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from claims import drifting, feeding, intake, letters, mailing, meaning, proposing, workflow
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


@shared_task(base=Doorbell, name="claims.run_feed", acks_late=True)
def run_feed(fetch_id: str) -> None:
    """Fetch a feed of another desk's reviews; again finds nothing to do."""
    feeding.run(fetch_id=UUID(fetch_id), clock=timezone.now)
    run_meanings.delay_on_commit()


@shared_task(base=Doorbell, name="claims.run_meanings")
def run_meanings() -> None:
    """Let the model read the newest earlier claims, where there is one; again costs a query."""
    meaning.keep_newest()


@shared_task(base=Doorbell, name="claims.run_drift")
def run_drift(check_id: str) -> None:
    """Look up the quotes of a source that was checked; again finds nothing to do."""
    drifting.look_up_again(check_id=int(check_id), at=timezone.now())


@shared_task(base=Doorbell, name="claims.run_release")
def run_release(schedule_id: str) -> None:
    """Publish a version whose time has come; again finds nothing to do."""
    workflow.publish_due(schedule_id=int(schedule_id), at=timezone.now())


@shared_task(base=Doorbell, name="claims.run_mail")
def run_mail(mail_id: str) -> None:
    """Send a person's notifications by e-mail; a second delivery finds nothing to do."""
    mailing.send(mail_id=UUID(mail_id), clock=timezone.now)


@shared_task(base=Doorbell, name="claims.run_letter")
def run_letter(letter_id: str) -> None:
    """Send an e-mail to somebody outside the desk; again finds nothing to do."""
    letters.run(letter_id=UUID(letter_id), clock=timezone.now)
