"""The audit trail: events that never change, linked when they commit."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from factcheck.accounts.models import User
from factcheck.audit import verifying
from factcheck.audit.models import Event, Link
from factcheck.audit.trail import record
from factcheck.audit.verifying import GENESIS, faults_of, verify
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def person(committed_db: None) -> User:
    return factories.person()


def note(person: User, action: str = "test.done") -> None:
    with transaction.atomic():
        record(action=action, target=person, by=person, at=AT, data={"n": 1, "words": "Ă ✓"})


def tamper(sql: str) -> None:
    """Change the trail as somebody with the keys to the server would."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_an_empty_trail_verifies() -> None:
    report = verify()
    assert (report.links, report.head, report.faults) == (0, GENESIS, ())


def test_events_are_linked_in_the_order_of_their_commits(person: User) -> None:
    for _ in range(3):
        note(person)
    numbers = list(Link.objects.order_by("number").values_list("number", flat=True))
    assert numbers == [1, 2, 3]
    report = verify()
    assert report.links == 3
    assert report.head == Link.objects.get(number=3).digest
    assert report.faults == ()


def test_an_event_that_was_rolled_back_leaves_no_hole(person: User) -> None:
    note(person)
    with transaction.atomic():
        record(action="test.undone", target=person, by=person, at=AT)
        transaction.set_rollback(True)
    note(person)
    assert verify().links == 2
    assert verify().faults == ()


SECOND = "(SELECT event_id FROM audit_link WHERE number = 2)"
TAMPERINGS = [
    (
        f"UPDATE audit_event SET actor_name = 'mallory' WHERE id = {SECOND}",
        "the event is not the one that was recorded",
    ),
    (
        f"UPDATE audit_event SET data = '{{}}' WHERE id = {SECOND}",
        "the event is not the one that was recorded",
    ),
    ("DELETE FROM audit_link WHERE number = 2", "links 2 to 2 are missing"),
    (f"DELETE FROM audit_event WHERE id = {SECOND}", "its event is gone"),
    (
        "UPDATE audit_link SET previous_digest = repeat('f', 64) WHERE number = 2",
        "does not follow from the link before it",
    ),
    ("DELETE FROM audit_link WHERE number = 3", "the event has no link in the chain"),
]


@pytest.mark.parametrize(("sql", "what"), TAMPERINGS)
def test_tampering_is_named(person: User, sql: str, what: str) -> None:
    for _ in range(3):
        note(person)
    tamper(sql)
    assert what in [fault.what for fault in verify().faults]


def test_the_command_says_so_with_its_exit_status(
    person: User, capsys: pytest.CaptureFixture[str]
) -> None:
    note(person)
    call_command("verify_audit")
    assert "the trail verifies" in capsys.readouterr().out
    tamper("UPDATE audit_event SET action = 'forged'")
    with pytest.raises(SystemExit) as caught:
        call_command("verify_audit")
    assert caught.value.code == 1
    assert "the event is not the one that was recorded" in capsys.readouterr().out


def test_writers_at_the_same_time_make_one_chain(person: User) -> None:
    failures: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(10):
                note(person)
        except BaseException as error:  # noqa: BLE001 (reported by the test's own thread)
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Event.objects.count() == 40
    report = verify()
    assert (report.links, report.faults) == (40, ())


EVERYTHING = ("audit_event", "audit_link")
REBUILD = """
WITH RECURSIVE anew AS (
    SELECT 0::bigint AS number, repeat('0', 64) AS digest, ''::text AS before
    UNION ALL
    SELECT link.number, encode(sha256(convert_to(anew.digest || E'\\n' || jsonb_build_array(
        link.number, event.id,
        to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        event.actor_id, event.actor_name, event.action, event.target_type, event.target_id,
        event.data)::text, 'UTF8')), 'hex'), anew.digest
    FROM anew JOIN audit_link link ON link.number = anew.number + 1
    JOIN audit_event event ON event.id = link.event_id
)
UPDATE audit_link SET digest = anew.digest, previous_digest = anew.before
FROM anew WHERE anew.number = audit_link.number
"""


def as_owner(*statements: str) -> None:
    """Change the trail as the owner role can: its triggers switched off, its keys kept."""
    with connection.cursor() as cursor:
        for table in EVERYTHING:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        for table in EVERYTHING:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def event_of(number: int) -> str:
    return f"(SELECT event_id FROM audit_link WHERE number = {number})"


