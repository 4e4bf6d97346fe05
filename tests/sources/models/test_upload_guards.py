"""What the database refuses of uploads, tables and readings, also to raw SQL."""

import uuid
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from factcheck.audit.immutability import REFUSED_SQLSTATE
from sources import extracting
from sources.models import Capture, ExtractedTable, ReadingRequest, Source
from tests import factories
from tests.sources.clocks import Clock
from tests.sources.models.test_guards import another, refuses
from tests.sources.test_uploading import keep

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archive(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def reading() -> ReadingRequest:
    found = keep().reading
    assert found is not None
    return found


@pytest.mark.parametrize(
    "change",
    [
        {"request_id": uuid.uuid4()},
        {"status": 200},
        {"peer_address": "192.0.2.1"},
        {"requested_by_id": None},
        {"file_name": ""},
        {"truncated": True},
        {"hops": [{"url": "https://a.example/"}]},
        {"final_url": "https://a.example/"},
        {"kind": "gift"},
    ],
)
def test_a_forged_upload_is_refused(change: dict[str, Any]) -> None:
    capture = keep().capture
    values = {"request_id": None, "previous_manifest_digest": capture.manifest_digest}
    refused = another(capture, **{**values, **change})
    if change == {"kind": "gift"}:
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()
    else:
        assert refuses(refused) == "sources_capture_is_fetch_or_upload"


@pytest.mark.parametrize(
    "change", [{"status": None}, {"peer_address": None}, {"request_id": None}, {"file_name": "x"}]
)
def test_a_forged_fetch_is_refused(change: dict[str, Any]) -> None:
    capture = factories.extracted_text().capture
    values = {"previous_manifest_digest": capture.manifest_digest}
    assert refuses(another(capture, **{**values, **change})) == "sources_capture_is_fetch_or_upload"


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("file", "https://a.example/"),
        ("file", "urn:sha256:abc"),
        ("web", "urn:sha256:" + "0" * 64),
        ("post", "https://a.example/"),
    ],
)
def test_a_source_s_address_fits_its_kind(kind: str, url: str) -> None:
    source = Source(kind=kind, url=url, created_at=Clock()())
    assert refuses(source.save) == "sources_source_address_fits_kind"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sources_extractedtable SET rows = '[]'",
        "DELETE FROM sources_extractedtable",
        "TRUNCATE sources_extractedtable CASCADE",
    ],
)
def test_a_table_never_changes(reading: ReadingRequest, statement: str) -> None:
    extracting.run(request_id=reading.pk, clock=Clock())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            cursor.execute(statement)
    cause = caught.value.__cause__
    assert isinstance(cause, psycopg.Error)
    assert cause.sqlstate == REFUSED_SQLSTATE


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"number": 1}, "sources_table_numbered"),
        ({"sha256": "x"}, "sources_table_digest_is_sha256"),
        ({"height": 0}, "sources_table_has_cells"),
        ({"width": 0}, "sources_table_has_cells"),
        ({"number": 0}, "sources_table_has_cells"),
    ],
)
def test_a_forged_table_is_refused(values: dict[str, Any], constraint: str) -> None:
    table = factories.table()
    fields = {"number": 2, "rows": [["a"]], "height": 1, "width": 1, "sha256": "0" * 64}
    fresh = ExtractedTable(extracted=table.extracted, **{**fields, **values})
    assert refuses(fresh.save) == constraint


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"state": "lost", "finished_at": "now"}, "sources_reading_state_known"),
        ({"state": "running"}, "sources_reading_leased_while_running"),
        ({"lease_token": uuid.uuid4()}, "sources_reading_leased_while_running"),
        ({"state": "done", "finished_at": "now"}, "sources_reading_text_when_done"),
        ({"state": "failed", "error_code": "x"}, "sources_reading_finished_when_closed"),
        ({"state": "failed", "finished_at": "now"}, "sources_reading_failure_has_code"),
    ],
)
def test_a_forged_state_of_a_reading_is_refused(
    reading: ReadingRequest, values: dict[str, Any], constraint: str
) -> None:
    given = {key: Clock()() if value == "now" else value for key, value in values.items()}
    rows = ReadingRequest.objects.filter(pk=reading.pk)
    assert refuses(lambda: rows.update(**given)) == constraint


def test_a_capture_has_one_open_reading(reading: ReadingRequest) -> None:
    again = ReadingRequest(capture=reading.capture, requested_at=Clock()())
    assert refuses(again.save) == "sources_reading_one_open"
    assert Capture.objects.count() == 1
