"""Counts of what came from one caller in a window of time, in the broker's server.

They may be lost at any time. While the server is away nothing is counted and nobody is refused: a
limit must not take the product with it.
"""

import logging
import time
from functools import cache

import redis
from django.conf import settings

logger = logging.getLogger(__name__)


@cache
def counters() -> redis.Redis:
    """Return the client of the counters' server; it connects when it is first used."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=0.5)


def count(name: str, *, seconds: int) -> int:
    """Count one more under `name` in the window of so many seconds that is now; one round trip.

    Returns how many there were with this one; 0 while the server is away.
    """
    key = f"factcheck:{name}:{int(time.time() // seconds)}"
    try:
        pipeline = counters().pipeline(transaction=False)
        pipeline.incr(key)
        pipeline.expire(key, 2 * seconds)
        number: int = pipeline.execute()[0]
    except redis.RedisError:
        logger.warning("the counters' server is away: requests are not counted")
        return 0
    return number


def remaining(*, seconds: int) -> float:
    """Return the seconds until the next window begins."""
    return seconds - time.time() % seconds
