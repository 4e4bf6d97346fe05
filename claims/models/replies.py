from django.db import models
from django.db.models import Q

from claims.models.claims import Claim
from claims.states import ReplyKind
from factcheck.accounts.models import User


class ReplyEntry(models.Model):
    """A line of the log of a claimant's right of reply. Never changes; a later line corrects it.

    `whom` stays at the desk; the rest may be read by anybody. `by` is None where the claimant
    answered through the desk's own link.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=10, choices=ReplyKind.choices)
    on = models.DateField()
    whom = models.CharField(max_length=200, blank=True, default="")
    means = models.CharField(max_length=100, blank=True, default="")
    words = models.CharField(max_length=5000, blank=True, default="")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "reply entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ReplyKind.values), name="claims_replyentry_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=(ReplyKind.ANSWERED, ReplyKind.NOT_ASKED)) | ~Q(words=""),
                name="claims_replyentry_says_what",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReplyKind.NOT_ASKED) | ~Q(means=""),
                name="claims_replyentry_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ReplyKind.ASKED) | ~Q(whom=""),
                name="claims_replyentry_says_whom",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(kind=ReplyKind.ANSWERED),
                name="claims_replyentry_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"
