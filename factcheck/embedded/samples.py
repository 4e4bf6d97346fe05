"""Serve the demo's sample pages on a loopback port: `python -m factcheck.embedded.samples PORT`."""

import functools
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from factcheck.embedded.places import ROOT

PAGES = ROOT / "factcheck" / "demo" / "sources"


class Pages(SimpleHTTPRequestHandler):
    """Files as they are; text is UTF-8, folders are not listed, and only trouble is logged."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".html": "text/html; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
    }

    def list_directory(self, path: object) -> None:
        """Refuse to list a folder."""
        del path
        self.send_error(404)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Say nothing of requests that went well."""


def main(port: int) -> None:
    """Serve until interrupted."""
    handler = functools.partial(Pages, directory=str(PAGES))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main(int(sys.argv[1]))
