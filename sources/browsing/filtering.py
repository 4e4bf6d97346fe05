"""The only way out that a browser has: a proxy that reads, looks up and checks every address.

It speaks to the browser on a loopback port. Every request of the page, plain or by a tunnel
(CONNECT), is held to the rules of a fetch and led to the address that was checked, so that no name
can turn round between the check and the connection.
"""

import re
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock, Thread
from typing import Self

from sources.fetching.codes import FetchError
from sources.fetching.connecting import reach
from sources.fetching.deadline import Deadline
from sources.fetching.policy import MEGABYTE, FetchPolicy
from sources.fetching.resolving import Resolver, refuse_plainly_wrong, resolve, system_resolver
from sources.fetching.urls import Target, parse

_HEAD_BYTES = 64 * 1024
_CHUNK = 64 * 1024
_TOLD = 50  # refusals that are remembered with their words
_LINE = re.compile(rb"([A-Z]{1,20}) ([!-~]{1,9000}) HTTP/1\.[01]")
# What the browser would ask of its maker by itself, whatever its flags say. No page is drawn from
# these, and nobody has to know what a desk looks at.
_MAKERS = frozenset(
    {
        *("clients1.google.com", "clients2.google.com", "clients4.google.com"),
        *("update.googleapis.com", "accounts.google.com", "safebrowsing.googleapis.com"),
        *("content-autofill.googleapis.com", "optimizationguide-pa.googleapis.com"),
        *(
            "redirector.gvt1.com",
            "edgedl.me.gvt1.com",
            "mtalk.google.com",
            "android.clients.google.com",
        ),
    }
)
# What belongs to the proxy, or would keep the connection for a second request unseen.
_DROPPED = frozenset({b"proxy-connection", b"proxy-authorization", b"connection", b"keep-alive"})


