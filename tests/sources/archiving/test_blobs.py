import errno
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sources.archiving.blobs import BlobError, BlobStore, Stored

DATA = b"the exact bytes"
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "blobs")


def files(store: BlobStore) -> list[str]:
    return sorted(str(p.relative_to(store.root)) for p in store.root.rglob("*") if p.is_file())


def test_bytes_lie_under_their_digest(store: BlobStore) -> None:
    assert store.put([DATA[:5], b"", DATA[5:]]) == Stored(SHA, len(DATA))
    assert files(store) == [f"{SHA[:2]}/{SHA}"]
    assert store.read(SHA) == DATA
    assert store.path(SHA).stat().st_mode & 0o777 == 0o444


def test_the_same_bytes_are_kept_once(store: BlobStore) -> None:
    assert store.put([DATA]) == store.put([DATA])
    assert len(files(store)) == 1


def test_no_bytes_are_bytes_too(store: BlobStore) -> None:
    assert store.read(store.put([]).digest) == b""


def test_a_failure_half_way_leaves_nothing(store: BlobStore) -> None:
    def breaking() -> Iterator[bytes]:
        yield DATA
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        store.put(breaking())
    assert files(store) == []


def test_a_missing_blob_is_named(store: BlobStore) -> None:
    with pytest.raises(BlobError) as caught:
        store.read(SHA)
    assert (caught.value.code, caught.value.digest) == ("blob_missing", SHA)


def test_a_flipped_byte_is_named(store: BlobStore) -> None:
    path = store.path(store.put([DATA]).digest)
    path.chmod(0o644)
    path.write_bytes(b"The exact bytes")
    with pytest.raises(BlobError) as caught:
        store.read(SHA)
    assert caught.value.code == "blob_damaged"


def test_a_blob_cut_short_is_written_anew(store: BlobStore) -> None:
    path = store.path(store.put([DATA]).digest)
    path.chmod(0o644)
    path.write_bytes(DATA[:3])
    store.put([DATA])
    assert store.read(SHA) == DATA


@pytest.mark.parametrize("name", ["", "../../etc/passwd", SHA.upper(), SHA[:-1], SHA + "0"])
def test_only_a_digest_names_a_blob(store: BlobStore, name: str) -> None:
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        store.path(name)
