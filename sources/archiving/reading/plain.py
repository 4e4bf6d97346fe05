"""The readers of plain text and of delimited values."""

from sources.archiving.reading.parsed import (
    BOMS,
    MAXIMUM_CHARACTERS,
    META_WITHIN,
    About,
    NotReadableError,
    Parsed,
    clean,
    decode,
    has_nulls,
)
from sources.archiving.reading.tables.building import is_table
from sources.archiving.reading.tables.delimited import read_delimited


def read_plain(data: bytes, charset: str) -> Parsed:
    """Return a plain text as it is, in Unicode and with its line ends made one."""
    if b"\x00" in data[:META_WITHIN] and not data.startswith(tuple(mark for mark, _ in BOMS)):
        raise NotReadableError
    text = decode(data, charset).replace("\r\n", "\n").replace("\r", "\n")
    return Parsed(clean(text)[:MAXIMUM_CHARACTERS], About(), "plain", "1")


def read_csv(data: bytes, charset: str) -> Parsed:
    """Return delimited values as text and as a table."""
    if has_nulls(data):
        raise NotReadableError("text_nulls")
    text = decode(data, charset).replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    kept = clean(text)[:MAXIMUM_CHARACTERS]
    grid = read_delimited(kept)
    return Parsed(kept, About(), "csv", "1", tables=(grid,) if is_table(grid) else ())
