"""A person's notifications: the list, how many are unread, and what the person wants to get."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from claims.listing import Page, paged
from claims.models import Notification, NotificationWish
from claims.notifying import mail_due
from claims.together_states import MailWhen, NotificationKind
from factcheck.accounts.models import User
from factcheck.errors import Permanent

UNREAD_CAP = 99


class WishError(Permanent):
    """Not one of the choices of the settings."""

    code = "notification_wish_unknown"


def unread_words(person: User) -> str:
    """Return how many notifications are unread, as "3" or "99+"; empty for none. One index scan."""
    number = _unread(person).order_by()[: UNREAD_CAP + 1].count()
    if number > UNREAD_CAP:
        return f"{UNREAD_CAP}+"
    return str(number) if number else ""


def page_of(person: User, *, cursor: str = "", size: int = 30) -> Page[Notification]:
    """Return the person's notifications, newest first. Raises CursorError."""
    rows = Notification.objects.filter(recipient=person, in_app=True).select_related("claim")
    return paged(rows.order_by("-created_at", "-id"), cursor, size, "created_at", descending=True)


def read(*, notification: Notification, at: datetime) -> None:
    """Note that it was read; what waits to go by e-mail need not go any more. Again is a no-op."""
    _read(Notification.objects.filter(pk=notification.pk), at)


def read_all(*, person: User, at: datetime) -> int:
    """Note that all of a person's notifications were read; return how many were not."""
    return _read(_unread(person), at)


def wish_of(person: User) -> NotificationWish:
    """Return what the person wants to be told of; the defaults where nothing was ever chosen."""
    found = NotificationWish.objects.filter(person=person).first()
    return found or NotificationWish(person=person)


@transaction.atomic
def choose(
    *,
    person: User,
    mail_when: str,
    mail_hour: int,
    in_app: Collection[str],
    by_mail: Collection[str],
    at: datetime,
) -> NotificationWish:
    """Say what is told in the app and what by e-mail; what waits to be sent follows the choice.

    Raises WishError.
    """
    known = set(NotificationKind.values)
    if mail_when not in MailWhen.values or not 0 <= mail_hour <= 23:  # noqa: PLR2004 (hours)
        raise WishError
    if not known.issuperset(in_app) or not known.issuperset(by_mail):
        raise WishError
    wish, _ = NotificationWish.objects.update_or_create(
        person=person,
        defaults={
            "mail_when": mail_when,
            "mail_hour": mail_hour,
            "not_in_app": [kind for kind in NotificationKind.values if kind not in in_app],
            "not_by_mail": [kind for kind in NotificationKind.values if kind not in by_mail],
        },
    )
    waiting = Notification.objects.filter(recipient=person, mail=None, mail_due_at__isnull=False)
    for kind in NotificationKind.values:
        waiting.filter(kind=kind).update(mail_due_at=mail_due(wish, kind, at))
    return wish


def _unread(person: User) -> QuerySet[Notification]:
    return Notification.objects.filter(recipient=person, in_app=True, read_at=None)


def _read(rows: QuerySet[Notification], at: datetime) -> int:
    return rows.filter(read_at=None).update(read_at=at)
