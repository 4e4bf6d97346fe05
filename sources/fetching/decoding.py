"""Content codings undone piece by piece, so that a small body cannot become a large one."""

import zlib
from collections.abc import Callable, Iterable, Iterator

from sources.fetching.codes import FetchError

PIECE = 64 * 1024
_GZIP = 31
_ZLIB = 15
_RAW = -15
_KNOWN = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}

Spend = Callable[[int], None]


class Layer:
    """One gzip or deflate layer. `spend` is told of every piece and may raise to stop."""

    def __init__(self, coding: str, spend: Spend) -> None:
        self._gzip = coding == "gzip"
        self._spend = spend
        self._stream = zlib.decompressobj(_GZIP) if self._gzip else None
        self._start = b""
        self.finished = False
        self._rest = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what `data` unpacks to. Raises FetchError when it is damaged."""
        try:
            yield from self._unpack(data)
        except zlib.error as error:
            raise FetchError("coding_corrupt") from error

    def _unpack(self, data: bytes) -> Iterator[bytes]:
        while data and not self._rest:
            stream = self._open(data)
            if stream is None:
                return
            data, self._start = self._start + data, b""
            while data and not stream.eof:
                piece = stream.decompress(data, PIECE)
                data = stream.unconsumed_tail
                if piece:
                    self._spend(len(piece))
                    yield piece
                elif not data:
                    break
            data = self._after(stream)

    def _open(self, data: bytes) -> "zlib._Decompress | None":
        if self._stream is not None:
            return self._stream
        start = self._start + data
        if len(start) < 2:  # noqa: PLR2004 (two bytes tell the formats apart)
            self._start = start
            return None
        if self._gzip:
            if start[:2] != b"\x1f\x8b":
                self._rest = True  # padding after the last member, as browsers allow
                return None
            self._stream = zlib.decompressobj(_GZIP)
        else:
            # "deflate" means zlib (RFC 9110) but many servers send it without the zlib header.
            zlib_header = start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0  # noqa: PLR2004
            self._stream = zlib.decompressobj(_ZLIB if zlib_header else _RAW)
        self.finished = False
        return self._stream

    def _after(self, stream: "zlib._Decompress") -> bytes:
        if not stream.eof:
            return b""
        self.finished = True
        self._stream = None
        self._rest = not self._gzip
        return stream.unused_data


class Decoder:
    """All codings of one body, undone in turn."""

    def __init__(self, codings: list[str], spend: Spend) -> None:
        self._layers = [Layer(coding, spend) for coding in reversed(codings)]
        self._empty = True

    def feed(self, data: bytes) -> Iterable[bytes]:
        """Yield the decoded bytes. Raises FetchError."""
        self._empty = self._empty and not data
        pieces: Iterable[bytes] = (data,)
        for layer in self._layers:
            pieces = _through(layer, pieces)
        return pieces

    @property
    def complete(self) -> bool:
        """Whether every layer has come to its end."""
        return self._empty or all(layer.finished for layer in self._layers)


def _through(layer: Layer, pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield from layer.feed(piece)


def read_codings(values: Iterable[str], *, limit: int) -> list[str]:
    """Return the codings of `Content-Encoding` in the order they were put on.

    Raises FetchError for more than `limit` of them and for one that is not gzip or deflate.
    """
    named = [name.strip().lower() for value in values for name in value.split(",")]
    codings = [name for name in named if name not in {"", "identity", "none", "utf-8"}]
    if len(codings) > limit:
        raise FetchError("coding_too_deep", limit=limit)
    for coding in codings:
        if coding not in _KNOWN:
            raise FetchError("coding_unsupported", coding=coding[:40])
    return [_KNOWN[coding] for coding in codings]
