"""What kind of document a file is: by its bytes, and by its name only among kinds of text.

Nothing is opened here. A file that says one thing and is another is what it is.
"""

import re
from dataclasses import dataclass
from pathlib import PurePath

from sources.archiving.reading.parsed import BOMS, has_nulls
from sources.archiving.reading.parsers import SHEET, WORD

PDF, HTML, CSV, SVG = "application/pdf", "text/html", "text/csv", "image/svg+xml"
# Images that a browser shows without running anything in them.
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
WORDS = {
    PDF: "a PDF",
    HTML: "a web page",
    CSV: "a CSV file",
    SVG: "an SVG drawing",
    SHEET: "a workbook (XLSX)",
    WORD: "a Word document (DOCX)",
    "text/plain": "plain text",
    "text/tab-separated-values": "a TSV file",
    "image/png": "a PNG image",
    "image/jpeg": "a JPEG image",
    "image/gif": "a GIF image",
    "image/webp": "a WebP image",
}
SUFFIXES = {
    ".pdf": PDF,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".csv": CSV,
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
    ".md": "text/plain",
    ".xlsx": SHEET,
    ".docx": WORD,
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": SVG,
}
_MARKS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
# The names of a ZIP archive's members stand unpacked beside them.
_PACKED = ((b"xl/workbook.xml", SHEET), (b"word/document.xml", WORD))
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x7fELF", b"MZ", b"II*\x00", b"MM\x00*", b"BM")
_BEFORE = rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*"
_HTML = re.compile(_BEFORE + rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_SVG = re.compile(_BEFORE + rb"(?:<!doctype\s+svg[^>]*>\s*)?<svg[\s>]", re.IGNORECASE)
_HEAD = 4096
_PDF_WITHIN = 1024
_TEXTS = frozenset({CSV, HTML, "text/plain", "text/tab-separated-values"})


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is; `named` is what its name says, empty when that says nothing."""

    media_type: str
    named: str

    @property
    def differs(self) -> str:
        """A sentence for when the name says one thing and the bytes another; else empty."""
        if self.named in {"", self.media_type}:
            return ""
        is_, says = WORDS[self.media_type], WORDS[self.named]
        return f"By its name the file would be {says}. It is {is_}, and was kept as one."


class UnknownKindError(Exception):
    """The file is none of the kinds that are kept.

    `code` is upload_empty, upload_protected, upload_nulls or upload_unsupported.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def recognise(data: bytes, filename: str) -> Kind:
    """Return what the bytes are. Raises UnknownKindError."""
    if not data.strip(b"\x00\t\r\n "):
        raise UnknownKindError("upload_empty")
    named = SUFFIXES.get(PurePath(filename).suffix.lower(), "")
    return Kind(_packed(data, named) or _picture(data) or _text(data, named), named)


def _packed(data: bytes, named: str) -> str:
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return PDF
    if data.startswith(_OLE):
        # Office puts a document with a password into the wrapper that its old formats used.
        raise UnknownKindError("upload_protected")
    if data.startswith(_ZIP):
        found = next((kind for name, kind in _PACKED if name in data), "")
        if found or named in {SHEET, WORD}:
            return found or named
        raise UnknownKindError("upload_unsupported")
    return ""


def _picture(data: bytes) -> str:
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for mark, kind in _MARKS if data.startswith(mark)), "")


def _text(data: bytes, named: str) -> str:
    if data.startswith(_OTHERS) or (named and named not in {*_TEXTS, SVG}):
        raise UnknownKindError("upload_unsupported")
    if has_nulls(data):
        raise UnknownKindError("upload_nulls" if named in _TEXTS else "upload_unsupported")
    head = data[:_HEAD]
    if _SVG.match(head):
        return SVG
    marked = data.startswith(tuple(mark for mark, _ in BOMS))
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")) or (marked and named == HTML):
        return HTML
    return named if named in _TEXTS else "text/plain"
