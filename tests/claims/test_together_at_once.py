"""Real transactions at the same time: one has the claim, one works on it, each is told once."""

from functools import partial
from uuid import uuid4

import pytest

from claims import assigning, commenting, locking, mailing, notifying
from claims.assigning import AssignmentTakenError, Job
from claims.models import Assignment, Comment, Mail, Notification, Thread
from claims.together_states import NotificationKind
from tests import factories
from tests.claims.test_concurrency import at_once
from tests.factories import AT

pytestmark = pytest.mark.usefixtures("committed_db")


def test_two_people_take_a_claim_at_once() -> None:
    people = [factories.person() for _ in range(4)]
    for _ in range(4):
        job = Job(factories.claim())
        results = at_once(
            *(
                partial(assigning.give, job=job, to=each, seen=None, by=each, at=AT)
                for each in people
            )
        )
        won = [found for found in results if isinstance(found, Assignment)]
        lost = [found for found in results if isinstance(found, AssignmentTakenError)]
        assert (len(won), len(lost)) == (1, 3)
        assert {error.holder for error in lost} == {won[0].person}


def test_two_people_give_the_same_claim_on_at_once() -> None:
    first, *others = [factories.person() for _ in range(3)]
    job = Job(factories.claim())
    held = assigning.give(job=job, to=first, seen=None, by=first, at=AT)
    results = at_once(
        *(
            partial(assigning.give, job=job, to=each, seen=held.pk, by=each, at=AT)
            for each in others
        )
    )
    assert sum(isinstance(found, Assignment) for found in results) == 1
    assert Assignment.objects.filter(ended_at=None).count() == 1


def test_taking_races_with_giving_back() -> None:
    one, other = factories.person(), factories.person()
    for _ in range(5):
        job = Job(factories.claim())
        assigning.give(job=job, to=one, seen=None, by=one, at=AT)
        at_once(
            partial(assigning.release, job=job, by=one, at=AT),
            partial(assigning.give, job=job, to=other, seen=None, by=other, at=AT),
        )
        assert Assignment.objects.filter(claim=job.claim, ended_at=None).count() <= 1


def test_many_begin_to_work_at_once() -> None:
    claim = factories.claim()
    people = [factories.person() for _ in range(4)]
    found = at_once(*(partial(locking.take, claim=claim, by=each, at=AT) for each in people))
    assert len({holder.person for holder in found}) == 1


def test_the_same_form_sent_at_once_is_one_comment() -> None:
    claim, person = factories.claim(), factories.person()
    made = commenting.begin(claim=claim, text="Once.", by=person, at=AT)
    key = uuid4()
    at_once(
        *(
            partial(commenting.reply, thread=made.thread, text="Two.", by=person, at=AT, key=key)
            for _ in range(4)
        )
    )
    assert (Thread.objects.count(), Comment.objects.count()) == (1, 2)
    key = uuid4()
    begin = partial(commenting.begin, claim=claim, text="Three.", by=person, at=AT, key=key)
    at_once(*(begin for _ in range(4)))
    assert (Thread.objects.count(), Comment.objects.count()) == (2, 3)


def test_an_event_that_is_noticed_at_once_is_told_once() -> None:
    claim, person = factories.claim(), factories.person()
    tell = partial(
        notifying.notify,
        recipients=[person.pk],
        kind=NotificationKind.REPLY,
        claim=claim,
        text="x",
        href="/",
        key="one",
        at=AT,
    )
    at_once(*(tell for _ in range(4)))
    assert Notification.objects.count() == 1


def test_two_sweepers_make_one_mail_and_two_workers_send_it_once(settings: object) -> None:
    settings.EMAIL_ON = True  # type: ignore[attr-defined]
    claim, person = factories.claim(), factories.person()
    for number in range(3):
        notifying.notify(
            recipients=[person.pk],
            kind=NotificationKind.REPLY,
            claim=claim,
            text="x",
            href="/",
            key=str(number),
            at=AT,
        )
    Notification.objects.update(mail_due_at=AT)
    at_once(*(partial(mailing.plan, at=AT) for _ in range(3)))
    mail = Mail.objects.get()
    assert mail.notifications.count() == 3
    sent = at_once(*(partial(mailing.send, mail_id=mail.pk, clock=lambda: AT) for _ in range(3)))
    assert sorted(sent) == [False, False, True]
