from django.db import models
from django.db.models import F, Q

from claims.models.claims import Claim
from factcheck.accounts.models import User


class SetAside(models.Model):
    """A suggested passage that somebody found to be beside the point for a claim.

    It is known by the digest of its words, so that it stays away when the page is captured anew.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="set_aside")
    extracted = models.ForeignKey("sources.ExtractedText", models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words_sha256 = models.CharField(max_length=64)
    set_aside_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_aside_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "set aside"
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "words_sha256"], name="claims_setaside_passage_once"
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="claims_setaside_has_length"
            ),
            models.CheckConstraint(
                condition=Q(words_sha256__regex=r"^[0-9a-f]{64}$"),
                name="claims_setaside_digest_is_sha256",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.start}-{self.end}"
