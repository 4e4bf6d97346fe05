import gzip
import hashlib
import socket
import zlib
from dataclasses import replace

import pytest

from sources.fetching import FetchPolicy, fetch
from tests.servers.local_site import LocalSite, Page

from .conftest import Go

TEXT = b"<!doctype html><title>Poverty</title><p>Poverty fell from 60% to 36%.</p>"
SHA = hashlib.sha256(TEXT).hexdigest()


def test_a_page_is_stored_with_its_exact_bytes(site: LocalSite, go: Go) -> None:
    site.pages["/a?b=1"] = Page(TEXT)
    result = go("/a?b=1")
    assert (result.state, result.error_code, result.error_text) == ("stored", "", "")
    assert (result.status, result.final_url) == (200, site.url("/a?b=1"))
    assert (result.body.read(), result.digest) == (TEXT, SHA)
    assert (result.media_type, result.charset) == ("text/html", "utf-8")
    assert (result.peer_address, result.truncated, result.retryable) == ("127.0.0.1", False, False)
    (exchange,) = result.exchanges
    assert exchange.response.read() == Page(TEXT).wire()
    assert exchange.request == site.requests[0]
    assert exchange.head_bytes == len(Page(TEXT).wire()) - len(TEXT)
    assert result.wire_bytes == len(Page(TEXT).wire())


def test_the_request_names_who_asks_and_carries_nothing_else(
    site: LocalSite, policy: FetchPolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    site.pages["/"] = Page(TEXT)
    fetch(site.url(), policy=replace(policy, user_agent="Desk/1 (+https://desk.example)")).close()
    lines = site.requests[0].decode().split("\r\n")
    assert lines[0] == "GET / HTTP/1.1"
    assert f"Host: 127.0.0.1:{site.port}" in lines
    assert "User-Agent: Desk/1 (+https://desk.example)" in lines
    names = {line.partition(":")[0] for line in lines[1:] if line}
    assert names == {
        "Host",
        "User-Agent",
        "Accept",
        "Accept-Language",
        "Accept-Encoding",
        "Connection",
    }


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("GZIP", gzip.compress(TEXT[:20]) + gzip.compress(TEXT[20:])),
        ("gzip", gzip.compress(TEXT) + b"\x00" * 16),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)[2:-4]),
        ("gzip, deflate", zlib.compress(gzip.compress(TEXT))),
        ("identity", TEXT),
        ("", TEXT),
    ],
)
def test_a_packed_body_is_unpacked(site: LocalSite, go: Go, coding: str, packed: bytes) -> None:
    site.pages["/"] = Page(packed, headers=(("Content-Encoding", coding),))
    result = go()
    assert (result.state, result.digest, result.truncated) == ("stored", SHA, False)
    assert result.exchanges[0].response.read().endswith(packed)


def test_a_chunked_body_is_put_together(site: LocalSite, go: Go) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    wire = head + b"".join(b"%x;note=1\r\n%s\r\n" % (1, TEXT[i : i + 1]) for i in range(len(TEXT)))
    wire += b"0\r\nX-Trailer: 1\r\n\r\n"
    site.pages["/"] = wire + b"HTTP/1.1 200 OK\r\n\r\nsmuggled"
    result = go()
    assert (result.state, result.digest) == ("stored", SHA)
    assert result.exchanges[0].response.read() == wire


def test_a_body_that_ends_with_its_connection_is_whole(site: LocalSite, go: Go) -> None:
    site.pages["/"] = b"HTTP/1.0 200 OK\r\n\r\n" + TEXT
    result = go()
    assert (result.state, result.digest, result.truncated) == ("stored", SHA, False)
    assert result.media_type == "text/html"


def test_a_large_body_leaves_memory_for_a_file(site: LocalSite, go: Go) -> None:
    large = bytes(range(256)) * 2048
    site.pages["/"] = Page(large, media_type="application/octet-stream")
    result = go()
    assert result.digest == hashlib.sha256(large).hexdigest()
    assert result.body.read() == large


def test_redirects_are_followed_and_each_is_kept(site: LocalSite, go: Go) -> None:
    site.pages["/a"] = Page(b"gone on", status="301 Moved", headers=(("Location", "b?x=1#top"),))
    site.pages["/b?x=1"] = Page(
        b"", status="307 Temporary", headers=(("Location", site.url("/c")),)
    )
    site.pages["/c"] = Page(TEXT)
    result = go("/a")
    assert (result.state, result.final_url, result.digest) == ("stored", site.url("/c"), SHA)
    assert [(hop.url, hop.status) for hop in result.hops] == [
        (site.url("/a"), 301),
        (site.url("/b?x=1"), 307),
        (site.url("/c"), 200),
    ]
    assert site.paths() == ["/a", "/b?x=1", "/c"]
    assert result.exchanges[0].response.read().endswith(b"gone on")


