"""The parsers themselves. They run in a child process that may be killed at any moment."""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

# lxml's elements; its own types are not checked.
_Tree = Any

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAXIMUM_CHARACTERS = 5_000_000
_TITLE_CHARACTERS = 500
_LINK_CHARACTERS = 8192
_MAXIMUM_LINKS = 1000
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:+-]{2,40})", re.IGNORECASE
)
_XML_CHARSET = re.compile(rb"^<\?xml[^>]{0,200}?encoding=[\"']([A-Za-z0-9_.:+-]{2,40})")
_META_WITHIN = 4096
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# As browsers do (WHATWG Encoding): what is labelled so is nearly always the Windows set.
_RELABELLED = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
_BLOCK_NAMES = (
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table td th tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
# Fewer bytes than this tell too little; browsers take the Windows set then, and so do we.
_ENOUGH_TO_GUESS = 24
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_NOT_ASCII = bytes(range(128, 256))
_UNREAD = "script|style|noscript|template|head|svg|math|iframe|object|select|button"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser read.

    `pages` holds the offset at which each page of a PDF begins, `links` the address and the words
    of each link to the web that stands in the text of a page.
    """

    text: str
    title: str
    extractor: str
    extractor_version: str
    pages: tuple[int, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


class NotReadableError(Exception):
    """The document is of a kind, or in a state, that has no text to read."""


Parser = Callable[[bytes, str], Parsed]


def decode(data: bytes, charset: str) -> str:
    """Return the text of `data`: by its byte-order mark, its label, UTF-8, or the likeliest."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    head = data[:_META_WITHIN]
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


def read_article(data: bytes, charset: str) -> Parsed:
    """Return the main text of an HTML page, without what surrounds it (trafilatura)."""
    import trafilatura  # noqa: PLC0415 (half a second; the nursery has done it once)

    tree = trafilatura.load_html(decode(data, charset))
    if tree is None:
        raise NotReadableError
    title, links = _title(tree), _links(tree)
    text = trafilatura.extract(
        tree, output_format="txt", include_comments=False, include_tables=True, favor_recall=True
    )
    return _parsed(text or "", title, links, "trafilatura")


def read_page(data: bytes, charset: str) -> Parsed:
    """Return all visible text of an HTML page, block by block (lxml)."""
    import lxml.html  # noqa: PLC0415

    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(data, charset), count=1)
    if not source.strip():
        raise NotReadableError
    tree = lxml.html.document_fromstring(source)
    title, links = _title(tree), _links(tree)
    for element in tree.xpath(" | ".join(f"//{name}" for name in _UNREAD.split("|"))):
        element.drop_tree()
    pieces: list[str] = []
    for event, element in _walk(tree):
        block = isinstance(element.tag, str) and element.tag in _BLOCKS
        if block:
            pieces.append("\n")
        if event == "start" and isinstance(element.tag, str):
            pieces.append(_flat(element.text))
        elif event == "end":
            pieces.append(_flat(element.tail))
    return _parsed("".join(pieces), title, links, "lxml")


def read_pdf(data: bytes, _charset: str) -> Parsed:
    """Return the text of a PDF with the offset of each page (pypdf)."""
    import pypdf  # noqa: PLC0415
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    pages: list[int] = []
    pieces: list[str] = []
    length = 0
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        title = str((reader.metadata and reader.metadata.title) or "")
        for page in reader.pages:
            text = _clean(page.extract_text())
            pages.append(length)
            pieces.append(text + "\n\n")
            length += len(pieces[-1])
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise NotReadableError from error
    whole = "".join(pieces)
    kept = whole.rstrip()[:MAXIMUM_CHARACTERS]
    starts = tuple(min(start, len(kept)) for start in pages)
    name = _one_line(title)
    return Parsed(kept, name, "pypdf", _version("pypdf"), starts)


