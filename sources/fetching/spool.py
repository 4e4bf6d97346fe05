import hashlib
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, Self, cast

CHUNK = 256 * 1024


class Spool:
    """Bytes that are kept in memory while few and in an unnamed temporary file when many."""

    def __init__(self, *, memory: int = 4 * 1024 * 1024) -> None:
        self.size = 0
        self._file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=memory)  # noqa: SIM115 (closed by close)

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Return a spool that holds `data`."""
        spool = cls()
        spool.write(data)
        return spool

    def write(self, data: bytes) -> None:
        """Append `data`. Raises OSError when the disk is full."""
        self._file.seek(self.size)
        self._file.write(data)
        self.size += len(data)

    def cut(self, size: int) -> None:
        """Drop everything after the first `size` bytes."""
        if size < self.size:
            self._file.truncate(size)
            self.size = size

    def chunks(self, start: int = 0) -> Iterator[bytes]:
        """Yield the bytes from `start` on, a quarter of a megabyte at a time."""
        position = start
        while position < self.size:
            self._file.seek(position)
            chunk = self._file.read(CHUNK)
            position += len(chunk)
            yield chunk

    def read(self) -> bytes:
        """Return all bytes at once."""
        self._file.seek(0)
        return self._file.read()

    def file(self) -> IO[bytes]:
        """Return the bytes as an open file at its start, for libraries that read one."""
        self._file.seek(0)
        return cast("IO[bytes]", self._file)

    def head(self, count: int) -> bytes:
        """Return the first `count` bytes."""
        self._file.seek(0)
        return self._file.read(count)

    def sha256(self, start: int = 0) -> str:
        """Return the SHA-256 of the bytes from `start` on, in lower-case hexadecimal."""
        digest = hashlib.sha256()
        for chunk in self.chunks(start):
            digest.update(chunk)
        return digest.hexdigest()

    def close(self) -> None:
        """Give the memory and the temporary file back."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
