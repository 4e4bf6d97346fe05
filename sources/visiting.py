"""Politeness: one request in flight to a host, a gap between two, and what robots.txt says."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import sleep
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from sources.fetching import FetchPolicy, fetch, parse
from sources.fetching.policy import MEGABYTE
from sources.fetching.robots import Robots, of_answer
from sources.models import Host

Clock = Callable[[], datetime]

PRODUCT = "Factcheck"
_ROBOTS_KEPT = timedelta(hours=24)  # RFC 9309, 2.4
_ROBOTS_UNKNOWN = timedelta(minutes=10)
_ROBOTS_DEADLINE = 10.0
_TRIES = 20
_BETWEEN = 0.1  # seconds
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Turn:
    """A worker's turn at a host."""

    origin: str
    visitor: UUID


def origin_of(url: str) -> str:
    """Return scheme, host and port of a normalised address."""
    target = parse(url)
    return f"{target.scheme}://{target.authority}"


def enter(*, url: str, visitor: UUID, at: datetime, within: timedelta) -> Turn | None:
    """Take the turn at the host of `url` for `within` at the most; None while it is not free."""
    origin = origin_of(url)
    if not Host.objects.filter(pk=origin).exists():
        Host.objects.bulk_create([Host(origin=origin, next_at=at)], ignore_conflicts=True)
    free = Q(busy_until__isnull=True) | Q(busy_until__lte=at)
    taken = Host.objects.filter(free, pk=origin, next_at__lte=at).update(
        visitor=visitor, busy_until=at + within
    )
    return Turn(origin, visitor) if taken else None


def wait(*, url: str, visitor: UUID, clock: Clock, within: timedelta) -> Turn | None:
    """Take the turn as `enter` does, waiting a moment for it to come free.

    A fetch takes a fraction of a second as a rule, so that this is quicker than coming back.
    """
    for _ in range(_TRIES):
        turn = enter(url=url, visitor=visitor, at=clock(), within=within)
        if turn is not None:
            return turn
        sleep(_BETWEEN)
    return None


def leave(turn: Turn, *, at: datetime) -> None:
    """Give the turn back; the host is left alone for a while. A turn that was lost stays lost."""
    Host.objects.filter(pk=turn.origin, visitor=turn.visitor).update(
        visitor=None, busy_until=None, next_at=at + _gap(turn.origin)
    )


def robots(*, url: str, policy: FetchPolicy, clock: Clock) -> Robots | None:
    """Return what the host's robots.txt says, asked for once a day; None when it is not known.

    Call it while holding the turn at the host.
    """
    at = clock()
    host = Host.objects.get(pk=origin_of(url))
    if host.robots_until is None or host.robots_until <= at:
        host = _ask(host, policy=policy, clock=clock)
    return of_answer(host.robots_status, host.robots_text.encode(), product=PRODUCT)


def _ask(host: Host, *, policy: FetchPolicy, clock: Clock) -> Host:
    bounds = replace(policy, deadline=_ROBOTS_DEADLINE, wire_bytes=MEGABYTE, decoded_bytes=MEGABYTE)
    with fetch(f"{host.origin}/robots.txt", policy=bounds, clock=clock) as result:
        # Over its cap or in another way broken is as good as not there; silence is not.
        known = result.state == "stored" or not result.retryable
        text = result.body.read().decode("utf-8", "replace") if result.state == "stored" else ""
        status = (result.status or 404) if result.state == "stored" else 404
    host.robots_text = text.replace("\x00", "")
    host.robots_status = status if known else None
    host.robots_until = clock() + (_ROBOTS_KEPT if known else _ROBOTS_UNKNOWN)
    host.save(update_fields=["robots_text", "robots_status", "robots_until"])
    return host


def _gap(origin: str) -> timedelta:
    """Our own machine needs no rest: loopback is reached in tests and the demonstration alone."""
    if parse(f"{origin}/").host in _LOOPBACK:
        return timedelta(0)
    return timedelta(seconds=settings.FETCH_HOST_GAP_SECONDS)
