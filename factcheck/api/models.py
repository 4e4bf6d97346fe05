from django.db import models
from django.db.models import Q

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
