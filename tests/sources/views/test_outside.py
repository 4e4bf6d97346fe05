import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from sources import blobs
from sources.models import Capture, DayStamp, Replica, Source
from tests import factories
from tests.factories import AT
from tests.sources.views.test_pages import queries

pytestmark = pytest.mark.django_db
DONE: dict[str, Any] = {"state": "done", "finished_at": AT}
FAILED: dict[str, Any] = {
    "state": "failed",
    "finished_at": AT,
    "error_code": "x",
    "error_text": "It said no.",
}


@pytest.fixture(autouse=True)
def _services(settings: Any) -> None:
    settings.TIMEMAP_URL = "https://archive.example/timemap/link/"
    settings.SAVE_PAGE_URL = "https://archive.example/save"
    settings.TSA_URL = "https://time.example/tsa"


@pytest.fixture
def client(checker: User) -> Client:
    browser = Client()
    browser.force_login(checker)
    return browser


@pytest.fixture
def source() -> Source:
    return Source.objects.create(url="https://host.example/page", created_at=AT)


def replica(source: Source, **fields: Any) -> Replica:
    given = {"kind": "lookup", "service": "archive.example", "requested_at": AT, "not_before": AT}
    return Replica.objects.create(source=source, **given | fields)


def stamp(capture: Capture, *, days: int = 0, **fields: Any) -> DayStamp:
    given = {"day": AT.date() - timedelta(days=days), "digest": capture.manifest_digest}
    given |= {"requested_at": AT, "not_before": AT}
    return DayStamp.objects.create(capture=capture, **given | fields)


def test_a_source_shows_its_copies_elsewhere(client: Client, source: Source) -> None:
    copy = {"address": "https://archive.example/1", "archived_at": AT}
    replica(source, **DONE, **copy, copies=3)
    replica(source, **DONE, copies=0)
    replica(source, **FAILED)
    replica(source, kind="submission", job="j", job_at=AT)
    page = client.get(f"/sources/{source.pk}/").text
    assert 'href="https://archive.example/1"' in page
    assert "the nearest of 3" in page
    for words in ("Nobody there has a copy.", "It said no.", "The service is working on it."):
        assert words in page
    assert page.count("Try again") == 1


def test_the_list_looks_again_while_a_service_is_asked(client: Client, source: Source) -> None:
    address = f"/sources/{source.pk}/replicas/list/"
    row = replica(source)
    assert f'hx-get="{address}"' in client.get(f"/sources/{source.pk}/").text
    assert f'hx-get="{address}"' in client.get(address).text
    Replica.objects.filter(pk=row.pk).update(**DONE, copies=0)
    answer = client.get(address)
    assert "hx-get" not in answer.text
    assert "Nobody there has a copy." in answer.text
    assert client.get(f"/sources/{uuid.uuid4()}/replicas/list/").status_code == 404


def test_what_waits_says_until_when(client: Client, source: Source) -> None:
    replica(source, error_code="x", error_text="The service is busy.")
    page = client.get(f"/sources/{source.pk}/").text
    assert "The service is busy. It is tried again at 09:30:00 UTC." in page


def test_without_services_nothing_is_offered(client: Client, source: Source, settings: Any) -> None:
    assert "Nobody has looked for one yet." in client.get(f"/sources/{source.pk}/").text
    settings.TIMEMAP_URL = settings.SAVE_PAGE_URL = ""
    page = client.get(f"/sources/{source.pk}/").text
    assert "This desk asks no archive elsewhere." in page
    assert "Look for copies" not in page


def test_three_replicas_take_as_many_queries_as_one(client: Client, source: Source) -> None:
    address = f"/sources/{source.pk}/"
    replica(source, **FAILED, requested_by=factories.person())
    one = queries(client, address)
    for _ in range(2):
        replica(source, **FAILED, requested_by=factories.person())
    assert queries(client, address) == one


@pytest.mark.parametrize("kind", ["lookup", "submission"])
def test_a_copy_is_asked_for(client: Client, source: Source, kind: str) -> None:
    page = client.post(f"/sources/{source.pk}/replicas/", {"kind": kind}, follow=True)
    assert "The service is being asked." in page.text
    row = Replica.objects.get()
    assert (row.kind, row.state, row.service) == (kind, "queued", "archive.example")