def read_docx(data: bytes, _charset: str) -> Parsed:
    """Return the paragraphs and table rows of a Word document, with its links (python-docx)."""
    import docx  # noqa: PLC0415
    from docx.opc.exceptions import OpcError  # noqa: PLC0415
    from docx.table import Table  # noqa: PLC0415

    pieces: list[str] = []
    links: list[tuple[str, str]] = []
    try:
        document = docx.Document(BytesIO(data))
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                rows = ([_flat(cell.text) for cell in row.cells] for row in block.rows)
                pieces += [" | ".join(dict.fromkeys(cells)) for cells in rows]
                continue
            pieces.append(block.text)
            links += [(link.address, _one_line(link.text)) for link in block.hyperlinks]
        title = document.core_properties.title
    except (
        OpcError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OSError,
        BadZipFile,
    ) as error:
        raise NotReadableError from error
    web = [(url, words) for url, words in links if url.startswith(("http://", "https://"))]
    return _parsed("\n\n".join(pieces), title, web, "python-docx")


def read_plain(data: bytes, charset: str) -> Parsed:
    """Return a plain text as it is, in Unicode and with its line ends made one."""
    if b"\x00" in data[:_META_WITHIN] and not data.startswith(tuple(mark for mark, _ in _BOMS)):
        raise NotReadableError
    text = decode(data, charset).replace("\r\n", "\n").replace("\r", "\n")
    return Parsed(_clean(text)[:MAXIMUM_CHARACTERS], "", "plain", "1")


PARSERS: dict[str, Parser] = {
    "article": read_article,
    "page": read_page,
    "pdf": read_pdf,
    "docx": read_docx,
    "plain": read_plain,
}


def parsers_for(media_type: str) -> tuple[str, ...]:
    """Return the names of the parsers to try, in order; none for what holds no text."""
    if media_type in {"text/html", "application/xhtml+xml"}:
        return ("article", "page")
    if media_type == "application/pdf":
        return ("pdf",)
    if media_type == WORD:
        return ("docx",)
    if media_type.startswith("text/") or media_type in {"application/json", "application/xml"}:
        return ("plain",)
    return ("plain",) if media_type.endswith(("+json", "+xml")) and "svg" not in media_type else ()


@cache
def _version(package: str) -> str:
    return version(package)


def _walk(tree: _Tree) -> Iterator[tuple[str, _Tree]]:
    from lxml.etree import iterwalk  # noqa: PLC0415

    yield from iterwalk(tree, events=("start", "end", "comment", "pi"))


def _title(tree: _Tree) -> str:
    for path in ("//meta[@property='og:title']/@content", "//title/text()", "//h1//text()"):
        found = tree.xpath(path)
        if found and found[0].strip():
            return str(found[0])
    return ""


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _clean(text: str) -> str:
    """Leave out controls and lone surrogates: no text needs them and PostgreSQL refuses some.

    Raises NotReadableError when it is mostly characters that could not be decoded.
    """
    kept = _CONTROLS.sub("", text).encode("utf-8", "ignore").decode("utf-8")
    if kept.count("\ufffd") * 3 > len(kept):
        raise NotReadableError
    return kept


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())[:_TITLE_CHARACTERS]


def _links(tree: _Tree) -> list[tuple[str, str]]:
    found = []
    for element in tree.iter("a"):
        address = (element.get("href") or "").strip()
        if not address.lower().startswith(("http://", "https://")):
            continue
        words = _one_line(element.text_content())
        if words:
            found.append((_clean(address)[:_LINK_CHARACTERS], words))
        if len(found) == _MAXIMUM_LINKS:
            break
    return found


def _parsed(text: str, title: str, links: list[tuple[str, str]], extractor: str) -> Parsed:
    lines = (" ".join(line.split()) for line in _clean(text).split("\n"))
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:MAXIMUM_CHARACTERS]
    if not body:
        raise NotReadableError
    return Parsed(
        text=body,
        title=_one_line(title),
        extractor=extractor,
        extractor_version=_version(extractor),
        links=tuple(link for link in links if link[1] in body),
    )
