"""Bytes under the name of their SHA-256, written once and never half: what a store is, and a disk.

The other store, a bucket, is sources.bucket: it needs Django's libraries.
"""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

CHUNK = 256 * 1024
_SHA256_CHARACTERS = 64


# The length and the bytes are all that a blob needs of the disk; its times may be lost.
_flush = getattr(os, "fdatasync", os.fsync)


class BlobError(Exception):
    """The store cannot give the bytes that it should have.

    `code` is blob_missing, or blob_damaged where it has others.
    """

    def __init__(self, code: str, digest: str) -> None:
        self.code = code
        self.digest = digest
        super().__init__(f"{code}: {digest}")


class StoreUnavailableError(OSError):
    """The store cannot be reached, or refuses to work for us; it may be better later."""

    def __init__(self, why: str) -> None:
        super().__init__(errno.EIO, why)


@dataclass(frozen=True, slots=True)
class Stored:
    """The name and the size in bytes of what was stored."""

    digest: str
    size: int


class Store(Protocol):
    """Where blobs are kept. OSError is raised where it fails, and nothing is left by halves."""

    def put(self, chunks: Iterable[bytes]) -> Stored:
        """Store the bytes, once however often they are put."""

    def open(self, digest: str) -> Iterator[bytes]:
        """Yield the bytes. Raises BlobError when they are missing or not those of `digest`."""

    def read(self, digest: str) -> bytes:
        """Return the bytes. Raises BlobError as `open` does."""

    def size(self, digest: str) -> int | None:
        """Return how many bytes lie under the name, without reading them; None when none do."""


def place(digest: str) -> str:
    """Return the name of a blob in every store: ab/<sha256>. ValueError for what is no digest."""
    if len(digest) != _SHA256_CHARACTERS or set(digest) - set("0123456789abcdef"):
        raise ValueError("a digest is 64 hexadecimal digits")
    return f"{digest[:2]}/{digest}"


@dataclass(frozen=True, slots=True)
class BlobStore:
    """A directory of blobs at ab/<sha256>: 256 directories, so that new ones are seldom made.

    A blob is written to a temporary file, flushed to the disk and renamed, so that a name never
    stands for anything but its bytes. Raises OSError when the disk is full; nothing is left then.
    """

    root: Path

    def put(self, chunks: Iterable[bytes]) -> Stored:
        """Store the bytes, once however often they are put."""
        handle, name = self._new_file()
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                stored = self._write(file.fileno(), chunks)
            kept = self._settle(temporary, stored)
        except BaseException:
            temporary.unlink()
            raise
        if not kept:
            temporary.unlink()
        return stored

    def open(self, digest: str) -> Iterator[bytes]:
        """Yield the bytes. Raises BlobError when they are missing or not those of `digest`."""
        seen = hashlib.sha256()
        try:
            with self.path(digest).open("rb") as file:
                while chunk := file.read(CHUNK):
                    seen.update(chunk)
                    yield chunk
        except FileNotFoundError as error:
            raise BlobError("blob_missing", digest) from error
        if seen.hexdigest() != digest:
            raise BlobError("blob_damaged", digest)

    def read(self, digest: str) -> bytes:
        """Return the bytes. Raises BlobError as `open` does."""
        return b"".join(self.open(digest))

    def size(self, digest: str) -> int | None:
        """Return how many bytes lie under the name, without reading them; None when none do."""
        try:
            return self.path(digest).stat().st_size
        except FileNotFoundError:
            return None

    def tidy(self, *, before: float) -> int:
        """Remove what processes that died left half-written before then (a Unix time); count it."""
        removed = 0
        for path in (self.root / "incoming").glob("*"):
            with suppress(OSError):  # its writer has settled it meanwhile, or it is not ours
                if path.stat().st_mtime < before:
                    path.unlink()
                    removed += 1
        return removed

    def path(self, digest: str) -> Path:
        """Return where the blob lies. Raises ValueError for what is no digest."""
        return self.root / place(digest)

    def _new_file(self) -> tuple[int, str]:
        waiting = self.root / "incoming"
        try:
            return tempfile.mkstemp(dir=waiting)
        except FileNotFoundError:
            waiting.mkdir(parents=True, exist_ok=True)
            return tempfile.mkstemp(dir=waiting)

    def _write(self, handle: int, chunks: Iterable[bytes]) -> Stored:
        seen, size = hashlib.sha256(), 0
        for chunk in chunks:
            view = memoryview(chunk)
            while view:
                view = view[os.write(handle, view) :]
            seen.update(chunk)
            size += len(chunk)
        _flush(handle)
        return Stored(seen.hexdigest(), size)

    def _settle(self, temporary: Path, stored: Stored) -> bool:
        """Give the file its name; tell whether it was needed."""
        target = self.path(stored.digest)
        # A file cut short by a broken disk is written anew rather than trusted.
        if self.size(stored.digest) == stored.size:
            return False
        temporary.chmod(0o444)
        try:
            temporary.replace(target)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            _flush_directory(self.root)
            temporary.replace(target)
        _flush_directory(target.parent)
        return True


def _flush_directory(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
