import uuid

from django.db import models
from django.db.models import F, Q

from claims.models.claims import Claim
from claims.states import Stance, Strength
from factcheck.accounts.models import User

IS_PASSAGE = Q(
    start__isnull=False,
    end__isnull=False,
    table__isnull=True,
    row__isnull=True,
    column__isnull=True,
    row_headers=[],
    column_headers=[],
    table_sha256="",
)
IS_CELL = Q(
    start__isnull=True,
    end__isnull=True,
    prefix="",
    suffix="",
    table__isnull=False,
    row__isnull=False,
    column__isnull=False,
) & ~Q(exact="")


class Evidence(models.Model):
    """A claim tied to a passage of one capture's extracted text, or to a cell of its tables.

    A passage has offsets; a cell has its table, its place, and the words that head it. `exact` is
    the text of either. A trigger refuses one that is not the text at that place, and any change of
    a row except its removal.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence")
    extracted = models.ForeignKey("sources.ExtractedText", models.PROTECT, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    table = models.ForeignKey("sources.ExtractedTable", models.PROTECT, null=True, related_name="+")
    # Counted from nought, headings included; the first place of a cell that spans several.
    row = models.PositiveIntegerField(null=True)
    column = models.PositiveIntegerField(null=True)
    row_headers = models.JSONField(default=list)
    column_headers = models.JSONField(default=list)
    table_sha256 = models.CharField(max_length=64, blank=True, default="")
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True, default="")
    suffix = models.CharField(max_length=32, blank=True, default="")
    text_sha256 = models.CharField(max_length=64)
    stance = models.CharField(max_length=10, choices=Stance.choices)
    # Empty and None: nobody said. Neither is ever guessed.
    strength = models.CharField(
        max_length=10, choices=Strength.choices, blank=True, default="", db_default=""
    )
    # The original record, data, speech or law, or who measured; else somebody who reports it.
    is_primary = models.BooleanField(null=True)
    note = models.CharField(max_length=2000, blank=True, default="")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    # The like row that it was put in the place of, to say more of the same passage.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="claims_evidence_has_length"
            ),
            models.CheckConstraint(
                condition=IS_PASSAGE | IS_CELL, name="claims_evidence_is_passage_or_cell"
            ),
            models.UniqueConstraint(
                fields=["claim", "table", "row", "column", "stance"],
                condition=Q(removed_at=None, table__isnull=False),
                name="claims_evidence_cell_attached_once",
            ),
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values), name="claims_evidence_stance_known"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="claims_evidence_replaces_another",
            ),
            models.CheckConstraint(
                condition=Q(strength__in=["", *Strength.values]),
                name="claims_evidence_strength_known",
            ),
            models.CheckConstraint(
                condition=Q(strength="") | ~Q(stance=Stance.CONTEXT),
                name="claims_evidence_context_settles_nothing",
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

    @property
    def is_cell(self) -> bool:
        """Whether it points at a cell of a table; else at a passage of the text."""
        return self.table_id is not None

    @property
    def headings(self) -> list[str]:
        """The words that head the cell: those beside it, then those above."""
        return [*self.row_headers, *self.column_headers]

    @property
    def mark(self) -> str:
        """The part of an address that shows it on its capture's page."""
        if self.is_cell:
            return f"?table={self.table_id}&cell={self.row}-{self.column}#chosen"
        return f"?quote={self.start}-{self.end}#mark-quote-{self.start}"
