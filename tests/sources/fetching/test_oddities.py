"""Answers that are odd rather than rude: read one way, or refused, and never more than one page."""

import gzip
import zlib

import pytest

from tests.servers.local_site import LocalSite, Page, Talk

from .conftest import KILOBYTE, Go

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
PAGE = b"the page"
LENGTH = b"Content-Length: 8\r\n\r\n" + PAGE

# What is odd but has one reading: the page is kept as it was meant.
KEPT: list[tuple[str, bytes, bytes]] = [
    ("no reason", b"HTTP/1.1 200\r\n" + LENGTH, PAGE),
    ("a reason in UTF-8", "HTTP/1.1 200 Größe\r\n".encode() + LENGTH, PAGE),
    ("bare line feeds", b"HTTP/1.1 200 OK\nContent-Length: 8\n\n" + PAGE, PAGE),
    ("a folded header", OK + b"X: a\r\n b\r\n" + LENGTH, PAGE),
    ("an empty header", OK + b"X:\r\n" + LENGTH, PAGE),
    ("bytes over 127 in a header", OK + b"X: \xff\xfe\r\n" + LENGTH, PAGE),
    ("the same length twice", OK + b"Content-Length: 8\r\n" + LENGTH, PAGE),
    ("a list of the same length", OK + b"Content-Length: 8, 8\r\n\r\n" + PAGE, PAGE),
    ("a length with zeros", OK + b"Content-Length: 0008\r\n\r\n" + PAGE, PAGE),
    (
        "chunks in capitals",
        OK + b"Transfer-Encoding: CHUNKED\r\n\r\n8\r\nthe page\r\n0\r\n\r\n",
        PAGE,
    ),
    ("chunks with notes", CHUNKED + b'8;a="b;c"\r\nthe page\r\n0;z\r\n\r\n', PAGE),
    ("chunks with trailers", CHUNKED + b"8\r\nthe page\r\n0\r\nContent-Length: 3\r\n\r\n", PAGE),
    ("a size with zeros", CHUNKED + b"00000008\r\nthe page\r\n0\r\n\r\n", PAGE),
    ("the oldest version", b"HTTP/1.0 200 OK\r\n\r\n" + PAGE, PAGE),
    ("kept alive", OK + b"Connection: keep-alive\r\nKeep-Alive: timeout=999\r\n" + LENGTH, PAGE),
    ("an upgrade that is offered", OK + b"Upgrade: h2c\r\nConnection: Upgrade\r\n" + LENGTH, PAGE),
    ("eight interim answers", b"HTTP/1.1 102 Processing\r\n\r\n" * 8 + OK + LENGTH, PAGE),
    ("200 headers", OK + b"X: y\r\n" * 199 + LENGTH, PAGE),
    ("a type without sense", OK + b"Content-Type: ;;;=\xff\r\n" + LENGTH, PAGE),
    ("two types", OK + b"Content-Type: a/b\r\nContent-Type: c/d\r\n" + LENGTH, PAGE),
    (
        "a charset without end",
        OK + b"Content-Type: text/html;charset=" + b"x" * 9000 + b"\r\n" + LENGTH,
        PAGE,
    ),
    ("a charset in quotes", OK + b'Content-Type: text/html; charset="utf-8\r\n' + LENGTH, PAGE),
    ("a cookie of 30 KB", OK + b"Set-Cookie: a=" + b"b" * 30000 + b"\r\n" + LENGTH, PAGE),
    ("an address to go to", OK + b"Location: http://10.0.0.1/\r\n" + LENGTH, PAGE),
    ("201 with an address", b"HTTP/1.1 201 Created\r\nLocation: //10.0.0.1/\r\n" + LENGTH, PAGE),
    ("no content, with content", b"HTTP/1.1 204 No Content\r\n" + LENGTH, b""),
    ("a nothing that is packed", OK + b"Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n", b""),
    (
        "packed twice",
        OK + b"Content-Encoding: gzip, gzip\r\n\r\n" + gzip.compress(gzip.compress(PAGE)),
        PAGE,
    ),
    (
        "packed with a file name",
        OK
        + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\x03name\0"
        + gzip.compress(PAGE, mtime=0)[10:],
        PAGE,
    ),
    (
        "packed, in chunks of a byte",
        OK
        + b"Content-Encoding: deflate\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"".join(b"1\r\n%c\r\n" % byte for byte in zlib.compress(PAGE))
        + b"0\r\n\r\n",
        PAGE,
    ),
    ("another answer behind it", OK + LENGTH + OK + LENGTH, PAGE),
]

