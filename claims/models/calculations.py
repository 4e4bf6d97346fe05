import uuid

from django.db import models
from django.db.models import F, Q

from claims.calculating import OPERATIONS, VERDICTS
from claims.models.articles import ArticleRevision
from claims.models.claims import Claim
from claims.models.evidence import Evidence
from factcheck.accounts.models import User

# A decimal number in full, as the calculations write it.
DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"


class Calculation(models.Model):
    """Arithmetic over quoted numbers, beside a number of the claim; the server did the sum.

    `value` is the exact result as a decimal text. `result` holds what a reader is told of it: the
    formula in words and figures, what counts as agreement, and the caveats. Triggers refuse any
    change of a row except its removal, and a calculation without all its numbers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="calculations")
    operation = models.CharField(max_length=30)
    value = models.CharField(max_length=200)
    unit = models.CharField(max_length=80, blank=True, default="")
    verdict = models.CharField(max_length=12)
    result = models.JSONField()
    # How many numbers it has, the claim's own included.
    size = models.PositiveSmallIntegerField()
    # SHA-256 of the operation and its numbers, so that a double click attaches once.
    fingerprint = models.CharField(max_length=64)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(operation__in=list(OPERATIONS)),
                name="claims_calculation_operation_known",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=list(VERDICTS)), name="claims_calculation_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(value__regex=DECIMAL), name="claims_calculation_value_is_decimal"
            ),
            models.CheckConstraint(condition=Q(size__gte=3), name="claims_calculation_has_numbers"),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="claims_calculation_removed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["claim", "fingerprint"],
                condition=Q(removed_at=None),
                name="claims_calculation_attached_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.result.get("figures", self.operation))


class CalculationNumber(models.Model):
    """A number of a calculation: quoted from evidence or from the article, or typed by a person.

    Position 0 is the claim's own number. `start` and `end` are offsets into the quote of the
    evidence, or into the text of the revision. A trigger refuses a `text` that does not stand
    there. What is typed carries a reason. Never changes.
    """

    CLAIMED = "claimed"

    calculation = models.ForeignKey(Calculation, models.PROTECT, related_name="numbers")
    position = models.PositiveSmallIntegerField()
    slot = models.CharField(max_length=12)
    text = models.CharField(max_length=200)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="numbers")
    revision = models.ForeignKey(ArticleRevision, models.PROTECT, null=True, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    # The decimal mark that a person chose, where the writing leaves it open.
    mark = models.CharField(max_length=1, blank=True, default="")
    value = models.CharField(max_length=200)
    upper = models.CharField(max_length=200, blank=True, default="")
    unit = models.CharField(max_length=60, blank=True, default="")
    step = models.CharField(max_length=200)
    comparator = models.CharField(max_length=5, default="=")
    role = models.CharField(max_length=5, default="level")
    direction = models.CharField(max_length=10, blank=True, default="")
    is_near = models.BooleanField(default=False)
    is_rounded = models.BooleanField(default=False)
    is_real = models.BooleanField(default=False)
    year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["calculation", "position"], name="claims_number_position_once"
            ),
            models.CheckConstraint(
                condition=Q(position=0, slot="claimed") | (Q(position__gt=0) & ~Q(slot="claimed")),
                name="claims_number_first_is_the_claim_s",
            ),
            models.CheckConstraint(
                condition=Q(evidence=None, revision=None, start=None, end=None, reason__gt="")
                | Q(evidence__isnull=False, revision=None, end__gt=F("start"), reason="")
                | Q(evidence=None, revision__isnull=False, end__gt=F("start"), reason=""),
                name="claims_number_quoted_or_reasoned",
            ),
            models.CheckConstraint(
                condition=Q(position=0, evidence=None) | Q(position__gt=0, revision=None),
                name="claims_number_from_its_own_place",
            ),
            models.CheckConstraint(
                condition=Q(value__regex=DECIMAL, step__regex=DECIMAL)
                & (Q(upper="") | Q(upper__regex=DECIMAL)),
                name="claims_number_values_are_decimal",
            ),
            models.CheckConstraint(
                condition=Q(comparator__in=("=", "~", ">", ">=", "<", "<=", "range")),
                name="claims_number_comparator_known",
            ),
            models.CheckConstraint(
                condition=Q(role__in=("level", "by", "to")), name="claims_number_role_known"
            ),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__gte=1000, year__lte=2999),
                name="claims_number_year_has_four_digits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot}: {self.text}"
