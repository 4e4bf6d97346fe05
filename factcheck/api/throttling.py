"""Rates: partners with a key by their key, everybody else by address.

One counter for each caller and window (factcheck/counting.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from factcheck.api.models import ApiKey
from factcheck.counting import count, remaining

if TYPE_CHECKING:
    # The framework imports this module while it makes its own views.
    from rest_framework.views import APIView


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
        return count(name, seconds=self.duration) <= self.num_requests

    def wait(self) -> float:
        """Return the seconds until the next window begins."""
        return remaining(seconds=self.duration)


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
