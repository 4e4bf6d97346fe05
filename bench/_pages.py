"""A local site of realistic pages for the fetch bench, in a process of its own."""

import random
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_ARTICLE = Path(__file__).parent.parent / "factcheck" / "demo" / "article.txt"
_MEAN_BYTES = 170_000
_SCRIPT = "window.dataLayer=window.dataLayer||[];function push(a,b){dataLayer.push([a,b]);}\n"


def page(number: int) -> bytes:
    """Return the page of that number: half text, half of what surrounds it on a news site."""
    pick = random.Random(number)  # noqa: S311 (not a secret)
    size = pick.randrange(_MEAN_BYTES // 2, _MEAN_BYTES * 3 // 2)
    words = _ARTICLE.read_text("utf-8").split()
    parts = [f"<!doctype html><html><head><title>Page {number}</title></head><body><main>"]
    length = 0
    while length < size:
        text = " ".join(pick.choice(words) for _ in range(60))
        item = f"{pick.randrange(10**9):x}"
        part = (
            f'<p class="text-{item}" data-id="{item}">{text}</p>\n'
            f'<a class="teaser" href="/{item}"><img src="/i/{item}.jpg" alt=""></a>\n'
            f"<script>{_SCRIPT}push('{item}', {pick.random()});</script>\n"
        )
        parts.append(part)
        length += len(part)
    return "".join([*parts, "</main></body></html>"]).encode()


class _Handler(BaseHTTPRequestHandler):
    pages: dict[str, bytes]

    def do_GET(self) -> None:
        body = self.pages.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    _Handler.pages = {f"/{number}": page(number) for number in range(int(sys.argv[1]))}
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
