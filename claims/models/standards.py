from django.db import models
from django.db.models import Q

from claims.states import StandardLevel
from factcheck.accounts.models import User


class StandardSetting(models.Model):
    """How much the desk makes of one check of the standards gate. Without a row: its default."""

    code = models.CharField(max_length=30, unique=True)
    level = models.CharField(max_length=10, choices=StandardLevel.choices)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=StandardLevel.values),
                name="claims_standardsetting_level_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.level}"
