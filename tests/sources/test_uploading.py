from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from factcheck.audit.models import Event
from factcheck.errors import FactcheckError
from sources import blobs, extracting, uploading, verifying
from sources.archiving import manifests
from sources.models import Blob, Capture, Source
from tests import factories
from tests.sources.archiving.test_recognising import BOOK, PNG
from tests.sources.clocks import Clock
from tests.sources.test_verifying import forge

pytestmark = pytest.mark.django_db
CSV = b"year,share\n2019,36\n2020,39\n"


@pytest.fixture(autouse=True)
def archive(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def keep(data: bytes = CSV, file_name: str = "poverty.csv", **given: Any) -> uploading.Upload:
    given.setdefault("by", factories.person())
    return uploading.keep(data=data, file_name=file_name, at=Clock()(), **given)


def test_a_file_is_a_source_and_a_capture_with_who_and_when() -> None:
    by = factories.person()
    kept = keep(by=by, title="Poverty in Bolivia")
    capture, digest = kept.capture, factories.sha256(CSV)
    assert kept.source.url == capture.url == f"urn:sha256:{digest}"
    assert (kept.source.kind, kept.source.title) == ("file", "Poverty in Bolivia")
    assert (kept.source.details_by, kept.source.created_by) == (by, by)
    assert (capture.kind, capture.file_name, capture.media_type) == (
        "upload",
        "poverty.csv",
        "text/csv",
    )
    assert (capture.requested_by, capture.captured_at) == (by, Clock()())
    assert (capture.status, capture.peer_address, capture.request_id) == (None, None, None)
    assert blobs.read(capture.body_digest) == CSV
    assert kept.words == "The file is kept."
    actions = set(Event.objects.values_list("action", flat=True))
    assert actions == {"capture.uploaded", "source.detail_confirmed", "reading.requested"}


def test_an_upload_is_a_resource_in_a_warc_file_that_passes_the_check() -> None:
    data = blobs.read(keep().capture.warc_digest)
    found = [
        (record.rec_type, record.rec_headers["WARC-Target-URI"], record.content_stream().read())
        for record in ArchiveIterator(BytesIO(data))
    ]
    assert [kind for kind, _, _ in found] == ["warcinfo", "resource"]
    assert found[1][1:] == (f"urn:sha256:{factories.sha256(CSV)}", CSV)


def test_warcio_check_finds_the_digests_right(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = archive / "upload.warc.gz"
    path.write_bytes(blobs.read(keep().capture.warc_digest))
    command = type("Command", (), {"inputs": [str(path)], "verbose": True})()
    checker = Checker(command)
    checker.process_all()
    assert checker.exit_value == 0
    assert "digest failed" not in capsys.readouterr().out


def test_uploads_join_the_chain_and_are_verified() -> None:
    first, second = keep().capture, keep(PNG, "map.png").capture
    assert second.previous_manifest_digest == first.manifest_digest
    assert manifests.digest(second.manifest) == second.manifest_digest
    assert list(verifying.verify_archive()) == []
    path = blobs.disk().path(first.body_digest)
    path.chmod(0o644)
    path.write_bytes(CSV.replace(b"36", b"63"))
    assert [problem.code for problem in verifying.verify_archive()] == ["blob_damaged"]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE sources_capture SET file_name = 'other.csv'", ["column_altered"]),
        ("UPDATE sources_capture SET media_type = 'text/html'", ["column_altered"]),
        (
            "UPDATE sources_capture SET requested_by_id = (SELECT max(id) FROM accounts_user)",
            ["column_altered"],
        ),
        ("UPDATE sources_extractedtable SET rows = '[[\"9\"]]'", ["table_altered"]),
    ],
)
def test_a_forged_row_of_an_upload_is_named(statement: str, found: list[str]) -> None:
    kept = keep()
    factories.person()
    assert kept.reading is not None
    extracting.run(request_id=kept.reading.pk, clock=Clock())
    forge(statement)
    assert [problem.code for problem in verifying.verify_archive()] == found


def test_the_same_bytes_of_another_person_are_kept_once_and_said_so() -> None:
    first, second = keep(), keep(file_name="copy.csv", title="Poverty")
    assert second.source == first.source
    assert second.capture != first.capture
    assert second.capture.body == first.capture.body
    assert Blob.objects.filter(digest=factories.sha256(CSV)).count() == 1
    who = first.capture.requested_by
    assert second.words == (
        f"These bytes are kept already, as “poverty.csv” since 2 January 2026 by {who}. "
        "Nothing was stored twice."
    )


def test_the_same_file_of_the_same_person_changes_nothing() -> None:
    by = factories.person()
    first, second = keep(by=by), keep(by=by)
    assert (second.capture, second.reading) == (first.capture, first.reading)
    assert (Capture.objects.count(), Source.objects.count()) == (1, 1)


def test_a_title_that_was_confirmed_is_not_written_over() -> None:
    keep(title="Poverty")
    assert keep(title="Other").source.title == "Poverty"


def test_an_image_has_nothing_to_read_and_says_so() -> None:
    kept = keep(PNG, "map.png")
    assert kept.reading is None
    assert kept.words == "The file is kept. An image has no text to read; it is shown as it is."


def test_a_name_that_says_another_thing_is_told() -> None:
    assert keep(BOOK, "poverty.csv").words.endswith("It is a workbook (XLSX), and was kept as one.")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\ana\\poverty.csv", "poverty.csv"),
        ("../../etc/poverty.csv", "poverty.csv"),
        ("pov\x00er\u202ety.csv", "poverty.csv"),
        ("x" * 400 + ".csv", "x" * 251 + ".csv"),
        ("/", "file"),
        ("", "file"),
    ],
)
def test_a_file_s_name_is_a_name_alone(given: str, kept: str) -> None:
    assert keep(file_name=given).capture.file_name == kept


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.csv", "upload_empty"),
        (b"x" * (2**20 + 1), "a.csv", "upload_too_large"),
        (b"a,b\n1,\x002\n", "a.csv", "upload_nulls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "a.xlsx", "upload_protected"),
        (b"MZ\x90", "a.exe", "upload_unsupported"),
    ],
)
def test_a_refused_file_leaves_nothing(settings: Any, data: bytes, name: str, code: str) -> None:
    settings.UPLOAD_MAX_MEGABYTES = 1
    with pytest.raises(FactcheckError) as caught:
        keep(data, name)
    assert caught.value.code == code
    assert caught.value.text
    assert (Source.objects.count(), Blob.objects.count()) == (0, 0)


def test_a_full_disk_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import errno  # noqa: PLC0415 (one test alone needs them)
    import os  # noqa: PLC0415

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("sources.archiving.blobs.os.write", full)
    with pytest.raises(uploading.NoRoomError):
        keep()
    assert (Source.objects.count(), Capture.objects.count()) == (0, 0)


@pytest.mark.parametrize("kind", ["upload", "fetch"])
def test_a_capture_fits_the_kind_of_its_source(kind: str) -> None:
    kept = keep().capture
    web = factories.extracted_text().capture
    other = web if kind == "upload" else kept
    values = {
        field.attname: getattr(kept if kind == "upload" else web, field.attname)
        for field in Capture._meta.concrete_fields
    }
    fresh = {"id": None, "number": 9, "source_id": other.source_id, "manifest_digest": "1" * 64}
    del values["id"]
    del fresh["id"]
    with pytest.raises(DatabaseError, match="a file is uploaded"), transaction.atomic():
        Capture.objects.create(**{**values, **fresh})
