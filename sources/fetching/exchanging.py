"""One request and its answer over one connection, read within bounds and kept byte for byte."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import h11

from sources.fetching.codes import FetchError
from sources.fetching.connecting import Connection
from sources.fetching.deadline import Deadline
from sources.fetching.decoding import Decoder, read_codings
from sources.fetching.policy import MEGABYTE, FetchPolicy
from sources.fetching.results import Exchange
from sources.fetching.spool import Spool
from sources.fetching.urls import Target

RECEIVE = 128 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SWITCHING_PROTOCOLS = 101


@dataclass(slots=True)
class Budget:
    """What a whole fetch has used up, over all its hops."""

    policy: FetchPolicy
    wire: int = 0
    decoded: int = 0
    exchanges: list[Exchange] = field(default_factory=list)

    def spend_wire(self, count: int) -> None:
        """Count bytes off the wire; raises FetchError over the cap."""
        self.wire += count
        if self.wire > self.policy.wire_bytes:
            raise FetchError("too_large", limit=self.policy.wire_bytes // MEGABYTE)

    def spend_decoded(self, count: int) -> None:
        """Count bytes out of a decoder; raises FetchError over the cap."""
        self.decoded += count
        if self.decoded > self.policy.decoded_bytes:
            raise FetchError("decoded_too_large", limit=self.policy.decoded_bytes // MEGABYTE)


def exchange(
    target: Target,
    connection: Connection,
    *,
    budget: Budget,
    deadline: Deadline,
    body: Spool,
    clock: Callable[[], datetime],
) -> Exchange:
    """Ask for `target` and read the answer; a final answer's decoded body goes into `body`.

    The exchange is in `budget.exchanges` as soon as the request is made, so that a fetch which
    fails half-way can still show what came. Raises FetchError.
    """
    machine = h11.Connection(h11.CLIENT, max_incomplete_event_size=budget.policy.header_bytes)
    request = _request_bytes(machine, target, budget.policy)
    record = Exchange(
        url=target.url,
        peer_address=connection.peer_address,
        certificate_sha256=connection.certificate_sha256,
        tls_version=connection.tls_version,
        started_at=clock(),
        request=request,
        response=Spool(memory=budget.policy.memory_bytes),
    )
    budget.exchanges.append(record)
    reader = _Reader(
        target=target,
        connection=connection,
        machine=machine,
        record=record,
        budget=budget,
        deadline=deadline,
        body=body,
    )
    return reader.read()


def _request_bytes(machine: h11.Connection, target: Target, policy: FetchPolicy) -> bytes:
    content = policy.content
    length = () if content is None else (("Content-Length", str(len(content))),)
    request = h11.Request(
        method="GET" if content is None else "POST",
        target=target.resource,
        headers=[
            ("Host", target.authority),
            ("User-Agent", policy.user_agent),
            *policy.headers_for(target.url),
            *length,
            ("Connection", "close"),
        ],
    )
    events = (request, *([h11.Data(content)] if content else ()), h11.EndOfMessage())
    return b"".join(machine.send(event) or b"" for event in events)


@dataclass(slots=True, kw_only=True)
class _Reader:
    target: Target
    connection: Connection
    machine: h11.Connection
    record: Exchange
    budget: Budget
    deadline: Deadline
    body: Spool
    decoder: Decoder | None = None
    body_bytes: int = 0
    pieces: int = 0
    cut_off: bool = False
    interim: int = 0

    def read(self) -> Exchange:
        self._send(self.record.request)
        try:
            self._read_head()
            self._read_body()
        except h11.RemoteProtocolError as error:
            self._after_protocol_error(error)
        self._trim()
        if self.decoder is not None and not self.decoder.complete:
            self.record.truncated = True
        if self.cut_off:
            self.record.truncated = True
        return self.record

    def _send(self, data: bytes) -> None:
        stream = self.connection.stream
        try:
            stream.settimeout(self.deadline.remaining())
            stream.sendall(data)
        except TimeoutError as error:
            raise self.deadline.passed() from error
        except OSError as error:
            raise self._closed() from error

    def _closed(self) -> FetchError:
        return FetchError("connection_closed", host=self.target.host)

    def _next(self) -> h11.Event:
        """Return the next event, receiving as much as it takes."""
        while True:
            self.deadline.remaining()
            event = self.machine.next_event()
            if event is h11.NEED_DATA:
                self.machine.receive_data(self._receive())
            elif isinstance(event, h11.Event):
                return event
            else:
                raise FetchError(
                    "protocol_error", host=self.target.host, reason="it changed the protocol"
                )

    def _receive(self) -> bytes:
        stream = self.connection.stream
        try:
            stream.settimeout(self.deadline.remaining())
            data = stream.recv(RECEIVE)
        except TimeoutError as error:
            raise self.deadline.passed() from error
        except (ConnectionError, ssl.SSLError, OSError):
            # A reset is not a proper end, even where the end of the connection would be one.
            self.cut_off = True
            data = b""
        self.budget.spend_wire(len(data))
        if data:
            self.record.response.write(data)
        return data

    def _read_head(self) -> None:
        while True:
            event = self._next()
            if isinstance(event, h11.Response):
                break
            if not isinstance(event, h11.InformationalResponse):
                raise self._closed()
            self._set_interim_aside(event)
        if not event.http_version.startswith(b"1."):
            raise FetchError(
                "protocol_error", host=self.target.host, reason="another version of the protocol"
            )
        record = self.record
        record.head_bytes = record.response.size - len(self.machine.trailing_data[0])
        record.status = event.status_code
        record.headers = tuple(
            (name.decode("latin-1").lower(), value.decode("latin-1"))
            for name, value in event.headers.raw_items()
        )
        self._check_head()

    def _set_interim_aside(self, event: h11.InformationalResponse) -> None:
        self.interim += 1
        limit = self.budget.policy.interim_responses
        if self.interim > limit:
            raise FetchError("too_many_interim", host=self.target.host, limit=limit)
        if event.status_code == _SWITCHING_PROTOCOLS:
            raise FetchError(
                "protocol_error", host=self.target.host, reason="it changed the protocol"
            )
        response, ahead = self.record.response, self.machine.trailing_data[0]
        received = response.read()
        self.record.interim += received[: len(received) - len(ahead)]
        response.cut(0)
        response.write(ahead)

    def _check_head(self) -> None:
        record, policy = self.record, self.budget.policy
        if record.head_bytes > policy.header_bytes or len(record.headers) > policy.header_fields:
            limit = f"{policy.header_bytes // 1024} KB or {policy.header_fields} lines"
            raise FetchError("headers_too_large", host=self.target.host, limit=limit)
        lengths = record.values("content-length")
        if lengths and record.values("transfer-encoding"):
            # RFC 9112, 6.3: two readers may take two different lengths from such a message.
            raise FetchError("conflicting_lengths", host=self.target.host)
        if len({part.strip() for value in lengths for part in value.split(",")}) > 1:
            raise FetchError("conflicting_lengths", host=self.target.host)
        if record.status in REDIRECTS:
            return
        if lengths and int(lengths[0].split(",")[0]) > policy.wire_bytes - self.budget.wire:
            raise FetchError("too_large", limit=policy.wire_bytes // MEGABYTE)
        codings = read_codings(record.values("content-encoding"), limit=policy.coding_layers)
        if codings:
            self.decoder = Decoder(codings, self._spend_decoded)

    def _spend_decoded(self, count: int) -> None:
        self.deadline.remaining()
        self.budget.spend_decoded(count)

    def _read_body(self) -> None:
        redirect = self.record.status in REDIRECTS
        while True:
            event = self._next()
            if isinstance(event, h11.EndOfMessage):
                return
            if not isinstance(event, h11.Data):
                raise self._closed()
            data = bytes(event.data)
            self.body_bytes += len(data)
            self._count_piece()
            if not redirect:
                self._keep(data)
            elif self.body_bytes > self.budget.policy.redirect_body_bytes:
                self.record.truncated = True
                return

    def _count_piece(self) -> None:
        """A body in chunks of a byte costs more time to put together than it has bytes."""
        self.pieces += 1
        limit = self.budget.policy.pieces
        if self.pieces > limit:
            raise FetchError("too_many_pieces", host=self.target.host, limit=f"{limit:,}")

    def _keep(self, data: bytes) -> None:
        if self.decoder is None:
            self.body.write(data)
            return
        for piece in self.decoder.feed(data):
            self.body.write(piece)

    def _trim(self) -> None:
        """Leave out what came after the end of the message; it is no part of the answer."""
        if self.machine.their_state in {h11.DONE, h11.MUST_CLOSE, h11.CLOSED}:
            ahead = len(self.machine.trailing_data[0])
            self.record.response.cut(self.record.response.size - ahead)

    def _after_protocol_error(self, error: h11.RemoteProtocolError) -> None:
        """Keep a body that ended early; raise FetchError for everything else."""
        words = str(error)
        ended_early = "closed connection" in words
        if self.record.status is not None and ended_early and self.body_bytes:
            self.record.truncated = True
            return
        if ended_early or not self.record.response.size:
            raise self._closed() from error
        if "too long" in words:
            limit = f"{self.budget.policy.header_bytes // 1024} KB"
            raise FetchError("headers_too_large", host=self.target.host, limit=limit) from error
        if "Content-Length" in words and "conflicting" in words:
            raise FetchError("conflicting_lengths", host=self.target.host) from error
        # The parser's words go on to quote the server's bytes, which are no words for people.
        reason = words.partition(":")[0][:80]
        raise FetchError("protocol_error", host=self.target.host, reason=reason) from error
