from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from sources import blobs
from sources.models import Capture, Rendering
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PICTURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def client(checker: User) -> Client:
    browser = Client()
    browser.force_login(checker)
    return browser


@pytest.fixture(autouse=True)
def _on(settings: Any) -> None:
    settings.RENDERING = True


@pytest.fixture
def capture() -> Capture:
    return factories.extracted_text(media_type="text/html").capture


def row(capture: Capture, **fields: Any) -> Rendering:
    given = {"requested_at": AT, "not_before": AT} | fields
    return Rendering.objects.create(capture=capture, **given)


def drawn(capture: Capture) -> Rendering:
    return row(
        capture,
        state="done",
        picture=blobs.keep(PICTURE, at=AT),
        document=blobs.keep(b"<p>drawn</p>", at=AT),
        browser="Chromium 1",
        finished_at=AT,
        report={"requests": 3, "refused": [{"target": "http://10.0.0.1/", "code": "x"}]},
    )


def failed(capture: Capture) -> Rendering:
    words = "The browser ended before the page was drawn."
    return row(
        capture, state="failed", error_code="render_crashed", error_text=words, finished_at=AT
    )


def page(client: Client, capture: Capture) -> str:
    return client.get(f"/sources/captures/{capture.pk}/").text


def test_a_page_that_nobody_had_drawn_offers_it(client: Client, capture: Capture) -> None:
    text = page(client, capture)
    assert "Nobody has had this page drawn yet" in text
    assert f"/sources/captures/{capture.pk}/render/" in text
    assert "Draw the page" in text


def test_nothing_is_offered_where_it_is_off(
    client: Client, capture: Capture, settings: Any
) -> None:
    settings.RENDERING = False
    assert "As a browser draws it" not in page(client, capture)
    answer = client.post(f"/sources/captures/{capture.pk}/render/", follow=True)
    assert TEXTS["rendering_off"] in answer.text
    assert Rendering.objects.count() == 0


def test_what_was_drawn_stays_to_be_seen_where_it_is_off(
    client: Client, capture: Capture, settings: Any
) -> None:
    done = drawn(capture)
    settings.RENDERING = False
    text = page(client, capture)
    assert f"/sources/renderings/{done.pk}/picture/" in text
    assert "Draw it again" not in text


def test_asking_leads_back_to_a_page_that_waits(
    client: Client, capture: Capture, checker: User
) -> None:
    answer = client.post(f"/sources/captures/{capture.pk}/render/", follow=True)
    asked = Rendering.objects.get()
    assert (asked.state, asked.requested_by) == ("queued", checker)
    assert "The page is being drawn." in answer.text
    assert 'hx-trigger="every 2s"' in answer.text
    assert "Draw the page" not in answer.text


def test_a_row_that_waits_too_long_says_so(client: Client, capture: Capture) -> None:
    late = timezone.now() - timedelta(minutes=1)
    row(capture, requested_at=late, not_before=late)
    assert "The worker that draws pages may not be running." in page(client, capture)


def test_a_picture_is_shown_with_where_it_comes_from(client: Client, capture: Capture) -> None:
    done = drawn(capture)
    text = page(client, capture)
    assert f'src="/sources/renderings/{done.pk}/picture/"' in text
    assert "3 requests, 1 refused" in text
    assert "Chromium 1" in text
    assert done.picture_id is not None
    assert done.picture_id in text
    assert "Draw it again" in text
    assert "hx-trigger" not in client.get(f"/sources/captures/{capture.pk}/rendering/").text


def test_a_failure_is_told_and_can_be_tried_again(client: Client, capture: Capture) -> None:
    lost = failed(capture)
    text = page(client, capture)
    assert "The browser ended before the page was drawn." in text
    assert f"/sources/renderings/{lost.pk}/retry/" in text
    client.post(f"/sources/renderings/{lost.pk}/retry/")
    assert Rendering.objects.get().state == "queued"
    again = client.post(f"/sources/renderings/{lost.pk}/retry/", follow=True)
    assert TEXTS["rendering_not_failed"] in again.text


def test_the_picture_is_an_image_in_a_sandbox(client: Client, capture: Capture) -> None:
    answer = client.get(f"/sources/renderings/{drawn(capture).pk}/picture/")
    assert (answer.content, answer["Content-Type"]) == (PICTURE, "image/png")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_document_is_a_file_and_never_a_page(client: Client, capture: Capture) -> None:
    answer = client.get(f"/sources/renderings/{drawn(capture).pk}/document/")
    assert answer.content == b"<p>drawn</p>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_what_is_not_drawn_yet_is_not_found(client: Client, capture: Capture) -> None:
    waiting = row(capture)
    for name in ("picture", "document"):
        assert client.get(f"/sources/renderings/{waiting.pk}/{name}/").status_code == 404


def test_who_may_not_check_may_look_and_not_ask(capture: Capture) -> None:
    admin = User.objects.create_user("root", password="x", role="admin")
    browser = Client()
    browser.force_login(admin)
    assert "Draw the page" not in page(browser, capture)
    assert browser.post(f"/sources/captures/{capture.pk}/render/").status_code == 403
    lost = failed(capture)
    assert browser.post(f"/sources/renderings/{lost.pk}/retry/").status_code == 403
    assert browser.get(f"/sources/captures/{capture.pk}/rendering/").status_code == 200


def test_strangers_are_sent_to_sign_in(capture: Capture) -> None:
    done = drawn(capture)
    for path in (
        f"captures/{capture.pk}/rendering",
        f"renderings/{done.pk}/picture",
        f"renderings/{done.pk}/document",
    ):
        assert Client().get(f"/sources/{path}/").status_code == 302


def test_three_renderings_take_as_many_queries_as_one(client: Client, capture: Capture) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/sources/captures/{capture.pk}/rendering/").status_code == 200
        return len(captured)

    drawn(capture)
    one = queries()
    drawn(capture)
    failed(capture)
    assert queries() == one
