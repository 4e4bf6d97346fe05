import pytest

from sources import blobs, capturing
from sources.archiving.exchanges import heads
from tests.servers.local_site import LocalSite, Page
from tests.sources.clocks import Clock


@pytest.mark.django_db
def test_every_hop_is_read_back_with_its_headers(site: LocalSite, clock: Clock) -> None:
    site.pages["/old"] = Page(b"", status="302 Found", headers=(("Location", "/new"),))
    site.pages["/new"] = Page(b"<p>New.</p>", headers=(("ETag", '"1"'), ("X-Odd", "a: b")))
    asked = capturing.request_capture(url=site.url("/old"), by=None, at=clock())
    capture = capturing.run(request_id=asked.pk, at_clock=clock).capture
    assert capture is not None
    first, last = heads(blobs.read(capture.warc_digest))
    assert (first.request.line, last.request.line) == ("GET /old HTTP/1.1", "GET /new HTTP/1.1")
    assert ("Host", f"127.0.0.1:{site.port}") in first.request.headers
    assert first.answer is not None
    assert last.answer is not None
    assert (first.answer.line, last.answer.line) == ("HTTP/1.1 302 Found", "HTTP/1.1 200 OK")
    assert ("Location", "/new") in first.answer.headers
    assert {("ETag", '"1"'), ("X-Odd", "a: b")} <= set(last.answer.headers)


@pytest.mark.parametrize("data", [b"not a warc", b"\x1f\x8b\x08broken"])
def test_what_is_no_warc_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        heads(data)
