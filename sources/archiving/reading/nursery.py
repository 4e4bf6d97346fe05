"""A process that has loaded the parsers once and forks a child for each document.

The child has hard limits on memory, CPU, files and time and no way back to us but its output file;
whatever a document does to it, the worst is that it dies. Run with the number of a socket; over it
come one line of JSON and the files to read and to write, and back goes one line on how it ended.
"""

import ctypes
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from sources.archiving.reading.parsers import PARSERS, NotReadableError, Parsed

_REQUEST = 4096
_FILES = 16
_PR_SET_PDEATHSIG = 1
# Looked up once, before there are children; Linux alone, elsewhere the limits still hold.
_PRCTL = getattr(ctypes.CDLL(None), "prctl", None)
_PARAGRAPH = (
    b"<p class='text'>A sentence that is long enough to count, with <b>some</b> words.</p>\n"
)
_SAMPLE = (
    b"<!doctype html><html><head><title>Sample</title></head><body><nav><a href='/'>Home</a></nav>"
    b"<main><article><h1>Sample</h1>" + _PARAGRAPH * 20 + b"<h2>More</h2><ul><li>One.</li></ul>"
    b"<table><tr><td>1</td><td>2</td></tr></table><blockquote>Said.</blockquote>"
    + _PARAGRAPH * 20
    + b"</article></main><footer>End</footer></body></html>"
)


def serve(channel: socket.socket) -> None:
    """Answer requests until the other side has gone."""
    _load()
    while True:
        line, files, _, _ = socket.recv_fds(channel, _REQUEST, 2)
        if not line:
            return
        try:
            outcome = _run(json.loads(line), files, channel)
        finally:
            for file in files:
                os.close(file)
        channel.sendall(json.dumps({"outcome": outcome}).encode() + b"\n")


def _load() -> None:
    """Import the parsers, so that every child has them from its birth."""
    import lxml.html  # noqa: PLC0415
    import pypdf  # noqa: PLC0415
    import trafilatura  # noqa: PLC0415

    # What a first document would compile and cache, every child has from here on.
    for parser in ("article", "page"):
        PARSERS[parser](_SAMPLE, "utf-8")
    del lxml, pypdf, trafilatura
    gc.collect()
    gc.freeze()


def _run(request: dict[str, Any], files: list[int], channel: socket.socket) -> str:
    alive, child_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(alive)
        channel.close()
        _be_child(request, *files)
    os.close(child_end)
    try:
        # The pipe closes when the child is gone, however it went.
        ended = select.select([alive], [], [], float(request["seconds"]))[0]
    finally:
        os.close(alive)
    if not ended:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return _describe(status) if ended else "timed_out"


def _describe(status: int) -> str:
    if os.WIFSIGNALED(status):
        cpu = os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGKILL}
        return "timed_out" if cpu else "crashed"
    return {0: "read", 1: "unreadable", 2: "memory"}.get(os.WEXITSTATUS(status), "crashed")


def _be_child(request: dict[str, Any], source: int, target: int) -> None:
    code = 3
    # A child lives for one document: looking for garbage would only copy its parent's pages.
    gc.disable()
    try:
        _confine(request)
        code = _parse(request, source, target)
    except MemoryError:
        code = 2
    except BaseException:  # noqa: BLE001 (a child must never return into its parent's code)
        code = 3
    finally:
        os._exit(code)


def _confine(request: dict[str, Any]) -> None:
    if _PRCTL is not None:
        _PRCTL(_PR_SET_PDEATHSIG, signal.SIGKILL)
    cpu, memory, output = (int(request[name]) for name in ("cpu", "memory", "output"))
    for kind, limit in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, memory),
    ):
        with suppress(ValueError, OSError):  # a limit that is lower already stays
            resource.setrlimit(kind, (limit, limit))


def _parse(request: dict[str, Any], source: int, target: int) -> int:
    with os.fdopen(source, "rb", closefd=False) as file:
        file.seek(0)
        data = file.read()
    try:
        parsed = PARSERS[request["parser"]](data, request["charset"])
        code, answer = 0, _answer(parsed)
    except NotReadableError as error:
        code, answer = 1, {"code": error.code}
    with os.fdopen(target, "wb", closefd=False) as file:
        file.write(json.dumps(answer).encode())
    return code


def _answer(parsed: Parsed) -> dict[str, Any]:
    return {
        "text": parsed.text,
        "about": asdict(parsed.about),
        "extractor": parsed.extractor,
        "extractor_version": parsed.extractor_version,
        "pages": parsed.pages,
        "links": parsed.links,
        "tables": [table.as_json() for table in parsed.tables],
    }


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
