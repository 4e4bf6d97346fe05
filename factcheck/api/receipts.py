"""Which partner's key was served which version of a verdict, and when.

A request only notes what it served, in memory; a thread writes the notes every second or two, in
one batch. Served again, a version is a note of the same row. What a list served is one row for each
unbroken run of pages: a key that read from one number to another holds everything between.
"""

import atexit
import logging
import os
import threading
from collections import deque
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection, connections
from django.utils import timezone

logger = logging.getLogger(__name__)
EVERY: Final = 1.0  # seconds between two writes; the most that a killed process forgets
MOST: Final = 100_000  # notes that are kept while the database is away

# A note that names what is not there (any more) is left out, so that it cannot hold up the others.
# One order for all, so that two processes with the same rows never deadlock.
SERVED = """
INSERT INTO api_receipt (key_id, verdict_id, seq, first_at, last_at)
SELECT note.* FROM unnest(
    %s::bigint[], %s::uuid[], %s::bigint[], %s::timestamptz[], %s::timestamptz[]
) AS note (key_id, verdict_id, seq, first_at, last_at)
JOIN api_apikey k ON k.id = note.key_id JOIN claims_verdict v ON v.id = note.verdict_id
ORDER BY note.key_id, note.verdict_id, note.seq
ON CONFLICT (key_id, verdict_id, seq) DO UPDATE SET
    first_at = least(api_receipt.first_at, EXCLUDED.first_at),
    last_at = greatest(api_receipt.last_at, EXCLUDED.last_at)
"""
READ = """
INSERT INTO api_listreceipt (key_id, after, upto, at)
SELECT note.* FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::timestamptz[])
    AS note (key_id, after, upto, at)
JOIN api_apikey k ON k.id = note.key_id
"""


class Served(NamedTuple):
    """One version of a verdict, by its number in the change sequence."""

    key: int
    verdict: UUID
    seq: int
    at: datetime


class Read(NamedTuple):
    """A page of the list: every change with `after` < seq <= `upto` that stood then."""

    key: int
    after: int
    upto: int
    at: datetime


_served: deque[Served] = deque(maxlen=MOST)
_read: deque[Read] = deque(maxlen=MOST)
_writing = threading.Lock()


class _Background:
    """The thread that writes; one in each process that serves, begun by its first note."""

    def __init__(self) -> None:
        self.is_wanted = False
        self._pid = 0

    def wake(self) -> None:
        if self.is_wanted and self._pid != os.getpid():
            self._pid = os.getpid()
            threading.Thread(target=self._run, name="receipts", daemon=True).start()

    def _run(self) -> None:
        waiting = threading.Event()
        while not waiting.wait(EVERY):
            flush_if_able()


_background = _Background()


def write_in_background() -> None:
    """Let this process write by itself, and once more when it ends. For web servers."""
    if not _background.is_wanted:
        _background.is_wanted = True
        atexit.register(flush_if_able)


def note_verdict(*, key: int, verdict: UUID, seq: int) -> None:
    """Note that a key holds one version now; a 304 says so as well as a body does."""
    _served.append(Served(key, verdict, seq, timezone.now()))
    _background.wake()


def note_page(*, key: int, after: int, upto: int) -> None:
    """Note that a key was served a page of the list; an empty one is worth nothing."""
    if upto > after:
        _read.append(Read(key, after, upto, timezone.now()))
        _background.wake()


def flush_if_able() -> None:
    """Write the notes; keep them for the next time while the database is away."""
    try:
        flush()
    except (DatabaseError, InterfaceError) as error:
        number, kind = len(_served) + len(_read), type(error).__name__
        logger.warning("receipts: not written yet (%s); %d notes wait", kind, number)
        connections.close_all()


def forget() -> None:
    """Drop every note that is not written yet. For tests."""
    _served.clear()
    _read.clear()


def flush() -> None:
    """Write every note there is. Raises the database's errors, and then has lost none."""
    with _writing:
        served, read = _taken(_served), _taken(_read)
        if not (served or read):
            return
        try:
            _write(_each_once(served), _joined(read))
        except Exception:
            _served.extendleft(reversed(served))
            _read.extendleft(reversed(read))
            raise


def _taken(notes: deque) -> list:  # type: ignore[type-arg]
    """Empty the notes; requests may add to them meanwhile."""
    return [notes.popleft() for _ in range(len(notes))]


def _each_once(notes: list[Served]) -> list[tuple[int, UUID, int, datetime, datetime]]:
    """Return a row for each version of each key."""
    times: dict[tuple[int, UUID, int], list[datetime]] = {}
    for note in notes:
        times.setdefault((note.key, note.verdict, note.seq), []).append(note.at)
    return sorted((*place, min(at), max(at)) for place, at in times.items())


def _joined(notes: list[Read]) -> list[Read]:
    """Join the pages of a key that follow each other; the run stands for its last page's time."""
    rows: list[Read] = []
    for note in sorted(notes):
        last = rows[-1] if rows else None
        if last and last.key == note.key and last.after <= note.after <= last.upto:
            upto = max(last.upto, note.upto)
            rows[-1] = Read(note.key, last.after, upto, max(last.at, note.at))
        else:
            rows.append(note)
    return rows


def _write(served: list[tuple[int, UUID, int, datetime, datetime]], read: list[Read]) -> None:
    with connection.cursor() as cursor:
        if served:
            cursor.execute(SERVED, [list(column) for column in zip(*served, strict=True)])
        if read:
            cursor.execute(READ, [list(column) for column in zip(*read, strict=True)])
