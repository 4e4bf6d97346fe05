from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from sources import blobs, extracting, uploading
from sources.models import ExtractedTable, ExtractedText, ReadingRequest
from tests import factories
from tests.sources.archiving.reading.test_jail import pdf
from tests.sources.archiving.test_recognising import PNG
from tests.sources.clocks import Clock
from tests.sources.test_uploading import CSV, keep

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archive(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def asked(data: bytes = CSV, name: str = "poverty.csv") -> ReadingRequest:
    reading = keep(data, name).reading
    assert reading is not None
    return reading


def test_a_reading_gives_a_text_with_its_tables(clock: Clock) -> None:
    request = asked()
    assert extracting.due(at=clock()) == [request.pk]
    done = extracting.run(request_id=request.pk, clock=clock)
    assert (done.state, done.error_code, done.lease_token) == ("done", "", None)
    text = ExtractedText.objects.get(capture=request.capture)
    assert done.extracted == text
    assert (text.text, text.extractor) == (CSV.decode(), "csv")
    table = ExtractedTable.objects.get(extracted=text)
    assert (table.number, table.height, table.width, table.header_rows) == (1, 3, 2, 1)
    assert table.rows[1] == ["2019", "36"]
    assert table.grid.digest() == table.sha256
    assert extracting.due(at=clock()) == []


def test_a_second_delivery_finds_nothing_to_do(clock: Clock) -> None:
    request = asked()
    extracting.run(request_id=request.pk, clock=clock)
    again = extracting.run(request_id=request.pk, clock=clock)
    assert (again.state, again.attempts) == ("done", 1)
    assert ExtractedText.objects.count() == 1


def test_a_new_reading_that_gives_the_same_adds_nothing(clock: Clock) -> None:
    first = extracting.run(request_id=asked().pk, clock=clock)
    second = extracting.request_reading(capture=first.capture, by=factories.person(), at=clock())
    assert second.pk != first.pk
    done = extracting.run(request_id=second.pk, clock=clock)
    assert (done.state, done.extracted) == ("done", first.extracted)
    assert ExtractedText.objects.count() == 1


def test_a_new_reading_that_gives_another_text_adds_it(clock: Clock) -> None:
    first = extracting.run(request_id=asked().pk, clock=clock)
    older = ExtractedText.objects.create(
        capture=first.capture,
        text="as an older reader read it",
        sha256=factories.sha256(b"as an older reader read it"),
        extractor="csv",
        extractor_version="0",
        created_at=clock(),
    )
    second = extracting.request_reading(capture=first.capture, by=None, at=clock())
    done = extracting.run(request_id=second.pk, clock=clock)
    assert done.extracted not in {first.extracted, older}
    assert ExtractedText.objects.count() == 3


def test_while_a_reading_waits_that_one_is_returned(clock: Clock) -> None:
    request = asked()
    again = extracting.request_reading(capture=request.capture, by=None, at=clock())
    assert again == request


def test_an_image_is_not_read(clock: Clock) -> None:
    capture = keep(PNG, "map.png").capture
    with pytest.raises(extracting.NothingToReadError):
        extracting.request_reading(capture=capture, by=None, at=clock())


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"PK\x03\x04 broken", "a.xlsx", "text_damaged"),
        (pdf(""), "scan.pdf", "text_scan"),
        (b"<html></html>", "a.html", "text_none"),
    ],
)
def test_a_document_that_cannot_be_read_is_kept_and_says_why(
    clock: Clock, data: bytes, name: str, code: str
) -> None:
    request = asked(data, name)
    failed = extracting.run(request_id=request.pk, clock=clock)
    assert (failed.state, failed.error_code) == ("failed", code)
    assert failed.error_text
    assert blobs.read(failed.capture.body_digest) == data
    assert extracting.due(at=clock()) == []


def test_a_failed_reading_can_be_tried_again(clock: Clock) -> None:
    request = asked(pdf(""), "scan.pdf")
    by = factories.person()
    with pytest.raises(extracting.ReadingNotFailedError):
        extracting.retry(request=request, by=by, at=clock())
    extracting.run(request_id=request.pk, clock=clock)
    again = extracting.retry(request=request, by=by, at=clock())
    assert (again.state, again.attempts, again.error_code) == ("queued", 0, "")


def test_a_failed_reading_waits_behind_another_of_the_same_capture(clock: Clock) -> None:
    failed = extracting.run(request_id=asked(pdf(""), "scan.pdf").pk, clock=clock)
    extracting.request_reading(capture=failed.capture, by=None, at=clock())
    with pytest.raises(extracting.ReadingNotFailedError):
        extracting.retry(request=failed, by=factories.person(), at=clock())


def test_a_dead_worker_s_reading_is_taken_over_until_its_attempts_are_spent(
    clock: Clock, settings: Any
) -> None:
    request = asked()
    rows = ReadingRequest.objects.filter(pk=request.pk)
    lease = timedelta(seconds=settings.CAPTURE_LEASE_SECONDS)
    rows.update(state="running", attempts=2, lease_token=uuid4(), lease_until=clock() + lease)
    assert extracting.due(at=clock()) == []
    assert extracting.run(request_id=request.pk, clock=clock).state == "running"
    clock.move(seconds=lease.total_seconds())
    assert extracting.due(at=clock()) == [request.pk]
    rows.update(attempts=extracting.MAX_ATTEMPTS)
    spent = extracting.run(request_id=request.pk, clock=clock)
    assert (spent.state, spent.error_code) == ("failed", "text_attempts_spent")


def test_bytes_that_are_gone_are_said_to_be(clock: Clock) -> None:
    request = asked()
    blobs.disk().path(request.capture.body_digest).unlink()
    failed = extracting.run(request_id=request.pk, clock=clock)
    assert failed.error_code == "text_unavailable"


def test_a_lost_lease_finishes_nothing(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    request = asked()
    original = extracting._read

    def slow(capture: Any) -> Any:
        found = original(capture)
        ReadingRequest.objects.filter(pk=request.pk).update(lease_token=uuid4())
        return found

    monkeypatch.setattr(extracting, "_read", slow)
    assert extracting.run(request_id=request.pk, clock=clock).state == "running"
    assert not ExtractedText.objects.exists()


def test_the_limit_is_the_desk_s(settings: Any) -> None:
    settings.UPLOAD_MAX_MEGABYTES = 3
    assert uploading.limit() == 3 * 2**20
