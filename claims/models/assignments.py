import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from claims.models.claims import Claim
from claims.models.verdicts import VerdictVersion
from factcheck.accounts.models import User

NO_DAY = date(9999, 12, 31)  # sorts what has no due day behind all that has one


class Assignment(models.Model):
    """Somebody has the check of a claim, or the review of a version where `version` is named.

    It ends when it is given back or given on, and never changes otherwise. A trigger refuses
    people who were deactivated, reviewers who are no editors, and reviewers who worked on it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="assignments")
    version = models.ForeignKey(
        VerdictVersion, models.PROTECT, null=True, related_name="assignments"
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    sorts_on = models.GeneratedField(
        expression=Coalesce("due_on", Value(NO_DAY)),
        output_field=models.DateField(),
        db_persist=True,
    )
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    # What it took the place of; an undo goes back there. An undo itself is not undone.
    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    is_undo = models.BooleanField(default=False)
    # When the person was told that the day is near.
    due_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(ended_at=None, version=None),
                name="claims_assignment_one_checker",
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(ended_at=None, version__isnull=False),
                name="claims_assignment_one_reviewer",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="claims_assignment_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("given_at")),
                name="claims_assignment_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "sorts_on", "id"],
                condition=Q(ended_at=None),
                name="claims_assignment_of_person",
            ),
            models.Index(
                fields=["due_on"],
                condition=Q(ended_at=None, due_told_at=None, due_on__isnull=False),
                name="claims_assignment_due",
            ),
            models.Index(fields=["claim", "-given_at"], name="claims_assignment_of_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.claim} is with {self.person}"


class WorkLock(models.Model):
    """Somebody is working on a claim's page. It warns and refuses nothing."""

    claim = models.OneToOneField(Claim, models.CASCADE, primary_key=True, related_name="work_lock")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="claims_worklock_has_length"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} works on {self.claim_id}"
