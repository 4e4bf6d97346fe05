"""Many hosts that are 50 ms away: one worker beside a pool of eight with a task for each page.

Fetching and archiving are measured without rows, because they are what a worker waits for; the
same captures end to end, rows and all, are reported beside them.
"""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import Options, Report
from bench._pages import page
from sources import capturing, errands, working
from sources.archiving.blobs import BlobStore
from sources.fetching import FetchPolicy

_HOSTS = 24
_PAGES = 480
_LATENCY = 0.05  # seconds before a host answers
_FAR_HOSTS = 64
_POOL = 8
# Pages a second of one worker over those of the pool, in the same round.
_BAR = 3.0


def run(options: Options) -> Report:
    """Hold one worker against the pool; report captures a second and the queries of one."""
    report = Report("Capturing, 50 ms away")
    _fetching(options, report)
    with _hosts() as ports, tempfile.TemporaryDirectory(prefix="fcb-") as scratch:
        settings.LOOPBACK_PORTS, settings.DATA_DIR = frozenset(ports), Path(scratch)
        settings.FETCH_ROBOTS = False
        _ask_all(ports, "warm")
        _one_by_one()
        one, many = [], []
        for number in range(options.rounds):
            _ask_all(ports, f"one{number}")
            one.append(_HOSTS / _timed(_one_by_one))
            _ask_all(ports, f"many{number}")
            many.append(_HOSTS / _timed(_one_round))
        queries = _queries(ports)
    report.rows += [
        {"how": "captures, one by one", "pages a second": max(one), "times": 1.0, "bar": ""},
        {
            "how": "captures, one round",
            "pages a second": max(many),
            "times": max(many) / max(one),
            "bar": "",
        },
    ]
    report.notes.append(f"A capture makes {queries} queries; texts are read in the jail.")
    report.raw |= {"one": one, "many": many, "queries": queries}
    return report


def _fetching(options: Options, report: Report) -> None:
    """Measure fetching and archiving: a task a page on a pool, and the threads of one worker."""
    alone, crew = [], []
    with _far_away() as ports, tempfile.TemporaryDirectory(prefix="fcb-") as scratch:
        work = [_errand(ports[n % len(ports)], n, ports, Path(scratch)) for n in range(_PAGES)]
        with get_context("fork").Pool(_POOL) as pool:
            pool.map(_go, work[:_POOL])
            for _ in range(options.rounds):
                alone.append(_PAGES / _timed(lambda: _all(pool.imap_unordered(_go, work))))
                with ThreadPoolExecutor(working.TOGETHER) as threads:
                    crew.append(_PAGES / _timed(lambda: _all(threads.map(_go, work))))
    times = max(crew) / max(alone)
    report.rows += [
        {
            "how": f"fetch + archive, a task a page on a pool of {_POOL}",
            "pages a second": max(alone),
            "times": 1.0,
            "bar": "",
        },
        {
            "how": f"fetch + archive, one worker of {working.TOGETHER} at a time",
            "pages a second": max(crew),
            "times": times,
            "bar": _BAR,
        },
    ]
    if times < _BAR:
        report.broken.append(f"one worker: {times:.2f} < {_BAR}")
    report.raw |= {"pool": alone, "crew": crew}


def _errand(port: int, number: int, ports: list[int], place: Path) -> errands.Errand:
    origin = f"http://127.0.0.1:{port}"
    return errands.Errand(
        url=f"{origin}/{number}",
        origin=origin,
        policy=FetchPolicy(loopback_ports=frozenset(ports)),
        store=BlobStore(place),
        asks_robots=False,
        obeys_robots=False,
        robots=None,
    )


def _go(errand: errands.Errand) -> bool:
    outcome = errands.go(errand, clock=timezone.now)
    outcome.close()
    return outcome.failure is None


def _all(outcomes: Iterable[bool]) -> None:
    assert all(outcomes)


@contextmanager
def _far_away() -> Iterator[list[int]]:
    """Serve pages 50 ms away from a process of its own, so that they cost the worker nothing."""
    command = [sys.executable, "-m", "bench._far_pages", str(_FAR_HOSTS), str(_LATENCY)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 (our own module)
    try:
        assert process.stdout is not None
        yield [int(word) for word in process.stdout.readline().split()]
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


class _Slow(BaseHTTPRequestHandler):
    """A host that is 50 ms away."""

    body = page(1)

    def do_GET(self) -> None:
        time.sleep(_LATENCY)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _hosts() -> Iterator[list[int]]:
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), _Slow) for _ in range(_HOSTS)]
    with ExitStack() as stack:
        for server in servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
        yield [server.server_port for server in servers]


def _ask_all(ports: list[int], name: str) -> None:
    for port in ports:
        url = f"http://127.0.0.1:{port}/{name}"
        capturing.request_capture(url=url, by=None, at=timezone.now())


def _one_by_one() -> None:
    for request_id in capturing.due(at=timezone.now()):
        assert capturing.run(request_id=request_id, at_clock=timezone.now).state == "done"


def _one_round() -> None:
    first, *_ = capturing.due(at=timezone.now())
    assert working.run_many(first=first, at_clock=timezone.now) == _HOSTS


def _queries(ports: list[int]) -> int:
    """Return how many queries one capture makes, from its claim to its end."""
    _ask_all(ports[:1], "queries")
    (request_id,) = capturing.due(at=timezone.now())
    with CaptureQueriesContext(connection) as queries:
        capturing.run(request_id=request_id, at_clock=timezone.now)
    return len(queries)
