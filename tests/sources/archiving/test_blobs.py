"""What a store of blobs promises, tried on each of them: a disk, and a real S3 server."""

import errno
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sources.archiving.blobs import BlobError, BlobStore, Store, Stored, place
from sources.bucket import Bucket
from tests.servers.s3 import S3

DATA = b"the exact bytes"
SHA = hashlib.sha256(DATA).hexdigest()


@dataclass
class OnDisk:
    """A store and a way behind its back."""

    store: BlobStore

    def names(self) -> list[str]:
        root = self.store.root
        return sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file())

    def meddle(self, digest: str, data: bytes) -> None:
        path = self.store.path(digest)
        path.chmod(0o644)
        path.write_bytes(data)


@dataclass
class InBucket:
    """The same for a bucket."""

    store: Bucket

    def names(self) -> list[str]:
        return sorted(item.key for item in self.store.storage.bucket.objects.all())

    def meddle(self, digest: str, data: bytes) -> None:
        self.store.storage.bucket.Object(place(digest)).put(Body=data)


Shelf = OnDisk | InBucket


@pytest.fixture(params=["disk", "s3"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    if request.param == "disk":
        return OnDisk(BlobStore(tmp_path / "blobs"))
    server: S3 = request.getfixturevalue("s3_server")
    return InBucket(server.bucket())


@pytest.fixture
def store(shelf: Shelf) -> Store:
    return shelf.store


def test_bytes_lie_under_their_digest(shelf: Shelf) -> None:
    assert shelf.store.put([DATA[:5], b"", DATA[5:]]) == Stored(SHA, len(DATA))
    assert shelf.names() == [f"{SHA[:2]}/{SHA}"]
    assert shelf.store.read(SHA) == DATA
    assert shelf.store.size(SHA) == len(DATA)


def test_a_blob_on_a_disk_is_not_for_writing(tmp_path: Path) -> None:
    store = BlobStore(tmp_path)
    store.put([DATA])
    assert store.path(SHA).stat().st_mode & 0o777 == 0o444


def test_the_same_bytes_are_kept_once(shelf: Shelf) -> None:
    assert shelf.store.put([DATA]) == shelf.store.put([DATA])
    assert len(shelf.names()) == 1


def test_no_bytes_are_bytes_too(store: Store) -> None:
    assert store.read(store.put([]).digest) == b""


def test_many_bytes_come_back_in_pieces(store: Store) -> None:
    stored = store.put(bytes([number]) * 700_000 for number in range(8))
    pieces = list(store.open(stored.digest))
    assert len(pieces) > 1
    assert hashlib.sha256(b"".join(pieces)).hexdigest() == stored.digest


def test_a_failure_half_way_leaves_nothing(shelf: Shelf) -> None:
    def breaking() -> Iterator[bytes]:
        yield DATA
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        shelf.store.put(breaking())
    assert shelf.names() == []


def test_a_missing_blob_is_named(store: Store) -> None:
    assert store.size(SHA) is None
    with pytest.raises(BlobError) as caught:
        store.read(SHA)
    assert (caught.value.code, caught.value.digest) == ("blob_missing", SHA)


def test_a_flipped_byte_is_named(shelf: Shelf) -> None:
    shelf.store.put([DATA])
    shelf.meddle(SHA, b"The exact bytes")
    with pytest.raises(BlobError) as caught:
        shelf.store.read(SHA)
    assert caught.value.code == "blob_damaged"


def test_a_blob_cut_short_is_written_anew(shelf: Shelf) -> None:
    shelf.store.put([DATA])
    shelf.meddle(SHA, DATA[:3])
    shelf.store.put([DATA])
    assert shelf.store.read(SHA) == DATA


@pytest.mark.parametrize("name", ["", "../../etc/passwd", SHA.upper(), SHA[:-1], SHA + "0"])
def test_only_a_digest_names_a_blob(store: Store, name: str) -> None:
    for act in (store.read, store.size):
        with pytest.raises(ValueError, match="64 hexadecimal digits"):
            act(name)
