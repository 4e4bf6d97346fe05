from datetime import timedelta

import pytest
from django.test import Client

from factcheck.accounts.models import User
from sources import blobs, capturing
from sources.archiving import showing
from sources.models import Capture, ExtractedText
from tests import factories
from tests.servers.local_site import LocalSite, Page
from tests.sources.clocks import Clock

pytestmark = pytest.mark.django_db
HTML = "<!doctype html><title>Report</title><p>Zürich has <b>36 %</b>.</p><script>x()</script>"


@pytest.fixture
def client(checker: User) -> Client:
    browser = Client()
    browser.force_login(checker)
    return browser


@pytest.fixture
def capture(site: LocalSite, clock: Clock) -> Capture:
    site.pages["/old"] = Page(b"", status="302 Found", headers=(("Location", "/report"),))
    site.pages["/report"] = Page(HTML.encode("cp1252"), media_type="text/html; charset=iso-8859-1")
    return again(site, clock)


def again(site: LocalSite, clock: Clock) -> Capture:
    asked = capturing.request_capture(url=site.url("/old"), by=None, at=clock())
    done = capturing.run(request_id=asked.pk, at_clock=clock)
    assert done.capture is not None
    return done.capture


def test_the_page_stands_in_a_sandbox_without_any_allowance(
    client: Client, capture: Capture
) -> None:
    page = client.get(f"/sources/captures/{capture.pk}/?view=page")
    address = f"/sources/captures/{capture.pk}/page/"
    assert (
        f'<iframe class="archived" sandbox="" referrerpolicy="no-referrer" src="{address}"'
        in page.text
    )
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "frame-src" not in client.get("/sources/")["Content-Security-Policy"]


def test_the_archived_page_is_handed_out_for_a_frame_alone(
    client: Client, capture: Capture
) -> None:
    address = f"/sources/captures/{capture.pk}/page/"
    framed = client.get(address, headers={"Sec-Fetch-Dest": "iframe"})
    assert {name: framed[name] for name in showing.HEADERS} == showing.HEADERS
    assert framed["Content-Type"] == "text/html; charset=utf-8"
    assert "<p>Zürich has <b>36 %</b>.</p>" in framed.content.decode()
    assert not framed.cookies
    alone = client.get(address, headers={"Sec-Fetch-Dest": "document"})
    assert (alone.status_code, alone["Location"]) == (302, f"/sources/captures/{capture.pk}/")
    assert Client().get(address).status_code == 302


def test_only_web_pages_are_shown_as_pages(client: Client) -> None:
    text = factories.extracted_text()
    page = client.get(f"/sources/captures/{text.capture_id}/?view=page")
    assert "No page to show" in page.text
    framed = client.get(f"/sources/captures/{text.capture_id}/page/")
    assert framed.content == b"This page is not shown."


def test_a_page_whose_bytes_are_lost_says_so(client: Client, capture: Capture) -> None:
    blobs.disk().path(capture.body_digest).unlink()
    framed = client.get(f"/sources/captures/{capture.pk}/page/")
    assert b"cannot be read" in framed.content


def test_every_hop_stands_there_with_its_headers(client: Client, capture: Capture) -> None:
    page = client.get(f"/sources/captures/{capture.pk}/?view=wire").text
    for shown in (
        "GET /old HTTP/1.1",
        "HTTP/1.1 302 Found",
        "Location: /report",
        "GET /report HTTP/1.1",
        "Content-Type: text/html; charset=iso-8859-1",
        "127.0.0.1",
        "none: not encrypted",
        "2 Jan 2026, 03:04:05",
        capture.manifest["hops"][1]["response_sha256"],
    ):
        assert shown in page


def test_hops_without_a_warc_file_still_say_what_was_sealed(
    client: Client, capture: Capture
) -> None:
    blobs.disk().path(capture.warc_digest).unlink()
    page = client.get(f"/sources/captures/{capture.pk}/?view=wire").text
    assert "too large or cannot be read here" in page
    assert capture.manifest["hops"][0]["response_sha256"] in page


def test_integrity_is_verified_on_demand(client: Client, capture: Capture) -> None:
    address = f"/sources/captures/{capture.pk}/integrity/"
    assert "Verify now" in client.get(f"/sources/captures/{capture.pk}/").text
    whole = client.get(address).text
    assert "those that were sealed" in whole
    assert "Provenance" in whole
    fragment = client.get(address, headers={"HX-Request": "true"}).text
    assert "those that were sealed" in fragment
    assert "Provenance" not in fragment


def test_integrity_names_a_flipped_byte(client: Client, capture: Capture) -> None:
    path = blobs.disk().path(capture.body_digest)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(data))
    page = client.get(f"/sources/captures/{capture.pk}/integrity/").text
    assert "Something is wrong." in page
    assert "blob_damaged" in page


