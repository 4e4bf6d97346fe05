"""Which addresses are the public internet. Everything that is not known to be is refused.

Ranges follow the IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and its updates),
with the fixed addresses at which cloud providers answer questions about the machine itself.
"""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from sources.fetching.codes import FetchError
from sources.fetching.policy import FetchPolicy

Address = IPv4Address | IPv6Address

_FIXED: dict[Address, str] = {
    ip_address("169.254.169.254"): "cloud metadata",
    ip_address("169.254.170.2"): "cloud metadata",
    ip_address("169.254.170.23"): "cloud metadata",
    ip_address("100.100.100.200"): "cloud metadata",
    ip_address("168.63.129.16"): "cloud metadata",
    ip_address("192.0.0.192"): "cloud metadata",
    ip_address("fd00:ec2::254"): "cloud metadata",
    ip_address("fd00:ec2::23"): "cloud metadata",
    ip_address("fd20:ce::254"): "cloud metadata",
}

_REFUSED_4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(network), reason)
    for network, reason in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a provider"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "a DNS sink"),
        ("192.52.193.0/24", "multicast relay"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "a DNS sink"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)

_PUBLIC_6 = IPv6Network("2000::/3")
_REFUSED_6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(network), reason)
    for network, reason in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "IPv4-mapped"),
        ("::ffff:0:0:0/96", "IPv4-translated"),
        ("::/96", "IPv4-compatible"),
        ("64:ff9b::/96", "translated to IPv4"),
        ("64:ff9b:1::/48", "translated to IPv4"),
        ("100::/64", "discard"),
        ("100:0:0:1::/64", "discard"),
        ("2001::/32", "Teredo tunnel"),
        ("2001:2::/48", "benchmarking"),
        ("2001::/23", "protocol assignments"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4 tunnel"),
        ("2620:4f:8000::/48", "a DNS sink"),
        ("3ffe::/16", "retired test network"),
        ("3fff::/20", "documentation"),
        ("5f00::/16", "segment routing"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)

# ISATAP interface identifiers: 0000:5efe or 0200:5efe, then an IPv4 address.
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})
_LOOPBACK = frozenset({ip_address("127.0.0.1"), ip_address("::1")})


@lru_cache(maxsize=4096)
def refusal(address: Address) -> str:
    """Say in a word or two why `address` is not public; empty when it is."""
    if address in _FIXED:
        return _FIXED[address]
    if isinstance(address, IPv4Address):
        return next((reason for network, reason in _REFUSED_4 if address in network), "")
    for network, reason in _REFUSED_6:
        if address in network:
            return reason
    if address not in _PUBLIC_6:
        return "not assigned"
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return "ISATAP tunnel"
    return ""


def check(address: Address, *, port: int, policy: FetchPolicy) -> None:
    """Raise FetchError unless `address` and `port` may be reached under `policy`."""
    if policy.any_address or (address in _LOOPBACK and port in policy.loopback_ports):
        return
    reason = refusal(address)
    if reason:
        raise FetchError("address_refused", address=str(address), reason=reason)
    if port not in policy.ports:
        raise FetchError("port_refused", port=port)


def may_be_own(address: Address, *, port: int, policy: FetchPolicy) -> bool:
    """Tell whether this machine itself may answer at `address`: in tests, or by a setting."""
    return policy.any_address or (address in _LOOPBACK and port in policy.loopback_ports)
