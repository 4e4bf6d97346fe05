"""What a parser gives back, and the text work that all of them share."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from sources.anchoring.grids import Grid

MAXIMUM_CHARACTERS = 5_000_000
TITLE_CHARACTERS = 500
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:+-]{2,40})", re.IGNORECASE
)
_XML_CHARSET = re.compile(rb"^<\?xml[^>]{0,200}?encoding=[\"']([A-Za-z0-9_.:+-]{2,40})")
META_WITHIN = 4096
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# As browsers do (WHATWG Encoding): what is labelled so is nearly always the Windows set.
_RELABELLED = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
# Fewer bytes than this tell too little; browsers take the Windows set then, and so do we.
_ENOUGH_TO_GUESS = 24
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_NOT_ASCII = bytes(range(128, 256))


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself; each may be empty. `published` is a day as YYYY-MM-DD."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser read.

    `pages` holds the offset at which each page of a PDF begins, `links` the address and the words
    of each link to the web that stands in the text of a page, `tables` its tables in their order.
    """

    text: str
    about: About
    extractor: str
    extractor_version: str
    pages: tuple[int, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    tables: tuple[Grid, ...] = ()


class NotReadableError(Exception):
    """The document has no text to read; `code` is that of jail.WORDS which says why."""

    def __init__(self, code: str = "text_none") -> None:
        self.code = code
        super().__init__(code)


Parser = Callable[[bytes, str], Parsed]


def decode(data: bytes, charset: str) -> str:
    """Return the text of `data`: by its byte-order mark, its label, UTF-8, or the likeliest."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    head = data[:META_WITHIN]
    declared = _META_CHARSET.search(head) or _XML_CHARSET.search(head)
    for label in (charset, declared[1].decode("ascii") if declared else "", "utf-8"):
        text = _decode_as(data, label)
        if text is not None:
            return text
    if len(data) - len(data.translate(None, _NOT_ASCII)) < _ENOUGH_TO_GUESS:
        return data.decode("cp1252", "replace")
    from charset_normalizer import from_bytes  # noqa: PLC0415 (slow to import, seldom needed)

    best = from_bytes(data[: 64 * 1024]).best()
    return data.decode(best.encoding if best else "cp1252", "replace")


def _decode_as(data: bytes, label: str) -> str | None:
    name = label.strip().lower().replace("_", "-")
    encoding = _RELABELLED.get(name, name)
    try:
        return data.decode(encoding, "strict" if encoding == "utf-8" else "replace")
    except (LookupError, UnicodeError, ValueError):
        return None


def has_nulls(data: bytes) -> bool:
    """Whether the bytes are no text: with a byte-order mark, NUL is half of a character."""
    return b"\x00" in data and not data.startswith(tuple(mark for mark, _ in BOMS))


def clean(text: str) -> str:
    """Leave out controls and lone surrogates: no text needs them and PostgreSQL refuses some.

    Raises NotReadableError when it is mostly characters that could not be decoded.
    """
    kept = _CONTROLS.sub("", text).encode("utf-8", "ignore").decode("utf-8")
    if kept.count("\ufffd") * 3 > len(kept):
        raise NotReadableError
    return kept


def one_line(text: str) -> str:
    """Return a title's words on one line, as many as are kept."""
    return " ".join(clean(text).split())[:TITLE_CHARACTERS]


def settled(text: str) -> str:
    """Return a text with its lines trimmed and no more than one empty line between two.

    Raises NotReadableError when nothing is left.
    """
    lines = (" ".join(line.split()) for line in clean(text).split("\n"))
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:MAXIMUM_CHARACTERS]
    if not body:
        raise NotReadableError
    return body


@cache
def version_of(package: str) -> str:
    """Return the version of an installed package."""
    return version(package)
