from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from claims import assigning, history, listing, owning, reminding, workflow
from claims.assigning import Job
from claims.models import Assignment, Notification
from factcheck.accounts.models import User
from factcheck.errors import NotAllowedError
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def job(checker: User) -> Job:
    return Job(factories.claim(by=checker))


def give(job: Job, to: User, by: User, at: Any = AT, **more: Any) -> Assignment:
    held = assigning.holder(job)
    seen = more.pop("seen", held.pk if held else None)
    return assigning.give(job=job, to=to, seen=seen, by=by, at=at, **more)


def holder(job: Job) -> User | None:
    held = assigning.holder(job)
    return held.person if held else None


def test_a_claim_is_taken_given_on_and_given_back(job: Job, checker: User, editor: User) -> None:
    give(job, checker, checker)
    assert holder(job) == checker
    give(job, editor, checker, AT + MINUTE, due_on=date(2026, 3, 5))
    assert holder(job) == editor
    assigning.release(job=job, by=editor, at=AT + 2 * MINUTE)
    assert holder(job) is None
    assert [entry.words for entry in history.of_claim(job.claim)] == [
        "gave the claim back",
        f"gave the claim to {editor.username}, due on 5 March 2026",
        "took the claim to check",
    ]


def test_what_was_seen_is_what_is_changed(job: Job, checker: User, editor: User) -> None:
    third = factories.person()
    first = give(job, checker, checker)
    with pytest.raises(assigning.AssignmentTakenError) as told:
        give(job, editor, editor, seen=None)
    assert told.value.holder == checker
    assert str(checker) in told.value.text
    give(job, editor, editor)
    with pytest.raises(assigning.AssignmentTakenError) as told:
        give(job, third, third, seen=first.pk)
    assert told.value.holder == editor


def test_the_same_again_changes_nothing(job: Job, checker: User) -> None:
    assert give(job, checker, checker) == give(job, checker, checker)
    assert Assignment.objects.count() == 1


def test_only_the_holder_or_an_editor_gives_a_claim_back(job: Job, editor: User) -> None:
    one, other = factories.person(), factories.person()
    give(job, one, one)
    with pytest.raises(NotAllowedError):
        assigning.release(job=job, by=other, at=AT)
    assigning.release(job=job, by=editor, at=AT)
    (entry, *_) = history.of_claim(job.claim)
    assert entry.words == f"gave the claim back, which {one.username} had"
    assigning.release(job=job, by=editor, at=AT)


def test_whoever_left_has_nothing(job: Job, checker: User, editor: User) -> None:
    give(job, checker, checker)
    assert [row.claim for row in listing.assigned(person=checker).items] == [job.claim]
    assert job.claim not in listing.unowned().items
    checker.is_active = False
    checker.save()
    assert holder(job) is None
    assert job.claim in listing.unowned().items
    assert owning.owners([job.claim.pk]) == {}
    with pytest.raises(assigning.UnfitError):
        give(job, checker, editor)
    # The page showed nobody, so that nothing was seen.
    give(job, editor, editor, seen=None)
    assert holder(job) == editor


def test_an_admin_takes_and_gives_nothing(job: Job, admin: User, checker: User) -> None:
    with pytest.raises(NotAllowedError):
        give(job, checker, admin)
    with pytest.raises(assigning.UnfitError):
        give(job, admin, checker)
    assert admin not in assigning.candidates(job)


def test_a_review_goes_to_an_editor_who_did_not_work_on_it(checker: User, editor: User) -> None:
    worked = factories.person("editor")
    claim = factories.claim(by=worked)
    factories.evidence(on=claim, by=worked)
    version = factories.in_review(by=checker, on=claim)
    job = Job(claim, version)
    assert assigning.candidates(job) == [editor]
    for person in (worked, checker):
        with pytest.raises(assigning.UnfitError):
            give(job, person, checker)
        with pytest.raises(DatabaseError) as refused, transaction.atomic():
            Assignment.objects.create(
                claim=claim, version=version, person=person, given_by=checker, given_at=AT
            )
        assert getattr(refused.value.__cause__, "sqlstate", "") == "FC002"
    give(job, editor, checker)
    assert [row.pk for row in listing.versions(kind=MY_REVIEWS, person=editor).items] == [
        version.pk
    ]
    assert list(listing.versions(kind=NOBODYS_REVIEWS, person=editor).items) == []
    words = [entry.words for entry in history.of_claim(claim)]
    assert words[0] == f"gave the review of version 1 to {editor.username}"


MY_REVIEWS = listing.QUEUES["my_reviews"]
NOBODYS_REVIEWS = listing.QUEUES["unowned_reviews"]


