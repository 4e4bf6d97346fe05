"""From an article's bytes to its text: decoding, and the text of an HTML page.

What cannot be read is refused in words; nothing is guessed silently.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings

from claims.extraction import reading as extraction
from factcheck.errors import Permanent
from sources.archiving import extract_text

TEXT_TYPES = ("text/plain", "text/markdown")
HTML_TYPES = ("text/html", "application/xhtml+xml")
SUFFIXES = {".txt": "text/plain", ".md": "text/plain", ".text": "text/plain"} | dict.fromkeys(
    (".html", ".htm", ".xhtml"), "text/html"
)
MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11")
# A comment is read in one way only: with `.*?` thirty comments in a row kept the matcher for hours.
HTML_START = re.compile(
    rb"\s*(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE
)
# Characters that carry no text and that no article needs; line ends and tabs stay.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
SURROGATES = re.compile(r"[\ud800-\udfff]")
TITLE_LENGTH = 120


class ArticleEmptyError(Permanent):
    """There is nothing in it but white space."""

    code = "article_empty"


class ArticleBinaryError(Permanent):
    """The bytes are not text."""

    code = "article_binary"


class ArticleTooLargeError(Permanent):
    """More bytes or characters than the desk's limit."""

    code = "article_too_large"


class ArticleUndecodableError(Permanent):
    """No character set fits the bytes."""

    code = "article_undecodable"


class ArticleWithoutTextError(Permanent):
    """An HTML page that holds no readable text."""

    code = "article_no_text"


class ArticleTypeError(Permanent):
    """A kind of file that cannot be read."""

    code = "article_unsupported_type"


REFUSALS: dict[str, type[Permanent]] = {
    error.code: error for error in (ArticleEmptyError, ArticleBinaryError, ArticleUndecodableError)
}


@dataclass(frozen=True)
class Reading:
    """An article's text, with the links (address, words) that it holds."""

    text: str
    media_type: str
    extractor: str
    title: str = ""
    links: tuple[tuple[str, str], ...] = ()


def read(data: bytes, *, filename: str, media_type: str = "") -> Reading:
    """Read a text or HTML file. The bytes decide over the name, and the name over the type.

    Raises the errors of this module.
    """
    if not data.strip(b"\x00\t\r\n "):
        raise ArticleEmptyError
    kind = _kind(data, filename, media_type)
    if kind in TEXT_TYPES:
        return read_text(decode(data, filename=filename))
    if kind not in HTML_TYPES:
        raise ArticleTypeError(media_type=kind)
    page = extract_text(data, media_type=media_type or "text/html")
    if not page.text.strip():
        raise ArticleWithoutTextError
    text = clean(page.text)
    _check_length(text)
    return Reading(
        text=text,
        media_type="text/html",
        extractor=f"{page.extractor} {page.extractor_version}",
        title=page.title,
        links=tuple((link.url, link.text) for link in page.links),
    )


def read_text(written: str) -> Reading:
    """Read text that was pasted or decoded. Its first line serves as a title."""
    text = clean(written)
    if not text.strip():
        raise ArticleEmptyError
    _check_length(text)
    first_line = text.strip().splitlines()[0].strip()
    return Reading(
        text=text, media_type="text/plain", extractor="text", title=first_line[:TITLE_LENGTH]
    )


def decode(data: bytes, *, filename: str) -> str:
    """Decode a text file. Raises the error of this module that has the reader's code."""
    try:
        return extraction.decode(data, name=filename or "the text")
    except extraction.UnreadableError as error:
        raise REFUSALS[error.code] from error


def clean(text: str) -> str:
    """Normalise line ends, compose characters (NFC) and drop control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    text = SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
    return unicodedata.normalize("NFC", CONTROLS.sub("", text))


def _kind(data: bytes, filename: str, media_type: str) -> str:
    if data.startswith(MAGIC):
        raise ArticleBinaryError
    if HTML_START.match(data[:4096]):
        return "text/html"
    suffix = PurePath(filename).suffix.lower()
    stated = media_type.split(";", maxsplit=1)[0].strip().lower()
    return SUFFIXES.get(suffix, stated or "text/plain")


def _check_length(text: str) -> None:
    if len(text) > settings.ARTICLE_MAX_CHARACTERS:
        raise ArticleTooLargeError(limit=f"{settings.ARTICLE_MAX_CHARACTERS:,} characters")
