import codecs
import io

import docx
import pypdf
import pytest
from django.conf import settings

from claims import citing, intake, reading
from claims.models import Article
from sources import blobs
from tests import factories
from tests.factories import AT
from tests.sources.archiving.reading.test_jail import pdf

pytestmark = pytest.mark.django_db

PAGE = b"""<!doctype html><html><head><title>The ferry pays</title></head><body><article>
<h1>The ferry pays</h1>
<p>The ferry to Lismore carried 41,200 passengers in 2019, according to the
<a href="https://harbour.example/report">harbour board</a>.</p>
<p>Fares rose by 12% after the new timetable, <a href="mailto:a@b.example">we hear</a>. The council
has said that it will publish the figures for the following year in the summer.</p>
</article></body></html>"""


def add(data: bytes, filename: str = "article.txt", title: str = "") -> Article:
    return intake.add_file(title=title, data=data, filename=filename, by=None, at=AT)


def test_pasted_text_keeps_its_bytes_and_is_split() -> None:
    article = factories.article()
    revision = article.revision
    assert revision is not None
    assert (article.state, revision.number, revision.text) == ("ready", 1, factories.TEXT)
    assert blobs.read(revision.original_id) == factories.TEXT.encode()
    assert article.claims.count() == 2


def test_without_a_title_the_first_line_serves() -> None:
    assert add(b"Ferries are back\n\nThey carried 300 people.").title == "Ferries are back"


def test_html_gives_its_text_title_and_links() -> None:
    article = add(PAGE, "page.html")
    revision = article.revision
    assert revision is not None
    assert article.title == "The ferry pays"
    assert "carried 41,200 passengers in 2019" in revision.text
    assert "<p>" not in revision.text
    assert len(revision.text.split("\n\n")) == 3
    assert blobs.read(revision.original_id) == PAGE
    citation = article.citations.get()
    assert citation.source.url == "https://harbour.example/report"
    place = citation.places.get()
    assert revision.text[place.start : place.end] == "harbour board"


def test_a_claim_knows_the_sources_that_its_own_sentence_cites() -> None:
    article = add(PAGE, "page.html")
    cited = article.citations.get().source_id
    by_sentence = {
        claim.appearances.get().exact: citing.of_claim(claim) for claim in article.claims.all()
    }
    with_number = next(exact for exact in by_sentence if "41,200" in exact)
    assert by_sentence[with_number] == {cited}
    without = next(exact for exact in by_sentence if "12%" in exact)
    assert by_sentence[without] == set()


def test_html_is_recognised_whatever_the_file_is_called() -> None:
    assert add(PAGE, "article.txt").revision.media_type == "text/html"  # type: ignore[union-attr]


def test_line_ends_and_control_characters_are_normalised() -> None:
    revision = add(b"One\r\nline has 3 words.\rAnother\x07 one.").revision
    assert revision is not None
    assert revision.text == "One\nline has 3 words.\nAnother one."


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("cp1252", b""),
    ],
)
def test_old_encodings_are_read(encoding: str, mark: bytes) -> None:
    words = "Der Fährverkehr nach Läsö kostete 5 € für größere Gruppen, sagte die Behörde. " * 5
    revision = add(mark + words.encode(encoding)).revision
    assert revision is not None
    assert "Fährverkehr nach Läsö kostete 5 €" in revision.text


def test_a_right_to_left_article_keeps_its_offsets() -> None:
    words = "بلغت نسبة المشاركة 88% في الانتخابات. هذا رأي."
    article = factories.article(text=words)
    for claim in article.claims.all():
        place = claim.appearances.get()
        assert words[place.start : place.end] == place.exact


MARKDOWN = b"""# The ferry pays

The ferry carried **41,200** passengers in 2019, says the
[harbour board](https://harbour.example/report). *Fares* rose by 12%.

- One item
- Another [local](/page) item
"""


def test_markdown_is_read_without_its_marks() -> None:
    article = add(MARKDOWN, "article.md")
    revision = article.revision
    assert revision is not None
    assert article.title == "The ferry pays"
    assert revision.text == (
        "The ferry pays\n\nThe ferry carried 41,200 passengers in 2019, says the harbour board. "
        "Fares rose by 12%.\n\nOne item\n\nAnother local item"
    )
    assert [c.source.url for c in article.citations.all()] == ["https://harbour.example/report"]


