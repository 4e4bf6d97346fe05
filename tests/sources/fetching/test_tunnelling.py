import base64
import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from sources.fetching import FetchPolicy, FetchResult, fetch
from sources.fetching.proxies import Proxy
from tests.servers.connect_proxy import ConnectProxy
from tests.servers.local_site import LocalSite, Page

from .test_tls import AUTHORITY, site_with

PAGE = Page(b"<p>through the tunnel</p>")


@pytest.fixture
def proxy() -> Iterator[ConnectProxy]:
    with ConnectProxy() as running:
        yield running


def through(proxy: ConnectProxy, policy: FetchPolicy, secret: str = "") -> FetchPolicy:
    written = proxy.url.replace("http://", f"http://{secret}")
    return replace(policy, proxy=Proxy.read(written))


def ask(url: str, policy: FetchPolicy, **how: object) -> FetchResult:
    result = fetch(url, policy=policy, **how)  # type: ignore[arg-type]
    result.close()
    return result


def test_plain_http_goes_through_a_tunnel_as_it_is(
    site: LocalSite, policy: FetchPolicy, proxy: ConnectProxy
) -> None:
    site.pages["/a?b"] = PAGE
    with fetch(site.url("/a?b"), policy=through(proxy, policy)) as result:
        assert (result.state, result.error_text, result.body.read()) == ("stored", "", PAGE.body)
        (exchange,) = result.exchanges
        assert exchange.response.read() == PAGE.wire()
        assert exchange.request == site.requests[0]
        assert exchange.request.startswith(b"GET /a?b HTTP/1.1\r\n")
        assert result.wire_bytes == len(PAGE.wire())
        assert result.peer_address == "127.0.0.1"
    assert proxy.targets() == [f"127.0.0.1:{site.port}"]
    assert b"proxy" not in site.requests[0].lower()


def test_tls_is_with_the_server_and_not_with_the_proxy(proxy: ConnectProxy) -> None:
    with site_with("loopback") as site:
        policy = FetchPolicy(loopback_ports=frozenset({site.port}), certificates=AUTHORITY)
        result = ask(f"https://localhost:{site.port}/", through(proxy, policy))
        assert (result.state, result.exchanges[0].tls_version) == ("stored", "TLSv1.3")
        assert proxy.targets() == [f"127.0.0.1:{site.port}"]


def test_the_proxy_is_handed_the_checked_address_and_never_the_name(site: LocalSite) -> None:
    site.pages["/"] = PAGE
    with ConnectProxy(to=site.port) as proxy:
        policy = through(proxy, FetchPolicy())
        for answer in ("93.184.215.14", "2606:4700::1111"):
            result = ask("http://news.example/", policy, resolver=lambda *_, a=answer: [a])
            assert (result.state, result.peer_address) == ("stored", answer)
        assert proxy.targets() == ["93.184.215.14:80", "[2606:4700::1111]:80"]
    assert b"news.example" not in b"".join(proxy.asked)
    assert b"Host: news.example\r\n" in site.requests[0]


@pytest.mark.parametrize(
    "url",
    ["http://10.0.0.1/", "http://169.254.169.254/", "http://localhost/", "http://8.8.8.8:22/"],
)
def test_what_is_refused_never_reaches_the_proxy(proxy: ConnectProxy, url: str) -> None:
    assert ask(url, through(proxy, FetchPolicy())).state == "refused"
    bad = ask("http://a.example/", through(proxy, FetchPolicy()), resolver=lambda *_: ["10.0.0.1"])
    assert (bad.error_code, proxy.asked) == ("address_refused", [])


def test_every_hop_is_checked_before_its_tunnel(
    site: LocalSite, policy: FetchPolicy, proxy: ConnectProxy
) -> None:
    site.pages["/"] = Page(b"", status="302 Found", headers=(("Location", "http://10.0.0.1/"),))
    assert ask(site.url(), through(proxy, policy)).error_code == "address_refused"
    assert proxy.targets() == [f"127.0.0.1:{site.port}"]


