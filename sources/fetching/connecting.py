"""Connections to addresses that were checked, and to no others."""

import hashlib
import socket
import ssl
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address

import certifi

from sources.fetching.addresses import Address, may_be_own
from sources.fetching.codes import FetchError
from sources.fetching.deadline import Deadline
from sources.fetching.policy import FetchPolicy
from sources.fetching.tunnelling import tunnel
from sources.fetching.urls import Target


@dataclass(frozen=True, slots=True)
class Connection:
    """An open connection. `certificate_sha256` and `tls_version` are empty for plain http."""

    stream: socket.socket
    peer_address: str
    certificate_sha256: str = ""
    tls_version: str = ""


def connect(
    target: Target, addresses: list[Address], *, policy: FetchPolicy, deadline: Deadline
) -> Connection:
    """Connect to the first of the checked `addresses` that answers. Raises FetchError."""
    plain, address = reach(target, addresses, policy=policy, deadline=deadline)
    try:
        return _secure(plain, target, address, policy=policy, deadline=deadline)
    except BaseException:
        plain.close()
        raise


def reach(
    target: Target, addresses: list[Address], *, policy: FetchPolicy, deadline: Deadline
) -> tuple[socket.socket, Address]:
    """Return a plain stream to the first of the checked `addresses` that answers, and which it is.

    The peer is checked. Raises FetchError.
    """
    reason = "no address answered"
    for address in addresses:
        try:
            plain = _reach(address, target.port, policy, deadline)
        except TimeoutError:
            reason = "it did not answer in time"
            continue
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            continue
        try:
            if policy.proxy is None:
                _check_peer(plain, address, target, policy)
        except BaseException:
            plain.close()
            raise
        return plain, address
    raise FetchError("connection_failed", host=target.host, reason=reason)


def _reach(address: Address, port: int, policy: FetchPolicy, deadline: Deadline) -> socket.socket:
    seconds = deadline.remaining(policy.connect_timeout)
    if policy.proxy is None:
        return _open(address, port, seconds)
    return tunnel(policy.proxy, address, port, seconds=seconds, deadline=deadline)


def _open(address: Address, port: int, seconds: float) -> socket.socket:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6  # noqa: PLR2004
    stream = socket.socket(family, socket.SOCK_STREAM)
    try:
        stream.settimeout(seconds)
        stream.connect((str(address), port))
    except BaseException:
        stream.close()
        raise
    return stream


def _check_peer(
    stream: socket.socket, address: Address, target: Target, policy: FetchPolicy
) -> None:
    peer = ip_address(stream.getpeername()[0].partition("%")[0])
    if peer != address:
        raise FetchError("peer_mismatch", address=str(address))
    own = ip_address(stream.getsockname()[0].partition("%")[0])
    if own == peer and not may_be_own(address, port=target.port, policy=policy):
        raise FetchError("own_address", address=str(address))


def _secure(
    plain: socket.socket,
    target: Target,
    address: Address,
    *,
    policy: FetchPolicy,
    deadline: Deadline,
) -> Connection:
    if target.scheme == "http":
        return Connection(plain, str(address))
    plain.settimeout(deadline.remaining())
    try:
        # An end without TLS's own end raises: anybody on the way could have cut the page there.
        stream = _context(policy.certificates).wrap_socket(
            plain, server_hostname=target.host, suppress_ragged_eofs=False
        )
    except ssl.SSLCertVerificationError as error:
        raise FetchError(
            "tls_certificate", host=target.host, reason=error.verify_message
        ) from error
    except TimeoutError as error:
        raise deadline.passed() from error
    except ssl.SSLError as error:
        reason = (error.reason or "unknown").lower().replace("_", " ")
        raise FetchError("tls_failed", host=target.host, reason=reason) from error
    except OSError as error:
        raise FetchError("connection_closed", host=target.host) from error
    certificate = stream.getpeercert(binary_form=True) or b""
    return Connection(
        stream, str(address), hashlib.sha256(certificate).hexdigest(), stream.version() or ""
    )


@lru_cache(maxsize=8)
def _context(certificates: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certificates or certifi.where())
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context
