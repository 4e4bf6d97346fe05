"""A small web site on a loopback port: pages as given, and answers as rude as a test wants."""

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Self

Behaviour = Callable[["Talk"], None]


@dataclass(frozen=True)
class Page:
    """What a path answers."""

    body: bytes = b"<!doctype html><title>Page</title><p>Text.</p>"
    media_type: str = "text/html; charset=utf-8"
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = ()

    def wire(self) -> bytes:
        lines = [
            f"HTTP/1.1 {self.status}",
            f"Content-Type: {self.media_type}",
            f"Content-Length: {len(self.body)}",
            *(f"{name}: {value}" for name, value in self.headers),
            "Connection: close",
        ]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


@dataclass
class Talk:
    """One connection, after its request was read."""

    stream: socket.socket
    request: bytes
    over: Event

    @property
    def path(self) -> str:
        return self.request.split(b" ", 2)[1].decode()

    def send(self, data: bytes) -> None:
        self.stream.sendall(data)

    def send_until_refused(self, data: bytes, most: int) -> int:
        """Send `data` again and again up to `most` bytes; return how much went out."""
        sent = 0
        with suppress(OSError):
            while sent < most and not self.over.is_set():
                self.stream.sendall(data)
                sent += len(data)
        return sent

    def wait(self) -> None:
        """Say nothing until the site closes or the caller has gone."""
        self.stream.settimeout(0.02)
        while not self.over.is_set():
            try:
                if not self.stream.recv(1):
                    return
            except TimeoutError:
                continue
            except OSError:
                return

    def reset(self) -> None:
        """End the connection with a reset in place of a proper end."""
        self.stream.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00"
        )
        self.stream.close()


@dataclass
class LocalSite:
    """A site on 127.0.0.1, or on ::1; use it as a context manager.

    `pages` maps a path (with its query) to a Page, to bytes sent as they are, or to a function
    that is handed the connection. `requests` keeps the bytes of every request.
    """

    pages: dict[str, Page | bytes | Behaviour] = field(default_factory=dict)
    host: str = "127.0.0.1"
    context: ssl.SSLContext | None = None
    requests: list[bytes] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        self._listener = socket.socket(family, socket.SOCK_STREAM)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind((self.host, 0))
        self._listener.listen(64)
        self._over = Event()
        self._lock = Lock()
        self._threads: list[Thread] = []
        self._open: set[socket.socket] = set()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def url(self, path: str = "/") -> str:
        scheme = "https" if self.context else "http"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        with self._lock:
            return [request.split(b" ", 2)[1].decode() for request in self.requests]

    def start(self) -> Self:
        self._accepting = Thread(target=self._accept, daemon=True, name="local-site")
        self._accepting.start()
        return self

    def stop(self) -> None:
        self._over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join(5)
        with self._lock:
            streams, threads = list(self._open), list(self._threads)
        for stream in streams:
            with suppress(OSError):
                stream.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(5)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                stream, _ = self._listener.accept()
            except OSError:
                return
            thread = Thread(target=self._serve, args=(stream,), daemon=True, name="local-talk")
            with self._lock:
                self._threads.append(thread)
                self._open.add(stream)
            thread.start()

    def _serve(self, plain: socket.socket) -> None:
        try:
            with plain, suppress(OSError):
                stream = self._secured(plain)
                with stream:
                    self._answer(stream)
        finally:
            with self._lock:
                self._open.discard(plain)

    def _secured(self, plain: socket.socket) -> socket.socket:
        if self.context is None:
            return plain
        plain.settimeout(5)
        return self.context.wrap_socket(plain, server_side=True)

    def _answer(self, stream: socket.socket) -> None:
        request = self._read_request(stream)
        if not request:
            return
        with self._lock:
            self.requests.append(request)
        talk = Talk(stream, request, self._over)
        page = self.pages.get(talk.path, Page(b"<p>Not here.</p>", status="404 Not Found"))
        if isinstance(page, Page):
            talk.send(page.wire())
        elif isinstance(page, bytes):
            talk.send(page)
        else:
            page(talk)

    def _read_request(self, stream: socket.socket) -> bytes:
        request = b""
        stream.settimeout(5)
        while b"\r\n\r\n" not in request:
            data = stream.recv(65536)
            if not data:
                return b""
            request += data
        stream.settimeout(None)
        return request
