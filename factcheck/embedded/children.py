"""Start and stop single processes on a leash: none outlives the one that started it."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO

LEASH = Path(__file__).with_name("leash.py")
NOBODY = 65534


def spawn(
    command: list[str],
    *,
    env: Mapping[str, str] | None = None,
    output: IO[bytes] | int | None = None,
    death_signal: int = signal.SIGKILL,
    identity: str = "keep",
) -> subprocess.Popen[bytes]:
    """Start a command in its own session, tied to this process by `death_signal`.

    Start it from the main thread: the kernel ties a child to the thread that made it.
    """
    leash = [sys.executable, "-I", "-S", str(LEASH), str(os.getpid()), str(int(death_signal))]
    return subprocess.Popen(  # noqa: S603 (our own command lines)
        [*leash, identity, *command],
        env=None if env is None else dict(env),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def identity_for(data: Path) -> str:
    """Return the leash's identity for a server that refuses to run as root.

    As root, a directory of another user is served as that user; one of root's through a user
    namespace, or, where the machine allows none, as nobody (who then must own it).
    """
    if os.geteuid() != 0:
        return "keep"
    owner = data.stat().st_uid if data.exists() else 0
    if owner != 0:
        return f"drop:{owner}"
    return f"map:{NOBODY}" if can_map() else f"drop:{NOBODY}"


@cache
def can_map() -> bool:
    """Whether this machine lets us make a user namespace."""
    if sys.platform != "linux":
        return False
    try:
        trial = spawn(["true"], output=subprocess.DEVNULL, identity=f"map:{NOBODY}")
        return trial.wait(timeout=10) == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def stop(process: subprocess.Popen[bytes], number: int, *, within: float) -> bool:
    """Ask a process to end, and kill its whole session when it does not; return whether it did."""
    if process.poll() is None:
        process.send_signal(number)
    try:
        process.wait(timeout=within)
    except subprocess.TimeoutExpired:
        kill_session(process)
        return False
    return True


def kill_session(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and everything that it started in its session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
