"""Which parser reads what. They run in a child process that may be killed at any moment."""

from sources.archiving.reading.documents import read_docx, read_docx_words, read_pdf
from sources.archiving.reading.parsed import NotReadableError, Parsed, Parser
from sources.archiving.reading.plain import read_csv, read_plain
from sources.archiving.reading.webpages import read_article, read_page
from sources.archiving.reading.workbooks import read_workbook

__all__ = ["PARSERS", "SHEET", "WORD", "NotReadableError", "Parsed", "Parser", "parsers_for"]

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BY_TYPE: dict[str, tuple[str, ...]] = {
    "text/html": ("article", "page"),
    "application/xhtml+xml": ("article", "page"),
    "application/pdf": ("pdf",),
    WORD: ("docx", "docx_words"),
    SHEET: ("workbook",),
    "application/vnd.ms-excel.sheet.macroenabled.12": ("workbook",),
    "text/csv": ("csv", "plain"),
    "application/csv": ("csv", "plain"),
    "text/tab-separated-values": ("csv", "plain"),
    "application/json": ("plain",),
    "application/xml": ("plain",),
    "image/svg+xml": (),
}

PARSERS: dict[str, Parser] = {
    "article": read_article,
    "page": read_page,
    "pdf": read_pdf,
    "docx": read_docx,
    "docx_words": read_docx_words,
    "workbook": read_workbook,
    "csv": read_csv,
    "plain": read_plain,
}


def parsers_for(media_type: str) -> tuple[str, ...]:
    """Return the names of the parsers to try, in order; none for what holds no text."""
    if media_type in _BY_TYPE:
        return _BY_TYPE[media_type]
    is_text = media_type.startswith("text/") or media_type.endswith(("+json", "+xml"))
    return ("plain",) if is_text and "svg" not in media_type else ()
