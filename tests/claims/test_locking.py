from datetime import timedelta

import pytest

from claims import drafting, history, locking
from claims.models import Claim
from factcheck.accounts.models import User
from factcheck.errors import NotAllowedError
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def claim() -> Claim:
    return factories.claim()


def who(claim: Claim, minutes: int = 0) -> User | None:
    held = locking.holder(claim.pk, AT + minutes * MINUTE)
    return held.person if held else None


def test_it_is_taken_renewed_and_runs_out(claim: Claim, checker: User, editor: User) -> None:
    locking.take(claim=claim, by=checker, at=AT)
    locking.take(claim=claim, by=editor, at=AT + 5 * MINUTE)
    assert who(claim, 5) == checker
    held = locking.take(claim=claim, by=checker, at=AT + 8 * MINUTE)
    assert held is not None
    assert (held.since, held.until) == (AT, AT + 18 * MINUTE)
    assert who(claim, 17) == checker
    assert who(claim, 18) is None
    again = locking.take(claim=claim, by=editor, at=AT + 18 * MINUTE)
    assert again is not None
    assert (again.person, again.since) == (editor, AT + 18 * MINUTE)


def test_a_break_begins_anew(claim: Claim, checker: User) -> None:
    locking.take(claim=claim, by=checker, at=AT)
    held = locking.take(claim=claim, by=checker, at=AT + 30 * MINUTE)
    assert held is not None
    assert held.since == AT + 30 * MINUTE


def test_it_is_taken_over_from_who_was_seen(claim: Claim, checker: User, editor: User) -> None:
    third = factories.person()
    locking.take(claim=claim, by=checker, at=AT)
    locking.take_over(claim=claim, seen=checker.pk, by=editor, at=AT + MINUTE)
    assert who(claim, 1) == editor
    locking.take_over(claim=claim, seen=checker.pk, by=third, at=AT + 2 * MINUTE)
    assert who(claim, 2) == editor
    words = [entry.words for entry in history.of_claim(claim)]
    assert words == [f"took the work on this page over from {checker.username}"]


def test_letting_go_leaves_the_lock_of_others(claim: Claim, checker: User, editor: User) -> None:
    locking.take(claim=claim, by=checker, at=AT)
    locking.let_go(claim=claim, by=editor)
    assert who(claim) == checker
    locking.let_go(claim=claim, by=checker)
    assert who(claim) is None


def test_it_warns_and_refuses_nothing(claim: Claim, checker: User, editor: User) -> None:
    locking.take(claim=claim, by=checker, at=AT)
    assert drafting.start_draft(claim=claim, by=editor, at=AT).created_by == editor


def test_whoever_left_holds_nothing(claim: Claim, checker: User, editor: User) -> None:
    locking.take(claim=claim, by=checker, at=AT)
    checker.is_active = False
    checker.save()
    assert who(claim) is None
    locking.take(claim=claim, by=editor, at=AT)
    assert who(claim) == editor


def test_an_admin_works_on_no_claim(claim: Claim, admin: User) -> None:
    with pytest.raises(NotAllowedError):
        locking.take(claim=claim, by=admin, at=AT)
