import uuid

from django.db import models
from django.db.models import F, Q

from claims.models.verdicts import Verdict, VerdictVersion
from claims.states import LEDGER_KINDS, ChangeKind, ReviewOutcome
from factcheck.accounts.models import User


class Change(models.Model):
    """A number of the change sequence: what readers and partners were told under it.

    Written in the one statement that takes the number. Never changes.
    """

    seq = models.BigIntegerField(primary_key=True)
    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="changes")
    version = models.ForeignKey(VerdictVersion, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=ChangeKind.choices)
    note = models.CharField(max_length=1000, blank=True, default="")
    # Who answers for it, by the names that readers see, as they were at the time.
    approver = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ChangeKind.values), name="claims_change_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.PUBLISHED) | ~Q(note=""),
                name="claims_change_says_why",
            ),
            models.CheckConstraint(condition=Q(seq__gte=1), name="claims_change_seq_positive"),
        ]
        indexes = [
            # The ledger: all kinds, one kind, and the counts of each year.
            models.Index(
                fields=["seq", "kind", "at"],
                condition=Q(kind__in=LEDGER_KINDS),
                name="claims_change_ledger",
            ),
            models.Index(
                fields=["kind", "seq"],
                condition=Q(kind__in=LEDGER_KINDS),
                name="claims_change_by_kind",
            ),
            models.Index(
                fields=["at"], condition=Q(kind__in=LEDGER_KINDS), name="claims_change_by_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq}: {self.kind}"


class Withdrawal(models.Model):
    """A published version is to be taken back: one editor proposes it, another confirms it."""

    version = models.ForeignKey(VerdictVersion, models.PROTECT, related_name="withdrawals")
    reason = models.CharField(max_length=1000)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    OPEN = Q(confirmed_at=None, cancelled_at=None)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="claims_withdrawal_reason_given"),
            models.CheckConstraint(
                condition=~Q(proposed_by=F("confirmed_by")), name="claims_withdrawal_two_editors"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="claims_withdrawal_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by=None, cancelled_at=None)
                | Q(cancelled_by__isnull=False, cancelled_at__isnull=False),
                name="claims_withdrawal_cancelled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(cancelled_at=None),
                name="claims_withdrawal_one_end",
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(cancelled_at=None),
                name="claims_withdrawal_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.reason}"


class ReviewMark(models.Model):
    """A published verdict that the desk looks at again; readers see it until it is closed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="review_marks")
    reason = models.CharField(max_length=1000)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=ReviewOutcome.choices, blank=True, default="")
    closing_note = models.CharField(max_length=1000, blank=True, default="")
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="claims_review_reason_given"),
            models.CheckConstraint(
                condition=Q(outcome="", closing_note="", closed_by=None, closed_at=None)
                | Q(outcome__in=ReviewOutcome.values, closed_by__isnull=False)
                & Q(closed_at__isnull=False)
                & ~Q(closing_note=""),
                name="claims_review_closed_whole",
            ),
            models.UniqueConstraint(
                fields=["verdict"], condition=Q(closed_at=None), name="claims_review_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict_id}: {self.reason}"


class Abandonment(models.Model):
    """A draft was given up, with the reason. Never changes; the draft can be opened again."""

    version = models.ForeignKey(VerdictVersion, models.PROTECT, related_name="abandonments")
    reason = models.CharField(max_length=1000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="claims_abandonment_reason_given")
        ]

    def __str__(self) -> str:
        return self.reason
