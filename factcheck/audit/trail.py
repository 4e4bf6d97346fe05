"""Writing to the audit trail."""

from datetime import datetime
from typing import Any

from django.db import models

from factcheck.accounts.models import User
from factcheck.audit.models import Event


def record(
    *,
    action: str,
    target: models.Model,
    by: User | None,
    at: datetime,
    data: dict[str, Any] | None = None,
) -> None:
    """Append an event; call it inside the transaction of the change it speaks of.

    `by` is None for what the machine did. `data` holds JSON values only.
    """
    Event.objects.create(
        at=at,
        actor_id=by.pk if by else None,
        actor_name=by.username if by else "",
        action=action,
        target_type=target._meta.label_lower,  # noqa: SLF001 (Django's public spelling)
        target_id=str(target.pk),
        data=data or {},
    )
