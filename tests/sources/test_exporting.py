"""WACZ files, judged by the public validator and by warcio."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from warcio.archiveiterator import ArchiveIterator

from factcheck.accounts.models import User
from sources import blobs, capturing, exporting
from sources.archiving import wacz
from sources.models import Capture
from tests.factories import AT
from tests.servers.local_site import LocalSite, Page
from tests.sources.clocks import Clock

pytestmark = pytest.mark.django_db
BODY = b"<!doctype html><title>Poverty</title><p>Poverty fell from 60% to 36%.</p>"


@pytest.fixture
def captures(site: LocalSite, clock: Clock) -> list[Capture]:
    moved = Page(b"", status="301 Moved", headers=(("Location", "/b?z=1&a=2"),))
    site.pages |= {"/A": moved, "/b?z=1&a=2": Page(BODY), "/c": Page(b"<p>Another page.</p>")}
    for path in ("/A", "/c"):
        asked = capturing.request_capture(url=site.url(path), by=None, at=clock())
        capturing.run(request_id=asked.pk, at_clock=clock)
        clock.move(days=1)
    return list(Capture.objects.select_related("warc").order_by("number"))


def validated(path: Path) -> str:
    """Let the validator judge, in a process of its own."""
    code = "import sys; from wacz.main import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-W", "ignore", "-c", code, "validate", "-f", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return done.stdout + done.stderr if done.returncode else done.stdout


def test_the_public_validator_takes_it(captures: list[Capture], tmp_path: Path) -> None:
    path = tmp_path / "both.wacz"
    with exporting.export(captures, at=AT) as made:
        path.write_bytes(made.read())
    assert validated(path).splitlines()[-1] == "Validation succeeded, the passed WACZ is valid"


def test_the_validator_would_notice_a_changed_byte(captures: list[Capture], tmp_path: Path) -> None:
    path = tmp_path / "forged.wacz"
    with (
        exporting.export(captures, at=AT) as made,
        zipfile.ZipFile(made) as whole,
        zipfile.ZipFile(path, "w") as forged,
    ):
        for name in whole.namelist():
            forged.writestr(name, whole.read(name).replace(b"Poverty", b"Plenty!"))
    assert "the passed WACZ is invalid" in validated(path)


def test_every_line_of_the_index_leads_to_its_record(captures: list[Capture]) -> None:
    with exporting.export(captures, at=AT) as made, zipfile.ZipFile(made) as archive:
        lines = archive.read("indexes/index.cdx").decode().splitlines()
        assert lines == sorted(lines)
        seen = {}
        for line in lines:
            key, at, written = line.split(" ", 2)
            about = json.loads(written)
            file = archive.read(f"archive/{about['filename']}")
            start, length = int(about["offset"]), int(about["length"])
            (record,) = ArchiveIterator(io.BytesIO(file[start : start + length]))
            assert record.rec_headers.get_header("WARC-Target-URI") == about["url"]
            assert key == wacz.key_of(about["url"])
            seen[about["url"].partition("/")[2][1:].partition("/")[2]] = (about["status"], at)
    assert seen == {
        "A": ("301", "20260102030405"),
        "b?z=1&a=2": ("200", "20260102030405"),
        "c": ("200", "20260103030405"),
    }


def test_the_warc_files_are_those_of_the_archive(captures: list[Capture]) -> None:
    with exporting.export(captures, at=AT) as made, zipfile.ZipFile(made) as archive:
        names = [name for name in archive.namelist() if name.startswith("archive/")]
        kept = [hashlib.sha256(archive.read(name)).hexdigest() for name in names]
        pages = [json.loads(line) for line in archive.read("pages/pages.jsonl").splitlines()]
        assert all(item.compress_type == zipfile.ZIP_STORED for item in archive.infolist())
    assert kept == [capture.warc_digest for capture in captures]
    assert [page.get("title") for page in pages] == ["All Pages", "Poverty", captures[1].url]
    assert pages[1]["ts"] == "2026-01-02T03:04:05Z"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.com/Path?b=2&a=1", "com,example)/path?a=1&b=2"),
        ("http://example.com", "com,example)/"),
        ("http://a.b.example:8080/x", "example,b,a:8080)/x"),
        ("http://192.0.2.1/x", "192.0.2.1)/x"),
        ("urn:sha256:ab", "urn:sha256:ab"),
        ("http://[2001:db8::1]/x", "[2001:db8::1])/x"),
    ],
)
def test_the_key_of_an_address(url: str, key: str) -> None:
    assert wacz.key_of(url) == key


def test_what_is_damaged_is_not_exported(captures: list[Capture]) -> None:
    blobs.disk().path(captures[0].warc_digest).unlink()
    with pytest.raises(blobs.ArchiveDamagedError) as caught:
        exporting.export(captures, at=AT)
    assert captures[0].warc_digest in caught.value.text


@pytest.mark.parametrize(("most", "limit"), [("MOST_CAPTURES", 1), ("MOST_BYTES", 100)])
def test_too_much_for_one_file_is_refused(
    captures: list[Capture], monkeypatch: pytest.MonkeyPatch, most: str, limit: int
) -> None:
    monkeypatch.setattr(exporting, most, limit)
    with pytest.raises(exporting.ExportTooLargeError, match="export_too_large"):
        exporting.export(captures, at=AT)


@pytest.fixture
def client(checker: User) -> Client:
    browser = Client()
    browser.force_login(checker)
    return browser


def names(answer: Any) -> list[str]:
    data = b"".join(answer.streaming_content)
    assert int(answer["Content-Length"]) == len(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [name for name in archive.namelist() if name.startswith("archive/")]


def test_a_capture_and_a_source_are_handed_out(client: Client, captures: list[Capture]) -> None:
    one = client.get(f"/sources/captures/{captures[1].pk}/wacz/")
    assert names(one) == ["archive/2.warc.gz"]
    assert one["Content-Disposition"] == 'attachment; filename="capture-2.wacz"'
    assert one["Content-Security-Policy"] == "sandbox; default-src 'none'"
    of_source = client.get(f"/sources/{captures[0].source_id}/wacz/")
    assert names(of_source) == ["archive/1.warc.gz"]


def test_what_cannot_be_exported_is_told_on_a_page(client: Client, captures: list[Capture]) -> None:
    assert client.get(f"/sources/captures/{uuid4()}/wacz/").status_code == 404
    assert client.get(f"/sources/{uuid4()}/wacz/").status_code == 404
    blobs.disk().path(captures[0].warc_digest).unlink()
    answer = client.get(f"/sources/captures/{captures[0].pk}/wacz/")
    assert answer.status_code == 422
    assert "The archive is damaged" in answer.text
    answer = client.get(f"/sources/captures/{captures[0].pk}/warc/")
    assert (answer.status_code, captures[0].warc_digest in answer.text) == (422, True)


def test_a_store_that_is_away_is_told_on_a_page(
    client: Client, captures: list[Capture], settings: Any
) -> None:
    settings.BLOB_STORE, settings.S3_BUCKET = "s3", "archive"
    settings.S3_ENDPOINT, settings.S3_REGION = "http://127.0.0.1:9", "eu-central-1"
    settings.S3_ACCESS_KEY = settings.S3_SECRET_KEY = "a key"
    for place in ("wacz", "body"):
        answer = client.get(f"/sources/captures/{captures[0].pk}/{place}/")
        assert answer.status_code == 503
        assert "The archive cannot be reached just now" in answer.text


def test_nobody_takes_a_capture_without_signing_in(captures: list[Capture]) -> None:
    answer = Client().get(f"/sources/captures/{captures[0].pk}/wacz/")
    assert answer.status_code == 302


def test_the_command_writes_a_file_once(captures: list[Capture], tmp_path: Path) -> None:
    out, path = io.StringIO(), tmp_path / "page.wacz"
    ids = [str(capture.pk) for capture in captures]
    call_command("export_wacz", *ids, "--output", str(path), stdout=out)
    assert out.getvalue().startswith(f"2 captures in {path}, ")
    assert zipfile.is_zipfile(path)
    with pytest.raises(CommandError, match="is there already"):
        call_command("export_wacz", *ids, "--output", str(path))
    by_source = ["--source", str(captures[0].source_id), "--output", str(tmp_path / "source.wacz")]
    call_command("export_wacz", *by_source, stdout=out)
    assert "1 captures in" in out.getvalue()


def test_the_command_names_what_it_does_not_know(captures: list[Capture], tmp_path: Path) -> None:
    unknown = str(uuid4())
    with pytest.raises(CommandError, match=unknown):
        call_command("export_wacz", unknown, "--output", str(tmp_path / "x.wacz"))
    with pytest.raises(CommandError, match="There is no capture"):
        call_command("export_wacz", "--output", str(tmp_path / "x.wacz"))
