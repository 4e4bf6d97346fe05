from django.db import models
from django.db.models import Q

from claims.models import Verdict
from factcheck.accounts.models import User


class ApiKey(models.Model):
    """A partner's key. Only its SHA-256 is kept: the key itself is shown once.

    A key is 256 random bits, so a plain digest is as hard to invert as a slow hash.
    """

    partner = models.CharField(max_length=120)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "API key"
        constraints = [
            models.CheckConstraint(condition=~Q(partner=""), name="api_key_partner_named"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=models.F("created_at")),
                name="api_key_revoked_after_made",
            ),
        ]

    # REST framework's throttling and browsable parts ask a request's user for this.
    is_authenticated = True

    def __str__(self) -> str:
        return f"{self.partner} ({self.prefix}…)"


class Receipt(models.Model):
    """A key was served a version of a verdict, by its number in the change sequence."""

    key = models.ForeignKey(ApiKey, models.PROTECT, related_name="receipts")
    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "verdict", "seq"], name="api_receipt_once"),
            models.CheckConstraint(
                condition=Q(last_at__gte=models.F("first_at")), name="api_receipt_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.verdict_id} at {self.seq}"


class ListReceipt(models.Model):
    """A key read the list from one number to another, without a hole: it holds what stood there."""

    key = models.ForeignKey(ApiKey, models.PROTECT, related_name="list_receipts", db_index=False)
    after = models.BigIntegerField()
    upto = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(upto__gt=models.F("after")), name="api_list_receipt_of_something"
            )
        ]
        indexes = [models.Index(fields=["key", "upto"], name="api_list_receipt_of_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.after} to {self.upto}"