# What has two readings or none.
REFUSED: list[tuple[str, bytes, str]] = [
    ("a length in hexadecimal", OK + b"Content-Length: 0x8\r\n\r\n" + PAGE, "protocol_error"),
    ("a length with an underscore", OK + b"Content-Length: 1_0\r\n\r\n" + PAGE, "protocol_error"),
    ("a length of no digits", OK + b"Content-Length: \r\n\r\n" + PAGE, "protocol_error"),
    ("a length and a half", OK + b"Content-Length: 8.5\r\n\r\n" + PAGE, "protocol_error"),
    ("lengths 8 and 08", OK + b"Content-Length: 08\r\n" + LENGTH, "conflicting_lengths"),
    ("chunked twice", OK + b"Transfer-Encoding: chunked, chunked\r\n\r\n", "protocol_error"),
    (
        "chunked over two lines",
        OK + b"Transfer-Encoding: chunked\r\n" * 2 + b"\r\n",
        "protocol_error",
    ),
    ("chunked with a note", OK + b"Transfer-Encoding: chunked;q=1\r\n\r\n", "protocol_error"),
    (
        "identity and chunked",
        OK + b"Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n",
        "protocol_error",
    ),
    ("a tab in chunked", OK + b"Transfer-Encoding: \x0bchunked\r\n\r\n", "protocol_error"),
    ("a space in a name", OK + b"Content Length: 8\r\n\r\n" + PAGE, "protocol_error"),
    ("a tab before the colon", OK + b"Content-Length\t: 8\r\n\r\n" + PAGE, "protocol_error"),
    ("a name of no letters", OK + b": 8\r\n\r\n" + PAGE, "protocol_error"),
    ("a null in a name", OK + b"X\x00: 8\r\n\r\n" + PAGE, "protocol_error"),
    ("a carriage return inside", OK + b"X: a\rb: c\r\n\r\n" + PAGE, "protocol_error"),
    ("a chunk size with 0x", CHUNKED + b"0x8\r\nthe page\r\n0\r\n\r\n", "protocol_error"),
    (
        "a chunk size with a space before",
        CHUNKED + b" 8\r\nthe page\r\n0\r\n\r\n",
        "protocol_error",
    ),
    (
        "a chunk that is longer than it says",
        CHUNKED + b"7\r\nthe page\r\n0\r\n\r\n",
        "protocol_error",
    ),
    ("a status of four digits", b"HTTP/1.1 2000 OK\r\n\r\n", "protocol_error"),
    ("a negative status", b"HTTP/1.1 -200 OK\r\n\r\n", "protocol_error"),
    ("a status under one hundred", b"HTTP/1.1 099 X\r\n\r\n", "protocol_error"),
    ("the wrong protocol's version", b"HTTP/3.0 200 OK\r\n\r\n", "protocol_error"),
    ("a version of letters", b"HTTP/x.y 200 OK\r\n\r\n", "protocol_error"),
    ("a protocol in small letters", b"http/1.1 200 OK\r\n\r\n", "protocol_error"),
    ("an empty line at the start", b"\r\n" + OK + LENGTH, "protocol_error"),
    ("ICY", b"ICY 200 OK\r\n\r\n", "protocol_error"),
    ("TLS", b"\x15\x03\x01\x00\x02\x02\x46", "protocol_error"),
    ("a header of 1 MB", OK + b"X: " + b"a" * 1024 * KILOBYTE + b"\r\n\r\n", "headers_too_large"),
    ("a name of 1 MB", OK + b"a" * 1024 * KILOBYTE + b": x\r\n\r\n", "headers_too_large"),
    (
        "interim headers without end",
        b"HTTP/1.1 103 Early Hints\r\n" + b"Link: x\r\n" * 30000,
        "headers_too_large",
    ),
    ("packed in the name of two", OK + b"Content-Encoding: gzip;q=1\r\n\r\n", "coding_unsupported"),
    ("compress", OK + b"Content-Encoding: compress\r\n\r\n\x1f\x9d", "coding_unsupported"),
    ("packed in br inside gzip", OK + b"Content-Encoding: br, gzip\r\n\r\n", "coding_unsupported"),
    (
        "a second member that is damaged",
        OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE) + b"\x1f\x8b\xff\xff",
        "coding_corrupt",
    ),
    ("not modified, unasked", b"HTTP/1.1 304 Not Modified\r\n" + LENGTH, "http_error"),
    (
        "a proxy that asks for a password",
        b"HTTP/1.1 407 X\r\nProxy-Authenticate: Basic\r\n\r\n",
        "page_blocked",
    ),
]

