from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from sources import watching
from sources.models import Capture, CaptureRequest, Check, Source, Watch
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(checker: User) -> Client:
    browser = Client()
    browser.force_login(checker)
    return browser


@pytest.fixture
def source(at: datetime) -> Source:
    found = factories.extracted_text().capture.source
    watching.begin(source=found, at=at)
    return found


def note(source: Source, at: datetime, outcome: str = "unchanged", **values: Any) -> Check:
    capture = Capture.objects.filter(source=source).first()
    pageless = outcome in {"gone", "blocked", "failed"}
    request = CaptureRequest.objects.create(
        source=source,
        state="failed",
        requested_at=at,
        not_before=at,
        finished_at=at,
        error_code="x",
    )
    return Check.objects.create(
        source=source,
        request=request,
        outcome=outcome,
        capture=None if pageless else capture,
        at=at,
        **{"error_code": "page_gone" if pageless else "", **values},
    )


def test_a_source_says_how_often_it_is_looked_at(client: Client, source: Source) -> None:
    page = client.get(f"/sources/{source.pk}/").text
    assert "It is looked at every day." in page
    assert "not yet" in page


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"interval": 7, "closely": True}, "every week, because a published verdict cites it"),
        ({"interval": 14}, "every 2 weeks."),
        ({"interval": 30}, "every month."),
        ({"interval": 90}, "every 3 months."),
        ({"interval": 4}, "every 4 days."),
        ({"state": "blocked"}, "does not let us see the page"),
        ({"failures": 1, "failed_at": factories.AT}, "could not be had once in a row"),
        ({"failures": 3, "failed_at": factories.AT, "state": "dead"}, "3 times, at least 3 days"),
    ],
)
def test_a_watch_says_how_it_stands(
    client: Client, source: Source, values: dict[str, object], words: str
) -> None:
    Watch.objects.update(**values)
    assert words in client.get(f"/sources/{source.pk}/").text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Unchanged since the capture of 2 Mar 2026, 09:30."),
        ({"by_answer": True}, "The server said so (304)."),
        ({"outcome": "changed"}, "The page had changed"),
        ({"outcome": "same_text"}, "with the same text"),
        ({"outcome": "gone", "error_text": "Taken down for good."}, "Taken down for good."),
    ],
)
def test_every_check_says_what_it_found(
    client: Client, source: Source, at: datetime, values: dict[str, Any], words: str
) -> None:
    note(source, at, **values)
    assert words in client.get(f"/sources/{source.pk}/").text
    assert words in client.get(f"/sources/{source.pk}/checks/").text


def test_checks_follow_each_other_page_by_page(
    client: Client, source: Source, at: datetime
) -> None:
    assert "Nobody has looked yet" in client.get(f"/sources/{source.pk}/checks/").text
    for number in range(51):
        note(source, at + timedelta(days=number))
    first = client.get(f"/sources/{source.pk}/checks/")
    address = f"/sources/{source.pk}/checks/?cursor={first.context['next_cursor']}"
    last = client.get(address)
    seen = [row.check.pk for page in (first, last) for row in page.context["checks"]]
    assert len(seen) == len(set(seen)) == 51
    assert "All checks" in client.get(f"/sources/{source.pk}/").text
    answer = client.get(f"/sources/{source.pk}/checks/?cursor=x")
    assert (answer.status_code, TEXTS["invalid_cursor"] in answer.text) == (422, True)


@pytest.mark.parametrize("path", ["", "checks/"])
def test_three_checks_take_as_many_queries_as_one(
    client: Client, source: Source, at: datetime, path: str
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/sources/{source.pk}/{path}").status_code == 200
        return len(captured)

    note(source, at)
    one = count()
    note(source, at, "gone")
    note(source, at)
    assert count() == one


def test_a_person_checks_pauses_and_resumes(client: Client, source: Source, checker: User) -> None:
    page = client.post(f"/sources/{source.pk}/check/", follow=True)
    assert "The source is being checked." in page.text
    asked = source.requests.get()
    assert (asked.is_check, asked.obeys_robots, asked.requested_by) == (True, False, checker)
    page = client.post(f"/sources/{source.pk}/pause/", follow=True)
    assert f"Paused by {checker}" in page.text
    assert TEXTS["watch_paused"] in client.post(f"/sources/{source.pk}/pause/", follow=True).text
    page = client.post(f"/sources/{source.pk}/resume/", follow=True)
    assert "The source is watched again." in page.text
    page = client.post(f"/sources/{source.pk}/resume/", follow=True)
    assert TEXTS["watch_not_paused"] in page.text


@pytest.mark.parametrize("verb", ["check", "pause", "resume"])
def test_only_who_may_check_decides(source: Source, admin: User, verb: str) -> None:
    browser = Client()
    browser.force_login(admin)
    assert browser.post(f"/sources/{source.pk}/{verb}/").status_code == 403
    assert f"/{verb}/" not in browser.get(f"/sources/{source.pk}/").text


def test_captures_follow_each_other_page_by_page(client: Client, source: Source) -> None:
    for number in range(30):
        factories.capture(source, f"body {number}".encode())
    first = client.get(f"/sources/{source.pk}/")
    last = client.get(f"/sources/{source.pk}/?cursor={first.context['next_cursor']}")
    seen = [capture.pk for page in (first, last) for capture in page.context["captures"]]
    assert len(seen) == len(set(seen)) == 31
