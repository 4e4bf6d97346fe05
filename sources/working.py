"""A worker's round: many captures beside each other, at hosts that do not know of each other."""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta
from uuid import UUID

from sources import errands, visiting
from sources.capturing import TRIES_FOR_A_TURN, Held, due, settle, take
from sources.errands import Clock

TOGETHER = 8  # errands of one worker at a time
TOGETHER_FOR = timedelta(seconds=60)  # then no more are taken, so that a task stays short


def run_many(*, first: UUID, at_clock: Clock) -> int:
    """Capture the request `first` and, beside it, others that are due at other hosts.

    The errands run in threads, so that a slow host holds up nobody else; the database is used by
    the calling thread alone. Returns how many requests were settled.
    """
    until = at_clock() + TOGETHER_FOR
    tried: set[UUID] = set()
    flying: dict[Future[errands.Outcome], Held] = {}
    settled = 0
    with ThreadPoolExecutor(TOGETHER, thread_name_prefix="errand") as pool:
        try:
            while True:
                if at_clock() < until:
                    for held in _take_more(first, tried, TOGETHER - len(flying), at_clock):
                        flying[pool.submit(errands.go, held.errand, clock=at_clock)] = held
                if not flying:
                    return settled
                for future in wait(flying, return_when=FIRST_COMPLETED).done:
                    held = flying.pop(future)
                    with visiting.leaving(held.turn, clock=at_clock):
                        settle(held, future.result(), at_clock)
                    settled += 1
        finally:
            # Only a crash leaves some: their rows wait for their leases, their hosts need not.
            for held in flying.values():
                visiting.leave(held.turn, at=at_clock())


def _take_more(first: UUID, tried: set[UUID], room: int, at_clock: Clock) -> Iterator[Held]:
    """Claim up to `room` requests: `first`, then whatever else is due and was not tried yet."""
    waiting = [first, *(due(at=at_clock(), limit=4 * TOGETHER) if room else ())]
    for request_id in dict.fromkeys(waiting):
        if room and request_id not in tried:
            tried.add(request_id)
            held = take(request_id, at_clock, tries=TRIES_FOR_A_TURN if request_id == first else 1)
            if held is not None:
                room -= 1
                yield held
