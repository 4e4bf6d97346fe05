"""The explorer's pages: who may read them, what they say, and their files."""

import csv
import html
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factcheck.accounts.models import User
from factcheck.audit import checking
from factcheck.audit.models import Event, Verification
from tests import factories
from tests.factcheck.audit.test_chain import tamper
from tests.factories import AT

pytestmark = pytest.mark.usefixtures("committed_db")


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def checker(committed_db: None) -> User:
    return factories.person("checker")


@pytest.fixture
def editor(committed_db: None) -> User:
    return factories.person("editor")


@pytest.fixture
def admin(committed_db: None) -> User:
    return factories.person("admin")


def said(client: Client, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status
    return html.unescape(page.text)


def test_editors_and_admins_read_and_checkers_do_not(
    checker: User, editor: User, admin: User
) -> None:
    factories.claim(by=checker)
    pk = Event.objects.earliest("pk").pk
    for address in ("/audit/", f"/audit/{pk}/", "/audit/export.csv", "/audit/verification/"):
        assert browser(editor).get(address).status_code == 200
        assert browser(admin).get(address).status_code == 200
        assert browser(checker).get(address).status_code == 403
        assert Client().get(address).status_code == 302
    assert "/audit/" not in said(browser(checker), "/")
    assert 'href="/audit/"' in said(browser(admin), "/")


def test_an_empty_trail_says_so(editor: User) -> None:
    page = said(browser(editor), "/audit/")
    assert "Nothing has happened yet" in page
    assert "The chain was never verified on this page." in page
    assert "Nothing like that happened" in said(browser(editor), "/audit/?kind=key")


def test_an_event_is_told_in_words_with_its_link_and_its_object(
    checker: User, editor: User
) -> None:
    version = factories.published(by=checker, editor=editor)
    page = said(browser(editor), "/audit/?kind=verdict")
    assert "published version 1" in page
    assert f'href="/versions/{version.pk}/"' in page
    event = Event.objects.select_related("link").get(action="verdict.published")
    assert event.link.digest[:12] in page
    alone = said(browser(editor), f"/audit/{event.pk}/")
    assert "The link verifies" in alone
    for number in (event.link.number - 1, event.link.number + 1):
        assert f'href="/audit/{Event.objects.get(link__number=number).pk}/"' in alone


def test_an_event_outlives_its_object_and_a_hand_written_one_is_shown(editor: User) -> None:
    for target in ("claims.claim", "sources.source", "gone.thing"):
        Event.objects.create(at=AT, action="x.y", target_type=target, target_id="no-key")
    assert said(browser(editor), "/audit/").count("x.y") == 3


def test_a_changed_event_is_shown_as_one(checker: User, editor: User) -> None:
    factories.claim(by=checker)
    event = Event.objects.latest("pk")
    tamper(f"UPDATE audit_event SET actor_name = 'mallory' WHERE id = {event.pk}")
    page = said(browser(editor), f"/audit/{event.pk}/")
    assert "The event is not the one that was recorded." in page
    assert "The link verifies" not in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("person=999999", "Select a valid choice"),
        ("since=2026-03-05&until=2026-03-01", "The last day lies before the first."),
        ("since=soon", "Enter a valid date."),
        ("object=claims.claim", "That is no object of the trail."),
        ("cursor=forged", "The cursor is not one"),
    ],
)
def test_a_filter_that_cannot_be_is_told(editor: User, query: str, words: str) -> None:
    assert words in said(browser(editor), f"/audit/?{query}", 422)


def test_pages_keep_their_filters(checker: User, editor: User) -> None:
    for _ in range(31):
        Event.objects.create(at=AT, action="key.issued", target_type="api.key", target_id="1")
    client = browser(editor)
    page = client.get("/audit/?kind=key")
    following = page.context["next_cursor"]
    assert f"?kind=key&cursor={following}".replace("=", "%3D") in html.unescape(page.text).replace(
        "=", "%3D"
    )
    last = client.get("/audit/", {"kind": "key", "cursor": following})
    assert len(last.context["told"]) == 1
    assert 'href="?kind=key"' in last.text


def test_thirty_events_take_as_many_queries_as_four(checker: User, editor: User) -> None:
    client = browser(editor)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/audit/").status_code == 200
        return len(captured)

    factories.in_review(by=checker)
    few = count()
    for _ in range(4):
        factories.in_review(by=checker)
    assert len(client.get("/audit/").context["told"]) == 30
    assert count() == few
    # Session, person, newest verification, length, people, events, links; then one for each kind.
    assert few <= 7 + 8


def test_only_an_editor_has_the_chain_verified(editor: User, admin: User) -> None:
    assert "Verify now" not in said(browser(admin), "/audit/")
    assert browser(admin).post("/audit/verification/ask/").status_code == 403
    client = browser(editor)
    assert client.post("/audit/verification/ask/").status_code == 302
    row = Verification.objects.get()
    page = said(client, "/audit/")
    assert "A verification is waiting" in page
    assert "Verify now" not in page
    checking.run(verification_id=row.pk, clock=lambda: AT)
    assert "The chain verifies" in said(client, "/audit/verification/")


def test_faults_are_listed_with_their_events(editor: User) -> None:
    event = Event.objects.create(at=AT, action="x.y", target_type="t.t", target_id="1")
    tamper(f"UPDATE audit_event SET target_id = '2' WHERE id = {event.pk}")
    row = checking.ask(by=editor, at=AT)
    checking.run(verification_id=row.pk, clock=lambda: AT)
    page = said(browser(editor), "/audit/")
    assert "1 fault found" in page
    assert f'<a href="/audit/{event.pk}/">event {event.pk}</a>' in page


HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "plain", '"quoted", with\nlines')


def test_the_files_hold_the_filtered_list_and_no_formula(editor: User) -> None:
    for name in HOSTILE:
        Event.objects.create(
            at=AT,
            actor_name=name,
            action="key.issued",
            target_type="api.key",
            target_id="1",
            data={"partner": name},
        )
    Event.objects.create(at=AT, action="x.y", target_type="t.t", target_id="1")
    answer = browser(editor).get("/audit/export.csv?kind=key")
    assert answer.streaming
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode(), newline="")))
    assert [row["actor"] for row in rows] == [
        name if name in ("plain", HOSTILE[-1]) else f"'{name}" for name in reversed(HOSTILE)
    ]
    assert all(len(row["digest"]) == 64 for row in rows)
    lines = browser(editor).get("/audit/export.ndjson?kind=key").getvalue().decode().splitlines()
    assert [json.loads(line)["actor"] for line in lines] == list(reversed(HOSTILE))
    assert json.loads(lines[0])["words"].startswith("issued an API key to ")
    assert browser(editor).get("/audit/export.xls").status_code == 404
    assert browser(editor).get("/audit/export.csv?kind=forged").status_code == 404
