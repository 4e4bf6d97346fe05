"""An article's file as text: decoded honestly, or refused with a code and in words."""

import codecs
from pathlib import Path
from typing import Final

from charset_normalizer import from_bytes

# About 150,000 words: longer than any article, split in some seconds; more is refused unread.
MAX_BYTES: Final = 1_000_000
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# First bytes of formats that people hand over by mistake, with the name to say back to them.
_FORMATS: Final = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip file or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
)
_SURE_ENOUGH: Final = 0.2
# What old files are written in, as browsers guess it; without a list the statistics prefer
# Macintosh sets for Western European text.
_OLD_ENCODINGS: Final = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("iso8859_2", "iso8859_5", "koi8_r", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
)


class UnreadableError(Exception):
    """A file that cannot be taken as text. `code` is stable; the message is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_article(path: Path, *, limit: int = MAX_BYTES) -> str:
    """Return the text of the file at `path`, its line ends as they are.

    Raises UnreadableError with the code `article_missing`, `article_too_large`, `article_empty`,
    `article_binary` or `article_undecodable`. No more than `limit` bytes are ever read.
    """
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise UnreadableError("article_missing", f"cannot open {path.name}: {reason}.") from error
    except ValueError as error:
        raise UnreadableError("article_missing", "cannot open it: not a file name.") from error
    if len(content) > limit:
        raise UnreadableError(
            "article_too_large",
            f"{path.name} holds more than {limit:,} bytes, the most that is split at once.",
        )
    return decode(content, name=path.name)


def decode(content: bytes, *, name: str) -> str:
    """Return the text in `content`; `name` only appears in messages. Raises UnreadableError."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _filled(_decoded(content, encoding, name), name)
    for magic, words in _FORMATS:
        if content.startswith(magic):
            raise UnreadableError("article_binary", f"{name} is {words}, not plain text.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = _guessed(content, name)
    if "\x00" in text:
        raise UnreadableError(
            "article_binary", f"{name} holds zero bytes, so it is not plain text."
        )
    return _filled(text, name)


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"{name} says that it is {encoding}, but it is not."
        raise UnreadableError("article_undecodable", message) from error


def _guessed(content: bytes, name: str) -> str:
    """Guess an old one-byte or Asian encoding, and refuse what looks like no language."""
    if b"\x00" in content:
        raise UnreadableError(
            "article_binary", f"{name} holds zero bytes, so it is not plain text."
        )
    best = from_bytes(content[:200_000], cp_isolation=list(_OLD_ENCODINGS)).best()
    if best is None or best.chaos > _SURE_ENOUGH:
        message = f"{name} is in no encoding that we can tell. Save it as UTF-8 and try again."
        raise UnreadableError("article_undecodable", message)
    return _decoded(content, best.encoding, name)


def _filled(text: str, name: str) -> str:
    if not any(character.isalnum() for character in text):
        raise UnreadableError("article_empty", f"{name} holds no words.")
    return text
