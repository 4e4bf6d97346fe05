"""A language model's service on loopback that says what it is told to, and misbehaves on demand."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers every question with the service's behaviour of the moment."""

    server: "LanguageModel"

    def do_POST(self) -> None:  # the library's name for it
        length = int(self.headers["Content-Length"])
        self.server.questions.append(json.loads(self.rfile.read(length)))
        self.server.keys.append(self.headers.get("Authorization", ""))
        self.server.behaviour(self)

    def answer(self, body: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class LanguageModel(ThreadingHTTPServer):
    """`behaviour` may be set while it runs; `questions` holds what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviour: Behaviour = says({"claims": []})
        self.questions: list[dict[str, Any]] = []
        self.keys: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: Any) -> None:
        """A client that goes away is what these tests are about."""


@contextmanager
def serving() -> Iterator[LanguageModel]:
    with LanguageModel() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def says(claims: object) -> Behaviour:
    """Answer well-formed, with these claims."""
    return writes(json.dumps(claims))


def writes(content: object) -> Behaviour:
    """Answer in the API's form, with any content."""
    body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
    return lambda handler: handler.answer(body)


def sends(body: bytes, status: int = 200) -> Behaviour:
    """Answer with any bytes."""
    return lambda handler: handler.answer(body, status)


def drips(handler: Handler) -> None:
    """Send a byte now and then, for ever."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def floods(handler: Handler) -> None:
    """Send without end."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" " * 100_000)


def hangs_up(handler: Handler) -> None:
    """Promise an answer and close."""
    handler.send_response(200)
    handler.send_header("Content-Length", "500")
    handler.end_headers()
    handler.wfile.write(b'{"choices"')
    handler.close_connection = True
