"""The list as a file: a line for each event, sent while it is read."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from factcheck.audit.models import Event
from factcheck.explorer.words import in_words

COLUMNS = (
    *("link", "event", "at", "actor_id", "actor", "action", "words"),
    *("target_type", "target_id", "data", "previous_digest", "digest"),
)
# What a spreadsheet takes for a formula, also after blanks (OWASP, CSV Injection).
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def ndjson(events: Iterable[Event]) -> Iterator[str]:
    """Yield one JSON object a line."""
    for event in events:
        yield json.dumps(_row(event), ensure_ascii=False, separators=(",", ":")) + "\n"


def as_csv(events: Iterable[Event]) -> Iterator[str]:
    """Yield lines of RFC 4180; a cell that a spreadsheet would run begins with an apostrophe."""
    writer = csv.writer(_Lines())
    yield writer.writerow(COLUMNS)
    for event in events:
        row = _row(event)
        row["data"] = json.dumps(row["data"], ensure_ascii=False, sort_keys=True)
        yield writer.writerow([_harmless(row[name]) for name in COLUMNS])


def _row(event: Event) -> dict[str, Any]:
    link = getattr(event, "link", None)
    return {
        "link": link.number if link else None,
        "event": event.pk,
        "at": event.at.isoformat(),
        "actor_id": event.actor_id,
        "actor": event.actor_name,
        "action": event.action,
        "words": in_words(event),
        "target_type": event.target_type,
        "target_id": event.target_id,
        "data": event.data,
        "previous_digest": link.previous_digest if link else "",
        "digest": link.digest if link else "",
    }


def _harmless(value: object) -> object:
    risky = isinstance(value, str) and value.lstrip(" ").startswith(RISKY)
    return f"'{value}" if risky else value


class _Lines:
    """A file that gives each line back, for csv.writer."""

    @staticmethod
    def write(line: str) -> str:
        return line
