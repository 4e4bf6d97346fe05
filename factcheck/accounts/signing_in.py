"""Proving who somebody is by name and password, with a limit on guessing."""

from datetime import datetime

from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth import authenticate
from django.http import HttpRequest

from factcheck.accounts import throttling
from factcheck.accounts.models import User
from factcheck.errors import Permanent


class SignInFailedError(Permanent):
    """The name and the password do not match, or the person is not active."""

    code = "sign_in_failed"


def prove(*, username: str, password: str, address: str, at: datetime) -> User:
    """Return the person of this name and password; `address` is where the attempt comes from.

    Raises SignInFailedError and SignInThrottledError.
    """
    name = username.casefold()
    counted = [(throttling.NAME_AND_ADDRESS, f"{name}\n{address}"), (throttling.NAME, name)]
    if address:  # an unknown one is everybody's
        counted.append((throttling.ADDRESS, address))
    for limit, subject in counted:
        throttling.spend(limit=limit, subject=subject, at=at, address=address)
    person = authenticate(username=username, password=password)
    if not isinstance(person, User):
        raise SignInFailedError
    throttling.forget(limit=throttling.NAME_AND_ADDRESS, subject=f"{name}\n{address}")
    for limit, subject in counted[1:]:
        throttling.give_back(limit=limit, subject=subject)
    return person


def address_of(request: HttpRequest) -> str:
    """Return the visitor's address; of proxies' words only those of trusted ones count.

    Empty where the web server knows none (it listens on a socket).
    """
    return get_client_ip(request) or ""
