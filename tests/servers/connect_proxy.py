"""A proxy on a loopback port that opens tunnels (HTTP CONNECT) and remembers to where."""

import socket
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from typing import Self


@dataclass
class ConnectProxy:
    """Use it as a context manager. `asked` keeps the head of every request.

    `answer` is sent in place of opening a tunnel where it is given; `to` sends every tunnel to one
    port of this machine, as if it were the whole world.
    """

    answer: bytes = b""
    to: int = 0
    asked: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[Thread] = []
        self._open: list[socket.socket] = []

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def targets(self) -> list[str]:
        """Return what tunnels were asked for, in order."""
        return [head.split(b" ", 2)[1].decode() for head in self.asked]

    def __enter__(self) -> Self:
        self._begin(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for stream in self._open:
            with suppress(OSError):
                stream.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        for stream in self._open:
            stream.close()

    def _begin(self, work: object, *arguments: object) -> None:
        thread = Thread(target=work, args=arguments, daemon=True, name="connect-proxy")  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                stream, _ = self._listener.accept()
                self._open.append(stream)
                self._begin(self._serve, stream)

    def _serve(self, stream: socket.socket) -> None:
        head = b""
        with suppress(OSError):
            while b"\r\n\r\n" not in head:
                data = stream.recv(4096)
                if not data:
                    return
                head += data
            self.asked.append(head)
            if self.answer:
                stream.sendall(self.answer)
                stream.shutdown(socket.SHUT_WR)
                return
            self._tunnel(stream, head.split(b" ", 2)[1].decode())

    def _tunnel(self, stream: socket.socket, target: str) -> None:
        host, _, port = target.rpartition(":")
        place = ("127.0.0.1", self.to) if self.to else (host.strip("[]"), int(port))
        try:
            onward = socket.create_connection(place, timeout=5)
        except OSError:
            stream.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return
        onward.settimeout(None)
        self._open.append(onward)
        stream.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        self._begin(_pump, onward, stream)
        _pump(stream, onward)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
