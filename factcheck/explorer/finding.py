"""Finding events: pages by keyset, each filter answered by its index, whatever the trail's length.

Several actions in one list are a UNION ALL of limited scans, so that a page touches at most one
page of index entries for each action.
"""

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from claims.listing import CursorError
from factcheck.audit.models import Event
from factcheck.explorer.words import actions_of

PAGE_SIZE = 30
EXPORT_SIZE = 1000
MACHINE = 0  # stands for "nobody" among the persons


@dataclass(frozen=True)
class Wanted:
    """What to show: None and empty stand for everything. Days are in the desk's time zone."""

    person: int | None = None
    action: str = ""
    kind: str = ""
    target: tuple[str, str] | None = None
    since: date | None = None
    until: date | None = None


Place = tuple[datetime, int]


@dataclass(frozen=True)
class Page:
    """Events, newest first, and the cursor of the next page, empty on the last."""

    events: Sequence[Event]
    next_cursor: str


def page(wanted: Wanted, *, cursor: str = "", size: int = PAGE_SIZE) -> Page:
    """Return one page, each event with its link. Raises CursorError."""
    sql, params = statement(wanted, after=_decode(cursor) if cursor else None, limit=size + 1)
    found = list(Event.objects.raw(sql, params).prefetch_related("link"))
    shown = found[:size]
    following = _encode((shown[-1].at, shown[-1].pk)) if len(found) > size else ""
    return Page(shown, following)


def every(wanted: Wanted) -> Iterator[Event]:
    """Yield all of them, newest first, holding one page at a time."""
    cursor, more = "", True
    while more:
        part = page(wanted, cursor=cursor, size=EXPORT_SIZE)
        yield from part.events
        cursor = part.next_cursor
        more = bool(cursor)


def statement(wanted: Wanted, *, after: Place | None, limit: int) -> tuple[str, list[Any]]:
    """Return the page's SQL and its parameters."""
    scans = [_scan(one, after, limit) for one in _by_action(wanted)]
    if len(scans) == 1:
        return scans[0]
    union = " UNION ALL ".join(f"({sql})" for sql, _ in scans)
    params = [value for _, values in scans for value in values]
    return f"{union} ORDER BY at DESC, id DESC LIMIT %s", [*params, limit]


def _by_action(wanted: Wanted) -> list[Wanted]:
    """Split a kind into its actions; of one object the few events are sifted instead."""
    if not wanted.kind or wanted.action or wanted.target:
        return [wanted]
    return [replace(wanted, action=action) for action in actions_of(wanted.kind)]


def _scan(wanted: Wanted, after: Place | None, limit: int) -> tuple[str, list[Any]]:
    conditions: list[tuple[str, list[Any]]] = []
    if wanted.target:
        conditions.append(("target_type = %s AND target_id = %s", list(wanted.target)))
        if wanted.kind and not wanted.action:
            conditions.append(("action = ANY(%s)", [list(actions_of(wanted.kind))]))
    elif not (wanted.action and wanted.person is not None):
        # Names the index of this filter (factcheck/audit/models.py): no other may be walked.
        alone = wanted.action or wanted.person is not None
        conditions.append(("id > -1" if alone else "id > 0", []))
    if wanted.action:
        conditions.append(("action = %s", [wanted.action]))
    if wanted.person == MACHINE:
        conditions.append(("actor_id IS NULL", []))
    elif wanted.person is not None:
        conditions.append(("actor_id = %s", [wanted.person]))
    if wanted.since:
        conditions.append(("at >= %s", [_midnight(wanted.since)]))
    if wanted.until:
        conditions.append(("at < %s", [_midnight(wanted.until + timedelta(days=1))]))
    if after:
        conditions.append(("(at, id) < (%s, %s)", list(after)))
    where = " AND ".join(sql for sql, _ in conditions)
    params = [value for _, values in conditions for value in values]
    sql = (
        "SELECT id, at, actor_id, actor_name, action, target_type, target_id, data"  # noqa: S608 (ours)
        f" FROM audit_event WHERE {where or 'true'}"
        " ORDER BY at DESC, id DESC LIMIT %s"
    )
    return sql, [*params, limit]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def neighbours(number: int) -> list[Event]:
    """Return the events before and after a link in the chain, where they are there."""
    near = Event.objects.filter(link__number__in=(number - 1, number + 1))
    return list(near.select_related("link").order_by("link__number"))


def length() -> int:
    """Return the number of the newest link: how many events there are, as numbers have no holes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(number) FROM audit_link")
        (number,) = cursor.fetchone()
    return number or 0


def _encode(place: Place) -> str:
    written = json.dumps([place[0].isoformat(), place[1]])
    return base64.urlsafe_b64encode(written.encode()).decode()


def _decode(cursor: str) -> Place:
    try:
        at, pk = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        found = parse_datetime(at)
        if found is None or found.tzinfo is None or not isinstance(pk, int) or not 0 <= pk < 2**63:
            raise CursorError
    except (ValueError, TypeError, binascii.Error) as error:
        raise CursorError from error
    return found, pk
