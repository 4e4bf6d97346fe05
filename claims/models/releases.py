import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.claims import Claim
from claims.models.scales import Rating
from claims.models.verdicts import Verdict, VerdictVersion
from claims.states import OpinionState, Ruling
from factcheck.accounts.models import User


class Emergency(models.Model):
    """One editor published a version without a second pair of eyes, and said why. Never changes.

    Readers and partners see it. Another editor may approve the same digest afterwards.
    """

    version = models.OneToOneField(VerdictVersion, models.PROTECT, related_name="emergency")
    editor = models.ForeignKey(User, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="claims_emergency_reason_given")
        ]

    def __str__(self) -> str:
        return self.reason


class Schedule(models.Model):
    """When an approved version goes out by itself. Bound to its digest: an edit makes it void.

    `problem` says why it did not go out; a person then decides.
    """

    version = models.OneToOneField(VerdictVersion, models.PROTECT, related_name="schedule")
    digest = models.CharField(max_length=64)
    publish_at = models.DateTimeField()
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    problem = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(publish_at__gt=models.F("set_at")), name="claims_schedule_is_ahead"
            )
        ]
        indexes = [
            models.Index(fields=["publish_at"], condition=Q(problem=""), name="claims_schedule_due")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} at {self.publish_at:%Y-%m-%d %H:%M}"


class Embargo(models.Model):
    """Until when a verdict's first version must not be published, and why."""

    verdict = models.OneToOneField(Verdict, models.PROTECT, related_name="embargo")
    until = models.DateTimeField()
    reason = models.CharField(max_length=500)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="claims_embargo_reason_given")
        ]

    def __str__(self) -> str:
        return f"{self.verdict_id} until {self.words}"

    @property
    def words(self) -> str:
        """Its end, as people of the desk read it."""
        return f"{timezone.localtime(self.until):%-d %B %Y, %H:%M}"


class Stake(models.Model):
    """A tag for claims on which more hangs: how many editors must approve their verdicts."""

    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=60)
    approvals_required = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["label", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approvals_required__gte=1, approvals_required__lte=5),
                name="claims_stake_approvals_in_bounds",
            ),
            models.CheckConstraint(condition=~Q(label=""), name="claims_stake_has_a_label"),
        ]

    def __str__(self) -> str:
        return self.label


class ClaimStake(models.Model):
    """A claim carries a tag. While its verdict is sealed and not public, tags stay as they are."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="stakes")
    stake = models.ForeignKey(Stake, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "stake"], name="claims_claimstake_once")
        ]

    def __str__(self) -> str:
        return str(self.stake)


class SecondOpinion(models.Model):
    """A rating given without sight of the draft, by somebody who did not work on it.

    Where it differs from the version's rating, an editor who is neither decides (`ruling`), for one
    digest.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="opinions")
    state = models.CharField(
        max_length=10, choices=OpinionState.choices, default=OpinionState.ASKED
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    rating = models.ForeignKey(Rating, models.PROTECT, null=True, related_name="+")
    reasoning = models.TextField(max_length=5000, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    ruling = models.CharField(max_length=10, choices=Ruling.choices, blank=True, default="")
    ruled_digest = models.CharField(max_length=64, blank=True, default="")
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)
    ruled_because = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["verdict"],
                condition=Q(state=OpinionState.ASKED),
                name="claims_opinion_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=models.F("asked_of")), name="claims_opinion_of_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(state=OpinionState.ASKED, rating=None, ended_at=None, reasoning="")
                | Q(state=OpinionState.CANCELLED, rating=None, ended_at__isnull=False)
                | Q(state=OpinionState.GIVEN, rating__isnull=False, ended_at__isnull=False)
                & ~Q(reasoning=""),
                name="claims_opinion_whole",
            ),
            models.CheckConstraint(
                condition=Q(ruling="", ruled_by=None, ruled_at=None, ruled_because="")
                | Q(
                    state=OpinionState.GIVEN,
                    ruling__in=Ruling.values,
                    ruled_by__isnull=False,
                    ruled_at__isnull=False,
                )
                & ~Q(ruled_because="")
                & ~Q(ruled_digest="")
                & ~Q(ruled_by=models.F("asked_of")),
                name="claims_opinion_ruled_by_a_third",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_of} on {self.verdict_id}: {self.state}"
