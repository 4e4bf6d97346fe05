from django.db import models


class InvitationState(models.TextChoices):
    """What has become of an invitation; worked out from its times, not stored."""

    OPEN = "open", "open"
    ACCEPTED = "accepted", "accepted"
    EXPIRED = "expired", "expired"
    REVOKED = "revoked", "revoked"
