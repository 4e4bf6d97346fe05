"""What happens at the door, written into the audit trail: it is told by signals from below."""

from datetime import datetime
from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from factcheck.accounts import throttling
from factcheck.accounts.models import Attempts, User
from factcheck.accounts.throttling import Limit
from factcheck.audit.trail import record


def connect() -> None:
    """Listen. Again changes nothing: a signal knows its listeners."""
    throttling.burst.connect(on_burst)
    for signal in (authenticator_added, authenticator_removed, authenticator_reset):
        signal.connect(ON_FACTOR[signal])
    password_changed.connect(on_password_changed)
    password_reset.connect(on_password_reset)


@transaction.atomic
def on_burst(*, limit: Limit, subject: str, address: str, at: datetime, **_: object) -> None:
    """Write down that a limit was passed, naming a person only if there is one of that name.

    What was typed is not kept: people type passwords into the wrong field.
    """
    found = _of(limit, subject)
    data: dict[str, Any] = {"limit": limit.code, "address": address}
    # The row of the counter is as good a target as any where nobody of that name exists.
    target = found or Attempts(pk=0)
    record(action="sign_in.burst", target=target, by=None, at=at, data=data)


def _of(limit: Limit, subject: str) -> User | None:
    if limit == throttling.CODES:
        return User.objects.filter(pk=subject).first()
    if limit in (throttling.NAME, throttling.NAME_AND_ADDRESS):
        return User.objects.filter(username__iexact=subject.split("\n", maxsplit=1)[0]).first()
    if limit == throttling.RESET_MAIL:
        return User.objects.filter(email__iexact=subject).first()
    return None


def on_factor_added(*, user: User, authenticator: Authenticator, **_: object) -> None:
    """Write down a new authenticator app or passkey."""
    _record_factor("second_factor.added", user, authenticator)


def on_factor_removed(*, user: User, authenticator: Authenticator, **_: object) -> None:
    """Write down that one was taken away."""
    _record_factor("second_factor.removed", user, authenticator)


def on_factor_renewed(*, user: User, authenticator: Authenticator, **_: object) -> None:
    """Write down new recovery codes."""
    _record_factor("second_factor.renewed", user, authenticator)


def on_password_changed(*, request: HttpRequest, user: User, **_: object) -> None:
    """Write it down, and forget the sessions that it ended."""
    _record_password("password.changed", request, user)


def on_password_reset(*, request: HttpRequest, user: User, **_: object) -> None:
    """Write it down, and forget the sessions that it ended."""
    _record_password("password.reset", request, user)


ON_FACTOR = {
    authenticator_added: on_factor_added,
    authenticator_removed: on_factor_removed,
    authenticator_reset: on_factor_renewed,
}


@transaction.atomic
def _record_factor(action: str, user: User, authenticator: Authenticator) -> None:
    data = {"kind": str(authenticator.type)}
    record(action=action, target=user, by=user, at=timezone.now(), data=data)


@transaction.atomic
def _record_password(action: str, request: HttpRequest, user: User) -> None:
    record(action=action, target=user, by=user, at=timezone.now())
    ended = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    Session.objects.filter(session_key__in=ended.values("session_key")).delete()
    ended.delete()
