from dataclasses import dataclass, field

from sources.fetching.proxies import Proxy

WEB_PORTS = frozenset({80, 443, 8080, 8443})
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Condition:
    """Headers (If-None-Match, If-Modified-Since) for one address alone: others know them not."""

    url: str
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What a fetch may do. Sizes are in bytes, times in seconds.

    `loopback_ports` names ports of 127.0.0.1 and ::1 that may be reached: for tests and the
    demonstration only. `certificates` is a PEM file to trust in place of certifi's roots. `proxy`
    is the way out, where there is no other. `condition` asks for the page only if it is another one
    than before (RFC 9110, 13). `any_address` is for services that the operator names: they may lie
    anywhere. `content` is posted in place of a GET, once, so allow no redirects with it.
    """

    user_agent: str = "Factcheck/0.1 (fact-checking archive)"
    ports: frozenset[int] = WEB_PORTS
    loopback_ports: frozenset[int] = frozenset()
    certificates: str = ""
    proxy: Proxy | None = None
    any_address: bool = False
    content: bytes | None = None
    deadline: float = 45.0
    resolve_timeout: float = 10.0
    connect_timeout: float = 10.0
    url_characters: int = 8192
    addresses: int = 4
    redirects: int = 8
    wire_bytes: int = 64 * MEGABYTE
    decoded_bytes: int = 128 * MEGABYTE
    redirect_body_bytes: int = MEGABYTE
    header_bytes: int = 64 * 1024
    header_fields: int = 200
    interim_responses: int = 8
    coding_layers: int = 2
    pieces: int = 500_000
    memory_bytes: int = 4 * MEGABYTE
    condition: Condition | None = None
    headers: tuple[tuple[str, str], ...] = field(
        default=(
            ("Accept", "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8"),
            ("Accept-Language", "en,*;q=0.5"),
            # Brotli is not offered: its decoder is a dependency more, and gzip is everywhere.
            ("Accept-Encoding", "gzip, deflate"),
        )
    )

    def headers_for(self, url: str) -> tuple[tuple[str, str], ...]:
        """Return the headers of a request for `url`, its condition included."""
        if self.condition is None or self.condition.url != url:
            return self.headers
        return self.headers + self.condition.headers