@pytest.mark.parametrize("kind", ["", "guess"])
def test_what_no_service_does_is_told(client: Client, source: Source, kind: str) -> None:
    page = client.post(f"/sources/{source.pk}/replicas/", {"kind": kind}, follow=True)
    assert TEXTS["replicas_off"] in page.text
    assert not Replica.objects.exists()


def test_a_replica_is_tried_again_once(client: Client, source: Source) -> None:
    row = replica(source, **FAILED)
    address = f"/sources/replicas/{row.pk}/retry/"
    assert "asked again" in client.post(address, follow=True).text
    row.refresh_from_db()
    assert row.state == "queued"
    assert TEXTS["work_not_failed"] in client.post(address, follow=True).text


def test_stamps_are_shown_and_handed_out(client: Client, source: Source) -> None:
    capture = factories.capture(source, b"body")
    assert "No day is stamped yet" in client.get("/sources/stamps/").text
    assert "none yet" in client.get(f"/sources/captures/{capture.pk}/").text
    token = blobs.keep(b"token", at=AT)
    done = stamp(capture, **DONE, token=token, stamped_at=AT, authority="time.example")
    page = client.get("/sources/stamps/").text
    assert capture.manifest_digest in page
    assert "by time.example" in page
    assert "existed before 2 Mar 2026" in client.get(f"/sources/captures/{capture.pk}/").text
    answer = client.get(f"/sources/stamps/{done.pk}/token/")
    assert answer.content == b"token"
    assert answer["Content-Disposition"] == 'attachment; filename="2026-03-02.tsr"'


def test_a_stamp_that_is_not_there_is_a_404(client: Client, source: Source) -> None:
    waiting = stamp(factories.capture(source, b"body"))
    for pk in (waiting.pk, uuid.uuid4()):
        assert client.get(f"/sources/stamps/{pk}/token/").status_code == 404


def test_a_day_that_failed_is_tried_again(client: Client, source: Source) -> None:
    row = stamp(factories.capture(source, b"body"), **FAILED)
    assert "It said no." in client.get("/sources/stamps/").text
    page = client.post(f"/sources/stamps/{row.pk}/retry/", follow=True)
    assert "asked again" in page.text
    row.refresh_from_db()
    assert row.state == "queued"


def test_without_an_authority_the_page_says_so(
    client: Client, source: Source, settings: Any
) -> None:
    settings.TSA_URL = ""
    assert "No time stamping authority is configured" in client.get("/sources/stamps/").text
    row = stamp(factories.capture(source, b"body"), **FAILED)
    page = client.post(f"/sources/stamps/{row.pk}/retry/", follow=True)
    assert TEXTS["stamps_off"] in page.text


def test_stamps_come_in_pages_of_as_many_queries(client: Client, source: Source) -> None:
    stamp(factories.capture(source, b"0"))
    one = queries(client, "/sources/stamps/")
    for number in range(1, 62):
        stamp(factories.capture(source, str(number).encode()), days=number)
    assert queries(client, "/sources/stamps/") == one
    first = client.get("/sources/stamps/")
    last = client.get("/sources/stamps/", {"cursor": first.context["next_cursor"]})
    days = [item.day for page in (first, last) for item in page.context["stamps"]]
    assert len(days) == len(set(days)) == 62
    assert last.context["next_cursor"] == ""
    end = client.get("/sources/stamps/", {"cursor": "1900-01-01"})
    assert "No more time stamps" in end.text


@pytest.mark.parametrize("cursor", ["x", "2026-99-99", ""])
def test_a_cursor_of_somebody_else_is_told_in_words(client: Client, cursor: str) -> None:
    page = client.get("/sources/stamps/", {"cursor": cursor})
    assert (page.status_code, TEXTS["invalid_cursor"] in page.text) == (422, True)


def test_an_admin_asks_nobody(admin: User, source: Source) -> None:
    browser = Client()
    browser.force_login(admin)
    failed = (replica(source, **FAILED), stamp(factories.capture(source, b"body"), **FAILED))
    places = (
        f"{source.pk}/replicas",
        f"replicas/{failed[0].pk}/retry",
        f"stamps/{failed[1].pk}/retry",
    )
    for place in places:
        assert browser.post(f"/sources/{place}/").status_code == 403
    assert "Try again" not in browser.get(f"/sources/{source.pk}/").text
    assert "Try again" not in browser.get("/sources/stamps/").text
