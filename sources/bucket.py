"""Blobs in a bucket that speaks S3, by django-storages: the same promises as on a disk.

An object is only ever created, never written over: the upload is made on the condition that the
name is free. What was uploaded is read back and hashed before anybody is told that it is stored.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from sources.archiving.blobs import CHUNK, BlobError, Stored, StoreUnavailableError, place
from sources.fetching.spool import Spool

_MISSING = frozenset({"404", "NoSuchKey", "NotFound"})
# The name is taken, or is being taken by somebody else at this moment.
_TAKEN = frozenset({"PreconditionFailed", "412", "ConditionalRequestConflict", "409"})
_CONNECT_SECONDS, _READ_SECONDS, _ATTEMPTS = 5, 30, 3


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of blobs at ab/<sha256>, behind the interface of sources.archiving.blobs.Store.

    Raises StoreUnavailableError where the service does not answer, or says no.
    """

    storage: S3Storage

    def put(self, chunks: Iterable[bytes]) -> Stored:
        """Store the bytes, once however often they are put; they are read back and compared."""
        seen = hashlib.sha256()
        with Spool() as spool:
            for chunk in chunks:
                seen.update(chunk)
                spool.write(chunk)
            stored = Stored(seen.hexdigest(), spool.size)
            etag, size = self._stat(stored.digest)
            if size == stored.size:
                return stored
            # An object of another length was damaged; it alone is replaced, by its own tag.
            self._upload(stored, spool, {"IfMatch": etag} if etag else {"IfNoneMatch": "*"})
        for _ in self.open(stored.digest):
            pass
        return stored

    def open(self, digest: str) -> Iterator[bytes]:
        """Yield the bytes. Raises BlobError when they are missing or not those of `digest`."""
        seen = hashlib.sha256()
        with _telling(digest):
            body = self._object(digest).get()["Body"]
            with body:
                for chunk in body.iter_chunks(CHUNK):
                    seen.update(chunk)
                    yield chunk
        if seen.hexdigest() != digest:
            raise BlobError("blob_damaged", digest)

    def read(self, digest: str) -> bytes:
        """Return the bytes. Raises BlobError as `open` does."""
        return b"".join(self.open(digest))

    def size(self, digest: str) -> int | None:
        """Return how many bytes lie under the name, without reading them; None when none do."""
        return self._stat(digest)[1]

    def _object(self, digest: str) -> Any:  # noqa: ANN401 (boto3 makes its classes at run time)
        return self.storage.bucket.Object(place(digest))

    def _stat(self, digest: str) -> tuple[str, int | None]:
        """Return the tag and the length of what lies under the name; nothing where nothing does."""
        found = self._object(digest)
        try:
            with _telling(digest):
                found.load()
        except BlobError:
            return "", None
        return found.e_tag, found.content_length

    def _upload(self, stored: Stored, spool: Spool, condition: dict[str, str]) -> None:
        with _telling(stored.digest):
            try:
                self._object(stored.digest).put(
                    Body=spool.file(), ContentType="application/octet-stream", **condition
                )
            except ClientError as error:
                # Somebody else stored the same bytes meanwhile: reading them back decides.
                if _code(error) not in _TAKEN:
                    raise


def bucket(*, name: str, endpoint: str, region: str, access_key: str, secret_key: str) -> Bucket:
    """Return the bucket `name`. An empty `endpoint` is Amazon's own.

    Empty keys are looked for where the cloud's own tools look (a role of the machine).
    """
    config = Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        retries={"max_attempts": _ATTEMPTS, "mode": "standard"},
        # Not every store knows the newer checksums; ours are compared in any case.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path" if endpoint else "auto"},
    )
    storage = S3Storage(
        bucket_name=name,
        endpoint_url=endpoint or None,
        region_name=region or None,
        access_key=access_key or None,
        secret_key=secret_key or None,
        client_config=config,
    )
    return Bucket(storage)


@contextmanager
def _telling(digest: str) -> Iterator[None]:
    """Translate the library's errors. What the service says goes no further than its code."""
    try:
        yield
    except ClientError as error:
        code = _code(error)
        if code in _MISSING:
            raise BlobError("blob_missing", digest) from error
        raise StoreUnavailableError(f"the store refused: {code}") from error
    except BotoCoreError as error:
        raise StoreUnavailableError(f"the store does not answer: {type(error).__name__}") from error


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", "unknown"))