def test_having_a_claim_gives_no_right_to_approve_it(editor: User, checker: User) -> None:
    version = factories.in_review(by=editor)
    give(Job(version.verdict.claim), editor, checker)
    with pytest.raises(workflow.OwnWorkError):
        workflow.approve(version=version, digest=version.digest, by=editor, at=AT)


def test_a_reviewer_who_begins_to_work_on_it_no_longer_counts(checker: User, editor: User) -> None:
    version = factories.in_review(by=checker)
    job = Job(version.verdict.claim, version)
    give(job, editor, checker)
    version = workflow.recall(version=version, by=checker, at=AT)
    factories.evidence(on=job.claim, by=editor, quote="3% more")
    workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    assert holder(job) is None
    assert version in listing.versions(kind=NOBODYS_REVIEWS, person=editor).items


def test_a_change_is_undone_by_who_made_it(job: Job, checker: User, editor: User) -> None:
    give(job, checker, checker, due_on=date(2026, 3, 9))
    give(job, editor, editor, AT + MINUTE)
    with pytest.raises(assigning.AssignmentUndoError):
        assigning.undo(job=job, by=checker, at=AT + 2 * MINUTE)
    back = assigning.undo(job=job, by=editor, at=AT + 2 * MINUTE)
    assert back is not None
    assert (back.person, back.due_on) == (checker, date(2026, 3, 9))
    with pytest.raises(assigning.AssignmentUndoError):
        assigning.undo(job=job, by=editor, at=AT + 3 * MINUTE)
    assigning.release(job=job, by=checker, at=AT + 4 * MINUTE)
    assert assigning.undo(job=job, by=checker, at=AT + 5 * MINUTE) is not None
    assert holder(job) == checker
    give(job, editor, editor, AT + 6 * MINUTE)
    with pytest.raises(assigning.AssignmentUndoError):
        assigning.undo(job=job, by=editor, at=AT + timedelta(hours=3))
    words = [entry.words for entry in history.of_claim(job.claim)]
    assert f"undid the last change of who has the claim: {checker.username} has it again" in words


def test_taking_is_undone_to_nobody(job: Job, checker: User) -> None:
    give(job, checker, checker)
    assert assigning.undo(job=job, by=checker, at=AT + MINUTE) is None
    assert holder(job) is None


def test_mine_is_ordered_by_the_day_and_paged(checker: User) -> None:
    days = [None, date(2026, 3, 9), date(2026, 3, 4), None, date(2026, 3, 4)]
    for day in days:
        give(Job(factories.claim(by=checker)), checker, checker, due_on=day)
    seen, cursor = [], ""
    while True:
        page = listing.assigned(person=checker, cursor=cursor, size=2)
        seen += [row.due_on for row in page.items]
        if not (cursor := page.next_cursor):
            break
    assert seen == [date(2026, 3, 4), date(2026, 3, 4), date(2026, 3, 9), None, None]


def test_what_is_published_is_no_longer_mine(job: Job, checker: User, editor: User) -> None:
    give(job, checker, checker)
    factories.published(by=checker, editor=editor, on=job.claim)
    assert list(listing.assigned(person=checker).items) == []
    assert job.claim not in listing.unowned().items


def test_who_is_given_work_is_told_and_who_takes_it_is_not(job: Job, checker: User) -> None:
    other = factories.person()
    give(job, checker, checker)
    give(job, other, checker)
    (row,) = Notification.objects.all()
    assert (row.recipient, row.kind, row.href) == (other, "assigned", job.href)


def test_a_day_that_is_near_is_told_once(job: Job, checker: User) -> None:
    give(job, checker, checker, due_on=date(2026, 3, 3))
    assert reminding.tell_due(at=AT - timedelta(days=2)) == 0
    assert reminding.tell_due(at=AT) == 1
    assert reminding.tell_due(at=AT + MINUTE) == 0
    (row,) = Notification.objects.filter(kind="due_soon")
    assert row.text.endswith("is due on 3 March 2026")


def test_nobody_is_reminded_of_what_is_done(job: Job, checker: User, editor: User) -> None:
    give(job, checker, checker, due_on=date(2026, 3, 3))
    factories.published(by=checker, editor=editor, on=job.claim)
    assert reminding.tell_due(at=AT) == 0


@pytest.mark.parametrize(
    "change",
    ["person_id = person_id + 1", "due_on = '2026-01-01'", "given_at = now()", "is_undo = true"],
)
def test_an_assignment_never_changes(job: Job, checker: User, change: str) -> None:
    give(job, checker, checker)
    with pytest.raises(DatabaseError) as refused, connection.cursor() as cursor:
        cursor.execute(f"UPDATE claims_assignment SET {change}")
    assert getattr(refused.value.__cause__, "sqlstate", "") == "FC001"
