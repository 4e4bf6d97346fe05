"""A verification in a worker: one at a time, by a lease, held against what was found before."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from factcheck.accounts.models import User
from factcheck.audit import checking
from factcheck.audit.models import Event, Verification
from factcheck.audit.states import VerificationState
from factcheck.errors import NotAllowedError
from tests import factories
from tests.factcheck.audit.test_chain import EDITED, REBUILD, as_owner, note
from tests.factories import AT

pytestmark = pytest.mark.usefixtures("committed_db")


def clock() -> datetime:
    return AT


@pytest.fixture
def editor(committed_db: None) -> User:
    return factories.person("editor")


def verified(editor: User, at: datetime = AT) -> Verification:
    row = checking.ask(by=editor, at=at)
    checking.run(verification_id=row.pk, clock=clock)
    row.refresh_from_db()
    return row


def test_what_was_found_is_kept_and_never_changes(editor: User) -> None:
    note(editor)
    row = verified(editor)
    assert (row.state, row.links, row.fault_count, row.faults) == ("done", 2, 0, [])
    # The finding itself is an event, after the links that it read.
    assert Event.objects.latest("pk").data == {"links": 2, "head": row.head, "faults": 0}
    for change in (row.delete, lambda: Verification.objects.update(head="0" * 64)):
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            change()


def test_one_verification_at_a_time(editor: User) -> None:
    first = checking.ask(by=editor, at=AT)
    assert checking.ask(by=editor, at=AT) == first
    assert Event.objects.filter(action="audit.verification_asked").count() == 1
    assert checking.due(at=AT) == [first.pk]
    checking.run(verification_id=first.pk, clock=clock)
    checking.run(verification_id=first.pk, clock=clock)
    assert checking.due(at=AT) == []
    assert checking.ask(by=editor, at=AT) != first
    assert Event.objects.filter(action="audit.verified").count() == 1


@pytest.mark.parametrize("role", ["checker", "admin"])
def test_others_do_not_ask(committed_db: None, role: str) -> None:
    with pytest.raises(NotAllowedError):
        checking.ask(by=factories.person(role), at=AT)


def test_an_abandoned_row_is_taken_over_and_given_up_at_last(editor: User) -> None:
    row = checking.ask(by=editor, at=AT)
    running = {"state": VerificationState.RUNNING, "lease_token": uuid4()}
    held = Verification.objects.filter(pk=row.pk)
    held.update(**running, lease_until=AT + timedelta(minutes=1), attempts=1)
    assert checking.due(at=AT) == []
    later = AT + timedelta(minutes=2)
    assert checking.due(at=later) == [row.pk]
    held.update(attempts=checking.MAX_ATTEMPTS)
    checking.run(verification_id=row.pk, clock=lambda: later)
    row.refresh_from_db()
    assert (row.state, row.finished_at) == ("failed", later)
    assert Event.objects.latest("pk").action == "audit.verification_failed"


def test_a_chain_made_anew_does_not_pass_through_the_head_that_was_found(editor: User) -> None:
    for _ in range(3):
        note(editor)
    sound = verified(editor)
    assert sound.links is not None
    as_owner(EDITED, REBUILD)
    found = verified(editor, AT + timedelta(days=1))
    assert found.faults == [
        {"number": sound.links, "event_id": Event.objects.get(link__number=sound.links).pk}
        | {"what": "another digest was written down for it"}
    ]
