"""What the database itself refuses, also to raw SQL."""

import uuid
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from factcheck.audit.immutability import REFUSED_SQLSTATE
from sources import capturing
from sources.models import (
    Blob,
    Capture,
    CaptureRequest,
    Check,
    ExtractedText,
    Host,
    Source,
    Watch,
)
from sources.models.sources import address_digest
from tests.servers.local_site import LocalSite, Page
from tests.sources.clocks import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def capture(site: LocalSite, clock: Clock) -> Capture:
    site.pages["/"] = Page()
    request = capturing.request_capture(url=site.url(), by=None, at=clock())
    done = capturing.run(request_id=request.pk, at_clock=clock)
    assert done.capture is not None
    return done.capture


@pytest.fixture
def request_row() -> CaptureRequest:
    clock = Clock()
    return capturing.request_capture(url="http://example.com/", by=None, at=clock())


CHANGES = [
    "UPDATE sources_blob SET size = size + 1",
    "UPDATE sources_capture SET final_url = 'http://example.com/'",
    "UPDATE sources_capture SET truncated = true WHERE number = 1",
    "UPDATE sources_extractedtext SET text = 'altered'",
    "DELETE FROM sources_blob",
    "DELETE FROM sources_capture",
    "DELETE FROM sources_extractedtext",
    "TRUNCATE sources_blob CASCADE",
    "TRUNCATE sources_capture CASCADE",
    "TRUNCATE sources_extractedtext CASCADE",
    "UPDATE sources_check SET outcome = 'changed'",
    "UPDATE sources_check SET looked_up_at = now(), at = now()",
    "DELETE FROM sources_check",
    "TRUNCATE sources_check CASCADE",
]