EDITED = f"UPDATE audit_event SET actor_name = 'mallory' WHERE id = {event_of(2)}"
INSERTED = (
    "INSERT INTO audit_event (id, at, actor_name, action, target_type, target_id, data)"
    " VALUES (900, now(), 'mallory', 'test.done', 'x.y', '1', '{}')"
)
# Numbers are unique at every moment, so rows move out of the way first.
OWNERS: dict[str, tuple[tuple[str, ...], set[int]]] = {
    "an edited row": ((EDITED,), {2}),
    "an edited time": ((EDITED.replace("actor_name = 'mallory'", "at = now()"),), {2}),
    "a deleted row": (
        (
            f"CREATE TEMP TABLE gone AS SELECT {event_of(2)} AS id",
            "DELETE FROM audit_link WHERE number = 2",
            "DELETE FROM audit_event WHERE id IN (SELECT id FROM gone)",
            "DROP TABLE gone",
        ),
        {3},
    ),
    "a swapped pair": (
        (
            "UPDATE audit_link SET number = number + 1000 WHERE number IN (2, 3)",
            "UPDATE audit_link SET number = 1005 - number WHERE number > 1000",
        ),
        {2, 3, 4},
    ),
    "a swapped pair of events": (
        (
            "CREATE TEMP TABLE were AS SELECT * FROM audit_event",
            (
                "UPDATE audit_event SET action = were.action, data = were.data FROM were"
                f" WHERE (audit_event.id, were.id) IN (({event_of(2)}, {event_of(3)}),"
                f" ({event_of(3)}, {event_of(2)}))"
            ),
            "DROP TABLE were",
        ),
        {2, 3},
    ),
    "an inserted row without a link": ((INSERTED,), {0}),
    "an inserted row with a link made up for it": (
        (
            INSERTED,
            "UPDATE audit_link SET number = number + 1000 WHERE number >= 3",
            "UPDATE audit_link SET number = number - 999 WHERE number > 1000",
            (
                "INSERT INTO audit_link (number, event_id, previous_digest, digest) SELECT 3, 900,"
                " digest, repeat('a', 64) FROM audit_link WHERE number = 2"
            ),
        ),
        {3, 4, 5},
    ),
}


@pytest.fixture
def four(person: User) -> None:
    for number in range(4):
        note(person, f"test.number{number}")


@pytest.mark.parametrize("statements_and_links", OWNERS.values(), ids=list(OWNERS))
def test_what_the_owner_role_changes_is_found_at_its_place(
    four: None, statements_and_links: tuple[tuple[str, ...], set[int]]
) -> None:
    statements, links = statements_and_links
    as_owner(*statements)
    assert {fault.number for fault in verify().faults} == links
    for number in links - {0}:
        assert faults_of(number) != []
    assert faults_of(1) == []


def test_a_chain_made_anew_is_found_by_those_who_wrote_its_head_down(four: None) -> None:
    before = verify()
    as_owner(EDITED, REBUILD)
    made_anew = verify()
    # By itself it cannot be found: every digest is as it must be.
    assert made_anew.faults == ()
    assert made_anew.head != before.head
    (fault,) = verify(known={before.links: before.head}).faults
    assert (fault.number, fault.what) == (4, "another digest was written down for it")


def test_a_chain_that_was_cut_off_is_found_by_those_who_wrote_its_head_down(four: None) -> None:
    before = verify()
    as_owner(
        f"CREATE TEMP TABLE gone AS SELECT {event_of(4)} AS id",
        "DELETE FROM audit_link WHERE number = 4",
        "DELETE FROM audit_event WHERE id IN (SELECT id FROM gone)",
        "DROP TABLE gone",
    )
    assert verify().faults == ()
    (fault,) = verify(known={before.links: before.head}).faults
    assert (fault.number, fault.what) == (4, "it was written down, and is gone")


def test_the_command_takes_heads_that_were_written_down(
    four: None, capsys: pytest.CaptureFixture[str]
) -> None:
    head = f"4:{verify().head}"
    call_command("verify_audit", passes_through=[head])
    as_owner(EDITED, REBUILD)
    with pytest.raises(SystemExit):
        call_command("verify_audit", passes_through=[head])
    assert "another digest was written down for it" in capsys.readouterr().out
    for wrong in ("4", "x:y", f"0:{'a' * 64}", "4:abc"):
        with pytest.raises(CommandError):
            call_command("verify_audit", passes_through=[wrong])


def test_a_long_chain_is_read_in_batches(four: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "BATCH", 3)
    with CaptureQueriesContext(connection) as captured:
        assert verify().links == 4
    assert len(captured) == 4
