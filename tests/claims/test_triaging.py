import uuid
from contextlib import suppress
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given as drawn
from hypothesis import settings as examples
from hypothesis import strategies as st

from claims import complaining, history, triaging
from claims.complaining import Report
from claims.models import Complaint, Letter, Verdict
from claims.states import COMPLAINT_TRANSITIONS, ComplaintState
from claims.triaging import (
    ComplaintMovedError,
    ComplaintWordsError,
    DuplicateOfError,
    InvolvedError,
    SamePersonError,
    UnknownOutcomeError,
)
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.errors import FactcheckError, NotAllowedError
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict(checker: User, editor: User) -> Verdict:
    return factories.published(by=checker, editor=editor).verdict


@pytest.fixture
def second(db: None) -> User:
    """An editor who had nothing to do with the verdict."""
    return factories.person("editor")


def report(verdict: Verdict, **parts: Any) -> Complaint:
    made, _ = complaining.receive(
        verdict=verdict, report=Report(**{"what": "Wrong.", **parts}), key=uuid.uuid4(), at=AT
    )
    return made


def recommended(verdict: Verdict, by: User, outcome: str = "upheld", **parts: Any) -> Complaint:
    found = report(verdict, **parts)
    triaging.begin(complaint=found, by=by, at=AT)
    return triaging.recommend(complaint=found, outcome=outcome, reason="So.", by=by, at=AT)


def decide(found: Complaint, by: User, **given: Any) -> Complaint:
    words = {"outcome": "upheld", "answer": "You are right.", **given}
    return triaging.decide(complaint=found, by=by, at=AT, **words)


def test_one_recommends_and_another_decides(verdict: Verdict, checker: User, second: User) -> None:
    found = decide(recommended(verdict, checker, email="rita@reader.example"), second)
    assert (found.state, found.first_by, found.decided_by) == ("upheld", checker, second)
    assert Letter.objects.get().to == "rita@reader.example"
    told = [entry.words for entry in history.of_claim(verdict.claim)][:4]
    ref = found.reference
    assert told == [
        f"decided the report {ref}: upheld",
        f"recommended for the report {ref}: upheld",
        f"began to look into the report {ref}",
        f"reported an error, {ref}",
    ]


def test_the_same_again_changes_nothing(verdict: Verdict, checker: User, second: User) -> None:
    found = recommended(verdict, checker, email="rita@reader.example")
    triaging.recommend(complaint=found, outcome="upheld", reason="So. ", by=checker, at=AT)
    assert decide(found, second) == decide(found, second, answer="You are right.\r\n")
    events = Event.objects.filter(action__startswith="complaint.")
    assert events.count() == 4
    assert Letter.objects.count() == 1
    with pytest.raises(ComplaintMovedError):
        decide(found, second, answer="You are wrong.")


def test_who_may_do_what(verdict: Verdict, checker: User, admin: User, second: User) -> None:
    found = report(verdict)
    with pytest.raises(NotAllowedError):
        triaging.begin(complaint=found, by=admin, at=AT)
    triaging.begin(complaint=found, by=second, at=AT)
    with pytest.raises(ComplaintMovedError):
        triaging.recommend(complaint=found, outcome="upheld", reason="So.", by=checker, at=AT)
    triaging.recommend(complaint=found, outcome="rejected", reason="So.", by=second, at=AT)
    with pytest.raises(SamePersonError):
        decide(found, second)
    for person in (checker, admin):
        with pytest.raises(NotAllowedError):
            decide(found, person)


def test_who_worked_on_it_decides_only_where_nobody_else_could(
    verdict: Verdict, checker: User, editor: User
) -> None:
    found = recommended(verdict, checker)
    other = factories.person("editor")
    with pytest.raises(InvolvedError):
        decide(found, editor)
    User.objects.filter(pk=other.pk).update(is_active=False)
    decide(found, editor)
    (entry, *_) = history.of_claim(verdict.claim)
    assert entry.words.endswith(": upheld, having worked on it, as nobody else was there")


def test_the_first_person_can_put_it_back_and_think_again(
    verdict: Verdict, checker: User, second: User
) -> None:
    found = report(verdict)
    triaging.begin(complaint=found, by=checker, at=AT)
    assert triaging.hand_back(complaint=found, by=second, at=AT).first_by is None
    found = recommended(verdict, checker)
    with pytest.raises(ComplaintMovedError):
        triaging.reconsider(complaint=found, by=second, at=AT)
    found = triaging.reconsider(complaint=found, by=checker, at=AT)
    assert (found.state, found.recommendation, found.reason) == ("first_look", "", "")


