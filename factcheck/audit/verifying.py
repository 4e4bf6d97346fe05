"""Checking the audit trail: every event linked, every digest as it must be."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import connection

from factcheck.audit.models import Event

GENESIS = "0" * 64
BATCH = 5000  # links read at a time: what the memory holds, and one statement's work

# The canonical text is spelled out here again, not called from the database's own function, so
# that a changed function cannot vouch for itself.
ROWS = """
SELECT link.number, link.previous_digest, link.digest, event.id,
       jsonb_build_array(
           link.number, event.id,
           to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           event.actor_id, event.actor_name, event.action,
           event.target_type, event.target_id, event.data
       )::text
FROM audit_link link LEFT JOIN audit_event event ON event.id = link.event_id
WHERE link.number > %s ORDER BY link.number LIMIT %s
"""
Row = tuple[int, str, str, int | None, str]


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the chain: the link's number, or 0 for an event without a link."""

    number: int
    event_id: int | None
    what: str


@dataclass(frozen=True)
class Report:
    """How many links were read, the head's digest and what is wrong."""

    links: int
    head: str
    faults: tuple[Fault, ...]


def verify(*, known: Mapping[int, str] | None = None) -> Report:
    """Re-compute the whole chain from the stored events. Reads in batches; changes nothing.

    `known` holds digests by their link's number, as somebody wrote them down: only they can tell
    of a chain that was made anew from some link on, or cut off at its end.
    """
    faults: list[Fault] = []
    left = dict(known or {})
    expected, previous = 1, GENESIS
    for row in _rows():
        number, _, digest, event_id, _ = row
        if number != expected:
            faults.append(Fault(number, event_id, f"links {expected} to {number - 1} are missing"))
        faults.extend(Fault(number, event_id, what) for what in _faults(row, previous))
        if left.pop(number, digest) != digest:
            faults.append(Fault(number, event_id, "another digest was written down for it"))
        expected, previous = number + 1, digest
    faults.extend(Fault(number, None, "it was written down, and is gone") for number in left)
    unlinked = Event.objects.filter(link=None).order_by("pk").values_list("pk", flat=True)
    faults.extend(Fault(0, pk, "the event has no link in the chain") for pk in unlinked[:100])
    return Report(links=expected - 1, head=previous, faults=tuple(faults))


def faults_of(number: int) -> list[str]:
    """Return what is wrong with one link, its event and its tie to the link before it."""
    rows = _read(max(number - 2, 0), 2)
    before = {row[0]: row[2] for row in rows} | {0: GENESIS}
    for row in rows:
        if row[0] == number:
            gap = [] if number - 1 in before else ["the link before it is missing"]
            return gap + _faults(row, before.get(number - 1, row[1]))
    return ["the link is missing"]


def _faults(row: Row, previous: str) -> list[str]:
    _, stored_previous, digest, event_id, canonical = row
    found = [] if stored_previous == previous else ["does not follow from the link before it"]
    computed = hashlib.sha256(f"{stored_previous}\n{canonical}".encode()).hexdigest()
    if event_id is None:
        found.append("its event is gone")
    elif computed != digest:
        found.append("the event is not the one that was recorded")
    return found


def _rows() -> Iterator[Row]:
    last = 0
    while batch := _read(last, BATCH):
        yield from batch
        last = batch[-1][0]


def _read(after: int, limit: int) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [after, limit])
        found: list[Row] = cursor.fetchall()
    return found
