"""How the sign-in library is told our ways: mails, words, limits, and secrets under a key."""

import base64
import hashlib
import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from factcheck.accounts import signing_in
from factcheck.accounts.models import User
from factcheck.accounts.signing_in import SignInFailedError
from factcheck.accounts.throttling import SignInThrottledError

logger = logging.getLogger(__name__)
NO_ADDRESS = "::"  # where the web server knows none; the column wants one


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; mails go to the person's own address and never break a page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody: people are invited."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the visitor's address."""
        return signing_in.address_of(request) or NO_ADDRESS

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Whether it is the person's password, under the same limits as at the door."""
        try:
            signing_in.prove(
                username=user.get_username(),
                password=password,
                address=signing_in.address_of(current.request),
                at=timezone.now(),
            )
        except SignInFailedError:
            return False
        except SignInThrottledError as error:
            raise ValidationError(error.text) from error
        return True

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the person of a change to their account, where they have an address."""
        mine = user.email if isinstance(user, User) else ""
        super().send_notification_mail(template_prefix, user, context, email or mine)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send; where the mail server is away, say so in the log, and nothing to the visitor."""
        if not email:
            return
        given = {"desk_name": settings.DESK_NAME, "public_url": settings.PUBLIC_URL}
        try:
            super().send_mail(template_prefix, email, context | given)
        except (OSError, SMTPException):
            logger.exception("a mail could not be sent")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps lie in the database under a key made from the secret key."""

    def encrypt(self, text: str) -> str:
        """Return the text under the key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the text. Raises InvalidToken if it was written under another secret key."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """Return what the authenticator app shows above the code."""
        return settings.DESK_NAME

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """Return what the authenticator app shows beside it."""
        return user.get_username()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002
        """Return a name for a new passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {number + 1}" if number else "Passkey"

    def _get_site_name(self) -> str:
        return settings.DESK_NAME


def _cipher() -> Fernet:
    key = hashlib.sha256(b"factcheck.second-factor\n" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
