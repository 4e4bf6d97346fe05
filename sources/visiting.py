"""Politeness: one request in flight to a host, a gap between two, and what robots.txt says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Greatest

from sources.errands import Clock, RobotsFile
from sources.fetching import parse
from sources.models import Host
from sources.models.rules import reached

_BETWEEN = 0.1  # seconds
LONGEST_REST = timedelta(hours=6)  # that anybody may ask for a host
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Turn:
    """A worker's turn at a host; `origin` is the one that was come for."""

    host: str
    origin: str
    visitor: UUID


def origin_of(url: str) -> str:
    """Return scheme, host and port of a normalised address."""
    target = parse(url, private=True)  # a source was checked before it got here
    return f"{target.scheme}://{target.authority}"


def host_of(url: str) -> str:
    """Return what is one host: a name, whatever its scheme and port; on loopback, each port."""
    host = parse(url, private=True).host
    return origin_of(url) if host in _LOOPBACK else host


def enter(*, url: str, visitor: UUID, at: datetime, within: timedelta) -> Turn | None:
    """Take the turn at the host of `url` for `within` at the most; None while it is not free."""
    host = host_of(url)
    if not Host.objects.filter(pk=host).exists():
        Host.objects.bulk_create([Host(origin=host, next_at=at)], ignore_conflicts=True)
    free = Q(busy_until__isnull=True) | reached("busy_until", at=at, within=within)
    rested = reached("next_at", at=at, within=LONGEST_REST)
    taken = Host.objects.filter(free, rested, pk=host).update(
        visitor=visitor, busy_until=at + within
    )
    return Turn(host, origin_of(url), visitor) if taken else None


def free_at(url: str, *, at: datetime) -> datetime:
    """Return when to come again for `url` after a wait in vain: soon, or after the host's rest."""
    rest = Host.objects.filter(pk=host_of(url)).values_list("next_at", flat=True).first()
    soon = at + timedelta(seconds=1)
    return soon if rest is None else max(soon, rest)


def wait(*, url: str, visitor: UUID, clock: Clock, within: timedelta, tries: int) -> Turn | None:
    """Take the turn as `enter` does, waiting a moment for it to come free.

    A fetch takes a fraction of a second as a rule, so that this is quicker than coming back.
    """
    for number in range(tries):
        if number:
            sleep(_BETWEEN)
        turn = enter(url=url, visitor=visitor, at=clock(), within=within)
        if turn is not None:
            return turn
    return None


def leave(turn: Turn, *, at: datetime) -> None:
    """Give the turn back; the host is left alone for a while. A turn that was lost stays lost."""
    Host.objects.filter(pk=turn.host, visitor=turn.visitor).update(
        visitor=None, busy_until=None, next_at=Greatest(F("next_at"), at + _gap(turn.origin))
    )


def rest(turn: Turn, *, until: datetime) -> None:
    """Leave the host alone until then, because it asked for it, or its operator did."""
    Host.objects.filter(pk=turn.host, next_at__lt=until).update(next_at=until)


@contextmanager
def leaving(turn: Turn, *, clock: Clock) -> Iterator[None]:
    """Give the turn back in the end, whatever happens."""
    try:
        yield
    finally:
        leave(turn, at=clock())


def known_robots(origin: str, *, at: datetime) -> RobotsFile | None:
    """Return the robots.txt that is known of a host; None when it has to be asked for."""
    host = Host.objects.filter(pk=origin, robots_until__gt=at).first()
    if host is None or host.robots_until is None:
        return None
    return RobotsFile(host.robots_status, host.robots_text, host.robots_until)


def keep_robots(origin: str, robots: RobotsFile) -> None:
    """Remember what a host answered for /robots.txt."""
    known = {
        "robots_status": robots.status,
        "robots_text": robots.text,
        "robots_until": robots.until,
    }
    Host.objects.update_or_create(
        pk=origin, defaults=known, create_defaults={**known, "next_at": robots.until}
    )


def _gap(origin: str) -> timedelta:
    """Our own machine needs no rest: loopback is reached in tests and the demonstration alone."""
    if parse(f"{origin}/").host in _LOOPBACK:
        return timedelta(0)
    return timedelta(seconds=settings.FETCH_HOST_GAP_SECONDS)
