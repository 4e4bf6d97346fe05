"""WARC records (ISO 28500, version 1.1) of a fetch: the exact bytes of every request and answer.

Written by hand rather than by a library because the digests, the order and the compression are
ours to choose; warcio reads them back in the tests.
"""

import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from uuid import UUID, uuid5

from isal import isal_zlib

from sources.fetching.results import Exchange
from sources.fetching.spool import Spool

_GZIP = 31
_GZIP_SMALL = 16 + 10
_SMALL = 1024
# Of ISA-L's levels: smaller than zlib's first on web pages, at a third of its CPU time.
_LEVEL = 2


Headers = tuple[tuple[str, str], ...]


def records(
    exchanges: Iterable[Exchange], *, capture_id: UUID, software: str, at: datetime
) -> Iterator[bytes]:
    """Yield the WARC file of a capture: warcinfo, then a request and a response for each hop.

    Every record is a gzip member of its own. Ids are derived from `capture_id`, so that the same
    capture always makes the same records.
    """
    info = _identifier(capture_id, "info")
    yield from _warcinfo(info, software=software, at=at)
    for number, item in enumerate(exchanges):
        response = _identifier(capture_id, f"response{number}")
        about = (
            ("WARC-Target-URI", item.url),
            ("WARC-IP-Address", item.peer_address),
            ("WARC-Warcinfo-ID", info),
        )
        with Spool.of(item.request) as block:
            yield from _record(
                "request",
                _identifier(capture_id, f"request{number}"),
                at=item.started_at,
                media_type="application/http;msgtype=request",
                block=block,
                headers=(*about, ("WARC-Concurrent-To", response)),
            )
        if item.response.size:
            yield from _record(
                "response",
                response,
                at=item.started_at,
                media_type="application/http;msgtype=response",
                block=item.response,
                headers=(*about, *_of_payload(item)),
                # Packed bytes do not shrink a second time.
                packed=bool(item.values("content-encoding")),
            )


def resource(
    data: bytes, *, url: str, media_type: str, capture_id: UUID, software: str, at: datetime
) -> Iterator[bytes]:
    """Yield the WARC file of an upload: warcinfo, then the bytes as they were given."""
    info = _identifier(capture_id, "info")
    yield from _warcinfo(info, software=software, at=at)
    with Spool.of(data) as block:
        yield from _record(
            "resource",
            _identifier(capture_id, "resource"),
            at=at,
            media_type=media_type,
            block=block,
            headers=(
                ("WARC-Target-URI", url),
                ("WARC-Warcinfo-ID", info),
                ("WARC-Payload-Digest", f"sha256:{block.sha256()}"),
            ),
        )


def _warcinfo(identifier: str, *, software: str, at: datetime) -> Iterator[bytes]:
    fields = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    with Spool.of(fields) as block:
        yield from _record(
            "warcinfo", identifier, at=at, media_type="application/warc-fields", block=block
        )


def _identifier(capture_id: UUID, name: str) -> str:
    return f"<urn:uuid:{uuid5(capture_id, name)}>"


def _of_payload(item: Exchange) -> Headers:
    headers: Headers = ()
    # What the digest of a chunked payload covers is read in two ways; the block's digest is not.
    if item.head_bytes and not item.values("transfer-encoding"):
        digest = item.payload_sha256 or item.response.sha256(item.head_bytes)
        headers += (("WARC-Payload-Digest", f"sha256:{digest}"),)
    if item.truncated:
        headers += (("WARC-Truncated", "disconnect"),)
    return headers


def _record(
    kind: str,
    identifier: str,
    *,
    at: datetime,
    media_type: str,
    block: Spool,
    headers: Headers = (),
    packed: bool = False,
) -> Iterator[bytes]:
    lines = (
        ("WARC-Type", kind),
        ("WARC-Record-ID", identifier),
        ("WARC-Date", at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")),
        *headers,
        ("WARC-Block-Digest", f"sha256:{block.sha256()}"),
        ("Content-Type", media_type),
        ("Content-Length", str(block.size)),
    )
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines) + "\r\n"
    packer = _packer(block.size, packed=packed)
    for chunk in chain((head.encode(),), block.chunks(), (b"\r\n\r\n",)):
        piece = packer.compress(chunk)
        if piece:
            yield piece
    yield packer.flush()


def _packer(size: int, *, packed: bool) -> "zlib._Compress | isal_zlib.Compress":
    if packed:
        return zlib.compressobj(0, wbits=_GZIP)
    if size < _SMALL:
        # A small record needs no window of 32 KB, which would have to be cleared first.
        return zlib.compressobj(1, wbits=_GZIP_SMALL, memLevel=2)
    return isal_zlib.compressobj(_LEVEL, wbits=_GZIP)
