import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from claims.models.verdicts import Verdict, VerdictVersion
from claims.states import OUTCOMES, ComplaintState
from factcheck.accounts.models import User
from sources.models.rules import is_sha256

CHOICES = [(outcome.value, outcome.label) for outcome in OUTCOMES]
_NOT_LOOKED_AT = Q(state=ComplaintState.RECEIVED)
_RECOMMENDED = Q(state__in=(ComplaintState.SECOND_LOOK, *OUTCOMES))
_DECIDED = Q(state__in=OUTCOMES)


class Complaint(models.Model):
    """A reader's report of an error in a published verdict. Only claims/triaging.py changes it.

    `version` is the one that readers saw when it came. What the reader wrote never changes and is
    never shown in public; `name` and `email` can only be emptied. `digest` is the SHA-256 of the
    token in the reader's link. The one who decides is an editor and never the one who looked first;
    triggers hold the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="complaints")
    version = models.ForeignKey(VerdictVersion, models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=12, choices=ComplaintState.choices, default=ComplaintState.RECEIVED
    )
    digest = models.CharField(max_length=64, unique=True)
    what = models.CharField(max_length=3000)
    where = models.CharField(max_length=500, blank=True, default="")
    source_url = models.CharField(max_length=2000, blank=True, default="")
    name = models.CharField(max_length=120, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    received_at = models.DateTimeField()
    due_on = models.DateField()
    first_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    first_at = models.DateTimeField(null=True)
    recommendation = models.CharField(max_length=12, choices=CHOICES, blank=True, default="")
    reason = models.CharField(max_length=2000, blank=True, default="")
    recommended_at = models.DateTimeField(null=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=5000, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ComplaintState.values), name="claims_complaint_state_known"
            ),
            models.CheckConstraint(condition=is_sha256("digest"), name="claims_complaint_digest"),
            models.CheckConstraint(condition=~Q(what=""), name="claims_complaint_says_what"),
            models.CheckConstraint(
                condition=Q(source_url="") | Q(source_url__regex=r"^https?://\S+$"),
                name="claims_complaint_source_is_web",
            ),
            models.CheckConstraint(
                condition=(_NOT_LOOKED_AT & Q(first_by=None, first_at=None))
                | (~_NOT_LOOKED_AT & Q(first_by__isnull=False, first_at__isnull=False)),
                name="claims_complaint_first_person",
            ),
            models.CheckConstraint(
                condition=(
                    _RECOMMENDED
                    & Q(recommendation__in=OUTCOMES, recommended_at__isnull=False)
                    & ~Q(reason="")
                )
                | (~_RECOMMENDED & Q(recommendation="", reason="", recommended_at=None)),
                name="claims_complaint_recommended",
            ),
            models.CheckConstraint(
                condition=(
                    _DECIDED & Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(answer="")
                )
                | (~_DECIDED & Q(decided_by=None, decided_at=None, answer="")),
                name="claims_complaint_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("first_by")),
                name="claims_complaint_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state=ComplaintState.DUPLICATE) | Q(duplicate_of__isnull=False),
                name="claims_complaint_duplicate_of",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(decided_at__isnull=True),
                name="claims_complaint_open",
            ),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state=ComplaintState.SECOND_LOOK),
                name="claims_complaint_second",
            ),
            models.Index(
                fields=["-decided_at", "-id"],
                condition=Q(decided_at__isnull=False),
                name="claims_complaint_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """The desk's page of it."""
        return reverse("claims:complaint", args=[self.pk])
