"""What earlier claims mean, as vectors of the small language model, which reads each once.

A vector is of a claim and its title. It is known by the digest of the model and of the words that
were read: where either has changed the vector is made anew, and an old one is never compared.
The one writer of EarlierMeaning.
"""

import hashlib
import struct
from collections.abc import Iterable, Sequence
from itertools import islice
from math import sqrt
from typing import Final

from claims.comparing import Embedder, likeness, readings
from claims.finding import embedding
from claims.models import EarlierClaim, EarlierMeaning

BATCH: Final = 200
NEWEST: Final = 2000  # so that a task ends within its time
Vector = Sequence[float]


def installed() -> Embedder | None:
    """Return the model, or None where the extra is missing or its files are not the pinned ones."""
    try:
        return embedding.installed()
    except embedding.FileDiffersError:
        return None


def of_text(text: str, *, embedder: Embedder) -> Vector:
    """Return what a text means, of length one: with who posted it and without."""
    return _middle(embedder.embed(readings(text)))


def likenesses(text: str, rows: Sequence[EarlierClaim], *, embedder: Embedder) -> dict[int, float]:
    """Return how like `text` each earlier claim is in meaning, -1 to 1, by its id.

    Vectors that are missing or stale are made now, and kept: one query, and one more for these.
    """
    ours, kept = of_text(text, embedder=embedder), _kept(rows, embedder)
    missing = [row for row in rows if row.pk not in kept]
    kept |= _make(missing, embedder)
    return {row.pk: likeness(ours, kept[row.pk]) for row in rows}


def keep(rows: Iterable[EarlierClaim], *, embedder: Embedder) -> int:
    """Make and keep the vectors of those rows that have none of this model; return how many.

    Each batch is kept by itself, so that a broken run goes on where it ended.
    """
    made, rest = 0, iter(rows)
    while batch := list(islice(rest, BATCH)):
        kept = _kept(batch, embedder)
        made += len(_make([row for row in batch if row.pk not in kept], embedder))
    return made


def keep_newest(*, limit: int = NEWEST) -> int:
    """Make and keep what is missing among the newest earlier claims; nothing without the model."""
    embedder = installed()
    rows = EarlierClaim.objects.order_by("-pk").only("pk", "text", "title", "language")
    return keep(rows[:limit].iterator(BATCH), embedder=embedder) if embedder else 0


def _kept(rows: Sequence[EarlierClaim], embedder: Embedder) -> dict[int, Vector]:
    wanted = {row.pk: _digest(row, embedder) for row in rows}
    found = EarlierMeaning.objects.filter(earlier__in=list(wanted))
    return {row.pk: _unpacked(bytes(row.vector)) for row in found if row.digest == wanted[row.pk]}


def _make(rows: Sequence[EarlierClaim], embedder: Embedder) -> dict[int, Vector]:
    if not rows:
        return {}
    texts = [text for row in rows for text in _texts(row)]
    vectors = iter(embedder.embed(texts))
    made = {row.pk: _middle([next(vectors) for _ in _texts(row)]) for row in rows}
    EarlierMeaning.objects.bulk_create(
        [
            EarlierMeaning(earlier=row, digest=_digest(row, embedder), vector=_packed(made[row.pk]))
            # In one order, so that two readers of the same rows wait and never deadlock.
            for row in sorted(rows, key=lambda row: row.pk)
        ],
        update_conflicts=True,
        unique_fields=["earlier"],
        update_fields=["digest", "vector"],
    )
    return made


def _texts(row: EarlierClaim) -> list[str]:
    return [row.text, row.title] if row.title else [row.text]


def _digest(row: EarlierClaim, embedder: Embedder) -> str:
    words = "\n".join([embedder.digest, *_texts(row)])
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _middle(vectors: Iterable[Vector]) -> Vector:
    """Return the direction between vectors, of length one."""
    total = [sum(values) for values in zip(*vectors, strict=True)]
    length = sqrt(sum(value * value for value in total)) or 1.0
    return [value / length for value in total]


def _packed(vector: Vector) -> bytes:
    """Write a vector in half precision: 768 bytes for 384 numbers, and the order is the same."""
    return struct.pack(f"<{len(vector)}e", *vector)


def _unpacked(written: bytes) -> Vector:
    return struct.unpack(f"<{len(written) // 2}e", written)
