import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Self

from sources.fetching.spool import Spool

# RFC 9110, 8.8: an entity tag, and a date in the one form that senders use.
_VALIDATORS = {
    "etag": re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,1000}"'),
    "last-modified": re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT"),
}

State = Literal["stored", "failed", "refused"]


@dataclass(slots=True)
class Exchange:
    """One request and its answer, as they went over the wire.

    `response` holds the bytes of the final answer from its status line to the end of its message;
    `interim` those of informational answers before it; `head_bytes` is the length of the status
    line and headers. `truncated` says that the body ended before its stated length.
    `payload_sha256` is the digest of what follows the head, where it is known without reading.
    """

    url: str
    peer_address: str
    certificate_sha256: str
    tls_version: str
    started_at: datetime
    request: bytes
    response: Spool
    interim: bytes = b""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    head_bytes: int = 0
    truncated: bool = False
    payload_sha256: str = ""

    def values(self, name: str) -> list[str]:
        """Return every value of the header `name` (given in lower case), in order."""
        return [value for key, value in self.headers if key == name]


@dataclass(frozen=True, slots=True)
class Hop:
    """One step on the way to the page."""

    url: str
    status: int | None
    peer_address: str
    wire_bytes: int


@dataclass(frozen=True, slots=True)
class FetchResult:
    """How a fetch ended.

    `state` is stored, failed or refused; `error_code` is a key of codes.CODES, empty when stored,
    and `error_text` its words. `digest` is the SHA-256 of the decoded body. `exchanges` and `body`
    hold temporary files: close the result when done with it.
    """

    url: str
    state: State
    error_code: str
    error_text: str
    retryable: bool
    status: int | None
    final_url: str
    peer_address: str
    wire_bytes: int
    body: Spool
    digest: str
    media_type: str
    charset: str
    truncated: bool
    retry_after: int | None
    exchanges: tuple[Exchange, ...] = field(repr=False)

    @property
    def hops(self) -> tuple[Hop, ...]:
        """Every request that was made, in order."""
        return tuple(
            Hop(item.url, item.status, item.peer_address, item.response.size)
            for item in self.exchanges
        )

    def validator(self, name: str) -> str:
        """Return the `etag` or `last-modified` of the page; empty when it cannot be sent back."""
        values = self.exchanges[-1].values(name) if self.exchanges else []
        value = values[0].strip() if len(values) == 1 else ""
        return value if _VALIDATORS[name].fullmatch(value) else ""

    def close(self) -> None:
        """Give memory and temporary files back."""
        self.body.close()
        for exchange in self.exchanges:
            exchange.response.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
