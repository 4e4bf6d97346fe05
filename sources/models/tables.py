from django.db import models
from django.db.models import Q

from sources.anchoring.grids import Grid, from_json
from sources.models.captures import ExtractedText
from sources.models.rules import is_sha256


class ExtractedTable(models.Model):
    """A table of a capture as one reading found it, cell by cell. Never changed, by the database.

    `rows` holds the text of each cell as shown, in rows of `width`; `sha256` is the digest of all
    of it (sources.anchoring.grids). Without its rows, for a list, it is `described`.
    """

    extracted = models.ForeignKey(ExtractedText, models.PROTECT, related_name="tables")
    number = models.PositiveSmallIntegerField()
    caption = models.CharField(max_length=200, blank=True, default="")
    rows = models.JSONField()
    merges = models.JSONField(default=list, blank=True)
    header_rows = models.PositiveIntegerField(default=0)
    header_columns = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    truncated = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["extracted", "number"], name="sources_table_numbered"),
            models.CheckConstraint(
                condition=is_sha256("sha256"), name="sources_table_digest_is_sha256"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, height__gte=1, width__gte=1),
                name="sources_table_has_cells",
            ),
        ]

    def __str__(self) -> str:
        return self.caption or f"Table {self.number}"

    @property
    def grid(self) -> Grid:
        """The table as pure code knows it."""
        return from_json(
            {
                "caption": self.caption,
                "rows": self.rows,
                "merges": self.merges,
                "header_rows": self.header_rows,
                "header_columns": self.header_columns,
                "truncated": self.truncated,
            }
        )
