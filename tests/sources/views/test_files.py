import html
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from sources import blobs, extracting, uploading
from sources.forms import UploadForm
from sources.models import Capture, ReadingRequest, Source
from tests import factories
from tests.sources.archiving.reading.test_jail import pdf
from tests.sources.archiving.reading.workbook import workbook
from tests.sources.archiving.test_recognising import PNG
from tests.sources.clocks import Clock
from tests.sources.test_uploading import CSV

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archive(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def client(checker: User) -> Client:
    browser = Client()
    browser.force_login(checker)
    return browser


def said(page: HttpResponseBase) -> str:
    return html.unescape(page.text)  # type: ignore[attr-defined]


def send(client: Client, data: bytes = CSV, name: str = "poverty.csv", title: str = "") -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post("/sources/upload/", {"file": file, "title": title}, follow=True)


def kept(by: User, data: bytes = CSV, name: str = "poverty.csv") -> Capture:
    upload = uploading.keep(data=data, file_name=name, by=by, at=Clock()())
    if upload.reading:
        extracting.run(request_id=upload.reading.pk, clock=Clock())
    return upload.capture


def test_a_file_becomes_a_source_that_waits_to_be_read(client: Client) -> None:
    page = send(client, title="Poverty in Bolivia")
    source = Source.objects.get()
    assert page.redirect_chain[-1][0] == f"/sources/{source.pk}/"
    assert "The file is kept." in said(page)
    assert "Poverty in Bolivia" in said(page)
    assert "“poverty.csv” given by" in said(page)
    assert "A capture is waiting to be read." in said(page)
    assert "Capture it again" not in said(page)
    listed = said(client.get("/sources/"))
    assert "waiting to be read" in listed
    assert "<span>file</span>" in listed


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.csv", TEXTS["upload_empty"]),
        (b"MZ\x90", "a.exe", TEXTS["upload_unsupported"]),
        (b"x" * (2**20 + 5), "a.csv", TEXTS["upload_too_large"].format(limit="1 MB")),
    ],
)
def test_a_refused_file_says_why_and_keeps_the_title(
    client: Client, settings: Any, data: bytes, name: str, words: str
) -> None:
    settings.UPLOAD_MAX_MEGABYTES = 1
    page = send(client, data, name, title="Poverty")
    assert page.status_code == 422
    assert words in said(page)
    assert 'value="Poverty"' in said(page)
    assert not Source.objects.exists()


