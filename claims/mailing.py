"""Notifications by e-mail: which go together, and sending them. The row is the queue.

A mail is a row first, with its notifications tied to it in one transaction. A worker claims it for
a while, sends it and notes that it was sent. One that dies between the last two has it sent again
by the next worker, with the same Message-ID; nothing is lost, and nothing else is sent twice.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as in_words

from claims.models import Mail, Notification
from factcheck.accounts.models import User

LEASE = timedelta(minutes=5)  # longer than the mail server may take to answer
MAX_ATTEMPTS = 30
FIRST_WAIT = timedelta(minutes=1)  # then twice as long after each failure
LONGEST_WAIT = timedelta(hours=2)
MOST_LINES = 100  # notifications that one mail names


@transaction.atomic
def plan(*, at: datetime, limit: int = 100) -> list[UUID]:
    """Make a mail for each person whose notifications are due; return the new mails.

    What was read in the meantime, and what nobody can get any more, is left out for good.
    """
    due = Notification.objects.filter(mail=None, mail_due_at__lte=at)
    people = list(due.order_by().values_list("recipient", flat=True).distinct()[:limit])
    made = []
    # In one order, so that two sweepers do not wait for each other crosswise.
    for person in User.objects.filter(pk__in=people).order_by("pk").select_for_update(no_key=True):
        mine = due.filter(recipient=person)
        if not (person.is_active and person.email and settings.EMAIL_ON):
            mine.update(mail_due_at=None)
            continue
        mine.filter(read_at__isnull=False).update(mail_due_at=None)
        if mine.exists():
            mail = Mail.objects.create(recipient=person, made_at=at, not_before=at)
            mine.update(mail=mail)
            made.append(mail.pk)
    return made


def due(*, at: datetime, limit: int = 50) -> list[UUID]:
    """Return the mails that a worker could claim at `at`, those waiting longest first."""
    rows = Mail.objects.filter(sent_at=None, failed_at=None, not_before__lte=at)
    return list(rows.order_by("not_before").values_list("pk", flat=True)[:limit])


def send(*, mail_id: UUID, clock: Callable[[], datetime]) -> bool:
    """Send a mail that is due; return whether it went. A second delivery finds nothing to do."""
    at = clock()
    claimed = Mail.objects.filter(pk=mail_id, sent_at=None, failed_at=None, not_before__lte=at)
    if not claimed.update(not_before=at + LEASE, attempts=F("attempts") + 1):
        return False
    mail = Mail.objects.select_related("recipient").get(pk=mail_id)
    if not (mail.recipient.is_active and mail.recipient.email):
        _fail(mail, "The person has no address any more.", clock())
        return False
    try:
        _message(mail).send()
    except SMTPRecipientsRefused as error:
        _fail(mail, str(error), clock())
        return False
    except OSError as error:  # SMTPException is one too
        _put_off(mail, str(error), clock())
        return False
    mail.sent_at, mail.error = clock(), ""
    mail.save(update_fields=["sent_at", "error"])
    return True


def _fail(mail: Mail, why: str, at: datetime) -> None:
    mail.failed_at, mail.error = at, why[:300]
    mail.save(update_fields=["failed_at", "error"])


def _put_off(mail: Mail, why: str, at: datetime) -> None:
    if mail.attempts >= MAX_ATTEMPTS:
        _fail(mail, why, at)
        return
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(mail.attempts - 1, 10))
    mail.not_before, mail.error = at + wait, why[:300]
    mail.save(update_fields=["not_before", "error"])


def _message(mail: Mail) -> EmailMessage:
    rows = list(mail.notifications.order_by("created_at", "id")[: MOST_LINES + 1])
    lines = [_line(row) for row in rows[:MOST_LINES]]
    if len(rows) > MOST_LINES:
        lines.append("There are more on your page of notifications.")
    number = "1 notification" if len(rows) == 1 else f"{len(rows)} notifications"
    subject = rows[0].text[:150] if len(rows) == 1 else number
    page = settings.PUBLIC_URL + reverse("claims:notifications")
    wishes = settings.PUBLIC_URL + reverse("claims:notification_settings")
    lines.append(f"All of them: {page}\nWhat is sent to you, and when: {wishes}")
    return EmailMessage(
        subject=f"[{settings.DESK_NAME}] {subject}",
        body="\n\n".join(lines) + "\n",
        to=[mail.recipient.email],
        headers={
            "Message-ID": f"<{mail.pk}@{urlsplit(settings.PUBLIC_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def _line(row: Notification) -> str:
    when = in_words(timezone.localtime(row.created_at), "j F Y, H:i")
    place = settings.PUBLIC_URL + reverse("claims:notification", args=[row.pk])
    return f"{row.text}\n{when}\n{place}"