@dataclass(frozen=True, slots=True)
class Caps:
    """What all requests of one page may use up together."""

    wire_bytes: int = 64 * MEGABYTE
    requests: int = 500
    together: int = 64


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that was not let through: where to, and the code and words of sources.fetching."""

    target: str
    code: str
    words: str


@dataclass
class FilteringProxy:
    """Use it as a context manager; `port` is where the browser finds it."""

    policy: FetchPolicy
    deadline: Deadline
    caps: Caps = field(default_factory=Caps)
    resolver: Resolver = system_resolver
    refusals: list[Refusal] = field(default_factory=list)
    requests: int = 0
    wire: int = 0

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._lock = Lock()
        self._open: set[socket.socket] = set()
        self._threads: set[Thread] = set()
        self._room = BoundedSemaphore(self.caps.together)
        self._over = False

    @property
    def port(self) -> int:
        """The loopback port."""
        return int(self._listener.getsockname()[1])

    def __enter__(self) -> Self:
        self._begin(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            streams, threads = list(self._open), list(self._threads)
        for stream in streams:
            _end(stream)
        for thread in threads:
            thread.join(5)

    def _begin(self, work: Callable[..., None], *arguments: object) -> Thread:
        def run() -> None:
            try:
                work(*arguments)
            finally:
                with self._lock:
                    self._threads.discard(thread)

        thread = Thread(target=run, daemon=True, name="filtering-proxy")
        with self._lock:
            self._threads.add(thread)
        thread.start()
        return thread

    def _accept(self) -> None:
        while not self._over:
            try:
                browser, _ = self._listener.accept()
            except OSError:
                return
            self._begin(self._serve, browser)

    def _serve(self, browser: socket.socket) -> None:
        with self._room, suppress(OSError), browser:
            self._hold(browser)
            try:
                self._answer(browser)
            except (FetchError, OSError):
                _say(browser, b"502 Bad Gateway")
            finally:
                self._drop(browser)

    def _answer(self, browser: socket.socket) -> None:
        browser.settimeout(self.deadline.remaining())
        head, ahead = _read_head(browser)
        line, _, fields = head.partition(b"\r\n")
        found = _LINE.fullmatch(line)
        if found is None:
            _say(browser, b"400 Bad Request")
            return
        written = found[2].decode("ascii")
        tunnelled = found[1] == b"CONNECT"
        try:
            target = parse(f"https://{written}" if tunnelled else written)
            if target.host in _MAKERS:
                _say(browser, b"403 Forbidden")
                return
            onward = self._onward(target)
        except FetchError as error:
            refused = error.family == "refused"
            if refused:
                self._refuse(written, error)
            _say(browser, b"403 Forbidden" if refused else b"502 Bad Gateway")
            return
        with onward:
            self._hold(onward)
            try:
                onward.settimeout(self.deadline.remaining())
                if tunnelled:
                    browser.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    onward.sendall(ahead)
                    self._pump_both(browser, onward, self.caps.wire_bytes)
                else:
                    # One request on a connection: what follows its body would pass unread.
                    length = _length(fields)
                    onward.sendall(_request(found[1], target, fields) + ahead[:length])
                    self._pump_both(browser, onward, max(0, length - len(ahead)))
            finally:
                self._drop(onward)

    def _onward(self, target: Target) -> socket.socket:
        """Return a stream to the checked address of a request's target. Raises FetchError."""
        with self._lock:
            self.requests += 1
            if self.requests > self.caps.requests or self.wire >= self.caps.wire_bytes:
                raise FetchError("too_large", limit=self.caps.wire_bytes // MEGABYTE)
        refuse_plainly_wrong(target, policy=self.policy)
        addresses = resolve(
            target, policy=self.policy, deadline=self.deadline, resolver=self.resolver
        )
        stream, _ = reach(target, addresses, policy=self.policy, deadline=self.deadline)
        return stream

    def _refuse(self, written: str, error: FetchError) -> None:
        with self._lock:
            if len(self.refusals) < _TOLD:
                self.refusals.append(Refusal(written[:300], error.code, error.words))

    def _pump_both(self, browser: socket.socket, onward: socket.socket, most: int) -> None:
        """Pass on what comes from either side, `most` bytes of it from the browser."""
        upward = self._begin(self._pump, browser, onward, most)
        self._pump(onward, browser, self.caps.wire_bytes)
        _end(browser)
        _end(onward)
        upward.join(5)

    def _pump(self, source: socket.socket, sink: socket.socket, most: int) -> None:
        with suppress(OSError, FetchError):
            while most and (data := source.recv(min(most, _CHUNK))):
                self.deadline.remaining()
                most -= len(data)
                with self._lock:
                    self.wire += len(data)
                    if self.wire > self.caps.wire_bytes:
                        return
                sink.sendall(data)

    def _hold(self, stream: socket.socket) -> None:
        with self._lock:
            self._open.add(stream)

    def _drop(self, stream: socket.socket) -> None:
        with self._lock:
            self._open.discard(stream)


def _read_head(stream: socket.socket) -> tuple[bytes, bytes]:
    """Return a request's head without its last line, and what came behind it."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = stream.recv(_CHUNK)
        if not piece or len(data) > _HEAD_BYTES:
            raise ConnectionError("no request")
        data += piece
    head, _, ahead = data.partition(b"\r\n\r\n")
    return head, ahead


def _request(method: bytes, target: Target, fields: bytes) -> bytes:
    """Return the head of a plain request as its server has to see it; one on a connection."""
    kept = [
        line
        for line in fields.split(b"\r\n")
        if line.partition(b":")[0].strip().lower() not in _DROPPED | {b"host"} and b":" in line
    ]
    start = b"%s %s HTTP/1.1" % (method, target.resource.encode())
    host = b"Host: " + target.authority.encode()
    return b"\r\n".join([start, host, *kept, b"Connection: close", b"", b""])


def _length(fields: bytes) -> int:
    """Return the length of a request's body; what comes in chunks is not passed on."""
    found = re.search(
        rb"(?:^|\r\n)content-length:[ \t]*([0-9]{1,10})(?:\r\n|$)", fields, re.IGNORECASE
    )
    return int(found[1]) if found else 0


def _say(stream: socket.socket, status: bytes) -> None:
    with suppress(OSError):
        stream.sendall(b"HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % status)


def _end(stream: socket.socket) -> None:
    with suppress(OSError):
        stream.shutdown(socket.SHUT_RDWR)
