from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from sources import blobs, capturing, verifying
from sources.models import Capture, ExtractedText
from tests.servers.local_site import LocalSite, Page
from tests.sources.clocks import Clock

pytestmark = pytest.mark.django_db
BODY = b"<!doctype html><title>Poverty</title><p>Poverty fell from 60% to 36%.</p>"


@pytest.fixture
def captures(site: LocalSite, clock: Clock) -> list[Capture]:
    moved = Page(b"", status="301 Moved", headers=(("Location", "/b"),))
    site.pages.update({"/a": moved, "/b": Page(BODY), "/c": Page(b"<p>Another page.</p>")})
    for path in ("/a", "/b", "/c"):
        asked = capturing.request_capture(url=site.url(path), by=None, at=clock())
        capturing.run(request_id=asked.pk, at_clock=clock)
    return list(Capture.objects.order_by("number"))


def codes() -> list[str]:
    return [problem.code for problem in verifying.verify_archive()]


def forge(statement: str, *values: str) -> None:
    """Change a row behind the triggers' back, as somebody with the disk could."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.mark.usefixtures("captures")
def test_a_whole_archive_has_no_problem() -> None:
    out = StringIO()
    assert codes() == []
    call_command("verify_archive", stdout=out)
    assert out.getvalue() == "3 captures and 5 blobs are whole.\n"


def test_a_flipped_byte_is_named(captures: list[Capture]) -> None:
    digest = captures[1].body_digest
    path = blobs.disk().path(digest)
    path.chmod(0o644)
    path.write_bytes(BODY.replace(b"36%", b"39%"))
    assert [str(problem) for problem in verifying.verify_archive()] == [
        f"blob_damaged  {digest}  its bytes have changed"
    ]
    with pytest.raises(CommandError, match="1 problems in 3 captures and 5 blobs"):
        call_command("verify_archive", stdout=StringIO())


def test_a_missing_file_is_named(captures: list[Capture]) -> None:
    blobs.disk().path(captures[0].warc_digest).unlink()
    assert codes() == ["blob_missing"]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE sources_capture SET status = 203 WHERE number = 2", ["column_altered"]),
        (
            "UPDATE sources_capture SET url = 'http://x.example/' WHERE number = 2",
            ["column_altered"],
        ),
        (
            (
                "UPDATE sources_capture SET manifest = jsonb_set(manifest, '{status}', '203') "
                "WHERE number = 2"
            ),
            ["manifest_altered", "column_altered"],
        ),
        (
            "UPDATE sources_capture SET manifest_digest = repeat('a', 64) WHERE number = 2",
            ["manifest_altered", "chain_broken"],
        ),
        (
            "UPDATE sources_capture SET number = 9 WHERE number = 3",
            ["chain_hole", "column_altered"],
        ),
        (
            "UPDATE sources_extractedtext SET text = replace(text, '36', '63')",
            ["text_altered", "text_altered"],
        ),
        ("UPDATE sources_blob SET size = 1 WHERE size = 73", ["blob_size"]),
    ],
)
@pytest.mark.usefixtures("captures")
def test_a_forged_row_is_named(statement: str, found: list[str]) -> None:
    forge(statement)
    assert codes() == found


def test_a_swapped_warc_file_is_named(captures: list[Capture]) -> None:
    other = captures[2].warc_digest
    forge("UPDATE sources_capture SET warc_digest = %s WHERE number = 2", other)
    assert codes() == ["column_altered", "warc_altered"]


def test_a_warc_file_that_is_none_is_named(captures: list[Capture]) -> None:
    forge("UPDATE sources_capture SET warc_digest = body_digest WHERE number = 3")
    assert codes() == ["column_altered", "warc_unreadable"]


def test_one_capture_is_verified_alone(captures: list[Capture]) -> None:
    assert list(verifying.verify_capture(captures[0])) == []
    forge("UPDATE sources_capture SET truncated = true WHERE number = 1")
    (problem,) = verifying.verify_capture(Capture.objects.get(number=1))
    assert problem.words == "truncated is not what the manifest says"
    assert ExtractedText.objects.filter(capture=captures[0]).exists()
