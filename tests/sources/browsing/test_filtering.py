"""The browser's only way out: what it lets through, what it refuses, and its caps."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from sources.browsing.filtering import Caps, FilteringProxy
from sources.fetching import FetchPolicy
from sources.fetching.deadline import Deadline
from sources.fetching.proxies import Proxy
from tests.servers.connect_proxy import ConnectProxy
from tests.servers.local_site import LocalSite, Page, Talk

PAGE = Page(b"<p>through the filter</p>")


@pytest.fixture
def site() -> Iterator[LocalSite]:
    with LocalSite({"/": PAGE, "/a?b": PAGE}) as running:
        yield running


@pytest.fixture
def policy(site: LocalSite) -> FetchPolicy:
    return FetchPolicy(loopback_ports=frozenset({site.port}))


@pytest.fixture
def proxy(policy: FetchPolicy) -> Iterator[FilteringProxy]:
    with FilteringProxy(policy, Deadline(10)) as running:
        yield running


def say(proxy: FilteringProxy, data: bytes) -> bytes:
    """Send bytes as a browser would; return all that comes back."""
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=10) as stream:
        stream.sendall(data)
        answer = b""
        with suppress(ConnectionResetError):
            while piece := stream.recv(65536):
                answer += piece
        return answer


def get(url: str, *fields: str) -> bytes:
    return "\r\n".join([f"GET {url} HTTP/1.1", "Host: elsewhere", *fields, "", ""]).encode()


def connect(place: str) -> bytes:
    return f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n\r\n".encode()


def test_a_plain_request_reaches_its_server_as_its_own(
    site: LocalSite, proxy: FilteringProxy
) -> None:
    answer = say(proxy, get(site.url("/a?b"), "Proxy-Connection: keep-alive", "Cookie: a=b"))
    assert answer == PAGE.wire()
    lines = site.requests[0].decode().split("\r\n")
    assert lines[:2] == ["GET /a?b HTTP/1.1", f"Host: 127.0.0.1:{site.port}"]
    assert "Cookie: a=b" in lines
    assert "Connection: close" in lines
    assert not [line for line in lines if line.lower().startswith("proxy")]


def test_a_tunnel_reaches_its_server(site: LocalSite, proxy: FilteringProxy) -> None:
    place = f"127.0.0.1:{site.port}"
    answer = say(proxy, connect(place) + f"GET / HTTP/1.1\r\nHost: {place}\r\n\r\n".encode())
    assert answer == b"HTTP/1.1 200 Connection established\r\n\r\n" + PAGE.wire()
    assert proxy.wire >= len(PAGE.wire())


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (get("http://10.0.0.1/"), "address_refused"),
        (get("http://127.0.0.1:1/"), "address_refused"),
        (get("http://127.0.0.1/"), "address_refused"),
        (get("http://localhost/"), "address_refused"),
        (get("http://[::1]/"), "address_refused"),
        (get("http://[::ffff:10.0.0.1]/"), "address_refused"),
        (get("http://169.254.169.254/latest/"), "address_refused"),
        (get("http://2130706433/"), "url_numeric_host"),
        (get("http://u:p@example.com/"), "url_credentials"),
        (get("http://printer.local/"), "host_reserved"),
        (get("http://intranet/"), "host_reserved"),
        (get("http://8.8.8.8:22/"), "port_refused"),
        (get("ftp://8.8.8.8/"), "url_scheme"),
        (get("/"), "url_shape"),
        (connect("10.0.0.1:443"), "address_refused"),
        (connect("127.0.0.1:5432"), "address_refused"),
        (connect("localhost:443"), "address_refused"),
        (connect("[::1]:443"), "address_refused"),
        (connect("0x7f.1:443"), "url_numeric_host"),
        (connect("metadata.google.internal:443"), "host_reserved"),
        (connect("8.8.8.8:25"), "port_refused"),
        (connect("u@8.8.8.8:443"), "url_credentials"),
    ],
)
def test_what_a_fetch_may_not_reach_a_page_may_not(
    site: LocalSite, proxy: FilteringProxy, asked: bytes, code: str
) -> None:
    assert say(proxy, asked).startswith(b"HTTP/1.1 403 Forbidden\r\n")
    assert [refusal.code for refusal in proxy.refusals] == [code]
    assert proxy.refusals[0].words
    assert site.requests == []


def test_a_name_is_led_to_the_address_that_was_checked(site: LocalSite) -> None:
    answers = iter([["93.184.215.14"], ["10.0.0.1"], ["93.184.215.14", "127.0.0.1"]])
    asked: list[str] = []

    def resolver(host: str, _port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    with ConnectProxy(to=site.port) as world:
        policy = FetchPolicy(proxy=Proxy.read(world.url))
        with FilteringProxy(policy, Deadline(10), resolver=resolver) as proxy:
            assert say(proxy, get("http://news.example/")) == PAGE.wire()
            assert b" 403 " in say(proxy, get("http://news.example/"))
            assert b" 403 " in say(proxy, connect("news.example:443"))
        assert world.targets() == ["93.184.215.14:80"]
    assert asked == ["news.example"] * 3
    assert b"Host: news.example\r\n" in site.requests[0]


def test_the_browsers_maker_is_told_nothing(proxy: FilteringProxy) -> None:
    for asked in (get("http://clients2.google.com/time"), connect("update.googleapis.com:443")):
        assert b" 403 " in say(proxy, asked)
    assert (proxy.refusals, proxy.requests) == ([], 0)


def test_what_follows_a_plain_request_is_not_passed_on(
    site: LocalSite, proxy: FilteringProxy
) -> None:
    heard: list[bytes] = []

    def listen(talk: Talk) -> None:
        talk.stream.settimeout(0.3)
        try:
            heard.append(talk.stream.recv(65536))
        except TimeoutError:
            heard.append(b"")
        talk.send(PAGE.wire())

    site.pages["/listen"] = listen
    first = f"POST {site.url('/listen')} HTTP/1.1\r\nContent-Length: 2\r\n\r\nok".encode()
    say(proxy, first + get("http://10.0.0.1/"))
    whole = site.requests[0] + b"".join(heard)
    assert whole.endswith(b"\r\n\r\nok")
    assert b"10.0.0.1" not in whole


@pytest.mark.parametrize("asked", [b"hello\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\r\n\r\n"])
def test_what_is_no_request_is_told_so(proxy: FilteringProxy, asked: bytes) -> None:
    assert say(proxy, asked).startswith(b"HTTP/1.1 400 Bad Request\r\n")


def test_a_head_without_end_is_left(proxy: FilteringProxy) -> None:
    most = 64 * 1024 * 1024
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=10) as stream:
        sent = 0
        with suppress(OSError):
            while sent < most:
                sent += stream.send(b"x" * 65536)
    assert sent < most


def test_all_requests_of_a_page_share_one_cap(site: LocalSite, policy: FetchPolicy) -> None:
    def pour(talk: Talk) -> None:
        talk.send(b"HTTP/1.1 200 OK\r\n\r\n")
        talk.send_until_refused(b"x" * 65536, 2 * 1024**3)

    site.pages["/large"] = pour
    caps = Caps(wire_bytes=1024 * 1024)
    with FilteringProxy(policy, Deadline(20), caps) as proxy:
        assert len(say(proxy, get(site.url("/large")))) < 2 * 1024 * 1024
        assert b" 502 " in say(proxy, get(site.url("/")))


def test_a_page_may_ask_for_so_many_things_and_no_more(
    site: LocalSite, policy: FetchPolicy
) -> None:
    with FilteringProxy(policy, Deadline(10), Caps(requests=2)) as proxy:
        answers = [say(proxy, get(site.url("/"))) for _ in range(3)]
    assert [b" 200 " in answer for answer in answers] == [True, True, False]


def test_nobody_is_answered_after_the_deadline(site: LocalSite, policy: FetchPolicy) -> None:
    with FilteringProxy(replace(policy), Deadline(0)) as proxy:
        assert b" 200 " not in say(proxy, get(site.url("/")))
    assert site.requests == []


def test_a_server_that_is_not_there_is_no_refusal(policy: FetchPolicy, site: LocalSite) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    reachable = replace(policy, loopback_ports=frozenset({port}))
    with FilteringProxy(reachable, Deadline(10)) as proxy:
        assert b" 502 " in say(proxy, get(f"http://127.0.0.1:{port}/"))
        assert proxy.refusals == []
