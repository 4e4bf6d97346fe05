"""What a rude source does to a capture: a state, a code, words, and nothing lost."""

import gzip
from typing import Any

import pytest

from sources import capturing
from sources.models import Blob, Capture
from tests.servers.local_site import Behaviour, LocalSite, Page, Talk
from tests.sources.clocks import Clock

pytestmark = pytest.mark.django_db
OK = b"HTTP/1.1 200 OK\r\n"
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _bounds(settings: Any) -> None:
    settings.FETCH_DEADLINE_SECONDS, settings.FETCH_MAX_MEGABYTES = 0.4, 1


def stall(talk: Talk) -> None:
    talk.send(OK + b"Content-Length: 100\r\n\r\nhalf")
    talk.wait()


def two_gigabytes(talk: Talk) -> None:
    talk.send(OK + b"\r\n")
    talk.send_until_refused(b"\x00" * MEGABYTE, 2048 * MEGABYTE)


def loop(talk: Talk) -> None:
    talk.send(Page(b"", status="302 Found", headers=(("Location", talk.path),)).wire())


def bomb(talk: Talk) -> None:
    packed = gzip.compress(b"\x00" * 8 * MEGABYTE)
    talk.send(Page(packed, headers=(("Content-Encoding", "gzip"),)).wire())


def two_lengths(talk: Talk) -> None:
    talk.send(OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nok!")


@pytest.mark.parametrize(
    ("behaviour", "state", "code"),
    [
        (stall, "queued", "timed_out"),
        (two_gigabytes, "failed", "too_large"),
        (loop, "failed", "redirect_loop"),
        (bomb, "failed", "decoded_too_large"),
        (two_lengths, "failed", "conflicting_lengths"),
        (lambda talk: talk.reset(), "queued", "connection_closed"),
        (lambda talk: talk.send(b"hello\r\n\r\n"), "failed", "protocol_error"),
    ],
)
def test_a_rude_source_leaves_a_code_and_no_capture(
    site: LocalSite, clock: Clock, behaviour: Behaviour, state: str, code: str
) -> None:
    site.pages["/"] = behaviour
    asked = capturing.request_capture(url=site.url(), by=None, at=clock())
    request = capturing.run(request_id=asked.pk, at_clock=clock)
    assert (request.state, request.error_code) == (state, code)
    assert request.error_text
    assert (request.report["error_code"], request.report["state"]) == (code, "failed")
    assert (request.lease_token, Capture.objects.count(), Blob.objects.count()) == (None, 0, 0)
    site.pages["/"] = Page()
    if state == "failed":
        capturing.retry(request=request, by=None, at=clock())
    clock.now = max(clock.now, request.not_before)
    assert capturing.run(request_id=request.pk, at_clock=clock).state == "done"


def test_a_document_that_hangs_its_parser_is_kept(site: LocalSite, clock: Clock) -> None:
    site.pages["/"] = Page(b"<div>" * 100_000 + b"36 %", media_type="text/html")
    asked = capturing.request_capture(url=site.url(), by=None, at=clock())
    done = capturing.run(request_id=asked.pk, at_clock=clock)
    assert done.state == "done"
    assert done.capture is not None
    assert done.capture.wire_bytes > 500_000
