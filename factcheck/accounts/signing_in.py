"""Proving who somebody is, with a limit on guessing."""

import hashlib
import logging
import math
from datetime import datetime

from django.contrib.auth import authenticate
from django.core.cache import cache
from redis.exceptions import RedisError

from factcheck.accounts.models import User
from factcheck.errors import Permanent, Retryable

logger = logging.getLogger(__name__)

ATTEMPTS = 10  # failures for one name from one address within a window
WINDOW = 15 * 60  # seconds


class SignInFailedError(Permanent):
    """The name and the password do not match, or the person is not active."""

    code = "sign_in_failed"


class SignInThrottledError(Retryable):
    """Too many failures in this window."""

    code = "sign_in_throttled"


def prove(*, username: str, password: str, address: str, at: datetime) -> User:
    """Return the person of this name and password; `address` is where the attempt comes from.

    Failures are counted for a name and address in windows of fifteen minutes, so that a guesser
    elsewhere locks nobody out. Raises SignInFailedError and SignInThrottledError.
    """
    window, elapsed = divmod(at.timestamp(), WINDOW)
    who = hashlib.sha256(f"{username.casefold()}\n{address}".encode()).hexdigest()
    key = f"sign-in:{int(window)}:{who}"
    if _count(key) > ATTEMPTS:
        raise SignInThrottledError(minutes=math.ceil((WINDOW - elapsed) / 60))
    person = authenticate(username=username, password=password)
    if not isinstance(person, User):
        raise SignInFailedError
    _forget(key)
    return person


def _count(key: str) -> int:
    """Count this attempt and return how many there were; without the cache, nobody is refused."""
    try:
        cache.add(key, 0, timeout=WINDOW)
        return cache.incr(key)
    except (RedisError, ValueError):
        logger.warning("sign-in attempts cannot be counted: the cache is away")
        return 0


def _forget(key: str) -> None:
    try:
        cache.delete(key)
    except RedisError:
        logger.warning("sign-in attempts cannot be forgotten: the cache is away")
