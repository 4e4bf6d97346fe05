"""What a server can do to a fetch. Every case ends in a state with a code, within its bounds."""

import gzip
import zlib

import pytest

from sources.fetching import FetchPolicy, fetch
from sources.fetching.exchanging import RECEIVE
from tests.servers.local_site import LocalSite, Page, Talk

from .conftest import KILOBYTE, Go

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
LARGE = 3000 * KILOBYTE
ZEROS = b"\x00" * 64 * KILOBYTE
BOMB = gzip.compress(b"\x00" * LARGE)


def found(location: bytes) -> bytes:
    return b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"


def packed(coding: bytes, body: bytes) -> bytes:
    return OK + b"Content-Encoding: " + coding + b"\r\n\r\n" + body


# Answers that are sent as they stand, with the code that each ends in.
ANSWERS: list[tuple[str, bytes, str]] = [
    ("nothing", b"", "connection_closed"),
    ("half a status line", b"HTTP/1.1 20", "connection_closed"),
    ("half the headers", OK + b"Content-Ty", "connection_closed"),
    ("no protocol", b"hello\r\n\r\n", "protocol_error"),
    ("another protocol", b"SSH-2.0-OpenSSH_9.6\r\n\r\n", "protocol_error"),
    ("a page without headers", b"<html><p>HTTP/0.9</p></html>\r\n\r\n", "protocol_error"),
    ("another version", b"HTTP/2 200 OK\r\n\r\n", "protocol_error"),
    ("a status of two digits", b"HTTP/1.1 20 OK\r\n\r\n", "protocol_error"),
    ("a status of letters", b"HTTP/1.1 abc OK\r\n\r\n", "protocol_error"),
    ("a header without a colon", OK + b"nothing here\r\n\r\n", "protocol_error"),
    ("a space before the colon", OK + b"Content-Length : 2\r\n\r\nok", "protocol_error"),
    ("a null in a header", OK + b"X: a\x00b\r\n\r\n", "protocol_error"),
    ("a fold at the start", OK + b" folded\r\n\r\n", "protocol_error"),
    (
        "two lengths",
        OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nok!",
        "conflicting_lengths",
    ),
    ("a list of lengths", OK + b"Content-Length: 2, 3\r\n\r\nok!", "conflicting_lengths"),
    (
        "a length and chunks",
        OK + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        "conflicting_lengths",
    ),
    ("a negative length", OK + b"Content-Length: -1\r\n\r\n", "protocol_error"),
    ("a length in words", OK + b"Content-Length: two\r\n\r\n", "protocol_error"),
    ("a length with a plus", OK + b"Content-Length: +2\r\n\r\nok", "protocol_error"),
    (
        "a length of forty digits",
        OK + b"Content-Length: " + b"9" * 40 + b"\r\n\r\n",
        "protocol_error",
    ),
    ("a length of 2 GB", OK + b"Content-Length: 2147483648\r\n\r\n", "too_large"),
    ("an unknown transfer coding", OK + b"Transfer-Encoding: gzip\r\n\r\n", "protocol_error"),
    ("two transfer codings", OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n", "protocol_error"),
    ("a chunk of no number", CHUNKED + b"zz\r\nok\r\n", "protocol_error"),
    ("a negative chunk", CHUNKED + b"-2\r\nok\r\n", "protocol_error"),
    ("a chunk of 2^80", CHUNKED + b"1" + b"0" * 20 + b"\r\nok", "protocol_error"),
    ("a chunk that ends badly", CHUNKED + b"2\r\nokxx0\r\n\r\n", "protocol_error"),
    ("an endless chunk size", CHUNKED + b"0" * 100 * KILOBYTE, "headers_too_large"),
    ("a long chunk note", CHUNKED + b"2;" + b"a" * 100 * KILOBYTE, "headers_too_large"),
    ("endless trailers", CHUNKED + b"0\r\n" + b"X: y\r\n" * 30000, "headers_too_large"),
    ("an endless status line", b"HTTP/1.1 200 " + b"O" * 100 * KILOBYTE, "headers_too_large"),
    ("an endless header", OK + b"X: " + b"a" * 100 * KILOBYTE, "headers_too_large"),
    ("headers of 70 KB", OK + b"X: " + b"a" * 70000 + b"\r\n\r\n", "headers_too_large"),
    ("201 headers", OK + b"X: y\r\n" * 201 + b"\r\n", "headers_too_large"),
    ("a body over the cap", OK + b"\r\n" + ZEROS * 20, "too_large"),
    ("chunks over the cap", CHUNKED + (b"10000\r\n" + ZEROS + b"\r\n") * 20, "too_large"),
    ("nine interim answers", b"HTTP/1.1 100 Continue\r\n\r\n" * 9 + OK, "too_many_interim"),
    ("an interim answer and no more", b"HTTP/1.1 100 Continue\r\n\r\n", "connection_closed"),
    (
        "another protocol on request",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        "protocol_error",
    ),
    ("a gzip bomb", packed(b"gzip", BOMB), "decoded_too_large"),
    ("a bomb in a bomb", packed(b"gzip, gzip", gzip.compress(BOMB)), "decoded_too_large"),
    ("a deflate bomb", packed(b"deflate", zlib.compress(b"\x00" * LARGE)), "decoded_too_large"),
    ("many small members", packed(b"gzip", gzip.compress(ZEROS) * 50), "decoded_too_large"),
    ("three codings", packed(b"gzip, gzip, gzip", b"x"), "coding_too_deep"),
    ("eleven codings", packed(b", ".join([b"gzip"] * 11), b"x"), "coding_too_deep"),
    (
        "codings over many headers",
        OK + b"Content-Encoding: gzip\r\n" * 3 + b"\r\n",
        "coding_too_deep",
    ),
    ("brotli, which was not offered", packed(b"br", b"\x0b\x02\x80"), "coding_unsupported"),
    ("zstd, which was not offered", packed(b"zstd", b"\x28\xb5"), "coding_unsupported"),
    ("a made-up coding", packed(b"x" * 200, b""), "coding_unsupported"),
    ("no gzip at all", packed(b"gzip", b"<html>plain</html>"), "coding_corrupt"),
    (
        "a flipped bit",
        packed(b"gzip", gzip.compress(b"text" * 99)[:-6] + b"abcdef"),
        "coding_corrupt",
    ),
    ("no deflate at all", packed(b"deflate", b"\xff\xff\xff"), "coding_corrupt"),
    ("a redirect to nowhere", b"HTTP/1.1 302 Found\r\n\r\n", "redirect_without_target"),
    (
        "a redirect to two places",
        b"HTTP/1.1 302 Found\r\nLocation: /a\r\nLocation: /b\r\n\r\n",
        "redirect_ambiguous",
    ),
    ("a redirect to itself", found(b"/"), "redirect_loop"),
    ("a redirect to its own fragment", found(b"/#again"), "redirect_loop"),
    ("a redirect to nothing", found(b""), "redirect_loop"),
    ("no body where one was stated", OK + b"Content-Length: 10\r\n\r\n", "connection_closed"),
    ("no chunk at all", CHUNKED, "connection_closed"),
]

# Redirects that lead where no fetch may go.
REFUSED: list[tuple[bytes, str]] = [
    (b"http://127.0.0.1:1/", "address_refused"),
    (b"http://127.0.0.1/", "address_refused"),
    (b"http://localhost:6379/", "address_refused"),
    (b"http://169.254.169.254/latest/meta-data/", "address_refused"),
    (b"http://[::ffff:169.254.169.254]/", "address_refused"),
    (b"http://[64:ff9b::a9fe:a9fe]/", "address_refused"),
    (b"//10.0.0.1/", "address_refused"),
    (b"http://0.0.0.0/", "address_refused"),
    (b"http://2130706433/", "url_numeric_host"),
    (b"http://0x7f.1/", "url_numeric_host"),
    (b"http://u:p@example.com/", "url_credentials"),
    (b"http://metadata.google.internal/", "host_reserved"),
    (b"http://8.8.8.8:22/", "port_refused"),
    (b"file:///etc/passwd", "url_scheme"),
    (b"gopher://127.0.0.1:6379/_FLUSHALL", "url_scheme"),
    (b"javascript:alert(1)", "url_shape"),
    (b"data:text/html,hi", "url_shape"),
    (b"http:\\\\10.0.0.1\\", "url_characters"),
    (b"/a\tb", "url_characters"),
    (b"http://" + b"a" * 9000 + b"/", "url_too_long"),
]


@pytest.mark.parametrize(
    ("answer", "code"), [case[1:] for case in ANSWERS], ids=[c[0] for c in ANSWERS]
)
def test_a_rude_answer_ends_in_a_code(site: LocalSite, go: Go, answer: bytes, code: str) -> None:
    site.pages["/"] = lambda talk: _send(talk, answer)
    result = go()
    assert (result.state, result.error_code, result.digest) == ("failed", code, "")
    assert result.error_text
    assert "{" not in result.error_text
    assert result.wire_bytes <= 1024 * KILOBYTE + RECEIVE
    assert result.body.size <= 2048 * KILOBYTE


@pytest.mark.parametrize(("location", "code"), REFUSED)
def test_a_redirect_that_leads_inside_is_refused(
    site: LocalSite, go: Go, location: bytes, code: str
) -> None:
    site.pages["/"] = found(location)
    result = go()
    assert (result.state, result.error_code) == ("refused", code)
    assert (result.status, len(result.hops)) == (302, 1)


def _send(talk: Talk, answer: bytes) -> None:
    talk.send_until_refused(answer, len(answer)) if answer else talk.stream.close()


def test_a_body_without_end_is_cut_off_at_the_cap(site: LocalSite, go: Go) -> None:
    sent: list[int] = []

    def pour(talk: Talk) -> None:
        talk.send(OK + b"\r\n")
        sent.append(talk.send_until_refused(ZEROS, 2 * 1024**3))

    site.pages["/"] = pour
    result = go()
    assert (result.state, result.error_code) == ("failed", "too_large")
    assert result.wire_bytes <= 1024 * KILOBYTE + RECEIVE
    site.stop()
    assert sent[0] < 64 * 1024**2


def test_a_redirect_body_without_end_is_left_and_followed(site: LocalSite, go: Go) -> None:
    def pour(talk: Talk) -> None:
        talk.send(b"HTTP/1.1 302 Found\r\nLocation: /page\r\n\r\n")
        talk.send_until_refused(b"\x00" * 1024, 2 * 1024**3)

    site.pages.update({"/": pour, "/page": Page()})
    result = go()
    assert (result.state, result.final_url) == ("stored", site.url("/page"))
    assert [exchange.truncated for exchange in result.exchanges] == [True, False]
    assert result.exchanges[0].response.size < 256 * KILOBYTE


def test_a_circle_of_three_is_found(site: LocalSite, go: Go) -> None:
    for here, there in (("/", b"/b"), ("/b", b"/c"), ("/c", b"/b")):
        site.pages[here] = found(there)
    result = go()
    assert (result.state, result.error_code, len(result.hops)) == ("failed", "redirect_loop", 3)


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (OK + b"Content-Length: 100\r\n\r\nhalf a page", b"half a page"),
        (CHUNKED + b"64\r\nhalf a page", b"half a page"),
        (CHUNKED + b"4\r\nhalf\r\n", b"half"),
        (packed(b"gzip", gzip.compress(b"half a page")[:-8]), b"half a page"),
        (b"HTTP/1.1 206 Partial Content\r\nContent-Length: 4\r\n\r\nhalf", b"half"),
    ],
)
def test_a_short_body_is_kept_and_marked(
    site: LocalSite, go: Go, answer: bytes, kept: bytes
) -> None:
    site.pages["/"] = answer
    result = go()
    assert (result.state, result.truncated, result.body.read()) == ("stored", True, kept)


