from ipaddress import ip_address

import pytest

from sources.fetching import FetchError, FetchPolicy
from sources.fetching.addresses import check, refusal

REFUSED = [
    # IPv4
    ("0.0.0.0", "this network"),
    ("0.1.2.3", "this network"),
    ("10.0.0.1", "private"),
    ("10.255.255.255", "private"),
    ("100.64.0.1", "shared by a provider"),
    ("100.127.255.255", "shared by a provider"),
    ("100.100.100.200", "cloud metadata"),
    ("127.0.0.1", "loopback"),
    ("127.1.2.3", "loopback"),
    ("127.255.255.254", "loopback"),
    ("169.254.0.1", "link-local"),
    ("169.254.169.254", "cloud metadata"),
    ("169.254.170.2", "cloud metadata"),
    ("168.63.129.16", "cloud metadata"),
    ("172.16.0.1", "private"),
    ("172.31.255.255", "private"),
    ("192.168.0.1", "private"),
    ("192.0.0.8", "protocol assignments"),
    ("192.0.0.192", "cloud metadata"),
    ("192.0.2.1", "documentation"),
    ("198.51.100.7", "documentation"),
    ("203.0.113.9", "documentation"),
    ("198.18.0.1", "benchmarking"),
    ("198.19.255.255", "benchmarking"),
    ("192.88.99.1", "6to4 relay"),
    ("192.31.196.1", "a DNS sink"),
    ("192.175.48.1", "a DNS sink"),
    ("192.52.193.1", "multicast relay"),
    ("224.0.0.1", "multicast"),
    ("239.255.255.250", "multicast"),
    ("240.0.0.1", "reserved"),
    ("255.255.255.255", "reserved"),
    # IPv6
    ("::", "unspecified"),
    ("::1", "loopback"),
    ("::2", "IPv4-compatible"),
    ("::ffff:127.0.0.1", "IPv4-mapped"),
    ("::ffff:8.8.8.8", "IPv4-mapped"),
    ("::ffff:0:127.0.0.1", "IPv4-translated"),
    ("::127.0.0.1", "IPv4-compatible"),
    ("64:ff9b::7f00:1", "translated to IPv4"),
    ("64:ff9b::8.8.8.8", "translated to IPv4"),
    ("64:ff9b:1::a00:1", "translated to IPv4"),
    ("100::1", "discard"),
    ("2001::1", "Teredo tunnel"),
    ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "Teredo tunnel"),
    ("2001:2::1", "benchmarking"),
    ("2001:10::1", "protocol assignments"),
    ("2001:20::1", "protocol assignments"),
    ("2001:db8::1", "documentation"),
    ("2002:7f00:1::", "6to4 tunnel"),
    ("2002:a9fe:a9fe::1", "6to4 tunnel"),
    ("2620:4f:8000::1", "a DNS sink"),
    ("3fff::1", "documentation"),
    ("3ffe::1", "retired test network"),
    ("5f00::1", "segment routing"),
    ("fc00::1", "private"),
    ("fd00:ec2::254", "cloud metadata"),
    ("fd12:3456::1", "private"),
    ("fd20:ce::254", "cloud metadata"),
    ("fe80::1", "link-local"),
    ("febf::1", "link-local"),
    ("fec0::1", "site-local"),
    ("feff::1", "site-local"),
    ("ff02::1", "multicast"),
    ("ff0e::1", "multicast"),
    ("4000::1", "not assigned"),
    ("1::1", "not assigned"),
    ("2a00:1450::5efe:7f00:1", "ISATAP tunnel"),
    ("2a00:1450::200:5efe:a00:1", "ISATAP tunnel"),
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.255.255",
    "169.255.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "192.0.1.1",
    "192.167.255.255",
    "192.169.0.1",
    "198.17.255.255",
    "198.20.0.1",
    *[
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00:1450:4001:81b::200e",
        "2001:4860:4860::8888",
    ],
    "2620:4f:8001::1",
    "2003::1",
]


@pytest.mark.parametrize(("address", "reason"), REFUSED)
def test_an_address_that_is_not_public_is_named(address: str, reason: str) -> None:
    assert refusal(ip_address(address)) == reason


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_let_through(address: str) -> None:
    assert refusal(ip_address(address)) == ""
    check(ip_address(address), port=443, policy=FetchPolicy())


@pytest.mark.parametrize("address", [address for address, _ in REFUSED])
def test_the_check_refuses_with_a_code(address: str) -> None:
    with pytest.raises(FetchError) as caught:
        check(ip_address(address), port=80, policy=FetchPolicy())
    assert (caught.value.code, caught.value.family) == ("address_refused", "refused")


@pytest.mark.parametrize("port", [1, 22, 25, 6379, 5432, 8000, 65535])
def test_a_public_address_is_reached_on_web_ports_only(port: int) -> None:
    with pytest.raises(FetchError) as caught:
        check(ip_address("8.8.8.8"), port=port, policy=FetchPolicy())
    assert caught.value.code == "port_refused"


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_a_named_loopback_port_is_let_through(address: str) -> None:
    check(ip_address(address), port=4711, policy=FetchPolicy(loopback_ports=frozenset({4711})))


@pytest.mark.parametrize("address", ["127.0.0.2", "::ffff:127.0.0.1", "10.0.0.1", "0.0.0.1"])
def test_a_named_loopback_port_opens_no_other_address(address: str) -> None:
    policy = FetchPolicy(loopback_ports=frozenset({4711}))
    with pytest.raises(FetchError) as caught:
        check(ip_address(address), port=4711, policy=policy)
    assert caught.value.code == "address_refused"


def test_a_named_loopback_port_is_no_web_port() -> None:
    with pytest.raises(FetchError) as caught:
        check(
            ip_address("8.8.8.8"), port=4711, policy=FetchPolicy(loopback_ports=frozenset({4711}))
        )
    assert caught.value.code == "port_refused"
