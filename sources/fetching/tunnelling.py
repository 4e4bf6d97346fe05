"""The way out through a proxy: a tunnel (HTTP CONNECT) to an address that was checked before.

The proxy is handed an address, never a name, so that it resolves nothing and cannot be led
elsewhere than where the check said. A tunnel serves plain http as well, so that the bytes of the
wire stay the server's own.
"""

import socket

import h11

from sources.fetching.addresses import Address
from sources.fetching.codes import FetchError
from sources.fetching.deadline import Deadline
from sources.fetching.proxies import Proxy
from sources.fetching.resolving import look_up, system_resolver

_HEAD_BYTES = 64 * 1024
_OPENED = range(200, 300)
# The proxy could not reach the server: that is the server's trouble, not the proxy's.
_NOT_REACHED = frozenset({502, 503, 504})
_REFUSALS = frozenset({403, 405, 451})


def tunnel(
    proxy: Proxy, address: Address, port: int, *, seconds: float, deadline: Deadline
) -> socket.socket:
    """Return a stream to `address` through the proxy.

    Raises FetchError when the proxy is not there or says no, OSError when it could not reach the
    address, as a direct connection would.
    """
    stream = _to_proxy(proxy, seconds)
    try:
        _ask(stream, proxy, address, port, deadline)
    except BaseException:
        stream.close()
        raise
    return stream


def _to_proxy(proxy: Proxy, seconds: float) -> socket.socket:
    found = look_up(proxy.host, proxy.port, system_resolver, seconds)
    if not isinstance(found, list) or not found:
        raise FetchError("proxy_failed", reason="its name is not known")
    try:
        return socket.create_connection((found[0], proxy.port), timeout=seconds)
    except OSError as error:
        raise FetchError("proxy_failed", reason=(error.strerror or str(error)).lower()) from error


def _ask(
    stream: socket.socket, proxy: Proxy, address: Address, port: int, deadline: Deadline
) -> None:
    machine = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD_BYTES)
    place = f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"  # noqa: PLR2004
    headers = [("Host", place)]
    if proxy.authorization:
        headers.append(("Proxy-Authorization", proxy.authorization))
    request = h11.Request(method="CONNECT", target=place, headers=headers)
    try:
        stream.settimeout(deadline.remaining())
        stream.sendall((machine.send(request) or b"") + (machine.send(h11.EndOfMessage()) or b""))
        status = _status(stream, machine, deadline)
    except TimeoutError as error:
        raise deadline.passed() from error
    except h11.RemoteProtocolError as error:
        raise FetchError("proxy_failed", reason="it does not speak HTTP") from error
    except OSError as error:
        raise FetchError("proxy_failed", reason="it closed the connection") from error
    if status in _NOT_REACHED:
        raise OSError(f"the proxy could not reach it ({status})")
    if status in _REFUSALS:
        raise FetchError("proxy_refused", address=str(address), status=status)
    if status not in _OPENED or machine.trailing_data[0]:
        raise FetchError("proxy_failed", reason=f"it answered {status}")


def _status(stream: socket.socket, machine: h11.Connection, deadline: Deadline) -> int:
    """Return the status of the proxy's answer. Reads no more than the head of it."""
    received = 0
    while received <= _HEAD_BYTES:
        event = machine.next_event()
        if isinstance(event, h11.Response):
            return event.status_code
        if event is h11.NEED_DATA:
            stream.settimeout(deadline.remaining())
            data = stream.recv(4096)
            received += len(data)
            machine.receive_data(data)
    raise FetchError("proxy_failed", reason="its answer has no end")
