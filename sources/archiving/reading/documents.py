"""The readers of PDF and Word documents."""

import re
from io import BytesIO
from typing import Any
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812 (it is an exception)

from sources.anchoring.grids import Grid
from sources.archiving.reading.about import day
from sources.archiving.reading.packed import opened
from sources.archiving.reading.parsed import (
    MAXIMUM_CHARACTERS,
    About,
    NotReadableError,
    Parsed,
    clean,
    one_line,
    settled,
    version_of,
)
from sources.archiving.reading.tables.building import Budget, Draft, is_table

# What these libraries raise for a document that is not what it should be.
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, BadZipFile)
_WORD_BODY = "word/document.xml"
_WORD_NAMES = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PDF_DAY = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")


def read_pdf(data: bytes, _charset: str) -> Parsed:
    """Return the text of a PDF with the offset of each page (pypdf)."""
    import pypdf  # noqa: PLC0415
    from pypdf.errors import DependencyError, PyPdfError  # noqa: PLC0415

    pages: list[int] = []
    pieces: list[str] = []
    length = 0
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotReadableError("text_encrypted")
        said = _of_pdf(reader)
        for page in reader.pages:
            text = clean(page.extract_text())
            pages.append(length)
            pieces.append(text + "\n\n")
            length += len(pieces[-1])
    except DependencyError as error:
        raise NotReadableError("text_encrypted") from error
    except (PyPdfError, RuntimeError, *_BROKEN) as error:
        raise NotReadableError("text_damaged") from error
    kept = "".join(pieces).rstrip()[:MAXIMUM_CHARACTERS]
    if not kept.strip() and pages:
        raise NotReadableError("text_scan")
    starts = tuple(min(start, len(kept)) for start in pages)
    return Parsed(kept, said, "pypdf", version_of("pypdf"), starts)


def _of_pdf(reader: Any) -> About:  # noqa: ANN401 (pypdf's reader)
    said = reader.metadata
    if not said:
        return About()
    # Read as they are written: the library's own reading of dates refuses many.
    made = _PDF_DAY.match(str(said.get("/CreationDate") or ""))
    return About(
        title=one_line(str(said.get("/Title") or "")),
        author=one_line(str(said.get("/Author") or "")),
        published=day("-".join(made.groups())) if made else "",
    )


def read_docx(data: bytes, _charset: str) -> Parsed:
    """Return the paragraphs and tables of a Word document, with its links (python-docx)."""
    import docx  # noqa: PLC0415
    from docx.opc.exceptions import OpcError  # noqa: PLC0415
    from docx.table import Table  # noqa: PLC0415

    opened(data).close()
    pieces: list[str] = []
    links: list[tuple[str, str]] = []
    tables: list[Grid] = []
    budget = Budget()
    try:
        document = docx.Document(BytesIO(data))
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                rows, grid = _word_table(block, budget)
                pieces += rows
                tables += [grid] if is_table(grid) else []
                continue
            pieces.append(block.text)
            links += [(link.address, one_line(link.text)) for link in block.hyperlinks]
        said = _of_word(document.core_properties)
    except (OpcError, SyntaxError, ZlibError, *_BROKEN) as error:
        raise NotReadableError("text_damaged") from error
    body = settled("\n\n".join(pieces))
    web = tuple(
        link for link in links if link[0].startswith(("http://", "https://")) and link[1] in body
    )
    version = version_of("python-docx")
    return Parsed(body, said, "python-docx", version, links=web, tables=tuple(tables))


def _of_word(said: Any) -> About:  # noqa: ANN401 (python-docx's properties)
    return About(
        title=one_line(said.title or ""),
        author=one_line(said.author or ""),
        published=said.created.strftime("%Y-%m-%d") if said.created else "",
    )


def _word_table(table: Any, budget: Budget) -> tuple[list[str], Grid]:  # noqa: ANN401 (python-docx's table)
    """Return a table's rows for the text, each cell once, and its grid."""
    draft = Draft(budget)
    written: list[str] = []
    begun: dict[Any, tuple[int, int]] = {}
    ended: dict[Any, tuple[int, int]] = {}
    for number, row in enumerate(table.rows):
        # A cell that spans others is given again at each place that it covers.
        cells = list(row.cells)
        for column, cell in enumerate(cells):
            key = cell._tc  # noqa: SLF001 (the only identity of a cell)
            begun.setdefault(key, (number, column))
            ended[key] = number, column
        texts = [" ".join(cell.text.split()) for cell in cells]
        written.append(" | ".join(dict.fromkeys(texts)))
        if not draft.add(texts):
            break
    draft.merges = [
        (top, left, ended[key][0] - top + 1, ended[key][1] - left + 1)
        for key, (top, left) in begun.items()
        if ended[key] != (top, left)
    ]
    return written, draft.grid()


def read_docx_words(data: bytes, _charset: str) -> Parsed:
    """Return the bare paragraphs of a Word document whose parts do not fit together (lxml)."""
    from lxml import etree  # noqa: PLC0415

    pieces: list[str] = []
    try:
        with opened(data) as archive, archive.open(_WORD_BODY) as file:
            for _, element in etree.iterparse(file, resolve_entities=False, no_network=True):
                if element.tag == f"{_WORD_NAMES}p":
                    words = element.iter(f"{_WORD_NAMES}t")
                    pieces.append("".join(word.text or "" for word in words))
    except (SyntaxError, ZlibError, *_BROKEN) as error:
        raise NotReadableError("text_damaged") from error
    return Parsed(settled("\n\n".join(pieces)), About(), "lxml", version_of("lxml"))