def test_the_proxys_password_goes_to_the_proxy_alone(
    site: LocalSite, policy: FetchPolicy, proxy: ConnectProxy
) -> None:
    site.pages["/"] = PAGE
    assert ask(site.url(), through(proxy, policy, "ana:p%40ss@")).state == "stored"
    secret = base64.b64encode(b"ana:p@ss")
    assert b"Proxy-Authorization: Basic " + secret in proxy.asked[0]
    assert b"uthorization" not in site.requests[0]
    assert "p@ss" not in repr(through(proxy, policy, "ana:p%40ss@"))


@pytest.mark.parametrize(
    ("answer", "state", "code"),
    [
        (b"HTTP/1.1 403 No\r\n\r\n", "refused", "proxy_refused"),
        (b"HTTP/1.1 407 Password\r\n\r\n", "failed", "proxy_failed"),
        (b"HTTP/1.1 500 Oh\r\n\r\n", "failed", "proxy_failed"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\n\r\n", "failed", "proxy_failed"),
        (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", "failed", "connection_failed"),
        (b"HTTP/1.1 504 Too Slow\r\n\r\n", "failed", "connection_failed"),
        (b"SSH-2.0\r\n\r\n", "failed", "proxy_failed"),
        (b"HTTP/1.1 2", "failed", "proxy_failed"),
        (b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\nforged", "failed", "proxy_failed"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20000, "failed", "proxy_failed"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 9000, "failed", "proxy_failed"),
    ],
)
def test_a_proxy_that_opens_no_tunnel_has_its_code(
    site: LocalSite, policy: FetchPolicy, answer: bytes, state: str, code: str
) -> None:
    with ConnectProxy(answer=answer) as proxy:
        result = ask(site.url(), through(proxy, policy))
    assert (result.state, result.error_code) == (state, code)
    assert result.error_text
    assert site.requests == []


def test_a_proxy_that_says_nothing_ends_at_the_deadline(
    site: LocalSite, policy: FetchPolicy
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        proxy = Proxy("127.0.0.1", silent.getsockname()[1])
        result = ask(site.url(), replace(policy, proxy=proxy, deadline=0.3))
    assert (result.state, result.error_code) == ("failed", "timed_out")


def test_a_proxy_that_is_not_there_is_told(site: LocalSite, policy: FetchPolicy) -> None:
    with ConnectProxy() as gone:
        port = gone.port
    for host in ("127.0.0.1", "nobody.invalid"):
        result = ask(site.url(), replace(policy, proxy=Proxy(host, port)))
        assert (result.state, result.error_code) == ("failed", "proxy_failed")
        assert result.retryable
    assert site.requests == []


def test_the_next_address_is_tried_through_the_proxy(
    site: LocalSite, policy: FetchPolicy, proxy: ConnectProxy
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        dead = taken.getsockname()[1]
    result = ask(
        f"http://127.0.0.1:{dead}/",
        through(proxy, replace(policy, loopback_ports=frozenset({dead}))),
    )
    assert (result.error_code, result.retryable) == ("connection_failed", True)
    assert "the proxy could not reach it (502)" in result.error_text


@pytest.mark.parametrize(
    "written",
    [
        *("proxy:3128", "https://proxy:3128", "socks5://proxy:1080", "http://proxy", "http://:80"),
        *("http://proxy:0", "http://proxy:99999", "http://pro xy:80", "http://proxy:80/path"),
    ],
)
def test_what_is_no_proxys_address_is_an_error(written: str) -> None:
    with pytest.raises(ValueError, match="a proxy is written"):
        Proxy.read(written)


def test_a_proxys_address_is_read() -> None:
    assert Proxy.read("") is None
    assert Proxy.read("http://proxy:3128") == Proxy("proxy", 3128)
    assert Proxy.read("http://[::1]:3128/") == Proxy("::1", 3128)