@pytest.mark.usefixtures("capture")
@pytest.mark.parametrize("statement", CHANGES)
def test_what_is_archived_never_changes(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        # Else PostgreSQL refuses the TRUNCATE for its pending checks before the trigger can.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            cursor.execute(statement)
    cause = caught.value.__cause__
    assert isinstance(cause, psycopg.Error)
    assert cause.sqlstate == REFUSED_SQLSTATE


def refuses(change: Callable[[], object]) -> str:
    """Return the name of the constraint that refused the change."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change()
    cause = caught.value.__cause__
    assert isinstance(cause, psycopg.Error)
    return cause.diag.constraint_name or ""


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"state": "lost", "finished_at": "now"}, "sources_request_state_known"),
        ({"state": "running"}, "sources_request_leased_while_running"),
        ({"lease_token": uuid.uuid4()}, "sources_request_leased_while_running"),
        ({"state": "done", "finished_at": "now"}, "sources_request_capture_when_done"),
        (
            {"state": "failed", "error_code": "x"},
            "sources_request_finished_when_closed",
        ),
        ({"finished_at": "now"}, "sources_request_finished_when_closed"),
        ({"state": "failed", "finished_at": "now"}, "sources_request_failure_has_code"),
        ({"state": "unchanged", "finished_at": "now"}, "sources_request_unchanged_is_a_check"),
    ],
)
def test_a_forged_state_of_a_request_is_refused(
    request_row: CaptureRequest, values: dict[str, Any], constraint: str
) -> None:
    given = {key: Clock()() if value == "now" else value for key, value in values.items()}
    rows = CaptureRequest.objects.filter(pk=request_row.pk)
    assert refuses(lambda: rows.update(**given)) == constraint


def test_a_source_has_one_open_request(request_row: CaptureRequest) -> None:
    at = Clock()()
    another = CaptureRequest(source=request_row.source, requested_at=at, not_before=at)
    assert refuses(another.save) == "sources_request_one_open"


def test_a_source_is_known_once_by_its_address(request_row: CaptureRequest) -> None:
    url = request_row.source.url
    assert request_row.source.url_digest == address_digest(url)
    again = Source(url=url, created_at=Clock()())
    assert refuses(again.save) == "sources_source_url_digest_key"


@pytest.mark.parametrize(
    "url", ["", "example.com", "ftp://example.com/", "http://a b/", "http://bücher.example/"]
)
def test_an_address_that_is_not_normalised_is_refused(url: str) -> None:
    source = Source(url=url, created_at=Clock()())
    assert refuses(source.save) == "sources_source_address_fits_kind"


def test_an_address_of_eight_thousand_characters_is_kept() -> None:
    url = "http://example.com/" + uuid.uuid4().hex * 255
    Source.objects.create(url=url, created_at=Clock()())
    assert Source.objects.get(url_digest=address_digest(url)).url == url


@pytest.mark.parametrize("digest", ["", "abc", "A" * 64, "g" * 64])
def test_a_blob_is_named_by_a_digest(digest: str) -> None:
    blob = Blob(digest=digest, size=1, stored_at=Clock()())
    assert refuses(lambda: blob.save(force_insert=True)) == "sources_blob_digest_is_sha256"


def another(capture: Capture, **changes: Any) -> Callable[[], object]:
    values = {
        field.attname: getattr(capture, field.attname) for field in Capture._meta.concrete_fields
    }
    fresh = {
        "id": uuid.uuid4(),
        "request_id": uuid.uuid4(),
        "number": 2,
        "manifest_digest": "1" * 64,
        "previous_manifest_digest": "2" * 64,
    }
    return lambda: Capture.objects.create(**{**values, **fresh, **changes})


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"request_id": "same"}, "sources_capture_request_id_key"),
        ({"number": 1}, "sources_capture_chain_starts_once"),
        ({"number": 0}, "sources_capture_"),
        ({"previous_manifest_digest": "0" * 64}, "sources_capture_chain_starts_once"),
        ({"manifest_digest": "same"}, "sources_capture_manifest_digest_key"),
        ({"manifest_digest": "x"}, "sources_capture_manifests_are_sha256"),
        ({"digest": "3" * 64}, "sources_capture_digest_is_of_its_body"),
        ({"status": 404}, "sources_capture_is_of_a_page"),
        ({"wire_bytes": -1}, "sources_capture_size_not_negative"),
    ],
)
def test_a_forged_capture_is_refused(
    capture: Capture, change: dict[str, Any], constraint: str
) -> None:
    given = {key: getattr(capture, key) if v == "same" else v for key, v in change.items()}
    assert refuses(another(capture, **given)).startswith(constraint)


def test_a_capture_joins_the_chain_but_once(capture: Capture) -> None:
    another(capture, previous_manifest_digest=capture.manifest_digest)()
    fork = another(
        capture,
        number=3,
        manifest_digest="4" * 64,
        previous_manifest_digest=capture.manifest_digest,
    )
    assert refuses(fork) == "sources_capture_previous_manifest_digest_key"


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"sha256": "x"}, "sources_text_digest_is_sha256"),
        ({"text": ""}, "sources_text_not_empty"),
    ],
)
def test_a_forged_text_is_refused(
    capture: Capture, changes: dict[str, str], constraint: str
) -> None:
    at = Clock()()
    values = {"text": "words", "sha256": "0" * 64, "extractor": "plain", "extractor_version": "1"}
    text = ExtractedText(capture=capture, created_at=at, **{**values, **changes})
    assert refuses(text.save) == constraint


def test_a_blob_has_a_length() -> None:
    blob = Blob(digest="0" * 64, size=-1, stored_at=Clock()())
    assert refuses(lambda: blob.save(force_insert=True)) == "sources_blob_size_not_negative"


@pytest.mark.parametrize("half", [{"visitor": uuid.uuid4()}, {"busy_until": Clock()()}])
def test_a_visit_has_a_visitor_and_an_end(half: dict[str, Any]) -> None:
    host = Host(origin="https://a.example", next_at=Clock()(), **half)
    assert refuses(lambda: host.save(force_insert=True)) == "sources_host_visited_until_a_time"


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"state": "lost"}, "sources_watch_state_known"),
        ({"state": "paused"}, "sources_watch_paused_by_somebody"),
        ({"next_at": None}, "sources_watch_paused_by_somebody"),
        ({"paused_at": Clock()()}, "sources_watch_paused_by_somebody"),
        ({"interval": 0}, "sources_watch_interval_in_bounds"),
        ({"interval": 91}, "sources_watch_interval_in_bounds"),
        ({"state": "dead"}, "sources_watch_dead_after_failures"),
        ({"failures": 1}, "sources_watch_failures_have_a_time"),
        ({"failed_at": Clock()()}, "sources_watch_failures_have_a_time"),
    ],
)
def test_a_forged_watch_is_refused(
    request_row: CaptureRequest, values: dict[str, Any], constraint: str
) -> None:
    rows = Watch.objects.filter(pk=request_row.source_id)
    assert refuses(lambda: rows.update(**values)) == constraint


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"outcome": "lost"}, "sources_check_outcome_known"),
        ({"capture": None}, "sources_check_has_a_page_or_a_reason"),
        ({"error_code": "x"}, "sources_check_has_a_page_or_a_reason"),
        ({"outcome": "gone", "error_code": "x"}, "sources_check_has_a_page_or_a_reason"),
        ({"outcome": "gone", "capture": None}, "sources_check_has_a_page_or_a_reason"),
        ({"by_answer": True}, "sources_check_answered_unchanged"),
    ],
)
def test_a_forged_check_is_refused(
    capture: Capture, values: dict[str, Any], constraint: str
) -> None:
    noted = Check.objects.get(capture=capture)
    given = {
        "source": noted.source,
        "request": noted.request,
        "capture": capture,
        "outcome": "changed",
        "at": noted.at,
    }
    assert refuses(lambda: Check.objects.create(**{**given, **values})) == constraint
