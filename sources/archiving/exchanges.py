"""What went over the wire, read back from a WARC file: the head of each request and answer."""

import io
from dataclasses import dataclass

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

_HEAD = 128 * 1024


@dataclass(frozen=True, slots=True)
class Head:
    """The first line of a message and its headers, as they were sent (read as Latin-1)."""

    line: str
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Wire:
    """One request and its answer; `answer` is None where none came."""

    request: Head
    answer: Head | None


def heads(data: bytes) -> tuple[Wire, ...]:
    """Return the heads of every request in a WARC file, in order.

    Raises ValueError when it cannot be read.
    """
    found: list[Wire] = []
    try:
        for record in ArchiveIterator(io.BytesIO(data), no_record_parse=True):
            if record.rec_type not in {"request", "response"}:
                continue
            head = _head(record.raw_stream.read(_HEAD))
            if record.rec_type == "request":
                found.append(Wire(head, None))
            elif found:
                found[-1] = Wire(found[-1].request, head)
    except (ArchiveLoadFailed, EOFError) as error:
        raise ValueError("the WARC file cannot be read") from error
    return tuple(found)


def _head(message: bytes) -> Head:
    head = message.partition(b"\r\n\r\n")[0].partition(b"\n\n")[0].decode("latin-1")
    line, *rest = head.splitlines() or [""]
    pairs = (each.partition(":") for each in rest)
    return Head(line, tuple((name.strip(), value.strip()) for name, _, value in pairs))
