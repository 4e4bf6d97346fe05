"""A child on a leash: killed, with all that it started, when it takes too long or too much.

A browser reserves far more addresses than it uses, so that the system's own limit on memory
(RLIMIT_AS) cannot hold it; what its processes really use is read from /proc.
"""

import os
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Literal

_LOOK_EVERY = 0.1
_FAREWELLS = 500  # looks at whether all are gone; who starts others as it dies ends here too
_PAGE = os.sysconf("SC_PAGE_SIZE")
_GONE = frozenset("ZX")  # ended, and waiting for its parent to hear of it
_BLOCK = 512  # what st_blocks counts in

Ending = Literal["ended", "timed_out", "memory", "output"]


@dataclass(frozen=True, slots=True)
class Leash:
    """A child that leads a session of its own; bytes of memory, and of files under `output`."""

    child: "subprocess.Popen[bytes]"
    memory: int
    output: Path
    most: int

    def hold(self, *, until: float) -> Ending:
        """Wait for the child's end, or bring it about; say which. Nothing it started is left."""
        try:
            while self.child.poll() is None:
                if monotonic() >= until:
                    return "timed_out"
                if self._used() > self.memory:
                    return "memory"
                if _size(self.output) > self.most:
                    return "output"
                sleep(_LOOK_EVERY)
        finally:
            self._end()
        return "ended"

    def _used(self) -> int:
        """Return the bytes that the child's session uses by itself, what it shares left out."""
        return sum(_private(process) for process in _session(self.child.pid))

    def _end(self) -> None:
        for _ in range(_FAREWELLS):
            # Looked at first, so that the child is not taken for living once it has ended.
            alive = self.child.poll() is None
            left = {*_session(self.child.pid), *([self.child.pid] if alive else [])}
            if not left:
                break
            for process in left:
                with suppress(OSError):
                    os.kill(process, signal.SIGKILL)
            sleep(_LOOK_EVERY / 10)
        self.child.wait()


def _session(leader: int) -> list[int]:
    """Return the living processes of a leader's session. Linux alone; elsewhere none."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            fields = (place / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == leader and fields[0] not in _GONE:
                found.append(int(place.name))
    return found


def _private(process: int) -> int:
    with suppress(OSError, ValueError, IndexError):
        resident, shared = Path(f"/proc/{process}/statm").read_text().split()[1:3]
        return max(0, int(resident) - int(shared)) * _PAGE
    return 0


def _size(place: Path) -> int:
    """Return the bytes on the disk below `place`; files may come and go meanwhile."""
    total = 0
    for folder, _, names in os.walk(place):
        for name in names:
            with suppress(OSError):
                total += (Path(folder) / name).lstat().st_blocks * _BLOCK
    return total
