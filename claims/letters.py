"""E-mails to people outside the desk. The row is the queue; a worker sends it under a lease.

What is in one is put together when it is sent: the answer from the report's row, a claimant's link
from the secret key. A worker that dies between sending and noting it has it sent again, with the
same Message-ID.
"""

from contextlib import suppress
from datetime import datetime
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from claims import tokens
from claims.models import Complaint, Letter, ReplyLink
from claims.states import ReplyLinkState
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check, require
from sources import queueing
from sources.asking import ServiceError
from sources.errands import Clock
from sources.queueing import WorkLeaseLostError
from sources.states import OPEN_WORK


def write(
    *,
    to: str,
    by: User,
    at: datetime,
    complaint: Complaint | None = None,
    link: ReplyLink | None = None,
) -> Letter:
    """Queue a letter about a decided report or with a claimant's link."""
    return Letter.objects.create(
        to=to, complaint=complaint, link=link, requested_by=by, requested_at=at, not_before=at
    )


def due(*, at: datetime) -> list[UUID]:
    """Return the letters that a worker could claim at `at`, those waiting longest first."""
    return queueing.due(Letter, at=at)


def run(*, letter_id: UUID, clock: Clock) -> Letter:
    """Claim a letter and send it; a no-op when there is nothing to claim."""
    row = queueing.claim(Letter, letter_id, at=clock())
    if row is not None:
        with suppress(WorkLeaseLostError):
            _send(row, clock)
    return Letter.objects.get(pk=letter_id)


def retry(*, letter: Letter, by: User, at: datetime) -> None:
    """Have a letter that failed sent again. Raises WorkNotFailedError and NotAllowedError."""
    require(may_check, by)
    queueing.retry(letter, by=by, at=at)


def is_waiting(complaint: Complaint) -> bool:
    """Whether the answer to a report is still to be sent."""
    return Letter.objects.filter(complaint=complaint, state__in=OPEN_WORK).exists()


def forget(*, complaint: Complaint) -> None:
    """Erase the address of an answer that was sent or given up."""
    Letter.objects.filter(complaint=complaint).exclude(state__in=OPEN_WORK).update(to="")


def _send(row: Letter, clock: Clock) -> None:
    try:
        message = _message(row, clock())
        _hand_over(message)
    except ServiceError as error:
        queueing.give_up(row, error, at=clock())
    else:
        queueing.finish(row, at=clock(), data={})


def _hand_over(message: EmailMessage) -> None:
    """Give it to the mail server. Raises ServiceError."""
    if not settings.EMAIL_ON:
        raise ServiceError.of("mail_off")
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        raise ServiceError.of("mail_refused", reason="it knows no such address") from error
    except OSError as error:  # every error of SMTP is one
        words = ServiceError.of("mail_refused", reason=type(error).__name__).words
        raise ServiceError("mail_refused", words, retryable=True) from error


def _message(row: Letter, at: datetime) -> EmailMessage:
    if row.complaint is not None:
        subject, body = _answer(row.complaint)
    elif row.link is not None:
        subject, body = _question(row.link, at)
    host = urlsplit(settings.PUBLIC_URL).hostname
    return EmailMessage(
        subject=f"[{' '.join(settings.DESK_NAME.split())}] {subject}",
        body=f"{body}\n\n{settings.DESK_NAME}\n{settings.PUBLIC_URL}\n",
        to=[row.to],
        headers={"Message-ID": f"<{row.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def _answer(row: Complaint) -> tuple[str, str]:
    words = {
        "upheld": "You were right.",
        "rejected": "We looked into it and leave the verdict as it is.",
        "duplicate": "Somebody had told us before.",
    }
    page = settings.PUBLIC_URL + row.verdict.get_absolute_url()
    lines = (
        f"You reported an error in our verdict on “{row.verdict.claim}”:\n{page}",
        f"{words[row.state]} Our answer:",
        row.answer,
        f"Two people looked into your report. Its reference is {row.reference}.",
    )
    return f"Your report {row.reference}", "\n\n".join(lines)


def _question(row: ReplyLink, at: datetime) -> tuple[str, str]:
    token = tokens.token_for("reply", str(row.pk))
    if row.state_at(at) != ReplyLinkState.OPEN or not tokens.fits(token, row.digest):
        raise ServiceError.of("mail_link_lost")
    page = settings.PUBLIC_URL + reverse("claims:answer", args=[token])
    until = timezone.localtime(row.expires_at)
    lines = (
        f"We are checking this claim, which is said to be yours:\n“{row.claim}”",
        row.asks,
        f"You can answer here once, without an account, until {until:%-d %B %Y, %H:%M %Z}:\n{page}",
        "Your answer goes into the record of this claim, which readers see with the verdict.",
    )
    return "A question about a claim", "\n\n".join(lines)
