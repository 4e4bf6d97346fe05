from time import monotonic

from sources.fetching.codes import FetchError


class Deadline:
    """The one moment, for the whole of a fetch, by which it has to be over."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = monotonic() + seconds

    def remaining(self, most: float | None = None) -> float:
        """Return the seconds left, `most` at the most. Raises FetchError when none are."""
        left = self._end - monotonic()
        if left <= 0:
            raise self.passed()
        return left if most is None else min(left, most)

    def passed(self) -> FetchError:
        """Return the error that says so."""
        return FetchError("timed_out", seconds=f"{self.seconds:g}")
