from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models


class Role(models.TextChoices):
    """What a person is at the desk. An admin manages people and approves nothing."""

    CHECKER = "checker", "checker"
    EDITOR = "editor", "editor"
    ADMIN = "admin", "admin"


class User(AbstractUser):
    """A person at the desk, with exactly one role.

    `may_publish_alone` is granted by an admin to an editor, for emergencies.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(max_length=120, blank=True, default="")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.CHECKER)
    may_publish_alone = models.BooleanField(default=False)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="accounts_user_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(may_publish_alone=False) | models.Q(role=Role.EDITOR),
                name="accounts_user_only_editors_alone",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """The name that colleagues read."""
        return str(self)
