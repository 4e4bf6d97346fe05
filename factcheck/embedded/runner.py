"""Run several processes as one: readiness, prefixed output, restarts with back-off, ordered stop.

Single-threaded on purpose: the kernel's death signal is tied to the thread that starts a child.
"""

import contextlib
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import FrameType

from factcheck.embedded import children
from factcheck.embedded.errors import LauncherError

COLOURS = (36, 32, 35, 34, 33, 31, 96, 92)
LONGEST_PAUSE = 30.0
SETTLED_AFTER = 30.0  # seconds of life after which the back-off begins anew
KEPT_LINES = 30


class Stopped(Exception):
    """Somebody asked for the end while something was still starting."""


@dataclass(frozen=True, slots=True)
class Service:
    """One process to keep alive. `shows` says which of its lines a person should see."""

    name: str
    command: list[str]
    env: Mapping[str, str]
    is_server: bool = False  # stops after everything that uses it
    stop_signal: int = signal.SIGTERM
    stop_within: float = 12.0
    death_signal: int = signal.SIGKILL
    identity: str = "keep"
    shows: str = ""
    ready: Callable[[], bool] | None = None


@dataclass(slots=True)
class Running:
    """A service with its present process."""

    service: Service
    process: subprocess.Popen[bytes]
    began: float
    failures: int = 0
    start_again_at: float | None = None
    partial: bytes = b""
    lines: list[str] = field(default_factory=list)


class Runner:
    """Supervises services until a signal asks it to stop."""

    def __init__(self) -> None:
        self._services: dict[str, Running] = {}
        self._selector = selectors.DefaultSelector()
        self._stop_asked = 0
        self._colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ

    @contextlib.contextmanager
    def signals(self) -> Iterator[None]:
        """Take over the stopping signals; a second one kills at once."""
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, self._on_signal) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stop_asked += 1
        if self._stop_asked > 1:
            for running in self._services.values():
                children.kill_session(running.process)

    @property
    def has_started(self) -> bool:
        """Whether there is anything to stop."""
        return bool(self._services)

    def start(self, service: Service) -> None:
        """Start a service without waiting for it."""
        self._services[service.name] = Running(service, self._spawn(service), time.monotonic())

    def _spawn(self, service: Service) -> subprocess.Popen[bytes]:
        process = children.spawn(
            service.command,
            env=service.env,
            output=subprocess.PIPE,
            death_signal=service.death_signal,
            identity=service.identity,
        )
        if process.stdout is not None:
            os.set_blocking(process.stdout.fileno(), False)
            self._selector.register(process.stdout, selectors.EVENT_READ, service.name)
        return process

    def wait_ready(self, *names: str, seconds: float = 60) -> None:
        """Return once the named services are ready.

        Raises LauncherError with a service's last words when it ended or took too long, and
        Stopped when somebody asked for the end meanwhile.
        """
        deadline = time.monotonic() + seconds
        waiting = [self._services[name] for name in names]
        while waiting:
            self._pump(0.05)
            for running in list(waiting):
                if running.process.poll() is not None or time.monotonic() > deadline:
                    raise LauncherError(self.last_words(running.service.name))
                if running.service.ready is None or running.service.ready():
                    waiting.remove(running)

    def finish(self, service: Service, *, seconds: float = 600) -> None:
        """Run a service to its end. Raises LauncherError when it fails, Stopped when asked."""
        self.start(service)
        running = self._services[service.name]
        deadline = time.monotonic() + seconds
        while running.process.poll() is None:
            self._pump(0.05)
            if time.monotonic() > deadline:
                break
        failed = running.process.poll() != 0
        children.kill_session(running.process)
        words = self.last_words(service.name)
        del self._services[service.name]
        if failed:
            raise LauncherError(words)

    def last_words(self, name: str) -> str:
        """Say that a service failed, with its last lines."""
        running = self._services[name]
        self._drain(running)
        quoted = "\n".join(f"  {line}" for line in running.lines[-15:])
        return f"{name} failed. Its last words:\n{quoted}"

    def supervise(self) -> None:
        """Keep everything running until somebody asks for the end."""
        with contextlib.suppress(Stopped):
            while True:
                self._pump(0.5)
                for running in list(self._services.values()):
                    self._look_after(running)

    def _look_after(self, running: Running) -> None:
        now = time.monotonic()
        if running.start_again_at is not None:
            if now >= running.start_again_at:
                running.process = self._spawn(running.service)
                running.began, running.start_again_at = now, None
            return
        if running.process.poll() is None:
            return
        self._drain(running)
        children.kill_session(running.process)  # what it left behind must not hold its port
        running.failures = 0 if now - running.began > SETTLED_AFTER else running.failures + 1
        pause = min(LONGEST_PAUSE, 0.5 * 2 ** min(running.failures, 8))
        running.start_again_at = now + pause
        ended = f"ended ({_how(running.process.returncode)}); starting again in {pause:g} s"
        self.say(running.service.name, ended)

    def stop_all(self) -> None:
        """Stop the application, then the servers it uses; kill what does not stop in its time."""
        for is_server in (False, True):
            stage = [r for r in self._services.values() if r.service.is_server is is_server]
            for running in stage:
                if running.process.poll() is None:
                    running.process.send_signal(running.service.stop_signal)
            began = time.monotonic()
            while any(_is_stopping(running, began) for running in stage):
                self._pump(0.05, stopping=True)
            for running in stage:
                self._drain(running)
                children.kill_session(running.process)
        self._services.clear()

    def _pump(self, seconds: float, *, stopping: bool = False) -> None:
        """Pass output on for a moment. Raises Stopped when somebody asked for the end."""
        if self._stop_asked and not stopping:
            raise Stopped
        for key, _ in self._selector.select(seconds):
            self._read(self._services[key.data], key)
        if self._stop_asked and not stopping:
            raise Stopped

    def _read(self, running: Running, key: selectors.SelectorKey) -> bool:
        """Pass on what a process wrote; return whether there may be more."""
        try:
            data = os.read(key.fd, 65536)
        except BlockingIOError:
            return False
        if not data:
            self._selector.unregister(key.fileobj)
        *lines, running.partial = (running.partial + data).split(b"\n")
        for line in lines:
            self._line(running, line.decode(errors="replace").rstrip())
        return bool(data)

    def _drain(self, running: Running) -> None:
        """Pass on what is left of an ended process, and let go of its pipe."""
        for key in list(self._selector.get_map().values()):
            if key.data == running.service.name:
                while self._read(running, key):
                    pass
        if running.partial:
            self._line(running, running.partial.decode(errors="replace"))
            running.partial = b""
        pipe = running.process.stdout
        if pipe is not None and not pipe.closed:
            with contextlib.suppress(KeyError):
                self._selector.unregister(pipe)
            pipe.close()

    def _line(self, running: Running, line: str) -> None:
        running.lines = [*running.lines[-KEPT_LINES:], line]
        if line and re.search(running.service.shows, line):
            self.say(running.service.name, line)

    def say(self, name: str, line: str) -> None:
        """Print one line with its prefix. A closed terminal is no reason to fall over."""
        names = list(self._services)
        prefix = f"{name:<9}│"
        if self._colour and name in names:
            prefix = f"\033[{COLOURS[names.index(name) % len(COLOURS)]}m{prefix}\033[0m"
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.write(f"{prefix} {line}\n")
            sys.stdout.flush()


def _is_stopping(running: Running, began: float) -> bool:
    in_time = time.monotonic() - began < running.service.stop_within
    return in_time and running.process.poll() is None


def _how(status: int) -> str:
    return f"signal {signal.Signals(-status).name}" if status < 0 else f"status {status}"
