import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from claims import complaining, tokens
from claims.complaining import (
    LENGTHS,
    Report,
    ReportIncompleteError,
    ReportTooLongError,
    ReportUnknownError,
)
from claims.models import Complaint, Verdict
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db
WRONG = Report(what="The report is of 2018.", email="rita@reader.example")


@pytest.fixture
def verdict(checker: User, editor: User) -> Verdict:
    return factories.published(by=checker, editor=editor).verdict


def receive(verdict: Verdict, report: Report = WRONG, **given: Any) -> tuple[Complaint, str]:
    return complaining.receive(
        verdict=verdict, report=report, at=AT, **{"key": uuid.uuid4(), **given}
    )


def test_a_report_is_kept_with_its_day_and_only_a_hash_of_its_link(
    verdict: Verdict, settings: Any
) -> None:
    settings.COMPLAINT_DAYS = 5
    found, token = receive(verdict)
    assert (found.state, found.due_on) == ("received", date(2026, 3, 7))
    assert found.version == verdict.versions.get()
    assert found.digest == tokens.digest_of(token)
    assert complaining.by_token(token) == found
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM claims_complaint c")
        assert token not in str(cursor.fetchall())
    assert "rita" not in str(list(Event.objects.values_list("data", flat=True)))


def test_the_same_form_twice_is_one_report_and_another_text_another(verdict: Verdict) -> None:
    key = uuid.uuid4()
    first, token = receive(verdict, key=key)
    again, same_token = receive(
        verdict, Report(what=" The report is of 2018.\r\n", email=WRONG.email), key=key
    )
    assert (again, same_token) == (first, token)
    other, other_token = receive(verdict, Report(what="And of 2017."), key=key)
    assert (other, other_token) != (first, token)
    assert Event.objects.filter(action="complaint.received").count() == 2


@pytest.mark.parametrize("token", ["", "a", "x" * 43, "\udce9", "../.."])
def test_a_forged_link_leads_nowhere(verdict: Verdict, token: str) -> None:
    _, good = receive(verdict)
    for forged in (token, good[:-1], good + "a", good.swapcase(), tokens.digest_of(good)):
        with pytest.raises(ReportUnknownError):
            complaining.by_token(forged)


def test_a_report_says_something_within_bounds(verdict: Verdict) -> None:
    with pytest.raises(ReportIncompleteError):
        receive(verdict, Report(what=" \n "))
    for part, limit in LENGTHS.items():
        with pytest.raises(ReportTooLongError):
            receive(verdict, Report(**{"what": "Wrong.", part: "x" * (limit + 1)}))
    assert not Complaint.objects.exists()


def test_nobody_reports_what_readers_have_not_seen(checker: User) -> None:
    with pytest.raises(ReportUnknownError):
        receive(factories.in_review(by=checker).verdict)


@pytest.mark.parametrize(
    "change",
    [
        "what = 'Something else.'",
        "due_on = due_on + 1",
        "digest = repeat('0', 64)",
        "email = 'other@reader.example'",
        "received_at = received_at + interval '1 day'",
    ],
)
def test_what_a_reader_wrote_never_changes(verdict: Verdict, change: str) -> None:
    receive(verdict)
    for sql in (f"UPDATE claims_complaint SET {change}", "DELETE FROM claims_complaint"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_raw_sql_cannot_report_an_unpublished_version(verdict: Verdict, checker: User) -> None:
    found, _ = receive(verdict)
    draft = factories.draft(by=checker)
    fields = {"verdict": draft.verdict, "version": draft, "what": "x", "received_at": AT}
    with pytest.raises(DatabaseError), transaction.atomic():
        Complaint.objects.create(
            **fields, reference="A", digest="0" * 64, due_on=AT.date() + timedelta(days=1)
        )
    assert list(Complaint.objects.all()) == [found]
