"""Making, finding and revoking partners' keys."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from factcheck.accounts.models import User
from factcheck.api.models import ApiKey
from factcheck.audit.trail import record

START = "fc_"


@transaction.atomic
def issue(*, partner: str, by: User | None, at: datetime) -> tuple[ApiKey, str]:
    """Make a key for a partner; return its row and the key, which is never shown again."""
    key = START + secrets.token_urlsafe(32)
    row = ApiKey.objects.create(
        partner=partner, prefix=key[:8], digest=digest(key), created_by=by, created_at=at
    )
    record(action="key.issued", target=row, by=by, at=at, data={"partner": partner})
    return row, key


@transaction.atomic
def revoke(*, key: ApiKey, by: User | None, at: datetime) -> ApiKey:
    """Make a key useless from now on. Again is a no-op."""
    key = ApiKey.objects.select_for_update().get(pk=key.pk)
    if key.revoked_at is None:
        key.revoked_at = at
        key.save(update_fields=["revoked_at"])
        record(action="key.revoked", target=key, by=by, at=at, data={"partner": key.partner})
    return key


def find(key: str) -> ApiKey | None:
    """Return the live key's row, or None."""
    return ApiKey.objects.filter(digest=digest(key), revoked_at=None).first()


def digest(key: str) -> str:
    """Return the SHA-256 of a key, as lower-case hex."""
    return hashlib.sha256(key.encode()).hexdigest()