def test_a_word_document_gives_its_paragraphs_tables_and_links() -> None:
    document = docx.Document()
    document.core_properties.title = "The ferry pays"
    document.add_heading("The ferry pays", 1)
    document.add_paragraph("The ferry carried 41,200 passengers in 2019.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Fares", "up 12%"
    written = io.BytesIO()
    document.save(written)
    article = add(written.getvalue(), "article.docx")
    revision = article.revision
    assert revision is not None
    assert article.title == "The ferry pays"
    assert revision.text.split("\n\n") == [
        "The ferry pays",
        "The ferry carried 41,200 passengers in 2019.",
        "Fares | up 12%",
    ]
    assert revision.extractor.startswith("python-docx")


def test_a_pdf_is_read_by_what_it_is_and_not_by_its_name() -> None:
    article = add(pdf("The ferry carried 41,200 passengers in 2019."), "article.txt")
    revision = article.revision
    assert revision is not None
    assert (revision.media_type, revision.text) == (
        "application/pdf",
        "The ferry carried 41,200 passengers in 2019.",
    )


def test_pasted_rich_text_keeps_its_links() -> None:
    article = intake.add_text(title="", text="ignored", html=PAGE.decode(), by=None, at=AT)
    assert article.citations.get().source.url == "https://harbour.example/report"


BAD = [
    (b"", reading.ArticleEmptyError),
    (b" \n\t ", reading.ArticleEmptyError),
    (b"\x00\x00\x00", reading.ArticleEmptyError),
    (b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 50, reading.ArticleBinaryError),
    (b"%PDF-1.7 ...", reading.ArticleWithoutTextError),
    (b"PK\x03\x04 a zip file", reading.ArticleBinaryError),
    (b"MZ\x90\x00\x03\x00\x00\x00", reading.ArticleBinaryError),
    (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", reading.ArticleUndecodableError),
    (b"<html><body><script>1</script></body></html>", reading.ArticleWithoutTextError),
]


@pytest.mark.parametrize(("data", "error"), BAD)
def test_what_cannot_be_read_is_refused_and_nothing_is_left(
    data: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        add(data)
    assert not Article.objects.exists()


def test_twenty_megabytes_are_refused_before_they_are_read() -> None:
    with pytest.raises(reading.ArticleTooLargeError) as caught:
        add(b"word " * 4_000_000)
    assert caught.value.text == "The article is larger than 5 MB. Paste the part under check."


def test_a_text_over_the_limit_is_refused() -> None:
    with pytest.raises(reading.ArticleTooLargeError):
        add(b"word " * (settings.ARTICLE_MAX_CHARACTERS // 5 + 1))


def test_a_picture_by_its_type_is_refused() -> None:
    with pytest.raises(reading.ArticleTypeError):
        reading.read(b"plain words", filename="", media_type="image/svg+xml")


def locked(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Fares rose by 12 percent.")))
    writer.encrypt(password, "the owner's")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "filename", "error"),
    [
        (locked("secret"), "a.pdf", reading.ArticleProtectedError),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100,
            "a.docx",
            reading.ArticleProtectedError,
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "a.doc", reading.ArticleBinaryError),
        (pdf("Fares rose.")[:200], "a.pdf", reading.ArticleWithoutTextError),
        (rb"{\rtf1\ansi Fares rose.}", "a.rtf", reading.ArticleBinaryError),
        ("\u200b \u2060\u202e\n".encode(), "a.txt", reading.ArticleEmptyError),
    ],
)
def test_why_a_file_is_not_taken(data: bytes, filename: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        add(data, filename)


def test_a_parser_that_was_stopped_is_no_empty_document() -> None:
    stopped = reading._without_text("application/pdf", b"%PDF-", "text_timed_out")
    assert isinstance(stopped, reading.ArticleTooHeavyError)


def test_a_document_without_a_title_is_called_by_its_first_line() -> None:
    assert add(pdf("Fares rose by 12 percent."), "scan.pdf").title == "Fares rose by 12 percent."
    assert add(locked(""), "scan.pdf").title == "Fares rose by 12 percent."
