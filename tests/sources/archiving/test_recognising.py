import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.archiving.reading.parsers import SHEET, WORD
from sources.archiving.recognising import UnknownKindError, recognise
from tests.sources.archiving.reading.test_jail import pdf
from tests.sources.archiving.reading.workbook import workbook

BOOK = workbook(Sheet=[["a", "b"], [1, 2]])
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (pdf("x"), "report.pdf", "application/pdf"),
        (b"\n" + pdf("x"), "", "application/pdf"),
        (b"<!doctype html><p>x", "a.html", "text/html"),
        (b"\xef\xbb\xbf<!-- a --><HTML lang=en>", "a", "text/html"),
        (b"<p>a fragment</p>", "a.htm", "text/html"),
        (b"a,b\n1,2\n", "a.csv", "text/csv"),
        (b"a\tb\n", "a.TSV", "text/tab-separated-values"),
        ("a;b\n1;ä\n".encode("utf-16"), "a.csv", "text/csv"),
        (b"words", "a.txt", "text/plain"),
        (b"words", "", "text/plain"),
        (BOOK, "a.xlsx", SHEET),
        (BOOK, "a.bin", SHEET),
        (b"PK\x03\x04 broken", "a.xlsx", SHEET),
        (b"PK\x03\x04 broken", "a.docx", WORD),
        (b"PK\x03\x04..word/document.xml..", "a", WORD),
        (PNG, "a.png", "image/png"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "image/jpeg"),
        (b"GIF89a..", "a.gif", "image/gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "a.webp", "image/webp"),
        (b'<?xml version="1.0"?><svg xmlns="x"><script/></svg>', "a.svg", "image/svg+xml"),
    ],
)
def test_the_bytes_say_what_a_file_is(data: bytes, name: str, media_type: str) -> None:
    assert recognise(data, name).media_type == media_type


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.csv", "upload_empty"),
        (b" \r\n\x00", "a.csv", "upload_empty"),
        (OLE, "a.xlsx", "upload_protected"),
        (OLE, "a.xls", "upload_protected"),
        (b"a,b\n1,\x002\n", "a.csv", "upload_nulls"),
        (b"\x00\x01\x02", "", "upload_unsupported"),
        (b"\x7fELF\x02", "a.csv", "upload_unsupported"),
        (b"PK\x03\x04 a.txt", "a.zip", "upload_unsupported"),
        (b"PK\x03\x04 a.txt", "a.csv", "upload_unsupported"),
        (b"words", "a.pdf", "upload_unsupported"),
        (b"words", "a.png", "upload_unsupported"),
        (b"words", "a.xlsx", "upload_unsupported"),
    ],
)
def test_a_file_that_is_not_kept_says_why(data: bytes, name: str, code: str) -> None:
    with pytest.raises(UnknownKindError, match=code):
        recognise(data, name)


def test_a_name_that_says_another_thing_is_told() -> None:
    assert recognise(BOOK, "a.csv").differs == (
        "By its name the file would be a CSV file. It is a workbook (XLSX), and was kept as one."
    )
    assert recognise(BOOK, "a.xlsx").differs == ""
    assert recognise(BOOK, "a").differs == ""


@given(st.binary(max_size=80), st.sampled_from(["", "a.csv", "a.pdf", "a.svg", "a.xlsx", "a.png"]))
def test_any_bytes_are_a_kind_or_refused(data: bytes, name: str) -> None:
    try:
        kind = recognise(data, name)
    except UnknownKindError:
        return
    assert kind.media_type
    assert isinstance(kind.differs, str)