# Where a redirect may lead, however it is written, and what is asked for then.
LOCATIONS: list[tuple[bytes, str]] = [
    (b"/b", "/b"),
    (b"b", "/d/b"),
    (b"./b", "/d/b"),
    (b"../b", "/b"),
    (b"../../../b", "/b"),
    (b"?q", "/d/a?q"),
    (b"b?x=/../y", "/d/b?x=/../y"),
    (b"/b#/../c", "/b"),
    (b"/%2e%2e/b", "/b"),
    (b"/b%00c", "/b%00c"),
    (b"/b%0d%0aX:1", "/b%0d%0aX:1"),
    (b"  /b  ", "/b"),
    (b"/b'\"<>", "/b'%22%3C%3E"),
]


@pytest.mark.parametrize(
    ("answer", "body"), [case[1:] for case in KEPT], ids=[case[0] for case in KEPT]
)
def test_an_odd_answer_with_one_reading_is_kept(
    site: LocalSite, go: Go, answer: bytes, body: bytes
) -> None:
    site.pages["/"] = answer
    result = go()
    assert (result.state, result.error_code, result.truncated) == ("stored", "", False)
    assert (result.body.read(), len(result.hops)) == (body, 1)
    assert len(result.media_type) < 100
    assert len(result.charset) <= 40
    assert site.paths() == ["/"]


@pytest.mark.parametrize(
    ("answer", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_an_answer_with_two_readings_is_not_kept(
    site: LocalSite, go: Go, answer: bytes, code: str
) -> None:
    site.pages["/"] = lambda talk: _send(talk, answer)
    result = go()
    assert (result.state, result.error_code, result.digest) == ("failed", code, "")
    assert result.wire_bytes <= 1024 * KILOBYTE


@pytest.mark.parametrize(("location", "resource"), LOCATIONS)
def test_a_redirect_is_read_as_a_browser_reads_it(
    site: LocalSite, go: Go, location: bytes, resource: str
) -> None:
    site.pages["/d/a"] = (
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"
    )
    site.pages[resource] = Page(PAGE)
    result = go("/d/a")
    assert (result.state, result.body.read()) == ("stored", PAGE)
    assert site.paths() == ["/d/a", resource]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nothing_goes_along_with_a_redirect(site: LocalSite, go: Go, status: int) -> None:
    told = (("Location", "/b"), ("Set-Cookie", "a=b"), ("WWW-Authenticate", "Basic realm=x"))
    site.pages.update({"/": Page(b"", status=f"{status} X", headers=told), "/b": Page(PAGE)})
    assert go().state == "stored"
    assert all(request.startswith(b"GET ") for request in site.requests)
    sent = b"".join(site.requests).lower()
    assert [word for word in (b"cookie", b"authorization", b"referer") if word in sent] == []


@pytest.mark.parametrize(
    "name",
    ["Refresh", "Link", "Alt-Svc", "Content-Location", "URI", "Proxy-Connection", "Report-To"],
)
@pytest.mark.parametrize("value", ["0;url={0}", "<{0}>; rel=preload", 'h3=":1"; ma=9', "{0}"])
def test_no_other_header_leads_anywhere(site: LocalSite, go: Go, name: str, value: str) -> None:
    led = (name, value.format(site.url("/elsewhere")))
    site.pages["/"] = Page(PAGE, headers=(led,))
    assert go().state == "stored"
    assert site.paths() == ["/"]


def _send(talk: Talk, answer: bytes) -> None:
    talk.send_until_refused(answer, len(answer))
