"""Checking the audit trail: every event linked, every digest as it must be."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from factcheck.audit.models import Event

GENESIS = "0" * 64

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
ORDER BY link.number
"""


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


def verify() -> Report:
    """Re-compute the whole chain from the stored events. Reads in a stream; changes nothing."""
    faults: list[Fault] = []
    expected, previous = 1, GENESIS
    for number, stored_previous, digest, event_id, canonical in _rows():
        if number != expected:
            faults.append(Fault(number, event_id, f"links {expected} to {number - 1} are missing"))
        if stored_previous != previous:
            faults.append(Fault(number, event_id, "does not follow from the link before it"))
        computed = hashlib.sha256(f"{stored_previous}\n{canonical}".encode()).hexdigest()
        if event_id is None:
            faults.append(Fault(number, None, "its event is gone"))
        elif computed != digest:
            faults.append(Fault(number, event_id, "the event is not the one that was recorded"))
        expected, previous = number + 1, digest
    unlinked = Event.objects.filter(link=None).order_by("pk").values_list("pk", flat=True)
    faults.extend(Fault(0, pk, "the event has no link in the chain") for pk in unlinked[:100])
    return Report(links=expected - 1, head=previous, faults=tuple(faults))


def _rows() -> Iterator[tuple[int, str, str, int | None, str]]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        while batch := cursor.fetchmany(1000):
            yield from batch