def test_eight_redirects_are_followed_and_no_more(site: LocalSite, go: Go) -> None:
    for step in range(12):
        site.pages[f"/{step}"] = Page(
            b"", status="302 Found", headers=(("Location", f"/{step + 1}"),)
        )
    site.pages["/12"] = Page(TEXT)
    assert go("/4").state == "stored"
    result = go("/3")
    assert (result.state, result.error_code) == ("failed", "too_many_redirects")
    assert len(result.hops) == 9


def test_a_location_in_utf_8_and_in_latin_1_is_read(site: LocalSite, go: Go) -> None:
    for path, raw in (("/u", "/größe".encode()), ("/l", "/größe".encode("latin-1"))):
        site.pages[path] = (
            b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + raw + b"\r\n\r\n"
        )
    site.pages["/gr%C3%B6%C3%9Fe"] = Page(TEXT)
    assert [go("/u").digest, go("/l").digest] == [SHA, SHA]


def test_interim_answers_are_set_aside(site: LocalSite, go: Go) -> None:
    interim = b"HTTP/1.1 103 Early Hints\r\nLink: </x.css>; rel=preload\r\n\r\n"
    site.pages["/"] = interim * 2 + Page(TEXT).wire()
    result = go()
    (exchange,) = result.exchanges
    assert (result.state, result.digest) == ("stored", SHA)
    assert (exchange.interim, exchange.response.read()) == (interim * 2, Page(TEXT).wire())


def has_ipv6() -> bool:
    """Tell whether this machine has IPv6 at all; many containers do not."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def test_ipv6_loopback_is_reached_when_its_port_is_named(policy: FetchPolicy) -> None:
    if not has_ipv6():
        with fetch(
            "http://[::1]:9/", policy=replace(policy, loopback_ports=frozenset({9}))
        ) as result:
            assert (result.state, result.error_code) == ("failed", "connection_failed")
        return
    with LocalSite({"/": Page(TEXT)}, host="::1") as site:
        ports = frozenset({site.port})
        with fetch(site.url(), policy=replace(policy, loopback_ports=ports)) as result:
            assert (result.state, result.peer_address) == ("stored", "::1")
        assert b"Host: [::1]:" in site.requests[0]


@pytest.mark.parametrize(
    ("status", "code", "retryable"),
    [
        ("400 Bad Request", "http_error", False),
        ("401 Unauthorized", "page_blocked", False),
        ("403 Forbidden", "page_blocked", False),
        ("404 Not Found", "page_not_found", False),
        ("410 Gone", "page_gone", False),
        ("429 Too Many Requests", "rate_limited", True),
        ("451 Unavailable For Legal Reasons", "page_blocked", False),
        ("500 Oh No", "server_error", True),
        ("503 Busy", "server_error", True),
        ("300 Multiple Choices", "http_error", False),
        ("304 Not Modified", "http_error", False),
        ("999 Denied", "http_error", False),
    ],
)
def test_an_answer_that_is_not_the_page_has_its_code(
    site: LocalSite, go: Go, status: str, code: str, *, retryable: bool
) -> None:
    site.pages["/"] = Page(b"" if status[0] == "3" else b"sorry", status=status)
    result = go()
    assert (result.state, result.error_code, result.retryable) == ("failed", code, retryable)
    assert (result.status, result.digest) == (int(status[:3]), "")
    assert result.error_text


@pytest.mark.parametrize(
    ("value", "seconds"), [("120", 120), ("x", None), ("-1", None), ("9" * 50, None)]
)
def test_retry_after_is_read(site: LocalSite, go: Go, value: str, seconds: int | None) -> None:
    site.pages["/"] = Page(b"", status="503 Busy", headers=(("Retry-After", value),))
    assert go().retry_after == seconds


def test_retry_after_may_be_a_date(site: LocalSite, go: Go) -> None:
    dated = (("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"),)
    site.pages["/"] = Page(b"", status="503 Busy", headers=dated)
    assert go().retry_after == 0


@pytest.mark.parametrize(
    ("declared", "body", "media_type"),
    [
        ("application/octet-stream", b"%PDF-1.7\n", "application/pdf"),
        ("text/plain", b"%PDF-1.7\n", "application/pdf"),
        ("text/plain", b"<html>as text</html>", "text/plain"),
        ("application/octet-stream", b"\n<!-- a --> <!DOCTYPE html>", "text/html"),
        ("not a type", b"<html><p>x", "text/html"),
        ("application/octet-stream", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("text/csv", b"a,b", "text/csv"),
        ("Text/HTML;charset=x", b"", "text/html"),
        ("nonsense", b"plain words", "text/plain"),
        ("nonsense", b"\x00\x01", "application/octet-stream"),
        ("nonsense", b"<!--" * 250, "text/plain"),
    ],
)
def test_the_media_type_is_what_the_server_or_the_bytes_say(
    site: LocalSite, go: Go, declared: str, body: bytes, media_type: str
) -> None:
    site.pages["/"] = Page(body, media_type=declared)
    assert go().media_type == media_type
