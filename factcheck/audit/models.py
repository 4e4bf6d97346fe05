import uuid

from django.db import models
from django.db.models import Q

from factcheck.accounts.models import User
from factcheck.audit.states import OPEN_VERIFICATIONS, VerificationState


class Event(models.Model):
    """Something that happened: who did what to which row, and when.

    No foreign keys: an event must outlive whatever it speaks of. Rows are append-only.
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150, default="")
    action = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=64)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(
                fields=["target_type", "target_id", "at", "id"], name="audit_event_target"
            ),
            # One for each filter of the explorer, in the order of its pages. The conditions on the
            # id always hold; a query names the one of its index, so that the planner cannot walk
            # another in search of a person who left years ago. Of nobody's events PostgreSQL cannot
            # tell that an index by actor orders them, so they have their own.
            models.Index(fields=["at", "id"], condition=Q(id__gt=0), name="audit_event_time"),
            models.Index(
                fields=["action", "at", "id"], condition=Q(id__gt=-1), name="audit_event_action"
            ),
            models.Index(
                fields=["actor_id", "at", "id"],
                condition=Q(actor_id__isnull=False, id__gt=-1),
                name="audit_event_person",
            ),
            models.Index(
                fields=["actor_id", "action", "at", "id"],
                condition=Q(actor_id__isnull=False),
                name="audit_event_person_action",
            ),
            models.Index(
                fields=["at", "id"],
                condition=Q(actor_id__isnull=True, id__gt=-1),
                name="audit_event_machine",
            ),
            models.Index(
                fields=["action", "at", "id"],
                condition=Q(actor_id__isnull=True),
                name="audit_event_machine_action",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type} {self.target_id}"


class Link(models.Model):
    """An event's place in the hash chain; the database writes it when the event commits.

    The digest is SHA-256 of the previous digest and the event's own fields, one to a line.
    `number` has no holes, so a missing link shows.
    """

    number = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="link")
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="audit_link_numbers_start_at_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"


class Verification(models.Model):
    """Somebody's wish to have the chain computed anew, and what came of it; a row of the queue.

    `lease_token` names the worker that holds the row until `lease_until`. `faults` holds the first
    hundred; `fault_count` counts all.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(
        max_length=10, choices=VerificationState.choices, default=VerificationState.QUEUED
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    finished_at = models.DateTimeField(null=True)
    links = models.BigIntegerField(null=True)
    head = models.CharField(max_length=64, default="")
    fault_count = models.PositiveIntegerField(null=True)
    faults = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=VerificationState.values),
                name="audit_verification_state_known",
            ),
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(state__in=OPEN_VERIFICATIONS),
                name="audit_verification_one_open",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=VerificationState.RUNNING,
                    lease_token__isnull=False,
                    lease_until__isnull=False,
                )
                | ~Q(state=VerificationState.RUNNING)
                & Q(lease_token__isnull=True, lease_until__isnull=True),
                name="audit_verification_leased_while_running",
            ),
            models.CheckConstraint(
                condition=~Q(state=VerificationState.DONE)
                | Q(
                    links__isnull=False,
                    fault_count__isnull=False,
                    finished_at__isnull=False,
                    head__regex="^[0-9a-f]{64}$",
                ),
                name="audit_verification_done_whole",
            ),
        ]
        indexes = [models.Index(fields=["-asked_at"], name="audit_verification_newest")]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, asked by {self.asked_by}"
