"""Servers for one bench: a throw-away database and web servers whose CPU time can be read."""

import contextlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from factcheck.embedded import children, postgres, valkey

TICKS = os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def stores() -> Iterator[tuple[dict[str, str], int]]:
    """Yield the environment that names a fresh PostgreSQL and Valkey, and PostgreSQL's pid."""
    with contextlib.ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fcb-")))
        sockets = scratch / "s"
        sockets.mkdir(mode=0o700)
        cluster = postgres.open_cluster(scratch / "pg", sockets, durable=False)
        database = postgres.start(cluster, scratch / "postgres.log")
        stack.callback(children.stop, database, signal.SIGQUIT, within=10)
        postgres.wait_until(cluster.answers, database)
        broker = valkey.open_broker(sockets)
        store = valkey.start(broker, scratch / "valkey.log")
        stack.callback(children.stop, store, signal.SIGTERM, within=10)
        postgres.wait_until(broker.answers, store)
        yield (
            os.environ
            | {
                "DATABASE_URL": cluster.url(postgres.SUPERUSER, "postgres"),
                "REDIS_URL": broker.url(),
                # The role of the desk's own database does not exist here.
                "FACTCHECK_APP_ROLE": "",
                "FACTCHECK_SECRET_KEY": secrets.token_hex(),
                "FACTCHECK_DATA_DIR": str(scratch / "data"),
                "FACTCHECK_API_ANONYMOUS_RATE": "1000000000/min",
                "FACTCHECK_API_KEY_RATE": "1000000000/min",
            },
            database.pid,
        )


@contextlib.contextmanager
def web(application: str, env: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Serve a WSGI application with one worker; yield its port and the server's pid."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", "1"),
        *("--no-control-socket", "--log-level", "error", "--keep-alive", "60"),
    ]
    process = subprocess.Popen(command, env=env)  # noqa: S603 (our own command line)
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def cpu_seconds(pid: int) -> float:
    """Return the CPU time of a process and all its descendants, those that ended included."""
    total = 0
    for process in (pid, *_descendants(pid)):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            total += sum(int(field) for field in fields[11:15])
    return total / TICKS


def own_seconds(pid: int) -> float:
    """Return the CPU time of one process without its children, as `cpu_seconds` counts it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:13]) / TICKS


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    for children_file in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in children_file.read_text().split():
                found += [int(child), *_descendants(int(child))]
    return found


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=5).connect()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the web server did not come up")
