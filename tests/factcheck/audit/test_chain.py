"""The audit trail: events that never change, linked when they commit."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from factcheck.accounts.models import User
from factcheck.audit.models import Event, Link
from factcheck.audit.trail import record
from factcheck.audit.verifying import GENESIS, verify
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
