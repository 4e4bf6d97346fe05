import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from sources.archiving import Link, extract_text
from sources.archiving.reading import Limits, jail, read
from sources.archiving.reading.parsers import SHEET, parsers_for

PAGE = b"""<!doctype html><html><head><title>Poverty &amp; growth</title>
<script>var hidden = "secret";</script></head><body><nav><a href="/">Home</a></nav><article>
<h1>Poverty and growth</h1><p>Poverty fell from 60% to 36%, says <a href="https://ine.example/a">the
institute</a>, while growth was 344 per cent over the same twelve years of government.</p>
<p>A second paragraph stands here, so that there is an article worth the name to be read.</p>
</article></body></html>"""


def pdf(*pages: str) -> bytes:
    """Return a small but whole PDF with a line of text on each page."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count, start = len(objects) + 1, len(data)
    tail = (
        f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R >>\n"
    )
    return data + f"{tail}startxref\n{start}\n%%EOF\n".encode()


def test_a_page_gives_its_article_its_title_and_its_links() -> None:
    reading = extract_text(PAGE, media_type="text/html; charset=utf-8")
    assert "Poverty fell from 60% to 36%" in reading.text
    assert "secret" not in reading.text
    assert (reading.title, reading.extractor, reading.error_code) == (
        "Poverty & growth",
        "trafilatura",
        "",
    )
    assert reading.links == (Link("https://ine.example/a", "the institute"),)


def test_a_page_without_an_article_gives_all_its_visible_text() -> None:
    bare = b"<html><body><div>36 %<script>x</script><br>60 %</div><!-- no --></body></html>"
    reading = read([bare], media_type="text/html")
    assert reading.text.split("\n") == ["36 %", "60 %"]


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("Größe 36 %".encode(), ""),
        ("Größe 36 %".encode(), "utf-8"),
        ("Größe 36 %".encode(), "no-such-charset"),
        ("Größe 36 %".encode("utf-8-sig"), "latin-1"),
        ("Größe 36 %".encode("utf-16"), ""),
        ("Größe 36 %".encode("utf-32"), "utf-8"),
        ("Größe 36 %".encode("latin-1"), "iso-8859-1"),
        ("Größe 36 %".encode("cp1252"), ""),
    ],
)
def test_a_plain_text_is_read_in_its_charset(data: bytes, charset: str) -> None:
    assert read([data], media_type="text/plain", charset=charset).text == "Größe 36 %"


def test_a_charset_in_the_page_is_read() -> None:
    page = '<meta charset="windows-1251"><p>Бедность упала с 60 % до 36 %.</p>'.encode("cp1251")
    assert "Бедность упала с 60 % до 36 %." in read([page], media_type="text/html").text


def test_a_pdf_gives_its_text_page_by_page() -> None:
    reading = read([pdf("Poverty fell to 36", "Growth was 344")], media_type="application/pdf")
    assert reading.extractor == "pypdf"
    first, second = reading.pages
    assert reading.text[first:second].strip() == "Poverty fell to 36"
    assert reading.text[second:].strip() == "Growth was 344"


@pytest.mark.parametrize(
    ("data", "media_type", "code"),
    [
        (b"", "text/html", "text_none"),
        (b"<html></html>", "text/html", "text_none"),
        (b"<?xml version='1.0' encoding='utf-8'?>", "application/xhtml+xml", "text_none"),
        (b"\x00\x01\x02", "text/html", "text_none"),
        (b"<div>" * 100_000, "text/html", "text_none"),
        (b"", "text/plain", "text_none"),
        (b"\x00\x01\x02", "text/plain", "text_none"),
        (b"%PDF-1.7", "application/pdf", "text_damaged"),
        (pdf("x")[:200], "application/pdf", "text_damaged"),
        (pdf(""), "application/pdf", "text_scan"),
        (b"\x89PNG\r\n\x1a\n", "image/png", "text_kind"),
        (b"PK\x03\x04", "application/zip", "text_kind"),
        (b"x" * 3000, "text/plain", "text_too_large"),
    ],
)
def test_a_document_without_text_says_why(data: bytes, media_type: str, code: str) -> None:
    limits = Limits(input=2000 if code == "text_too_large" else 10**7)
    assert read([data], media_type=media_type, limits=limits) == jail.Reading(error_code=code)
    assert jail.WORDS[code].format(media_type=media_type)


def test_null_characters_and_lone_surrogates_are_left_out() -> None:
    page = b"<p>Poverty fell &#xD800;from 60 % to 36 % in all the years &#0;of the government.</p>"
    text = read([page], media_type="text/html").text
    assert "\x00" not in text
    assert text.encode()


def test_a_parser_that_takes_too_long_is_killed() -> None:
    slow = b"%PDF-1.4\n" + b"1 0 obj\n" * 400_000
    bounds = Limits(seconds=0.15, cpu=5)
    reading = read([slow], media_type="application/pdf", limits=bounds)
    assert reading.error_code in {"text_timed_out", "text_none"}


def test_a_parser_without_time_is_killed_and_the_next_is_tried() -> None:
    reading = read([PAGE], media_type="text/html", limits=Limits(seconds=0.0))
    assert reading.error_code == "text_timed_out"


def test_a_parser_that_takes_too_much_memory_is_stopped() -> None:
    little = Limits(memory=120 * 1024 * 1024)
    large = b"<html><body>" + b"<p>word word</p>" * 400_000
    reading = read([large], media_type="text/html", limits=little)
    assert reading.error_code in {"text_memory", "text_crashed", "text_none"}
    assert read([PAGE], media_type="text/html").text


def test_an_answer_over_its_limit_is_refused() -> None:
    reading = read([b"word " * 40_000], media_type="text/plain", limits=Limits(output=100_000))
    assert reading.error_code in {"text_crashed", "text_timed_out"}


@pytest.mark.parametrize("end", [jail.close, lambda: os.kill(nursery_pid(), signal.SIGKILL)])
def test_a_nursery_that_died_is_started_anew(end: Callable[[], None]) -> None:
    assert read([PAGE], media_type="text/html").text
    end()
    readings = [read([PAGE], media_type="text/html") for _ in range(2)]
    assert readings[-1].text


def nursery_pid() -> int:
    process = jail._IDLE.queue[-1]._process
    assert process is not None
    return process.pid


def test_the_children_leave_nothing_behind() -> None:
    read([PAGE], media_type="text/html", limits=Limits(seconds=0.0))
    children = f"/proc/{nursery_pid()}/task/{nursery_pid()}/children"
    with open(children) as file:  # noqa: PTH123 (a file of the kernel)
        assert file.read() == ""


@pytest.mark.parametrize(
    ("media_type", "parsers"),
    [
        ("text/html", ("article", "page")),
        ("application/xhtml+xml", ("article", "page")),
        ("application/pdf", ("pdf",)),
        ("text/csv", ("csv", "plain")),
        ("text/tab-separated-values", ("csv", "plain")),
        (SHEET, ("workbook",)),
        ("application/json", ("plain",)),
        ("application/ld+json", ("plain",)),
        ("application/rss+xml", ("plain",)),
        ("image/svg+xml", ()),
        ("video/mp4", ()),
        ("", ()),
    ],
)
def test_the_media_type_chooses_the_parsers(media_type: str, parsers: tuple[str, ...]) -> None:
    assert parsers_for(media_type) == parsers


def test_documents_are_read_beside_each_other() -> None:
    with ThreadPoolExecutor(6) as pool:
        readings = list(pool.map(lambda _: read([PAGE], media_type="text/html"), range(12)))
    assert {reading.title for reading in readings} == {"Poverty & growth"}
    assert jail._IDLE.qsize() == len(jail._NURSERIES)
