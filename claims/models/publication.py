from django.db import models
from django.db.models import Q

from claims.models.verdicts import Verdict, VerdictVersion


class ChangeCounter(models.Model):
    """The one row that numbers publications without a hole."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="claims_changecounter_single")
        ]

    def __str__(self) -> str:
        return str(self.value)


class Published(models.Model):
    """What partners read: one row for each verdict, rendered once.

    `body` and `claim_review` are JSON texts, exactly as they are sent; `etag` is the SHA-256 of
    both. `seq` rises with each publication and has no holes.
    """

    verdict = models.OneToOneField(Verdict, models.PROTECT, primary_key=True, related_name="+")
    version = models.OneToOneField(VerdictVersion, models.PROTECT, related_name="+")
    seq = models.BigIntegerField(unique=True)
    etag = models.CharField(max_length=64)
    updated_at = models.DateTimeField()
    body = models.TextField()
    claim_review = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(seq__gte=1), name="claims_published_seq_positive")
        ]

    def __str__(self) -> str:
        return f"{self.seq}: {self.verdict_id}"
