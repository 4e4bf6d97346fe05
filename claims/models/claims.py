import uuid
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from claims.models.articles import Article, ArticleRevision
from claims.models.proposals import ProposalRun
from claims.states import ClaimState, DismissalReason, Origin
from factcheck.accounts.models import User


class Claim(models.Model):
    """One checkable statement. Its identity is its UUID, never its text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    article = models.ForeignKey(Article, models.PROTECT, related_name="claims")
    text = models.CharField(max_length=2000)
    kind = models.CharField(max_length=20)
    kinds = ArrayField(models.CharField(max_length=20), default=list)
    claimant = models.CharField(max_length=200, blank=True, default="")
    reporting_verb = models.CharField(max_length=60, blank=True, default="")
    # Words of `text` that the article does not settle ("she", "the company").
    unresolved = ArrayField(models.CharField(max_length=100), default=list)
    check_worthiness = models.FloatField()
    reasons = ArrayField(models.CharField(max_length=200), default=list)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.OPEN)
    dismissal_reason = models.CharField(max_length=40, blank=True, default="")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")
    # A wording that the language model proposes for a claim of the desk's own; a person decides.
    proposed_text = models.CharField(max_length=2000, blank=True, default="")
    wording_proposed_by = models.ForeignKey(
        ProposalRun, models.PROTECT, null=True, related_name="wordings"
    )
    # Where a language model's proposal came from; kept when a person accepts it.
    proposed_by = models.ForeignKey(ProposalRun, models.PROTECT, null=True, related_name="claims")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(check_worthiness__gte=0, check_worthiness__lte=1),
                name="claims_claim_check_worthiness_between_0_and_1",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="claims_claim_text_given"),
            models.CheckConstraint(
                condition=Q(origin__in=Origin.values), name="claims_claim_origin_known"
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.PERSON) | Q(created_by__isnull=False),
                name="claims_claim_person_named",
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.DISMISSED, dismissal_reason__in=DismissalReason.values)
                | (~Q(state=ClaimState.DISMISSED) & Q(dismissal_reason="")),
                name="claims_claim_dismissed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(proposed_text="") | Q(wording_proposed_by__isnull=False),
                name="claims_claim_proposed_text_has_run",
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.MODEL, proposed_by__isnull=False)
                | (~Q(origin=Origin.MODEL) & Q(proposed_by=None)),
                name="claims_claim_proposal_has_run",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ClaimState.values), name="claims_claim_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.REPLACED, replaced_by__isnull=False)
                | (~Q(state=ClaimState.REPLACED) & Q(replaced_by=None)),
                name="claims_claim_replaced_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-check_worthiness", "id"],
                condition=Q(state=ClaimState.OPEN),
                name="claims_claim_open_by_worth",
            ),
            models.Index(
                fields=["article"],
                condition=Q(state=ClaimState.PROPOSED) | ~Q(proposed_text=""),
                name="claims_claim_with_proposal",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """The claim's page."""
        return reverse("claims:claim", args=[self.pk])


class Appearance(models.Model):
    """Where a claim occurs in a revision. A trigger refuses an `exact` that is not the text.

    A claim that is not contiguous has several in one revision.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="appearances")
    revision = models.ForeignKey(ArticleRevision, models.PROTECT, related_name="appearances")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True, default="")
    suffix = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "revision", "start", "end"], name="claims_appearance_once"
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="claims_appearance_has_length"
            ),
        ]

    def __str__(self) -> str:
        return self.exact


class Quantity(models.Model):
    """A number as the claim uses it. `value` is in base units: 26 million is 26000000."""

    COMPARATORS = ("=", "~", ">", ">=", "<", "<=", "range")

    appearance = models.ForeignKey(Appearance, models.CASCADE, related_name="quantities")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=40, decimal_places=12)
    # The higher bound of a range, whose lower one is `value`.
    upper = models.DecimalField(max_digits=40, decimal_places=12, null=True)
    unit = models.CharField(max_length=60, blank=True, default="")
    comparator = models.CharField(max_length=5, default="=")
    vague = models.BooleanField(default=False)
    change_direction = models.CharField(max_length=10, blank=True, default="")
    change_from = models.DecimalField(max_digits=40, decimal_places=12, null=True)
    change_to = models.DecimalField(max_digits=40, decimal_places=12, null=True)
    change_by = models.DecimalField(max_digits=40, decimal_places=12, null=True)
    change_unit = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        verbose_name_plural = "quantities"
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="claims_quantity_has_length"
            ),
            models.CheckConstraint(
                condition=Q(comparator__in=("=", "~", ">", ">=", "<", "<=", "range")),
                name="claims_quantity_comparator_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{plain(self.value)} {self.unit}".strip()

    @property
    def has_change(self) -> bool:
        """Whether the claim speaks of a change and not of a level."""
        return (
            self.change_from is not None
            or self.change_to is not None
            or (self.change_by is not None)
        )


class DateMention(models.Model):
    """A date as the claim uses it, resolved against the article's: ISO 8601 (EDTF's `a/b`, `~`).

    `iso` is empty where the text does not settle it.
    """

    appearance = models.ForeignKey(Appearance, models.CASCADE, related_name="dates")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    iso = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="claims_datemention_has_length"
            )
        ]

    def __str__(self) -> str:
        return self.iso


def plain(value: Decimal) -> str:
    """A decimal as people write it: no trailing zeros, no exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
