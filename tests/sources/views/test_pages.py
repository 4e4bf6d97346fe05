import html
import re
import uuid
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from sources import blobs
from sources.beating import Processes
from sources.models import CaptureRequest, ExtractedText, Source
from sources.views.rows import waiting_words
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(checker: User) -> Client:
    browser = Client()
    browser.force_login(checker)
    return browser


@pytest.fixture
def text() -> ExtractedText:
    return factories.extracted_text()


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def request_of(source: Source, at: datetime, **fields: object) -> CaptureRequest:
    given: dict[str, object] = {"requested_at": at, "not_before": at} | fields
    return CaptureRequest.objects.create(source=source, **given)


def failed(source: Source, at: datetime) -> CaptureRequest:
    return request_of(
        source,
        at,
        state="failed",
        error_code="http_404",
        error_text="The server answered 404.",
        finished_at=at,
        attempts=1,
    )


def test_without_sources_the_list_says_where_they_come_from(client: Client) -> None:
    assert "No source is kept yet" in client.get("/sources/").text


def test_three_sources_take_as_many_queries_as_one(client: Client) -> None:
    factories.extracted_text()
    one = queries(client, "/sources/")
    factories.extracted_text()
    factories.extracted_text()
    assert queries(client, "/sources/") == one


def test_pages_of_sources_follow_each_other(client: Client, at: datetime) -> None:
    for number in range(31):
        Source.objects.create(url=f"https://host.example/{number}", created_at=at)
    first = client.get("/sources/")
    last = client.get("/sources/", {"cursor": first.context["next_cursor"]})
    seen = [row.source.pk for page in (first, last) for row in page.context["rows"]]
    assert len(seen) == len(set(seen)) == 31
    assert last.context["next_cursor"] == ""


@pytest.mark.parametrize("cursor", ["x", "bm9uc2Vuc2U=", "W10="])
def test_a_cursor_of_somebody_else_is_told_in_words(client: Client, cursor: str) -> None:
    page = client.get("/sources/", {"cursor": cursor})
    assert page.status_code == 422
    assert TEXTS["invalid_cursor"] in page.text


def test_a_source_shows_its_captures_and_failures(
    client: Client, text: ExtractedText, at: datetime
) -> None:
    source = text.capture.source
    failed(source, at)
    page = client.get(f"/sources/{source.pk}/")
    assert text.capture.digest in page.text
    assert "The server answered 404." in page.text
    assert "Try again" in page.text


def test_three_captures_take_as_many_queries_as_one(
    client: Client, text: ExtractedText, checker: User, at: datetime
) -> None:
    source = text.capture.source
    address = f"/sources/{source.pk}/"
    failed(source, at)
    one = queries(client, address)
    for number in range(2):
        factories.capture(source, f"body {number}".encode())
        failed(source, at + timedelta(hours=number + 1))
    assert queries(client, address) == one


def test_a_failed_request_is_tried_again(client: Client, text: ExtractedText, at: datetime) -> None:
    request = failed(text.capture.source, at)
    page = client.post(f"/sources/requests/{request.pk}/retry/", follow=True)
    assert "being fetched again" in page.text
    request.refresh_from_db()
    assert request.state == "queued"


def test_a_new_capture_is_asked_for(client: Client, text: ExtractedText) -> None:
    source = text.capture.source
    page = client.post(f"/sources/{source.pk}/fetch/", follow=True)
    assert "The source is being fetched." in page.text
    assert source.requests.get().state == "queued"
    assert "waiting" in client.get(f"/sources/{source.pk}/row/").text


def test_a_page_that_waits_is_reloaded_when_nothing_is_on_its_way(
    client: Client, text: ExtractedText
) -> None:
    answer = client.get(f"/sources/{text.capture.source_id}/row/")
    assert answer["HX-Refresh"] == "true"


def test_a_capture_shows_its_provenance_and_its_text_to_the_character(
    client: Client, text: ExtractedText
) -> None:
    start = text.text.index("41,200")
    page = client.get(f"/sources/captures/{text.capture_id}/", {"quote": f"{start}-{start + 6}"})
    for shown in (text.sha256, text.capture.digest, text.capture.manifest_digest, "192.0.2.1"):
        assert shown in page.text
    area = re.search(r'id="text"[^>]*>(.*?)</div>', page.text, re.DOTALL)
    assert area
    assert html.unescape(re.sub(r"<[^>]*>", "", area.group(1))) == text.text
    assert f'id="mark-quote-{start}"' in page.text
    assert ">41,200</mark>" in page.text


@pytest.mark.parametrize("quote", ["", "x-y", "5", "9-3", "0-99999999", "1-²", "-1-5"])
def test_a_quote_that_is_none_is_passed_over(
    client: Client, text: ExtractedText, quote: str
) -> None:
    page = client.get(f"/sources/captures/{text.capture_id}/", {"quote": quote})
    assert page.status_code == 200
    assert 'class="mark"' not in page.text


def test_bytes_are_handed_out_as_a_file_and_never_shown(client: Client, at: datetime) -> None:
    body = b"<script>alert(1)</script>"
    source = Source.objects.create(url="https://host.example/", created_at=at)
    capture = factories.capture(source, body)
    blobs.keep(body, at=at)
    answer = client.get(f"/sources/captures/{capture.pk}/body/")
    assert b"".join(answer) == body
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_what_is_not_there_is_a_404(client: Client) -> None:
    for place in ("", "captures/"):
        assert client.get(f"/sources/{place}{uuid.uuid4()}/").status_code == 404


@pytest.mark.parametrize("action", ["fetch", "retry"])
def test_an_admin_asks_for_no_capture(
    admin: User, text: ExtractedText, at: datetime, action: str
) -> None:
    browser = Client()
    browser.force_login(admin)
    source = text.capture.source
    place = {"fetch": source.pk, "retry": f"requests/{failed(source, at).pk}"}[action]
    assert browser.post(f"/sources/{place}/{action}/").status_code == 403


def test_waiting_is_explained(text: ExtractedText, at: datetime) -> None:
    request = request_of(text.capture.source, at)
    assert waiting_words(request, Processes(at)) == ""
    late = Processes(at + timedelta(seconds=30))
    assert "No worker has ever been seen here." in waiting_words(request, late)
    request.not_before, request.attempts = at + timedelta(minutes=5), 2
    request.error_text = "The host did not answer."
    words = "Tried 2×; again at 09:35:00 UTC. The host did not answer."
    assert waiting_words(request, Processes(at)) == words
