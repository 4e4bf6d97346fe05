"""The second factor: who has one, who still needs one, and whether a code is right."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare

from factcheck.accounts.models import User

# Recovery codes help somebody who lost a factor; they are none by themselves.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
PERIOD = 30  # seconds; what every authenticator app uses
DRIFT = 1  # periods that a phone's clock may be off


def has_one(person: User) -> bool:
    """Whether the person set up an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user=person, type__in=FACTORS).exists())


def is_wanting(person: User) -> bool:
    """Whether the desk asks for a second factor that the person does not have yet."""
    return bool(settings.REQUIRE_SECOND_FACTOR) and not has_one(person)


@transaction.atomic
def of_code(*, person: User, code: str, at: datetime) -> Authenticator | None:
    """Return what the code was made by, an app or the list of recovery codes, and use it up.

    A code of an app works once, and no code that is older than the last used one works.
    """
    code = "".join(code.split())
    rows = Authenticator.objects.select_for_update().filter(user=person)
    for row in rows.exclude(type=Authenticator.Type.WEBAUTHN).order_by("-type"):
        try:
            if row.type == Authenticator.Type.TOTP:
                is_right = _use_app(row, code, at)
            else:
                is_right = bool(row.wrap().validate_code(code))
        except InvalidToken:
            # Written under another secret key: no code can match, and an admin has to help.
            continue
        if is_right:
            row.refresh_from_db()
            row.user = person
            return row
    return None


def _use_app(row: Authenticator, code: str, at: datetime) -> bool:
    secret = decrypt(row.data["secret"])
    now = int(at.timestamp()) // PERIOD
    for counter in range(now - DRIFT, now + DRIFT + 1):
        is_right = constant_time_compare(code, format_hotp_value(hotp_value(secret, counter)))
        if is_right and counter > row.data.get("last_counter", -1):
            row.data["last_counter"] = counter
            row.save(update_fields=["data"])
            return True
    return False
