"""Rates: partners with a key by their key, everybody else by address.

One counter for each caller and window, raised in one round trip. Counts live in the broker's
server; while it is away requests go uncounted, because it must not take the API with it.
"""

from __future__ import annotations

import logging
import time
from functools import cache
from typing import TYPE_CHECKING

import redis
from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from factcheck.api.models import ApiKey

if TYPE_CHECKING:
    # The framework imports this module while it makes its own views.
    from rest_framework.views import APIView

logger = logging.getLogger(__name__)


@cache
def counters() -> redis.Redis:
    """Return the client of the counters' server; it connects when it is first used."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=0.5)


def key_of(request: Request) -> ApiKey | None:
    """Return the partner's key that a request was made with, or None."""
    caller: object = request.user
    return caller if isinstance(caller, ApiKey) else None


class WindowThrottle(SimpleRateThrottle):
    """So many requests in each window of a second, minute, hour or day."""

    # Set by the framework from the scope's rate.
    num_requests: int
    duration: int

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether the request stays within its rate."""
        name = self.get_cache_key(request, view)
        if name is None or self.rate is None:
            return True
        window = int(time.time() // self.duration)
        try:
            number = _raise_counter(f"factcheck:{name}:{window}", self.duration)
        except redis.RedisError:
            logger.warning("the counters' server is away: requests are not counted")
            return True
        return number <= self.num_requests

    def wait(self) -> float:
        """Return the seconds until the next window begins."""
        return self.duration - time.time() % self.duration


class AnonymousThrottle(WindowThrottle):
    """Requests without a key, by address."""

    scope = "anonymous"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:  # noqa: ARG002
        """Return the counter's name, or None for requests with a key."""
        return None if key_of(request) else f"throttle:anonymous:{self.get_ident(request)}"


class KeyThrottle(WindowThrottle):
    """Requests with a key, by key."""

    scope = "key"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:  # noqa: ARG002
        """Return the counter's name, or None for requests without a key."""
        key = key_of(request)
        return f"throttle:key:{key.pk}" if key else None


def _raise_counter(name: str, seconds: int) -> int:
    pipeline = counters().pipeline(transaction=False)
    pipeline.incr(name)
    pipeline.expire(name, 2 * seconds)
    number: int = pipeline.execute()[0]
    return number
