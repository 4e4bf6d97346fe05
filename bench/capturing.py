"""Captures end to end: one worker's round over many hosts, beside the same rows one by one."""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import Options, Report
from bench._pages import page
from sources import capturing, working

_HOSTS = 24
_LATENCY = 0.05  # seconds before a host answers


def run(options: Options) -> Report:
    """Report pages a second of wall time and the queries of one capture."""
    report = Report("Capturing, 50 ms away")
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
    report.rows = [
        {"how": "one by one", "pages a second": max(one), "times": 1.0},
        {"how": "one round", "pages a second": max(many), "times": max(many) / max(one)},
    ]
    report.notes.append(f"A capture makes {queries} queries; texts are read in the jail.")
    report.raw |= {"one": one, "many": many, "queries": queries}
    return report


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