def test_a_duplicate_names_another_report_on_the_same_verdict(
    verdict: Verdict, checker: User, editor: User, second: User
) -> None:
    earlier = report(verdict)
    elsewhere = report(factories.published(by=checker, editor=editor).verdict)
    found = report(verdict, what="Again.")
    triaging.begin(complaint=found, by=checker, at=AT)

    def say(repeats: str) -> Complaint:
        return triaging.recommend(
            complaint=found, outcome="duplicate", reason="So.", repeats=repeats, by=checker, at=AT
        )

    for wrong in ("", "nothing", elsewhere.reference, found.reference):
        with pytest.raises(DuplicateOfError):
            say(wrong)
    assert say(f" {earlier.reference.lower()} ").duplicate_of == earlier
    assert decide(found, second).duplicate_of is None


@pytest.mark.parametrize("outcome", ["", "received", "second_look", "forged"])
def test_only_an_outcome_is_one(verdict: Verdict, checker: User, outcome: str) -> None:
    found = report(verdict)
    triaging.begin(complaint=found, by=checker, at=AT)
    with pytest.raises(UnknownOutcomeError):
        triaging.recommend(complaint=found, outcome=outcome, reason="So.", by=checker, at=AT)


def test_words_are_needed_within_bounds(verdict: Verdict, checker: User, second: User) -> None:
    found = report(verdict)
    triaging.begin(complaint=found, by=checker, at=AT)
    for reason in (" ", "x" * 2001):
        with pytest.raises(ComplaintWordsError):
            triaging.recommend(complaint=found, outcome="upheld", reason=reason, by=checker, at=AT)
    found = recommended(verdict, checker)
    for answer in ("", "x" * 5001):
        with pytest.raises(ComplaintWordsError):
            decide(found, second, answer=answer)


def test_the_reader_is_forgotten_once_it_is_decided(
    verdict: Verdict, checker: User, second: User
) -> None:
    found = recommended(verdict, checker, name="Rita", email="rita@reader.example")
    with pytest.raises(ComplaintMovedError):
        triaging.forget_reader(complaint=found, by=second, at=AT)
    decide(found, second)
    # The answer is still to be sent.
    with pytest.raises(ComplaintMovedError):
        triaging.forget_reader(complaint=found, by=second, at=AT)
    Letter.objects.update(state="done", finished_at=AT)
    found = triaging.forget_reader(complaint=found, by=second, at=AT)
    assert (found.name, found.email, Letter.objects.get().to) == ("", "", "")


def set_raw(found: Complaint, **values: Any) -> None:
    with transaction.atomic():
        Complaint.objects.filter(pk=found.pk).update(**values)


def decided(by: User) -> dict[str, Any]:
    return {"state": "upheld", "decided_by": by, "decided_at": AT, "answer": "Yes."}


def test_raw_sql_needs_two_people_too(
    verdict: Verdict, checker: User, editor: User, admin: User, second: User
) -> None:
    third = factories.person("editor")
    found = recommended(verdict, second)
    for wrong in (checker, admin, second, editor):
        # An editor who looked first, one who approved, and people who are no editors.
        with pytest.raises((DatabaseError, IntegrityError)):
            set_raw(found, **decided(wrong))
    with pytest.raises(DatabaseError):
        set_raw(found, **decided(third), first_by=checker)
    with pytest.raises(DatabaseError):
        set_raw(found, first_by=checker)
    set_raw(found, **decided(third))
    with pytest.raises(DatabaseError):
        set_raw(found, answer="No.")
    set_raw(found, name="", email="")


def test_raw_sql_does_not_jump(verdict: Verdict, checker: User, second: User) -> None:
    found = report(verdict)
    looked = {"first_by": checker, "first_at": AT, "recommendation": "upheld", "reason": "So."}
    with pytest.raises(DatabaseError):
        set_raw(found, **looked, **decided(second), recommended_at=AT)
    with pytest.raises(IntegrityError):
        set_raw(found, state="first_look")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE claims_complaint CASCADE")


VERBS = ("begin", "hand_back", "recommend", "reconsider", "decide")


@examples(max_examples=25, deadline=None)
@drawn(steps=st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 3)), max_size=12))
def test_whatever_people_do_two_of_them_decide(
    django_db_blocker: Any, steps: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        checker, editor = factories.person("checker"), factories.person("editor")
        people = [checker, editor, factories.person("editor"), factories.person("admin")]
        found = report(factories.published(by=checker, editor=editor).verdict)
        words = {
            "recommend": {"outcome": "upheld", "reason": "So."},
            "decide": {"outcome": "rejected", "answer": "No."},
        }
        for verb, who in steps:
            before = ComplaintState(found.state)
            act = getattr(triaging, verb)
            with suppress(FactcheckError):
                act(complaint=found, by=people[who], at=AT, **words.get(verb, {}))
            found.refresh_from_db()
            now = ComplaintState(found.state)
            assert now == before or now in COMPLAINT_TRANSITIONS[before]
        if found.decided_by:
            # Who approved the verdict decides only where the other editor looked first.
            second = people[1] if found.first_by == people[2] else people[2]
            assert found.decided_by == second != found.first_by
        transaction.set_rollback(True)
