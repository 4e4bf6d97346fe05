import socket
from threading import Event

import pytest

from sources.fetching import FetchError, FetchPolicy, fetch, parse
from sources.fetching.deadline import Deadline
from sources.fetching.resolving import Resolver, resolve


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
