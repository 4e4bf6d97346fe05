"""Reports and links in real transactions at the same time: one wins, nothing doubles."""

import uuid
from functools import partial

import pytest

from claims import complaining, reply_links, triaging
from claims.complaining import Report
from claims.models import Complaint, Letter, ReplyEntry, ReplyLink
from claims.reply_links import LinkUsedError
from factcheck.audit.models import Event
from factcheck.audit.verifying import verify
from tests import factories
from tests.claims.test_concurrency import at_once
from tests.factories import AT

pytestmark = pytest.mark.usefixtures("committed_db")
REPORT = Report(what="Wrong.", email="rita@reader.example")


def test_two_editors_decide_at_once() -> None:
    checker, *editors = (factories.person(role) for role in ("checker", *["editor"] * 3))
    verdict = factories.published(by=checker, editor=editors[0]).verdict
    for outcomes in (("upheld", "rejected"), ("rejected", "rejected")):
        found, _ = complaining.receive(verdict=verdict, report=REPORT, key=uuid.uuid4(), at=AT)
        triaging.begin(complaint=found, by=checker, at=AT)
        triaging.recommend(complaint=found, outcome="upheld", reason="So.", by=checker, at=AT)
        results = at_once(
            *(
                partial(
                    triaging.decide,
                    complaint=found,
                    outcome=outcome,
                    answer=f"Said by {editor.pk}.",
                    by=editor,
                    at=AT,
                )
                for editor, outcome in zip(editors[1:], outcomes, strict=True)
            )
        )
        assert sorted(type(result).__name__ for result in results) == [
            "Complaint",
            "ComplaintMovedError",
        ]
        found.refresh_from_db()
        assert found.answer == f"Said by {found.decided_by_id}."
        assert Letter.objects.filter(complaint=found).count() == 1
    assert Event.objects.filter(action="complaint.decided").count() == 2
    assert verify().faults == ()


def test_two_people_begin_at_once_and_one_form_comes_twice() -> None:
    checker, editor = factories.person("checker"), factories.person("editor")
    verdict = factories.published(by=checker, editor=editor).verdict
    send = partial(complaining.receive, verdict=verdict, report=REPORT, key=uuid.uuid4(), at=AT)
    assert len({token for _, token in at_once(*[send] * 4)}) == 1
    found = Complaint.objects.get()
    people = (checker, editor, factories.person("checker"))
    results = at_once(
        *(partial(triaging.begin, complaint=found, by=person, at=AT) for person in people)
    )
    assert [isinstance(result, Complaint) for result in results].count(True) == 1


def test_a_link_takes_one_answer_of_many_at_once() -> None:
    checker = factories.person("checker")
    claim = factories.claim(by=checker)
    _, token = reply_links.make(claim=claim, asks="Why?", key=uuid.uuid4(), by=checker, at=AT)
    answers = [
        partial(reply_links.answer, token=token, words=words, at=AT) for words in ("A.", "B.", "C.")
    ]
    results = at_once(*answers)
    assert [isinstance(result, ReplyEntry) for result in results].count(True) == 1
    assert [isinstance(result, LinkUsedError) for result in results].count(True) == 2
    assert ReplyEntry.objects.count() == 1
    assert Event.objects.filter(action="reply_link.refused").count() == 2


def test_renewing_races_with_answering_and_with_renewing() -> None:
    checker = factories.person("checker")
    claim = factories.claim(by=checker)
    _, token = reply_links.make(claim=claim, asks="Why?", key=uuid.uuid4(), by=checker, at=AT)

    def renew() -> object:
        return reply_links.make(claim=claim, asks="Why?", key=uuid.uuid4(), by=checker, at=AT)

    results = at_once(renew, partial(reply_links.answer, token=token, words="So.", at=AT), renew)
    assert None not in results
    assert ReplyLink.objects.filter(used_at=None, revoked_at=None).count() == 1
    first = reply_links.by_token(token)
    assert (first.used_at is None) != (first.revoked_at is None)
