import uuid

from django.db import models
from django.db.models import Q

from claims.models.evidence import Evidence
from claims.models.verdicts import Verdict
from claims.states import PAGELESS, PLACED, DriftKind
from factcheck.accounts.models import User


class Lookup(models.Model):
    """What became of a quote at one look at its source. Never changes.

    `extracted` is the new text, None where there was none; `passage` is what stands at
    [start, end) of it, as a trigger makes sure, with `before` and `after` around it. A passage that
    is not the quote to the letter was found by likeness: it describes and confirms nothing.
    """

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="lookups")
    check_of_source = models.ForeignKey("sources.Check", models.PROTECT, related_name="+")
    extracted = models.ForeignKey(
        "sources.ExtractedText", models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=DriftKind.choices)
    reasons = models.JSONField(default=list)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    # Of a cell of a table there are no offsets; `passage` is what the cell says now.
    in_table = models.BooleanField(default=False)
    passage = models.TextField(blank=True, default="")
    before = models.CharField(max_length=80, blank=True, default="")
    after = models.CharField(max_length=80, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "check_of_source"], name="claims_lookup_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DriftKind.values), name="claims_lookup_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(in_table=True, start=None, end=None)
                | Q(in_table=False, kind__in=PLACED, start__isnull=False, end__isnull=False)
                & ~Q(passage="")
                | Q(in_table=False) & ~Q(kind__in=PLACED) & Q(start=None, end=None, passage=""),
                name="claims_lookup_placed_or_not",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PAGELESS, extracted__isnull=True)
                | ~Q(kind__in=PAGELESS) & Q(extracted__isnull=False),
                name="claims_lookup_in_a_text_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.passage[:80]}"


class Flag(models.Model):
    """A verdict rests on a quote whose source says something else now, or nothing.

    It waits until somebody acknowledges it with a note; then it never changes. A trigger holds it
    to the verdict of the quote's own claim and to a material change.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="flags")
    lookup = models.OneToOneField(Lookup, models.PROTECT, related_name="flag")
    raised_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None, note="")
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False) & ~Q(note=""),
                name="claims_flag_acknowledged_by_somebody",
            )
        ]
        indexes = [
            models.Index(
                fields=["raised_at", "id"],
                condition=Q(acknowledged_at=None),
                name="claims_flag_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lookup} ({self.verdict_id})"
