from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from sources import blobs
from sources.bucket import Bucket
from sources.copying import copy_blobs
from tests import factories
from tests.servers.s3 import KEYS, REGION, S3

pytestmark = pytest.mark.django_db
DATA = [b"one", b"two", b"three"]


@pytest.fixture
def target(s3_server: S3, settings: Any, tmp_path: Path) -> Bucket:
    made = s3_server.bucket()
    settings.DATA_DIR = tmp_path
    settings.S3_BUCKET = made.storage.bucket_name
    settings.S3_ENDPOINT, settings.S3_REGION = s3_server.endpoint, REGION
    settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY = KEYS["access_key"], KEYS["secret_key"]
    return made


@pytest.fixture
def digests(target: Bucket) -> list[str]:
    return [blobs.keep(data, at=factories.AT).digest for data in DATA]


def told(to: str) -> str:
    out = StringIO()
    call_command("copy_archive", "--to", to, stdout=out)
    return out.getvalue()


def test_an_archive_moves_into_a_bucket_and_back(
    target: Bucket, digests: list[str], settings: Any, tmp_path: Path
) -> None:
    assert told("s3") == "3 blobs copied, 0 were there.\n"
    assert told("s3") == "0 blobs copied, 3 were there.\n"
    assert [target.read(digest) for digest in digests] == DATA
    settings.DATA_DIR = tmp_path / "another"
    assert told("disk") == "3 blobs copied, 0 were there.\n"
    assert [blobs.disk().read(digest) for digest in digests] == DATA


def test_a_copy_that_was_broken_off_goes_on(target: Bucket, digests: list[str]) -> None:
    next(copy_blobs(origin=blobs.disk(), target=target))
    assert told("s3") == "2 blobs copied, 1 were there.\n"


def test_what_is_damaged_is_named_and_not_copied(target: Bucket, digests: list[str]) -> None:
    path = blobs.disk().path(digests[0])
    path.chmod(0o644)
    path.write_bytes(b"0ne")
    blobs.disk().path(digests[1]).unlink()
    out = StringIO()
    with pytest.raises(CommandError, match="2 could not be copied"):
        call_command("copy_archive", "--to", "s3", stdout=out)
    assert sorted(out.getvalue().splitlines()) == [
        f"blob_damaged  {digests[0]}  its bytes have changed, so it was not copied",
        f"blob_missing  {digests[1]}  it is missing, so it was not copied",
    ]
    assert [target.size(digest) for digest in digests] == [None, None, len(DATA[2])]


@pytest.mark.usefixtures("digests")
def test_a_store_that_is_away_breaks_it_off(settings: Any) -> None:
    settings.S3_BUCKET = "nowhere"
    with pytest.raises(CommandError, match="Broken off after 0 blobs: the store refused: NoSuch"):
        told("s3")
