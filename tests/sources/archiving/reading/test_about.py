from io import BytesIO

import docx
import openpyxl
import pypdf
import pytest

from sources.archiving.reading import About, read
from sources.archiving.reading.about import day
from sources.archiving.reading.parsers import SHEET, WORD
from tests.sources.archiving.reading.test_jail import pdf
from tests.sources.archiving.reading.workbook import saved

WORDS = "<article><p>Poverty fell from 60% to 36%, says the institute of statistics.</p></article>"


OPEN_GRAPH = """<title>x</title><meta property="og:title" content="Poverty">
<meta name="author" content="Ana Rojas"><meta property="og:site_name" content="INE">
<meta property="article:published_time" content="2019-03-05T10:00:00Z">"""
CITATION = """<meta name="citation_author" content="Ana Rojas">
<meta name="citation_publication_date" content="2019/03/05">
<meta name="citation_title" content="Poverty">"""
LINKED = """<title>Poverty</title><meta property="article:author" content="https://example.org/ana">
<script type="application/ld+json">{"@graph": [{"@type": "Organization"}, {
"@type": ["NewsArticle"], "author": [{"name": "Ana Rojas"}, {"name": "Li Wei"}],
"publisher": {"name": "INE"}, "datePublished": "2019-03-05"}]}</script>"""
BROKEN = '<title>Poverty</title><script type="application/ld+json">{broken</script>'


@pytest.mark.parametrize(
    ("head", "about"),
    [
        ("<title>Poverty</title>", About("Poverty")),
        (OPEN_GRAPH, About("Poverty", "Ana Rojas", "INE", "2019-03-05")),
        (CITATION, About("Poverty", "Ana Rojas", "", "2019-03-05")),
        (LINKED, About("Poverty", "Ana Rojas, Li Wei", "INE", "2019-03-05")),
        (BROKEN, About("Poverty")),
        ('<title>Poverty</title><meta name="date" content="yesterday">', About("Poverty")),
    ],
)
def test_what_a_page_states_of_itself(head: str, about: About) -> None:
    page = f"<html><head>{head}</head><body>{WORDS}</body></html>".encode()
    assert read([page], media_type="text/html").about == about


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019-03-05", "2019-03-05"),
        ("2019/03/05 10:00", "2019-03-05"),
        ("2019-13-05", ""),
        ("05.03.2019", ""),
        (20190305, ""),
        (None, ""),
    ],
)
def test_a_day_is_read_where_it_is_plain(written: object, expected: str) -> None:
    assert day(written) == expected


def test_what_a_pdf_says_of_itself() -> None:
    info = b"<< /Title (Poverty) /Author (Ana Rojas) /CreationDate (D:20190305100000Z) >>"
    plain = pdf("Poverty fell to 36")
    data = plain.replace(b"trailer\n<<", b"trailer\n<< /Info " + info)
    assert read([data], media_type="application/pdf").about == About(
        "Poverty", "Ana Rojas", "", "2019-03-05"
    )


def test_what_office_documents_say_of_themselves() -> None:
    document = docx.Document()
    document.add_paragraph("Poverty fell.")
    document.core_properties.title = "Poverty"
    document.core_properties.author = "Ana Rojas"
    file = BytesIO()
    document.save(file)
    about = read([file.getvalue()], media_type=WORD).about
    assert (about.title, about.author) == ("Poverty", "Ana Rojas")
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.properties.title, book.properties.creator = "Poverty", "Ana Rojas"
    about = read([saved(book)], media_type=SHEET).about
    assert (about.title, about.author) == ("Poverty", "Ana Rojas")


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
@pytest.mark.parametrize(("password", "code"), [("secret", "text_encrypted"), ("", "")])
def test_a_protected_pdf_says_so(algorithm: str, password: str, code: str) -> None:
    """One that forbids printing alone has an owner's password, and none to be read with."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf("Poverty fell to 36")))
    writer.encrypt(password, owner_password="owner", algorithm=algorithm)
    file = BytesIO()
    writer.write(file)
    reading = read([file.getvalue()], media_type="application/pdf")
    assert (reading.error_code, reading.text) == (code, "" if code else "Poverty fell to 36")
