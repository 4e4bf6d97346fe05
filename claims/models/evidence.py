import uuid

from django.db import models
from django.db.models import F, Q

from claims.models.claims import Claim
from claims.states import Stance
from factcheck.accounts.models import User


class Evidence(models.Model):
    """A claim tied to a passage of one capture's extracted text.

    A trigger refuses a quote that is not the text at that place, and any change of a row except
    its removal.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence")
    extracted = models.ForeignKey("sources.ExtractedText", models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True, default="")
    suffix = models.CharField(max_length=32, blank=True, default="")
    text_sha256 = models.CharField(max_length=64)
    stance = models.CharField(max_length=10, choices=Stance.choices)
    note = models.CharField(max_length=2000, blank=True, default="")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="claims_evidence_has_length"
            ),
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values), name="claims_evidence_stance_known"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="claims_evidence_removed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["claim", "extracted", "start", "end", "stance"],
                condition=Q(removed_at=None),
                name="claims_evidence_attached_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stance}: {self.exact[:80]}"
