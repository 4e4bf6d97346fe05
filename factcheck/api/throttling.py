"""Rates: partners with a key by their key, everybody else by address.

Counting lives in the cache. A cache that is away must not take the API with it.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from factcheck.api.models import ApiKey

if TYPE_CHECKING:
    # The framework imports this module while it makes its own views.
    from rest_framework.views import APIView

logger = logging.getLogger(__name__)


def key_of(request: Request) -> ApiKey | None:
    """Return the partner's key that a request was made with, or None."""
    caller: object = request.user
    return caller if isinstance(caller, ApiKey) else None


class ForgivingThrottle(SimpleRateThrottle):
    """A throttle that lets requests through while nothing can be counted."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether the request stays within its rate."""
        try:
            return super().allow_request(request, view)
        except RedisError:
            logger.warning("the cache is away: requests are not counted")
            return True


class AnonymousThrottle(ForgivingThrottle):
    """Requests without a key, by address."""

    scope = "anonymous"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:  # noqa: ARG002
        """Return the counter's name, or None for requests with a key."""
        return None if key_of(request) else f"throttle:anonymous:{self.get_ident(request)}"


class KeyThrottle(ForgivingThrottle):
    """Requests with a key, by key."""

    scope = "key"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:  # noqa: ARG002
        """Return the counter's name, or None for requests without a key."""
        key = key_of(request)
        return f"throttle:key:{key.pk}" if key else None
