import socket
from threading import Event

import pytest

from sources.fetching import FetchError, FetchPolicy, fetch, parse
from sources.fetching.deadline import Deadline
from sources.fetching.resolving import Resolver, resolve
from tests.servers.local_site import LocalSite, Page


def answers(*addresses: str) -> Resolver:
    return lambda _host, _port: list(addresses)


def look_up(url: str, resolver: Resolver, *, seconds: float = 5.0) -> list[str]:
    policy = FetchPolicy(resolve_timeout=seconds)
    found = resolve(parse(url), policy=policy, deadline=Deadline(5), resolver=resolver)
    return [str(address) for address in found]


def refused(url: str, resolver: Resolver, *, seconds: float = 5.0) -> str:
    with pytest.raises(FetchError) as caught:
        look_up(url, resolver, seconds=seconds)
    return caught.value.code


def test_public_answers_are_kept_in_order_and_at_most_four() -> None:
    resolver = answers("1.1.1.1", "1.0.0.1", "2606:4700::1111", "8.8.8.8", "9.9.9.9")
    found = look_up("http://example.com/", resolver)
    assert found == ["1.1.1.1", "1.0.0.1", "2606:4700::1111", "8.8.8.8"]


@pytest.mark.parametrize("bad", ["10.0.0.1", "127.0.0.1", "::1", "fe80::1%eth0", "169.254.169.254"])
def test_one_bad_answer_refuses_the_name(bad: str) -> None:
    good = ["1.1.1.1", "1.0.0.1", "8.8.8.8", "9.9.9.9"]
    assert refused("http://example.com/", answers(*good, bad)) == "address_refused"


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.1"],
        ["10.0.0.1", "1.1.1.1"],
        ["1.1.1.1", "::ffff:10.0.0.1"],
        ["1.1.1.1", "64:ff9b::a00:1"],
        ["2606:4700::1111", "fe80::1%2"],
        ["2606:4700::1111", "2002:a00:1::"],
        ["1.1.1.1", "0.0.0.0"],
        ["1.1.1.1", "100.64.0.1"],
        ["1.1.1.1", "fd00:ec2::254"],
        ["1.1.1.1", "168.63.129.16"],
        ["1.1.1.1", "2001:db8::1"],
    ],
)
def test_a_bad_answer_at_any_place_refuses_the_name(addresses: list[str]) -> None:
    assert refused("http://example.com/", answers(*addresses)) == "address_refused"


def test_a_name_is_asked_for_once_and_a_later_answer_changes_nothing() -> None:
    turns = iter([["203.0.113.1"], ["127.0.0.1"]])
    asked: list[str] = []

    def rebind(host: str, _port: int) -> list[str]:
        asked.append(host)
        return next(turns)

    assert refused("http://rebind.example/", rebind) == "address_refused"
    assert asked == ["rebind.example"]


def test_every_hop_is_asked_for_and_checked_anew(site: LocalSite) -> None:
    """A name that led to a good address on the first hop leads inside on the second."""
    site.pages["/"] = Page(b"", status="302 Found", headers=(("Location", "http://b.example/"),))
    asked: list[str] = []

    def rebind(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["10.0.0.1"]

    policy = FetchPolicy(loopback_ports=frozenset({site.port}))
    with fetch(site.url(), policy=policy, resolver=rebind) as result:
        assert (result.state, result.error_code) == ("refused", "address_refused")
    assert (asked, site.paths()) == (["b.example"], ["/"])


def test_what_is_no_address_at_all_is_no_answer() -> None:
    assert refused("http://example.com/", answers("not an address")) == "name_unavailable"


def test_a_literal_and_localhost_ask_nobody() -> None:
    def ask(_host: str, _port: int) -> list[str]:
        raise AssertionError

    assert look_up("http://8.8.8.8/", ask) == ["8.8.8.8"]
    assert refused("http://localhost/", ask) == "address_refused"
    assert refused("http://db.localhost/", ask) == "address_refused"
    assert refused("http://[::ffff:10.0.0.1]/", ask) == "address_refused"


def test_an_unknown_name_and_a_silent_server_are_told_apart() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    def busy(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "again")

    assert refused("http://example.com/", unknown) == "name_not_found"
    assert refused("http://example.com/", busy) == "name_unavailable"
    assert refused("http://example.com/", answers()) == "name_not_found"


def test_a_look_up_that_hangs_is_given_up() -> None:
    never = Event()

    def hang(_host: str, _port: int) -> list[str]:
        never.wait(5)
        return []

    assert refused("http://example.com/", hang, seconds=0.05) == "name_unavailable"
    never.set()


def test_what_is_plainly_wrong_is_refused_before_anybody_is_asked() -> None:
    def ask(_host: str, _port: int) -> list[str]:
        raise AssertionError

    for url, code in {
        "http://example.com:22/": "port_refused",
        "http://10.0.0.1:22/": "address_refused",
        "http://localhost:80/": "address_refused",
    }.items():
        with fetch(url, policy=FetchPolicy(), resolver=ask) as result:
            assert (result.state, result.error_code) == ("refused", code)
