"""Blobs as rows: what the archive keeps and where it lies."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings

from factcheck.errors import Permanent, Retryable
from sources.archiving.blobs import BlobError, BlobStore, Store, Stored, StoreUnavailableError
from sources.models import Blob

_ABANDONED = timedelta(days=1)  # nobody writes a blob for so long


class ArchiveDamagedError(Permanent):
    """The archive does not have the bytes that it should have."""

    code = "archive_damaged"


class ArchiveAwayError(Retryable):
    """The archive's store cannot be reached."""

    code = "archive_away"


def store() -> Store:
    """Return the store that the settings name: the data directory's, or a bucket."""
    return bucket() if settings.BLOB_STORE == "s3" else disk()


def disk() -> BlobStore:
    """Return the store under the data directory."""
    return BlobStore(settings.DATA_DIR / "blobs")


def bucket() -> Store:
    """Return the store in the bucket that the settings describe."""
    return _bucket(
        settings.S3_BUCKET,
        settings.S3_ENDPOINT,
        settings.S3_REGION,
        settings.S3_ACCESS_KEY,
        settings.S3_SECRET_KEY,
    )


@lru_cache(maxsize=8)
def _bucket(name: str, endpoint: str, region: str, access_key: str, secret_key: str) -> Store:
    """Return the bucket; kept, because its connections are."""
    # The library takes half a second to load, which is spared where a disk is used.
    from sources.bucket import bucket as make  # noqa: PLC0415

    return make(
        name=name, endpoint=endpoint, region=region, access_key=access_key, secret_key=secret_key
    )


def tidy(*, at: datetime) -> int:
    """Remove what writers that died left in the data directory a day ago; count it."""
    return disk().tidy(before=(at - _ABANDONED).timestamp())


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


@contextmanager
def telling() -> Iterator[None]:
    """Turn the store's errors into those that a screen or a command can tell to a person."""
    try:
        yield
    except BlobError as error:
        raise ArchiveDamagedError(digest=error.digest) from error
    except StoreUnavailableError as error:
        raise ArchiveAwayError(reason=error.strerror) from error


def read(digest: str) -> bytes:
    """Return the bytes of a blob, checked against their digest.

    Raises sources.archiving.blobs.BlobError when they are missing or damaged.
    """
    return store().read(digest)
