"""Copying the archive from one store to another, blob by blob, each checked on both sides."""

from collections.abc import Iterator
from dataclasses import dataclass

from sources.archiving.blobs import BlobError, Store
from sources.models import Blob

_BATCH = 200
_WORDS = {
    "blob_missing": "it is missing, so it was not copied",
    "blob_damaged": "its bytes have changed, so it was not copied",
}


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of one blob: `copied`, `there` (it was before), or the code of a problem."""

    digest: str
    size: int
    outcome: str
    words: str = ""


def copy_blobs(*, origin: Store, target: Store) -> Iterator[Copied]:
    """Copy every blob that the target lacks; break it off and start it again at will.

    A blob is read with its digest checked, and read back from the target in the same way. One that
    is missing or damaged is named and passed over. Raises OSError where a store fails.
    """
    for blob in Blob.objects.order_by("digest").iterator(_BATCH):
        if target.size(blob.digest) == blob.size:
            yield Copied(blob.digest, blob.size, "there")
            continue
        try:
            stored = target.put(origin.open(blob.digest))
            for _ in target.open(stored.digest):
                pass
        except BlobError as error:
            yield Copied(blob.digest, blob.size, error.code, _WORDS[error.code])
        else:
            yield Copied(stored.digest, stored.size, "copied")
