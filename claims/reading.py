"""From an article's bytes to its text: decoding, and the text of its format.

What cannot be read is refused in words; nothing is guessed silently.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from django.conf import settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from claims.extraction import reading as extraction
from factcheck.errors import Permanent
from sources.archiving import extract_text

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Read by a parser in a jail: whatever came from outside is hostile until proven otherwise.
JAILED = ("text/html", "application/xhtml+xml", "application/pdf", WORD)
SUFFIXES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".docx": WORD,
}
OLE = b"\xd0\xcf\x11\xe0"  # old Office files, and new ones that a password protects
MAGIC = (
    *(b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", OLE),
    b"{\\rtf",
)
# Why a parser was stopped, as the jail says it; everything else means that there is no text.
STOPPED = {"text_timed_out", "text_memory", "text_crashed", "text_too_large"}
HTML_TYPES = JAILED[:2]
# A comment is read in one way only: with `.*?` thirty comments in a row kept the matcher for hours.
HTML_START = re.compile(
    rb"\s*(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE
)
# Characters that carry no text and that no article needs; line ends and tabs stay.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
# Characters without ink: a text of nothing else is empty.
INKLESS = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f]*")
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


class ArticleProtectedError(Permanent):
    """A document that opens with a password only."""

    code = "article_protected"


class ArticleTooHeavyError(Permanent):
    """A document whose parser had to be stopped."""

    code = "article_too_heavy"


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
    """Read a text, Markdown, HTML, PDF or DOCX file.

    The bytes decide over the name, and the name over the type. Raises the errors of this module.
    """
    if not data.strip(b"\x00\t\r\n "):
        raise ArticleEmptyError
    kind = _kind(data, filename, media_type)
    if kind == "text/markdown":
        return read_markdown(decode(data, filename=filename))
    if kind == "text/plain":
        return read_text(decode(data, filename=filename))
    if kind not in JAILED:
        raise ArticleTypeError(media_type=kind)
    charset = media_type if kind in HTML_TYPES else ""
    page = extract_text(data, media_type=charset or kind)
    if not page.text.strip():
        raise _without_text(kind, data, page.error_code)
    # The extractor ends each block of a page with one line end; people tell blocks by a blank line.
    text = re.sub(r"\n+", "\n\n", page.text) if kind in HTML_TYPES else page.text
    return _reading(
        text,
        kind,
        f"{page.extractor} {page.extractor_version}",
        title=page.title if kind in HTML_TYPES else page.title or _first_line(text),
        links=[(link.url, link.text) for link in page.links],
    )


def read_html(html: str) -> Reading:
    """Read rich text that was pasted: it keeps its links. Its first line serves as a title."""
    found = read(html.encode(), filename="pasted.html", media_type="text/html; charset=utf-8")
    return found if found.title else replace(found, title=_first_line(found.text)[:TITLE_LENGTH])


def read_markdown(written: str) -> Reading:
    """Read Markdown (CommonMark): the words of its blocks, with its links and first heading."""
    blocks: list[str] = []
    links: list[tuple[str, str]] = []
    title = ""
    heading = False
    for token in MarkdownIt("commonmark", {"html": False}).parse(written):
        if token.type == "inline":
            words, found = _inline(token.children or [])
            blocks.append(words)
            links += found
            title = title or (words if heading else "")
        elif token.type in {"fence", "code_block"}:
            blocks.append(token.content)
        heading = token.type == "heading_open"
    text = "\n\n".join(block for block in blocks if block.strip())
    first = next((block for block in blocks if block.strip()), "")
    return _reading(text, "text/markdown", "markdown-it-py", title=title or first, links=links)


def read_text(written: str) -> Reading:
    """Read text that was pasted or decoded. Its first line serves as a title."""
    return _reading(written, "text/plain", "text", title=_first_line(written))


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


def _without_text(kind: str, data: bytes, code: str) -> Permanent:
    """Return the error that says why a document gave no text."""
    if kind == "application/pdf" and b"/Encrypt" in data:
        return ArticleProtectedError()
    return ArticleTooHeavyError() if code in STOPPED else ArticleWithoutTextError()


def _kind(data: bytes, filename: str, media_type: str) -> str:
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    suffix = PurePath(filename).suffix.lower()
    named = SUFFIXES.get(suffix, "")
    if data.startswith(b"PK\x03\x04") and WORD in {named, media_type}:
        return WORD
    if data.startswith(OLE) and named == WORD:
        raise ArticleProtectedError
    if data.startswith(MAGIC) or named in {"application/pdf", WORD}:
        raise ArticleBinaryError
    if HTML_START.match(data[:4096]):
        return "text/html"
    return named or media_type.split(";", maxsplit=1)[0].strip().lower() or "text/plain"


def _inline(tokens: list[Token]) -> tuple[str, list[tuple[str, str]]]:
    words: list[str] = []
    links: list[tuple[str, str]] = []
    opened: list[tuple[str, int]] = []
    for token in tokens:
        if token.type == "link_open":
            opened.append((str(token.attrGet("href") or ""), len(words)))
        elif token.type == "link_close" and opened:
            url, begun = opened.pop()
            if url.startswith(("http://", "https://")):
                links.append((url, "".join(words[begun:])))
        elif token.type in {"softbreak", "hardbreak"}:
            words.append(" ")
        else:
            words.append(token.content)
    return "".join(words), links


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def _reading(
    written: str,
    media_type: str,
    extractor: str,
    *,
    title: str,
    links: Sequence[tuple[str, str]] = (),
) -> Reading:
    text = clean(written)
    if INKLESS.fullmatch(text):
        raise ArticleEmptyError
    if len(text) > settings.ARTICLE_MAX_CHARACTERS:
        raise ArticleTooLargeError(limit=f"{settings.ARTICLE_MAX_CHARACTERS:,} characters")
    return Reading(text, media_type, extractor, title.strip()[:TITLE_LENGTH], tuple(links))