@pytest.mark.parametrize(
    ("part", "name"), [("body", ".bin"), ("warc", ".warc.gz"), ("text", ".txt")]
)
def test_downloads_are_attachments(client: Client, capture: Capture, part: str, name: str) -> None:
    answer = client.get(f"/sources/captures/{capture.pk}/{part}/")
    assert answer["Content-Disposition"].endswith(f'{name}"')
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_quote_leads_to_its_place_on_the_live_page(client: Client, capture: Capture) -> None:
    text = ExtractedText.objects.get(capture=capture)
    start = text.text.index("36 %")
    page = client.get(f"/sources/captures/{capture.pk}/?quote={start}-{start + 4}")
    assert f'href="{capture.final_url}#:~:text=' in page.text


def test_a_quote_in_a_pdf_leads_to_its_page(client: Client) -> None:
    found = factories.extracted_text("One.\n\nTwo.\n\nThree.")
    pdf = ExtractedText.objects.create(
        capture=factories.capture(found.capture.source, b"%PDF-"),
        text=found.text,
        sha256=found.sha256,
        extractor="pypdf",
        extractor_version="6",
        pages=[0, 6, 12],
        created_at=factories.AT,
    )
    page = client.get(f"/sources/captures/{pdf.capture_id}/?quote=6-9")
    assert f'href="{pdf.capture.final_url}#page=2"' in page.text


@pytest.mark.parametrize("quote", ["9-3", "0-99999", "x-y", "-", "1", "3-3"])
def test_a_quote_that_is_none_is_passed_over(client: Client, quote: str) -> None:
    text = factories.extracted_text()
    page = client.get(f"/sources/captures/{text.capture_id}/?quote={quote}")
    assert (page.status_code, "<mark" in page.text) == (200, False)


def test_two_captures_are_compared_word_by_word(
    client: Client, site: LocalSite, clock: Clock, capture: Capture
) -> None:
    site.pages["/report"] = Page(HTML.replace("36 %", "35 %").encode())
    clock.move(days=1)
    later = again(site, clock)
    source = capture.source_id
    for address in (
        f"/sources/{source}/compare/",
        f"/sources/{source}/compare/?old={capture.pk}&new={later.pk}",
        f"/sources/{source}/compare/?old={later.pk}&new={capture.pk}",
        f"/sources/{source}/compare/?old=x",
    ):
        page = client.get(address).text
        assert '<del><span class="visually-hidden">removed: </span>36</del>' in page
        assert '<ins><span class="visually-hidden">added: </span>35</ins>' in page
    link = f"/sources/{source}/compare/?old={capture.pk}&amp;new={later.pk}"
    assert link in client.get(f"/sources/captures/{later.pk}/").text
    listed = client.get(f"/sources/{source}/").text
    assert f'name="old" value="{capture.pk}" checked' in listed
    assert f'name="new" value="{later.pk}" checked' in listed


def test_a_comparison_says_what_it_cannot_do(client: Client) -> None:
    text = factories.extracted_text()
    source = text.capture.source
    address = f"/sources/{source.pk}/compare/"
    assert "Only one capture" in client.get(address).text
    factories.capture(source, b"nothing to read")
    assert "No texts to compare" in client.get(address).text


def test_the_same_text_is_called_the_same(client: Client) -> None:
    text = factories.extracted_text()
    factories.check(text.capture.source, text=text.text)
    page = client.get(f"/sources/{text.capture.source_id}/compare/").text
    assert "The texts are the same; only the bytes around them differ." in page


def test_a_very_long_comparison_is_cut(client: Client) -> None:
    text = factories.extracted_text("\n".join(f"old {number}" for number in range(2000)))
    factories.check(text.capture.source, text="\n".join(f"new {number}" for number in range(2000)))
    page = client.get(f"/sources/{text.capture.source_id}/compare/").text
    assert "2500 more paragraphs are left out" in page


def test_what_a_source_says_is_never_markup_in_a_comparison(client: Client) -> None:
    text = factories.extracted_text("<script>a()</script> stays.\nOld words here.")
    factories.check(text.capture.source, text="<script>a()</script> stays.\nNew <i>words</i> here.")
    page = client.get(f"/sources/{text.capture.source_id}/compare/").text
    assert "<script>a" not in page
    assert "<i>" not in page


def test_captures_are_named_by_their_time(client: Client, clock: Clock) -> None:
    found = factories.extracted_text()
    assert found.capture.captured_at - factories.AT == timedelta(0)
    assert "2 Mar 2026, 09:30:00" in client.get(f"/sources/{found.capture.source_id}/").text
