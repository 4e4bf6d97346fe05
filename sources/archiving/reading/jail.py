"""The parent's side of the jail: which parser, with which limits, and what became of it."""

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import LifoQueue
from threading import Lock
from typing import Any

from sources.anchoring.grids import Grid, from_json
from sources.archiving.reading.parsed import About
from sources.archiving.reading.parsers import parsers_for
from sources.fetching.media import read_content_type

MEGABYTE = 1024 * 1024
_ROOT = Path(__file__).resolve().parents[3]

# Why a document gave no text, in words. The capture itself is kept whatever happened.
WORDS = {
    "text_kind": "A document of this kind ({media_type}) has no text to read.",
    "text_none": "No readable text was found in the document.",
    "text_scan": "The PDF holds no text, so it is probably a scan. It can be downloaded.",
    "text_encrypted": "The document is protected by a password, so it cannot be read.",
    "text_damaged": "The document is damaged or not what its type says; its bytes are kept.",
    "text_bomb": "The document unpacks to far more than a document should, so it is not opened.",
    "text_nulls": "The file holds NUL bytes, so it is not a text. Save it anew as CSV in UTF-8.",
    "text_too_large": "The document is too large to be read; its bytes are kept.",
    "text_timed_out": "Reading the document took too long and was stopped; its bytes are kept.",
    "text_memory": "Reading the document took too much memory; its bytes are kept.",
    "text_crashed": "Reading the document failed; its bytes are kept.",
    "text_unavailable": "The kept bytes could not be read from the store. Check the archive.",
    "text_attempts_spent": "Reading the document was tried several times and never finished.",
}
_CODES = {
    "timed_out": "text_timed_out",
    "memory": "text_memory",
    "crashed": "text_crashed",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one parser may use: wall and CPU seconds, bytes of memory, of input and of output."""

    seconds: float = 20.0
    cpu: int = 15
    memory: int = 1024 * MEGABYTE
    input: int = 32 * MEGABYTE
    output: int = 32 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Link:
    """A link to the web that stands in a page's text."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a document, or the code of WORDS that says why there is none.

    `pages` holds the offset in `text` at which each page begins; only PDFs have any.
    """

    text: str = ""
    about: About = field(default_factory=About)
    extractor: str = ""
    extractor_version: str = ""
    pages: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()
    tables: tuple[Grid, ...] = ()
    error_code: str = ""

    @property
    def title(self) -> str:
        """The title that the document gives itself."""
        return self.about.title


def read(
    chunks: Iterable[bytes], *, media_type: str, charset: str = "", limits: Limits | None = None
) -> Reading:
    """Read a document in a child process; never raises for anything the document does.

    The parsers for its media type are tried in turn, each in a process of its own.
    """
    bounds = limits or Limits()
    code = "text_kind"
    with tempfile.TemporaryFile() as document:
        size = sum(document.write(chunk) for chunk in chunks)
        document.flush()
        if size > bounds.input:
            return Reading(error_code="text_too_large")
        for parser in parsers_for(media_type):
            reading = _attempt(document.fileno(), parser, charset, bounds)
            if not reading.error_code:
                return reading
            if code in {"text_kind", "text_none"}:  # what a later parser says is no better
                code = reading.error_code
    return Reading(error_code=code)


def extract_text(data: bytes, *, media_type: str) -> Reading:
    """Read a document given whole; `media_type` may carry a charset, as in `Content-Type`."""
    kind, charset = read_content_type([media_type])
    return read([data], media_type=kind, charset=charset)


def _attempt(document: int, parser: str, charset: str, limits: Limits) -> Reading:
    request = {
        "parser": parser,
        "charset": charset,
        "seconds": limits.seconds,
        "cpu": limits.cpu,
        "memory": limits.memory,
        "output": limits.output,
    }
    with tempfile.TemporaryFile() as answer:
        nursery = _IDLE.get()
        try:
            outcome = nursery.ask(request, [document, answer.fileno()], limits.seconds)
        finally:
            _IDLE.put(nursery)
        if outcome not in {"read", "unreadable"}:
            return Reading(error_code=_CODES.get(outcome, "text_crashed"))
        answer.seek(0)
        return _reading(answer.read())


def _reading(answer: bytes) -> Reading:
    """Take the answer of a child apart, which may have written anything."""
    try:
        found = json.loads(answer)
        if "code" in found:
            return Reading(error_code=found["code"] if found["code"] in WORDS else "text_crashed")
        if not found["text"].strip():
            return Reading(error_code="text_none")
        return Reading(
            text=found["text"],
            about=About(**found["about"]),
            extractor=found["extractor"],
            extractor_version=found["extractor_version"],
            pages=tuple(found["pages"]),
            links=tuple(Link(*link) for link in found["links"]),
            tables=tuple(from_json(table) for table in found["tables"]),
        )
    except (ValueError, KeyError, TypeError):
        return Reading(error_code="text_crashed")


class _Nursery:
    """A nursery of this process, started when first needed and again when it died."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._owner = 0
        self._channel: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: dict[str, Any], files: list[int], seconds: float) -> str:
        """Return how the child ended: read, unreadable, timed_out, memory or crashed."""
        with self._lock:
            channel = self._open()
            try:
                # The first answer waits for the parsers to load.
                channel.settimeout(seconds + 60)
                socket.send_fds(channel, [json.dumps(request).encode()], files)
                answer = channel.recv(4096)
                return str(json.loads(answer)["outcome"])
            except (OSError, ValueError):
                self._close()
                return "crashed"

    def _open(self) -> socket.socket:
        if self._channel is not None and self._owner == os.getpid() and self._alive():
            return self._channel
        self._close()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 (our own module)
                [sys.executable, "-m", "sources.archiving.reading.nursery", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                cwd=_ROOT,
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._channel, self._owner = ours, os.getpid()
        return ours

    def _alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _close(self) -> None:
        if self._channel is not None:
            self._channel.close()
        # After a fork the process belongs to the parent, who still needs it.
        if self._process is not None and self._owner == os.getpid():
            with suppress(OSError):
                self._process.kill()
            self._process.wait()
        self._channel = self._process = None

    def close(self) -> None:
        """End the nursery; the next reading starts another."""
        with self._lock:
            self._close()


# One for each core, and a second is started only while the first is busy: the last one that was
# put back is the first to be taken again.
_NURSERIES = tuple(_Nursery() for _ in range(min(4, os.cpu_count() or 1)))
_IDLE: LifoQueue[_Nursery] = LifoQueue()
for _nursery in _NURSERIES:
    _IDLE.put(_nursery)


@atexit.register
def close() -> None:
    """End the nurseries of this process; the next reading starts another."""
    for nursery in _NURSERIES:
        nursery.close()