def test_a_reset_in_the_body_is_a_short_body(site: LocalSite, go: Go) -> None:
    def reset(talk: Talk) -> None:
        talk.send(OK + b"\r\n" + b"half a page")
        talk.over.wait(0.05)
        talk.reset()

    site.pages["/"] = reset
    result = go()
    assert (result.state, result.truncated, result.body.read()) == ("stored", True, b"half a page")


def test_a_reset_before_the_answer_is_a_closed_connection(site: LocalSite, go: Go) -> None:
    site.pages["/"] = lambda talk: talk.reset()
    result = go()
    assert (result.state, result.error_code) == ("failed", "connection_closed")


def test_what_follows_the_message_is_no_part_of_it(site: LocalSite, go: Go) -> None:
    answer = OK + b"Content-Length: 4\r\n\r\npage"
    site.pages["/"] = answer + b"HTTP/1.1 200 OK\r\n\r\nsmuggled"
    result = go()
    assert result.body.read() == b"page"
    assert result.exchanges[0].response.read() == answer


@pytest.mark.parametrize(
    "name", ["Refresh", "Link", "Alt-Svc", "Content-Location", "X-Accel-Redirect"]
)
def test_headers_that_lead_elsewhere_lead_nowhere(site: LocalSite, go: Go, name: str) -> None:
    elsewhere = site.url("/elsewhere")
    site.pages["/"] = Page(b"<p>here</p>", headers=((name, f'0; url="{elsewhere}"'),))
    assert go().state == "stored"
    assert site.paths() == ["/"]


def test_cookies_are_not_kept(site: LocalSite, go: Go) -> None:
    cookie = ("Set-Cookie", "id=1; Path=/")
    site.pages["/"] = Page(b"", status="302 Found", headers=(("Location", "/b"), cookie))
    site.pages["/b"] = Page()
    assert go().state == "stored"
    assert b"ookie" not in b"".join(site.requests)


def test_nobody_at_the_port_is_a_failed_connection() -> None:
    with LocalSite() as site:
        url, ports = site.url(), frozenset({site.port})
    with fetch(url, policy=FetchPolicy(loopback_ports=ports)) as result:
        assert (result.state, result.error_code) == ("failed", "connection_failed")
        assert "connection refused" in result.error_text
