import socket
from ipaddress import ip_address

import pytest

from sources.fetching import FetchError, FetchPolicy, parse
from sources.fetching.connecting import connect
from sources.fetching.deadline import Deadline
from tests.servers.local_site import LocalSite

LOOPBACK = ip_address("127.0.0.1")


def test_the_next_address_is_tried_when_one_does_not_answer(site: LocalSite) -> None:
    policy = FetchPolicy(loopback_ports=frozenset({site.port}))
    silent = ip_address("127.0.0.2" if _refuses("127.0.0.2", site.port) else "::1")
    connection = connect(parse(site.url()), [silent, LOOPBACK], policy=policy, deadline=Deadline(5))
    with connection.stream:
        assert connection.peer_address == "127.0.0.1"


def _refuses(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return True
    return False


def test_this_very_machine_is_refused_even_at_a_checked_address(site: LocalSite) -> None:
    with pytest.raises(FetchError) as caught:
        connect(parse(site.url()), [LOOPBACK], policy=FetchPolicy(), deadline=Deadline(5))
    assert (caught.value.code, caught.value.family) == ("own_address", "refused")
    assert site.requests == []


def test_a_name_of_which_no_address_answers_cannot_be_reached(site: LocalSite) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    target = parse(f"http://127.0.0.1:{port}/")
    policy = FetchPolicy(loopback_ports=frozenset({port, site.port}))
    with pytest.raises(FetchError) as caught:
        connect(target, [LOOPBACK, LOOPBACK], policy=policy, deadline=Deadline(5))
    assert (caught.value.code, caught.value.family) == ("connection_failed", "retryable")


def test_a_deadline_that_has_passed_opens_nothing(site: LocalSite) -> None:
    with pytest.raises(FetchError) as caught:
        connect(parse(site.url()), [LOOPBACK], policy=FetchPolicy(), deadline=Deadline(0))
    assert caught.value.code == "timed_out"
