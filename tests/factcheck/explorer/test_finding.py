"""A page of the trail touches a page's rows, however long the trail is."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from claims.listing import CursorError
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.explorer import finding
from factcheck.explorer.finding import MACHINE, Wanted
from factcheck.explorer.words import actions_of
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db

LENGTH = 40_000
# Four persons and the machine, three actions, one event a minute; one in 2,000 is rare. A fifth
# person did half of the first quarter and left.
SEED = """
INSERT INTO audit_event (at, actor_id, actor_name, action, target_type, target_id, data)
SELECT %s + n * interval '1 minute',
    CASE WHEN n < 10000 AND n %% 2 = 0 THEN 9 ELSE nullif(n %% 5, 0) END, 'p' || n %% 5,
    CASE WHEN n %% 2000 = 7 THEN 'claim.merged'
        ELSE (ARRAY['capture.stored', 'claim.reworded', 'verdict.saved'])[1 + n %% 3] END,
    'claims.claim', (n %% 500)::text, '{}'
FROM generate_series(1, %s) n
"""
WANTED = {
    "everything": Wanted(),
    "a person": Wanted(person=2),
    "a person who left": Wanted(person=9),
    "an action of a person who left": Wanted(person=9, action="verdict.saved"),
    "the machine": Wanted(person=MACHINE),
    "an action": Wanted(action="claim.reworded"),
    "a rare action": Wanted(action="claim.merged"),
    "a person's rare action": Wanted(person=2, action="claim.merged"),
    "the machine's action": Wanted(person=MACHINE, action="capture.stored"),
    "a kind": Wanted(kind="claim"),
    "a person's kind": Wanted(person=3, kind="claim"),
    "an object": Wanted(target=("claims.claim", "17")),
    "days": Wanted(since=AT.date() + timedelta(days=3), until=AT.date() + timedelta(days=5)),
    "a person's days": Wanted(person=1, since=AT.date(), until=AT.date() + timedelta(days=4)),
}


@pytest.fixture
def long_trail(db: None) -> None:
    with connection.cursor() as cursor:
        # Links cost a lock and a digest for each row, and play no part in finding.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(SEED, [AT, LENGTH])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        cursor.execute("ANALYZE audit_event")


def touched(wanted: Wanted, cursor_at: finding.Place | None = None) -> int:
    """Return how many rows the scans of one page read, those that they threw away included."""
    sql, params = finding.statement(wanted, after=cursor_at, limit=finding.PAGE_SIZE + 1)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + sql, params)
        (plan,) = cursor.fetchone()
    found = json.loads(plan) if isinstance(plan, str) else plan
    return sum(_rows(node) for node in _scans(found[0]["Plan"]))


def _scans(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "Relation Name" in node:
        yield node
    for child in node.get("Plans", []):
        yield from _scans(child)


def _rows(scan: dict[str, Any]) -> int:
    dropped = scan.get("Rows Removed by Filter", 0) + scan.get("Rows Removed by Index Recheck", 0)
    return int((scan["Actual Rows"] + dropped) * scan["Actual Loops"])


@pytest.mark.usefixtures("long_trail")
def test_every_filter_touches_a_page_of_rows_for_each_action() -> None:
    page = finding.PAGE_SIZE + 1
    # The middle of the trail costs as little as its start.
    middle = (AT + timedelta(minutes=LENGTH // 2), LENGTH)
    for name, wanted in WANTED.items():
        scans = len(actions_of(wanted.kind)) if wanted.kind else 1
        # An object's events are all read and sorted: there are few of each.
        bound = LENGTH // 500 if wanted.target else page * scans
        assert 0 < touched(wanted) <= bound, name
        assert touched(wanted, middle) <= bound, name
    assert touched(Wanted(person=9, action="claim.merged")) == 0


@pytest.fixture
def events(checker: User) -> list[Event]:
    """Ninety events, three at each moment: a page's end falls between equal times."""
    return [
        Event.objects.create(
            at=AT + timedelta(days=number // 3),
            actor_id=checker.pk if number % 2 else None,
            actor_name="x",
            action="claim.reworded" if number % 3 else "source.watched",
            target_type="claims.claim",
            target_id=str(number % 4),
        )
        for number in range(90)
    ]


FILTERS: tuple[tuple[dict[str, Any], Any], ...] = (
    ({}, lambda _event: True),
    ({"person": MACHINE}, lambda event: event.actor_id is None),
    ({"action": "claim.reworded"}, lambda event: event.action == "claim.reworded"),
    ({"kind": "source"}, lambda event: event.action == "source.watched"),
    ({"target": ("claims.claim", "3")}, lambda event: event.target_id == "3"),
    (
        {"target": ("claims.claim", "3"), "kind": "source"},
        lambda event: event.target_id == "3" and event.action == "source.watched",
    ),
    (
        {"since": date(2026, 3, 5), "until": date(2026, 3, 9)},
        lambda event: date(2026, 3, 5) <= event.at.date() <= date(2026, 3, 9),
    ),
)


@pytest.mark.parametrize(("fields", "holds"), FILTERS, ids=lambda value: str(value)[:40])
def test_the_pages_hold_each_event_once_newest_first(
    events: list[Event], fields: dict[str, Any], holds: Any
) -> None:
    wanted = Wanted(**fields)
    found, cursor = [], ""
    while True:
        page = finding.page(wanted, cursor=cursor, size=7)
        found += [event.pk for event in page.events]
        if not (cursor := page.next_cursor):
            break
    expected = sorted(filter(holds, events), key=lambda event: (event.at, event.pk), reverse=True)
    assert found == [event.pk for event in expected]
    assert [event.pk for event in finding.every(wanted)] == found


@pytest.mark.parametrize("cursor", ["x", "e30=", "WzEsMl0=", "WyIyMDI2LTAxLTAxIiwxXQ==", "ü"])
def test_a_forged_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(CursorError):
        finding.page(Wanted(), cursor=cursor)


def test_a_person_is_found_by_their_own_events(checker: User) -> None:
    factories.claim(by=checker)
    assert {event.actor_id for event in finding.every(Wanted(person=checker.pk))} == {checker.pk}
