"""Telling people of what happened: the one writer of notifications.

The verbs of the house call this inside their own transaction, so that nobody is told of what did
not happen. An event has a key: noticed twice, it is told once.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from claims.models import Claim, Notification, NotificationWish, VerdictVersion
from claims.together_states import MailWhen, NotificationKind
from factcheck.accounts.models import User

# Which of a version's events are told to those who worked on it, and how.
_MOVES = {
    "verdict.sent_back": (NotificationKind.SENT_BACK, "{who} sent your verdict back: {reason}"),
    "verdict.approved": (NotificationKind.APPROVED, "{who} approved your verdict"),
    "verdict.published_alone": (
        NotificationKind.PUBLISHED,
        "{who} published your verdict alone, in an emergency",
    ),
    "verdict.published": (NotificationKind.PUBLISHED, "{who} published your verdict"),
}


def notify(
    *,
    recipients: Iterable[int],
    kind: NotificationKind,
    claim: Claim,
    text: str,
    href: str,
    key: str,
    at: datetime,
    by: User | None = None,
) -> None:
    """Tell people (by id) of an event; whoever did it and who was deactivated are left out.

    `text` is cut at 500 characters. The same `key` again tells nobody who was told.
    """
    told = {pk for pk in recipients if by is None or pk != by.pk}
    if not told:
        return
    people = User.objects.filter(pk__in=told, is_active=True).order_by("pk")
    wishes = {wish.person_id: wish for wish in NotificationWish.objects.filter(person__in=told)}
    rows = []
    for person in people:
        wish = wishes.get(person.pk) or NotificationWish(person=person)
        in_app = kind not in wish.not_in_app
        due = mail_due(wish, kind, at) if person.email else None
        if in_app or due:
            rows.append(
                Notification(
                    recipient=person,
                    kind=kind,
                    claim=claim,
                    text=_one_line(text)[:500],
                    href=href,
                    key=key[:150],
                    created_at=at,
                    in_app=in_app,
                    mail_due_at=due,
                )
            )
    Notification.objects.bulk_create(rows, ignore_conflicts=True)


def mail_due(wish: NotificationWish, kind: str, at: datetime) -> datetime | None:
    """Return when an event of `at` is to go by e-mail, or None where it is not."""
    if not settings.EMAIL_ON or wish.mail_when == MailWhen.NEVER or kind in wish.not_by_mail:
        return None
    if wish.mail_when == MailWhen.AT_ONCE:
        return at
    local = timezone.localtime(at)
    due = local.replace(hour=wish.mail_hour, minute=0, second=0, microsecond=0)
    # Wall-clock arithmetic in the desk's zone: the hour stays the hour when the clocks change.
    return due if due > local else due + timedelta(days=1)


def moved(
    *, version: VerdictVersion, action: str, by: User, at: datetime, data: dict[str, Any]
) -> None:
    """Tell those who worked on a version of what became of it; other events tell nobody."""
    if action not in _MOVES:
        return
    kind, words = _MOVES[action]
    claim = version.verdict.claim
    text = words.format(who=by, reason=data.get("reason", ""))
    notify(
        recipients=_contributors(version),
        kind=kind,
        claim=claim,
        text=f"{text} – on {quoted(claim)}",
        href=f"{claim.get_absolute_url()}#verdict",
        # A version may be sent back and approved several times: each save is another event.
        key=f"{action}:{version.pk}:{version.revision}",
        by=by,
        at=at,
    )


def drifted(*, claim: Claim, flag: UUID, words: str, at: datetime) -> None:
    """Tell those who worked on a published verdict that one of its sources changed."""
    version = VerdictVersion.objects.filter(verdict__claim=claim, published_at__isnull=False)
    newest = version.order_by("-number").first()
    if newest is None:
        return
    notify(
        recipients=_contributors(newest),
        kind=NotificationKind.DRIFTED,
        claim=claim,
        text=f"A source of your verdict changed ({words}) – on {quoted(claim)}",
        href=reverse("claims:flag", args=[flag]),
        key=f"drifted:{flag}",
        at=at,
    )


def quoted(claim: Claim) -> str:
    """Return the claim's first words, in quotation marks."""
    return f"“{Truncator(_one_line(claim.text)).chars(120)}”"


def _contributors(version: VerdictVersion) -> list[int]:
    return list(version.contributors.values_list("person_id", flat=True))


def _one_line(text: str) -> str:
    return " ".join(text.split())
