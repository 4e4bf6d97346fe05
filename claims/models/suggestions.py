from django.db import models
from django.db.models import F, Q

from claims.models.claims import Claim
from factcheck.accounts.models import User

_IS_PASSAGE = Q(
    start__isnull=False,
    end__isnull=False,
    table__isnull=True,
    row__isnull=True,
    column__isnull=True,
    cell_words="",
)
_IS_CELL = Q(
    start__isnull=True,
    end__isnull=True,
    table__isnull=False,
    row__isnull=False,
    column__isnull=False,
) & ~Q(cell_words="")


class SetAside(models.Model):
    """A suggested passage or cell that somebody found to be beside the point for a claim.

    It is known by the digest of its words, so that it stays away when the page is captured anew. A
    passage has offsets; a cell has its table, its place, and its words with what heads it.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="set_aside")
    extracted = models.ForeignKey("sources.ExtractedText", models.PROTECT, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    table = models.ForeignKey("sources.ExtractedTable", models.PROTECT, null=True, related_name="+")
    row = models.PositiveIntegerField(null=True)
    column = models.PositiveIntegerField(null=True)
    cell_words = models.CharField(max_length=500, blank=True, default="")
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
                condition=_IS_PASSAGE | _IS_CELL, name="claims_setaside_is_passage_or_cell"
            ),
            models.CheckConstraint(
                condition=Q(words_sha256__regex=r"^[0-9a-f]{64}$"),
                name="claims_setaside_digest_is_sha256",
            ),
        ]

    def __str__(self) -> str:
        if self.table_id is not None:
            return f"{self.claim_id}: table {self.table_id}, {self.row}-{self.column}"
        return f"{self.claim_id}: {self.start}-{self.end}"
