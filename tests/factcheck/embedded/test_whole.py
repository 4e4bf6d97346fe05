"""`manage.py up` as a person meets it: started, killed, started again, stopped."""

import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from factcheck.embedded.places import ROOT

pytestmark = [pytest.mark.embedded, pytest.mark.services]
OURS = ("DATABASE_URL", "REDIS_URL", "FACTCHECK_", "DJANGO_")


class Up:
    """One run of `manage.py up`, its lines read by a thread."""

    def __init__(self, home: Path, port: int) -> None:
        self.port = port
        kept = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        self.process = subprocess.Popen(
            [
                *(sys.executable, "manage.py", "up", "--no-demo"),
                *("--data", str(home), "--port", str(port)),
            ],
            env=kept,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.said: list[str] = []
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put("")

    def until(self, pattern: str, *, seconds: float = 90) -> str:
        """Return the first line that matches; fail with everything said when there is none."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            line = self.lines.get(timeout=left)
            self.said.append(line)
            if re.search(pattern, line):
                return line
            if not line:
                break
        raise AssertionError("".join(self.said))

    def health(self) -> dict[str, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as answer:
            return dict(json.load(answer))

    def family(self) -> set[int]:
        """Return every process that this run has started, its children's children included."""
        found: set[int] = set()
        look = {self.process.pid}
        while look:
            parent = look.pop()
            for task in Path(f"/proc/{parent}/task").glob("*/children"):
                children = {int(pid) for pid in task.read_text().split()}
                look |= children - found
                found |= children
        return found


@contextmanager
def running(home: Path, port: int) -> Iterator[Up]:
    up = Up(home, port)
    try:
        yield up
    finally:
        up.process.kill()
        up.process.wait()
        up.reader.join()
        assert up.process.stdout is not None
        up.process.stdout.close()


def command(home: Path, name: str) -> str:
    """Return what a command prints that joins the instance in `home`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    run = [sys.executable, "manage.py", name]
    env = kept | {"FACTCHECK_HOME": str(home)}
    return subprocess.check_output(run, env=env, cwd=ROOT, text=True)


def alive(processes: set[int]) -> set[int]:
    return {pid for pid in processes if Path(f"/proc/{pid}").exists()}


def all_gone(processes: set[int], *, within: float) -> bool:
    deadline = time.monotonic() + within
    while alive(processes) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not alive(processes)


def test_it_starts_survives_a_kill_and_stops(tmp_path: Path) -> None:
    home = tmp_path / "a place" / "var"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with running(home, port) as first:
        first.until("is running at")
        assert first.health()["status"] == "ok"
        first.until("sweeper .* looking")
        with running(home, port + 1) as second:
            second.until(f"already running from .* at http://127.0.0.1:{port}")
            assert second.process.wait() == 1
        assert "the trail verifies" in command(home, "verify_audit")
        family = first.family()
        assert len(family) > 8
        first.process.kill()
        assert all_gone(family, within=15)

    with running(home, port) as again:
        again.until("is running at")
        assert not any("bringing the database" in line for line in again.said)
        family = again.family()
        again.process.send_signal(signal.SIGINT)
        again.until("the data are kept")
        assert again.process.wait(timeout=30) == 0
        assert all_gone(family, within=5)
