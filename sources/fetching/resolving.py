"""Names to addresses, once for each hop, within a time limit."""

import socket
from collections.abc import Callable
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread

from sources.fetching.addresses import Address, check
from sources.fetching.codes import FetchError
from sources.fetching.deadline import Deadline
from sources.fetching.policy import FetchPolicy
from sources.fetching.urls import Target

Resolver = Callable[[str, int], list[str]]
Answer = list[str] | OSError

# A look-up cannot be interrupted; this many may hang before new ones are turned away.
_LOOKUPS = BoundedSemaphore(128)


def system_resolver(host: str, port: int) -> list[str]:
    """Ask the operating system; raises OSError (socket.gaierror) when it knows no answer."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def refuse_plainly_wrong(target: Target, *, policy: FetchPolicy) -> None:
    """Raise FetchError for an address that no look-up could make right: it is never fetched."""
    for address in _without_asking(target):
        check(address, port=target.port, policy=policy)
    if not policy.any_address and target.port not in policy.ports | policy.loopback_ports:
        raise FetchError("port_refused", port=target.port)


def resolve(
    target: Target, *, policy: FetchPolicy, deadline: Deadline, resolver: Resolver
) -> list[Address]:
    """Return the addresses of `target`, every one of them checked, at most `policy.addresses`.

    One bad answer refuses the name: a public address beside a private one is how a name is made
    to lead inside. Raises FetchError.
    """
    found = _without_asking(target) or _ask(
        target, policy=policy, deadline=deadline, resolver=resolver
    )
    for address in found:
        check(address, port=target.port, policy=policy)
    return found[: policy.addresses]


def _without_asking(target: Target) -> list[Address]:
    if target.literal is not None:
        return [target.literal]
    if target.host == "localhost" or target.host.endswith(".localhost"):
        return [ip_address("127.0.0.1")]  # RFC 6761: never asked of a name server
    return []


def _ask(
    target: Target, *, policy: FetchPolicy, deadline: Deadline, resolver: Resolver
) -> list[Address]:
    answer = look_up(target.host, target.port, resolver, deadline.remaining(policy.resolve_timeout))
    if isinstance(answer, socket.gaierror) and answer.errno == socket.EAI_NONAME:
        raise FetchError("name_not_found", host=target.host)
    if not isinstance(answer, list):
        raise FetchError("name_unavailable", host=target.host)
    try:
        found = [ip_address(text.partition("%")[0]) for text in answer]
    except ValueError as error:
        raise FetchError("name_unavailable", host=target.host) from error
    if not found:
        raise FetchError("name_not_found", host=target.host)
    return found


def look_up(host: str, port: int, resolver: Resolver, seconds: float) -> Answer | None:
    """Run `resolver` in a thread of its own; None when it does not answer in time."""
    if not _LOOKUPS.acquire(timeout=seconds):
        return None
    answers: SimpleQueue[Answer] = SimpleQueue()

    def work() -> None:
        try:
            answers.put(resolver(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))
        finally:
            _LOOKUPS.release()

    Thread(target=work, daemon=True, name="look-up").start()
    try:
        return answers.get(timeout=seconds)
    except Empty:
        return None
