"""A worker's round: many captures beside each other, at hosts that do not know of each other."""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta
from uuid import UUID

from sources import errands, visiting
from sources.capturing import TRIES_FOR_A_TURN, Held, due, settle, take
from sources.errands import Clock
from sources.models import CaptureRequest

TOGETHER = 64  # errands of one worker at a time: most of an errand is waiting
TOGETHER_FOR = timedelta(seconds=60)  # then no more are taken, so that a task stays short


def run_many(*, first: UUID, at_clock: Clock) -> int:
    """Capture the request `first` and, beside it, others that are due at other hosts.

    The errands run in threads, so that a slow host holds up nobody else; the database is used by
    the calling thread alone. Returns how many requests were settled. What an errand or the store
    raised is raised once all others are settled; the row it belongs to waits for its lease.
    """
    until = at_clock() + TOGETHER_FOR
    crew = _Crew(at_clock)
    with ThreadPoolExecutor(TOGETHER, thread_name_prefix="errand") as pool:
        crew.start(pool, [first], tries=TRIES_FOR_A_TURN)
        while True:
            if at_clock() < until:
                crew.start(pool, due(at=at_clock(), limit=4 * TOGETHER), tries=1)
            if not crew.flying:
                break
            crew.settle_next()
    if crew.crash is not None:
        raise crew.crash
    return crew.settled


class _Crew:
    """The errands that are under way, and what became of them."""

    def __init__(self, at_clock: Clock) -> None:
        self._clock = at_clock
        self.flying: dict[Future[errands.Outcome], Held] = {}
        self.settled = 0
        self.crash: Exception | None = None

    def start(self, pool: ThreadPoolExecutor, waiting: list[UUID], *, tries: int) -> None:
        """Claim as many of `waiting` as there is room for and send somebody for each."""
        for request_id in self._apart(waiting):
            if len(self.flying) < TOGETHER:
                held = take(request_id, self._clock, tries=tries)
                if held is not None:
                    self.flying[pool.submit(errands.go, held.errand, clock=self._clock)] = held

    def _apart(self, waiting: list[UUID]) -> Iterator[UUID]:
        """Yield one row for each host that none of us is at: for others the claim is in vain."""
        busy = {held.turn.host for held in self.flying.values()}
        rows = CaptureRequest.objects.filter(pk__in=waiting)
        addresses = dict(rows.values_list("pk", "source__url"))
        for request_id in waiting:
            host = visiting.host_of(addresses[request_id])
            if host not in busy:
                busy.add(host)
                yield request_id

    def settle_next(self) -> None:
        """Wait until somebody comes back, and write down how it went."""
        for future in wait(self.flying, return_when=FIRST_COMPLETED).done:
            held = self.flying.pop(future)
            try:
                with visiting.leaving(held.turn, clock=self._clock):
                    settle(held, future.result(), self._clock)
                self.settled += 1
            except Exception as error:  # noqa: BLE001 (raised again when the others are settled)
                self.crash = self.crash or error
