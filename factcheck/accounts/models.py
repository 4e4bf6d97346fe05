from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac


class Role(models.TextChoices):
    """What a person is at the desk. An admin manages people and approves nothing."""

    CHECKER = "checker", "checker"
    EDITOR = "editor", "editor"
    ADMIN = "admin", "admin"


class User(AbstractUser):
    """A person at the desk, with exactly one role.

    `may_publish_alone` is granted by an admin to an editor, for emergencies. Raising
    `session_generation` ends every session of the person at its next request.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(max_length=120, blank=True, default="")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.CHECKER)
    may_publish_alone = models.BooleanField(default=False)
    session_generation = models.PositiveIntegerField(default=0)

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

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind sessions to the password and the generation; Django asks for this name."""
        if not self.session_generation:
            # As before there were generations: nobody was signed out by the upgrade.
            bound: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
            return bound
        value = f"{self.password}\n{self.session_generation}"
        salt = "factcheck.accounts.sessions"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()


class Attempts(models.Model):
    """How often something was tried within a window, by the SHA-256 of what it was tried on."""

    key = models.CharField(max_length=64, unique=True)
    number = models.PositiveIntegerField()
    window_ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "attempts"

    def __str__(self) -> str:
        return f"{self.number} until {self.window_ends_at:%H:%M}"
