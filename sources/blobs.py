"""Blobs as rows: what the archive keeps and where it lies."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from sources.archiving.blobs import BlobStore, Stored
from sources.models import Blob


def store() -> BlobStore:
    """Return the store under the data directory."""
    return BlobStore(settings.DATA_DIR / "blobs")


def keep(data: bytes, *, at: datetime) -> Blob:
    """Store bytes and return their row; the same bytes again give the same row."""
    return record(store().put([data]), at=at)


def keep_all(chunks: Iterable[bytes], *, at: datetime) -> Blob:
    """Store bytes that come in chunks and return their row."""
    return record(store().put(chunks), at=at)


def record(stored: Stored, *, at: datetime) -> Blob:
    """Return the row of what was stored, made now if it is new."""
    Blob.objects.bulk_create(
        [Blob(digest=stored.digest, size=stored.size, stored_at=at)], ignore_conflicts=True
    )
    return Blob.objects.get(pk=stored.digest)


def read(digest: str) -> bytes:
    """Return the bytes of a blob, checked against their digest.

    Raises sources.archiving.blobs.BlobError when they are missing or damaged.
    """
    return store().read(digest)
