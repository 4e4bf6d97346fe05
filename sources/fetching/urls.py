"""One strict reading of a web address; what two programs could read differently is refused."""

import re
import socket
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote

import idna

from sources.fetching.codes import FetchError

DEFAULT_PORTS = {"http": 80, "https": 443}
MAXIMUM_CHARACTERS = 8192
_MAXIMUM_PORT = 65535

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ufeff\ud800-\udfff]")
_SHAPE = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)"
    r"(?:\?(?P<query>[^#]*))?(?:#.*)?",
    re.DOTALL,
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_AUTHORITY = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::(?P<port>[0-9]{1,5}))?")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")
_QUAD = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")
_DOT = frozenset({".", "%2e"})
_DOT_DOT = frozenset({"..", ".%2e", "%2e.", "%2e%2e"})
_SAFE = "!$%&'()*+,-./:;=@[]_|~"

# Names that stand for private networks (RFC 6761, 6762, 7686, 8375, 9476 and common use).
_RESERVED_ENDINGS = frozenset(
    {"local", "localdomain", "internal", "intranet", "lan", "private", "corp", "home"}
    | {"onion", "alt", "invalid"}
)


@dataclass(frozen=True, slots=True)
class Target:
    """A web address after its one reading.

    `host` is an A-label name in lower case, a dotted quad, or an IPv6 address without brackets;
    `resource` is the path and query as they go on the wire; `url` is the whole, normalised, and
    without a fragment.
    """

    scheme: str
    host: str
    port: int
    resource: str
    literal: IPv4Address | IPv6Address | None

    @property
    def authority(self) -> str:
        """The host and, unless it is the scheme's own, the port: what goes in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The normalised address."""
        return f"{self.scheme}://{self.authority}{self.resource}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port."""
        return self.scheme, self.host, self.port


def parse(url: str, *, limit: int = MAXIMUM_CHARACTERS, private: bool = False) -> Target:
    """Read `url` once, strictly.

    Raises FetchError (family refused) for anything that is not an unambiguous http or https
    address of at most `limit` characters. Names of private networks are read where `private`.
    """
    if len(url) > limit:
        raise FetchError("url_too_long", limit=limit)
    if _FORBIDDEN.search(url) or any(character.isspace() for character in url):
        raise FetchError("url_characters")
    shape = _SHAPE.fullmatch(url)
    if shape is None:
        raise FetchError("url_shape")
    scheme = shape["scheme"].lower()
    if scheme not in DEFAULT_PORTS:
        raise FetchError("url_scheme")
    host, literal, port = _read_authority(shape["authority"], private=private)
    target = Target(
        scheme=scheme,
        host=host,
        port=DEFAULT_PORTS[scheme] if port is None else port,
        resource=_resource(shape["path"], shape["query"]),
        literal=literal,
    )
    if len(target.url) > limit:
        raise FetchError("url_too_long", limit=limit)
    return target


def join(base: Target, reference: str, *, limit: int = MAXIMUM_CHARACTERS) -> Target:
    """Read the `Location` of a redirect against the address that sent it (RFC 3986, 5.2)."""
    if _FORBIDDEN.search(reference):
        raise FetchError("url_characters")
    if _SCHEME.match(reference):
        return parse(reference, limit=limit)
    root = f"{base.scheme}://{base.authority}"
    path, mark, query = base.resource.partition("?")
    if reference.startswith("//"):
        whole = f"{base.scheme}:{reference}"
    elif reference.startswith("/"):
        whole = root + reference
    elif reference.startswith("?"):
        whole = root + path + reference
    elif not reference or reference.startswith("#"):
        whole = root + path + mark + query
    else:
        whole = root + path[: path.rindex("/") + 1] + reference
    return parse(whole, limit=limit)


def _read_authority(
    authority: str, *, private: bool
) -> tuple[str, IPv4Address | IPv6Address | None, int | None]:
    if "@" in authority:
        raise FetchError("url_credentials")
    if "%" in authority or not authority:
        raise FetchError("url_host")
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        raise FetchError("url_port" if authority.count(":") == 1 else "url_host")
    port = None if parts["port"] is None else int(parts["port"])
    if port is not None and not 0 < port <= _MAXIMUM_PORT:
        raise FetchError("url_port")
    if parts["host"].startswith("["):
        address = _read_ipv6(parts["host"][1:-1])
        # Written by the C library: Python's own way differs from version to version.
        return socket.inet_ntop(socket.AF_INET6, address.packed), address, port
    host = _read_name(parts["host"], private=private)
    literal = IPv4Address(host) if _NUMERIC_LABEL.fullmatch(host.rpartition(".")[2]) else None
    return host, literal, port


def _read_ipv6(text: str) -> IPv6Address:
    try:
        return IPv6Address(text)
    except AddressValueError as error:
        raise FetchError("url_host") from error


def _read_name(name: str, *, private: bool) -> str:
    host = name.lower() if name.isascii() else _to_ascii(name)
    rooted = host.endswith(".")
    host = host.removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):  # noqa: PLR2004 (RFC 1035)
        raise FetchError("url_host")
    if _NUMERIC_LABEL.fullmatch(labels[-1]):
        if rooted or not _QUAD.fullmatch(host) or any(int(label) > 255 for label in labels):  # noqa: PLR2004
            raise FetchError("url_numeric_host")
        return host
    for label in labels:
        if label.startswith("xn--"):
            _to_ascii(label)
    # A name of one label is one that the local network completes; `localhost` has its own check.
    alone = len(labels) == 1 and host != "localhost"
    reserved = alone or labels[-1] in _RESERVED_ENDINGS or labels[-2:] == ["home", "arpa"]
    if reserved and not private:
        raise FetchError("host_reserved", host=host)
    return host


def _to_ascii(name: str) -> str:
    try:
        return idna.encode(name, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError, IndexError) as error:
        raise FetchError("url_host") from error


def _resource(path: str, query: str | None) -> str:
    kept = _without_dots(quote(path, safe=_SAFE) or "/")
    return kept if query is None else f"{kept}?{quote(query, safe=_SAFE + '?')}"


def _without_dots(path: str) -> str:
    """Resolve `.` and `..`, also when written `%2e`, as every browser does (WHATWG URL)."""
    segments = path.split("/")[1:]
    kept: list[str] = []
    for index, segment in enumerate(segments):
        last = index == len(segments) - 1
        folded = segment.lower()
        if folded in _DOT_DOT:
            if kept:
                kept.pop()
            if last:
                kept.append("")
        elif folded not in _DOT:
            kept.append(segment)
        elif last:
            kept.append("")
    return "/" + "/".join(kept)
