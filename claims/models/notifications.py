import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from claims.models.claims import Claim
from claims.together_states import MailWhen, NotificationKind
from factcheck.accounts.models import User


class NotificationWish(models.Model):
    """What a person wants to be told of, and how. Without a row the defaults hold."""

    person = models.OneToOneField(
        User, models.CASCADE, primary_key=True, related_name="notification_wish"
    )
    mail_when = models.CharField(max_length=10, choices=MailWhen.choices, default=MailWhen.DAILY)
    # Of the desk's day, in its time zone.
    mail_hour = models.PositiveSmallIntegerField(default=8)
    not_in_app = ArrayField(models.CharField(max_length=20), default=list)
    not_by_mail = ArrayField(models.CharField(max_length=20), default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(mail_when__in=MailWhen.values), name="claims_wish_when_known"
            ),
            models.CheckConstraint(
                condition=Q(mail_hour__lte=23), name="claims_wish_hour_of_a_day"
            ),
            models.CheckConstraint(
                condition=Q(not_in_app__contained_by=list(NotificationKind.values))
                & Q(not_by_mail__contained_by=list(NotificationKind.values)),
                name="claims_wish_kinds_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.mail_when}"


class Mail(models.Model):
    """One e-mail to one person, with the notifications that name it. The row is the queue.

    Its id is in the Message-ID, so that a second sending after a crash is known as the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(failed_at=None), name="claims_mail_sent_or_failed"
            )
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(sent_at=None, failed_at=None),
                name="claims_mail_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"to {self.recipient}"


class Notification(models.Model):
    """Something that a person is told: in words, with the place that it leads to.

    `key` names the event, so that it is told once however often it is noticed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(User, models.PROTECT, related_name="notifications")
    kind = models.CharField(max_length=20, choices=NotificationKind.choices)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    # A path of this site.
    href = models.CharField(max_length=300)
    key = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    in_app = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, related_name="notifications")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "key"], name="claims_notification_told_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NotificationKind.values),
                name="claims_notification_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & Q(href__startswith="/"),
                name="claims_notification_leads_somewhere",
            ),
        ]
        indexes = [
            models.Index(
                fields=["recipient"],
                condition=Q(read_at=None, in_app=True),
                name="claims_notification_unread",
            ),
            models.Index(
                fields=["recipient", "-created_at", "-id"],
                condition=Q(in_app=True),
                name="claims_notification_newest",
            ),
            models.Index(
                fields=["mail_due_at"],
                condition=Q(mail=None, mail_due_at__isnull=False),
                name="claims_notification_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return self.text