def test_no_more_of_a_file_is_received_than_shows_that_it_is_too_long(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.UPLOAD_MAX_MEGABYTES = 1
    settings.ARTICLE_MAX_BYTES = 1000
    sizes: list[int] = []

    def measured(form: UploadForm) -> Any:
        sizes.append(form.cleaned_data["file"].size)
        return form.cleaned_data["file"]

    monkeypatch.setattr(UploadForm, "clean_file", measured)
    page = send(client, b"x" * (9 * 2**20), "a.txt")
    assert 2**20 < sizes[0] < 2 * 2**20
    assert TEXTS["upload_too_large"].format(limit="1 MB") in said(page)


def test_who_may_not_check_gives_no_file() -> None:
    browser = Client()
    browser.force_login(factories.person("admin"))
    assert send(browser).status_code == 403
    assert "Add a file" not in said(browser.get("/sources/"))


def test_a_capture_of_a_file_shows_who_gave_it_and_its_table(client: Client, checker: User) -> None:
    capture = kept(checker)
    page = said(client.get(f"/sources/captures/{capture.pk}/"))
    assert "Given by" in page
    assert "poverty.csv" in page
    assert "Server" not in page
    assert '<th scope="col"' in page
    assert f'href="?table={capture.texts.get().tables.get().pk}&rows=1&cell=1-1#chosen"' in page
    assert "Each cell is a link" in page


def test_a_chosen_cell_can_be_used_as_evidence(client: Client, checker: User) -> None:
    capture = kept(checker)
    table = capture.texts.get().tables.get()
    page = said(client.get(f"/sources/captures/{capture.pk}/?table={table.pk}&cell=1-1"))
    assert "2019 · share: " in page
    assert f'href="/cells/{table.pk}/claims/?cell=1-1"' in page
    assert 'aria-current="true"' in page


def test_several_tables_take_as_many_queries_as_one(client: Client, checker: User) -> None:
    def queries(capture: Capture) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/sources/captures/{capture.pk}/").status_code == 200
        return len(captured)

    rows: list[list[Any]] = [["a", "b"], [1, 2]]
    one = kept(checker, workbook(A=rows), "one.xlsx")
    three = kept(checker, workbook(A=rows, B=rows, C=rows), "three.xlsx")
    assert queries(three) == queries(one)
    assert 'aria-label="The tables of this document"' in said(
        client.get(f"/sources/captures/{three.pk}/")
    )


def test_a_picture_is_shown_where_its_bytes_are_one(client: Client, checker: User) -> None:
    capture = kept(checker, PNG, "map.png")
    page = said(client.get(f"/sources/captures/{capture.pk}/"))
    assert f'src="/sources/captures/{capture.pk}/picture/"' in page
    assert "It has no text to quote." in page
    answer = client.get(f"/sources/captures/{capture.pk}/picture/")
    assert (answer.content, answer.headers["Content-Type"]) == (PNG, "image/png")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_drawing_is_never_shown(client: Client, checker: User) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    capture = kept(checker, svg, "map.svg")
    page = said(client.get(f"/sources/captures/{capture.pk}/"))
    assert "it is never shown here" in page
    assert "<img" not in page.partition("<main")[2]
    assert client.get(f"/sources/captures/{capture.pk}/picture/").status_code == 404
    answer = client.get(f"/sources/captures/{capture.pk}/body/")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_page_that_is_called_a_picture_is_not_shown(client: Client) -> None:
    source = Source.objects.create(url="https://host.example/a.png", created_at=factories.AT)
    body = b"<script>alert(1)</script>"
    blobs.keep(body, at=factories.AT)
    capture = factories.capture(source, body, media_type="image/png")
    assert client.get(f"/sources/captures/{capture.pk}/picture/").status_code == 404


def test_a_document_without_text_says_why_and_can_be_tried_again(
    client: Client, checker: User
) -> None:
    capture = kept(checker, pdf(""), "scan.pdf")
    page = said(client.get(f"/sources/captures/{capture.pk}/"))
    assert "it is probably a scan" in page
    failed = ReadingRequest.objects.get()
    answer = client.post(f"/sources/readings/{failed.pk}/retry/", follow=True)
    assert "The document is being read again." in said(answer)
    assert "The document is waiting to be read." in said(answer)
    again = client.post(f"/sources/readings/{failed.pk}/retry/", follow=True)
    assert TEXTS["reading_not_failed"] in said(again)


def test_a_kept_document_can_be_read_again(client: Client, checker: User) -> None:
    capture = kept(checker)
    address = f"/sources/captures/{capture.pk}/"
    assert "Read it again" in said(client.get(address))
    answer = client.post(f"{address}read/", follow=True)
    assert "Earlier texts stay." in said(answer)
    assert "Read it again" not in said(answer)
    clock = Clock()
    clock.move(days=400)
    asked = ReadingRequest.objects.get(state="queued")
    extracting.run(request_id=asked.pk, clock=clock)
    assert "the same text." in said(client.get(address))


def test_an_image_is_not_read_again(client: Client, checker: User) -> None:
    capture = kept(checker, PNG, "map.png")
    answer = client.post(f"/sources/captures/{capture.pk}/read/", follow=True)
    assert TEXTS["reading_no_text"] in said(answer)


def test_what_a_document_says_is_confirmed_with_one_click(client: Client) -> None:
    extracted = factories.extracted_text()
    source = Source.objects.create(url="https://ine.example/", created_at=factories.AT)
    other = factories.capture(source, b"words")
    text = extracted.__class__.objects.create(
        capture=other,
        text="words",
        sha256=factories.sha256(b"words"),
        extractor="text",
        extractor_version="1",
        author="Ana Rojas",
        created_at=factories.AT,
    )
    address = f"/sources/{source.pk}/"
    page = said(client.get(address))
    assert text.author in page
    assert "Author: this is right" in page
    answer = client.post(
        f"{address}details/", {"field": "author", "value": "Ana Rojas"}, follow=True
    )
    assert "Author is confirmed." in said(answer)
    assert "Author: this is right" not in said(answer)
    source.refresh_from_db()
    assert source.author == "Ana Rojas"
    wrong = client.post(f"{address}details/", {"field": "published_on", "value": "x"}, follow=True)
    assert TEXTS["detail_day"] in said(wrong)
    gone = client.post(f"{address}details/", {"field": "author", "value": ""}, follow=True)
    assert "Author was taken away." in said(gone)
