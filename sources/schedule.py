"""When a request is tried again, and when a source is looked at again. Pure arithmetic."""

from dataclasses import dataclass
from datetime import datetime, timedelta

MAX_ATTEMPTS = 4
FIRST_WAIT = timedelta(seconds=30)  # then four times as long after each failure
LONGEST_WAIT = timedelta(hours=1)

# In days. While nothing changes a source moves up: days, then weeks, then months.
LADDER = (1, 2, 4, 7, 14, 30, 60, 90)
# A source that a published verdict cites is never left alone for longer.
CLOSELY = 7
LONGEST = LADDER[-1]
# One bad day, or one bad night of a server, does not make a page dead.
FAILURES_UNTIL_DEAD = 3
FAILURES_APART = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Failures:
    """How often in a row a page could not be had, and when that was last counted."""

    count: int = 0
    counted_at: datetime | None = None

    @property
    def fatal(self) -> bool:
        """Whether the page counts as dead."""
        return self.count >= FAILURES_UNTIL_DEAD


def longer(days: int, *, closely: bool) -> int:
    """Return the step after `days` on the ladder: nothing has changed."""
    following = next((step for step in LADDER if step > days), LONGEST)
    return at_most(following, closely=closely)


def at_most(days: int, *, closely: bool) -> int:
    """Return `days`, or less where the source is watched closely."""
    return min(days, CLOSELY) if closely else days


def after_failure(failures: Failures, *, at: datetime) -> Failures:
    """Count a failure at `at`, unless the last one that counts is too near."""
    near = failures.counted_at is not None and at - failures.counted_at < FAILURES_APART
    if near or failures.fatal:
        return failures
    return Failures(failures.count + 1, at)


def wait_after(attempts: int, retry_after: int | None) -> timedelta:
    """Return how long a request waits after this many attempts; `retry_after` in seconds."""
    own = FIRST_WAIT * int(4 ** (attempts - 1))
    asked = timedelta(seconds=min(retry_after or 0, int(LONGEST_WAIT.total_seconds())))
    return min(max(own, asked), LONGEST_WAIT)
