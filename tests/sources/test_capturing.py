import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import rfc8785

from factcheck.audit.models import Event
from sources import blobs, capturing, schedule
from sources.addressing import AddressRefusedError
from sources.archiving import manifests
from sources.models import Blob, Capture, CaptureRequest, ExtractedText, Source
from sources.states import TRANSITIONS, RequestState
from tests.servers.local_site import LocalSite, Page, Talk

from .clocks import Clock

BODY = b"<!doctype html><title>Poverty</title><p>Poverty fell from 60% to 36%.</p>"
SHA = hashlib.sha256(BODY).hexdigest()

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _page(site: LocalSite) -> None:
    site.pages["/"] = Page(BODY)


def asked(site: LocalSite, clock: Clock, path: str = "/") -> UUID:
    return capturing.request_capture(url=site.url(path), by=None, at=clock()).pk


def actions() -> list[str]:
    return list(Event.objects.order_by("id").values_list("action", flat=True))


def test_a_capture_keeps_the_page_its_wire_bytes_and_its_text(
    site: LocalSite, clock: Clock
) -> None:
    request = capturing.run(request_id=asked(site, clock), at_clock=clock)
    capture = request.capture
    assert capture is not None
    assert (request.state, request.error_code, request.attempts) == ("done", "", 1)
    assert (request.lease_token, request.lease_until, request.finished_at) == (None, None, clock())
    assert (capture.url, capture.final_url, capture.status) == (site.url(), site.url(), 200)
    assert (capture.digest, capture.body_digest, blobs.read(capture.body_digest)) == (
        SHA,
        SHA,
        BODY,
    )
    assert (capture.peer_address, capture.media_type) == ("127.0.0.1", "text/html")
    assert blobs.read(capture.warc_digest).startswith(b"\x1f\x8b")
    text = ExtractedText.objects.get(capture=capture)
    assert (text.text, text.title) == ("Poverty fell from 60% to 36%.", "Poverty")
    assert text.sha256 == hashlib.sha256(text.text.encode()).hexdigest()
    assert (text.extractor, request.text_error_code) == ("trafilatura", "")
    assert actions() == ["capture.requested", "capture.started", "capture.stored"]


def test_manifests_form_a_chain_of_canonical_digests(site: LocalSite, clock: Clock) -> None:
    for path in ("/", "/b", "/c"):
        site.pages[path] = Page(BODY)
        capturing.run(request_id=asked(site, clock, path), at_clock=clock)
    captures = list(Capture.objects.order_by("number"))
    assert [capture.number for capture in captures] == [1, 2, 3]
    previous = manifests.GENESIS
    for capture in captures:
        assert capture.previous_manifest_digest == previous == capture.manifest["previous"]
        canonical = rfc8785.dumps(capture.manifest)
        assert capture.manifest_digest == hashlib.sha256(canonical).hexdigest()
        previous = capture.manifest_digest
    assert captures[0].manifest["body"] == {"sha256": SHA, "bytes": len(BODY)}
    assert captures[0].manifest["warc"]["sha256"] == captures[0].warc_digest
    assert Blob.objects.count() == 1 + 3


def test_a_second_delivery_finds_nothing_to_do(site: LocalSite, clock: Clock) -> None:
    request_id = asked(site, clock)
    first = capturing.run(request_id=request_id, at_clock=clock)
    second = capturing.run(request_id=request_id, at_clock=clock)
    assert (first.capture, second.attempts) == (second.capture, 1)
    assert (Capture.objects.count(), site.paths()) == (1, ["/"])


def test_a_source_has_one_open_request_and_one_row(site: LocalSite, clock: Clock) -> None:
    first = asked(site, clock)
    assert capturing.request_capture(url=f"  {site.url()}#top ", by=None, at=clock()).pk == first
    capturing.run(request_id=first, at_clock=clock)
    again = asked(site, clock)
    assert again != first
    capturing.run(request_id=again, at_clock=clock)
    assert (Source.objects.count(), Capture.objects.count(), Blob.objects.count()) == (1, 2, 3)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://10.0.0.1/", "address_refused"),
        ("http://127.0.0.1:1/", "address_refused"),
        ("http://localhost/", "address_refused"),
        ("http://example.com:22/", "port_refused"),
        ("http://2130706433/", "url_numeric_host"),
        ("file:///etc/passwd", "url_scheme"),
        ("", "url_shape"),
        ("http://u:p@example.com/", "url_credentials"),
    ],
)
def test_an_address_that_is_never_fetched_is_refused_at_once(
    site: LocalSite, clock: Clock, url: str, reason: str
) -> None:
    with pytest.raises(AddressRefusedError) as caught:
        capturing.request_capture(url=url, by=None, at=clock())
    assert (caught.value.reason, caught.value.family) == (reason, "refused")
    assert caught.value.text
    assert (Source.objects.count(), CaptureRequest.objects.count(), site.paths()) == (0, 0, [])


@pytest.mark.parametrize(
    ("status", "code"), [("404 Not Found", "page_not_found"), ("403 Forbidden", "page_blocked")]
)
def test_a_permanent_failure_closes_the_request(
    site: LocalSite, clock: Clock, status: str, code: str
) -> None:
    site.pages["/"] = Page(b"no", status=status)
    request = capturing.run(request_id=asked(site, clock), at_clock=clock)
    assert (request.state, request.error_code, request.capture) == ("failed", code, None)
    assert (request.finished_at, request.report["status"]) == (clock(), int(status[:3]))
    assert request.error_text
    assert actions()[-1] == "capture.failed"


def test_a_redirect_inside_is_refused_and_closes_the_request(site: LocalSite, clock: Clock) -> None:
    inside = (("Location", "http://169.254.169.254/latest/"),)
    site.pages["/"] = Page(b"", status="302 Found", headers=inside)
    request = capturing.run(request_id=asked(site, clock), at_clock=clock)
    assert (request.state, request.error_code) == ("failed", "address_refused")
    assert request.report["state"] == "refused"


def test_a_passing_failure_is_tried_again_later_and_later(site: LocalSite, clock: Clock) -> None:
    site.pages["/"] = Page(b"", status="503 Busy")
    request_id = asked(site, clock)
    waits = []
    for _ in range(schedule.MAX_ATTEMPTS - 1):
        request = capturing.run(request_id=request_id, at_clock=clock)
        assert (request.state, request.error_code) == ("queued", "server_error")
        assert capturing.due(at=clock()) == []
        assert capturing.run(request_id=request_id, at_clock=clock).attempts == request.attempts
        waits.append((request.not_before - clock()).total_seconds())
        clock.now = request.not_before
        assert capturing.due(at=clock()) == [request_id]
    assert waits == [30, 120, 480]
    request = capturing.run(request_id=request_id, at_clock=clock)
    assert (request.state, request.error_code, request.attempts) == ("failed", "server_error", 4)
    assert actions()[-2:] == ["capture.started", "capture.failed"]


@pytest.mark.parametrize(("asks", "waits"), [("100", 100), ("5", 30), ("86400", 3600)])
def test_retry_after_is_honoured_up_to_a_cap(
    site: LocalSite, clock: Clock, asks: str, waits: int
) -> None:
    site.pages["/"] = Page(b"", status="429 Slow down", headers=(("Retry-After", asks),))
    request = capturing.run(request_id=asked(site, clock), at_clock=clock)
    assert (request.not_before - clock()).total_seconds() == waits


def test_a_worker_that_died_is_taken_over_when_its_lease_runs_out(
    site: LocalSite, clock: Clock
) -> None:
    request_id = asked(site, clock)
    assert capturing._claim(request_id, token=uuid4(), at=clock())
    assert capturing.due(at=clock()) == []
    assert capturing.run(request_id=request_id, at_clock=clock).state == "running"
    clock.move(seconds=151)
    assert capturing.due(at=clock()) == [request_id]
    request = capturing.run(request_id=request_id, at_clock=clock)
    assert (request.state, request.attempts, Capture.objects.count()) == ("done", 2, 1)


def test_a_document_that_kills_its_worker_fails_after_its_attempts(
    site: LocalSite, clock: Clock
) -> None:
    request_id = asked(site, clock)
    for _ in range(schedule.MAX_ATTEMPTS):
        assert capturing._claim(request_id, token=uuid4(), at=clock())
        clock.move(seconds=151)
    request = capturing.run(request_id=request_id, at_clock=clock)
    assert (request.state, request.error_code) == ("failed", "attempts_spent")
    assert (request.attempts, capturing.due(at=clock()), site.paths()) == (4, [], [])
    assert actions()[-1] == "capture.failed"


def test_only_the_holder_of_the_lease_may_finish(site: LocalSite, clock: Clock) -> None:
    request_id = asked(site, clock)

    def outlive(talk: Talk) -> None:
        site.pages["/"] = Page(BODY)
        taken_over.append(True)
        talk.send(Page(b"<p>the slow worker's page</p>").wire())

    taken_over: list[bool] = []
    site.pages["/"] = outlive
    clock_of_slow = SlowClock(clock, request_id)
    request = capturing.run(request_id=request_id, at_clock=clock_of_slow)
    assert taken_over == [True]
    assert request.state == "running"
    assert (Capture.objects.count(), ExtractedText.objects.count()) == (0, 0)
    clock.move(seconds=400)
    assert capturing.run(request_id=request_id, at_clock=clock).state == "done"
    assert Capture.objects.get().digest == SHA


class SlowClock:
    """Lets another worker take the row over as soon as it has been claimed."""

    def __init__(self, clock: Clock, request_id: UUID) -> None:
        self._clock = clock
        self._claimed = CaptureRequest.objects.filter(pk=request_id, state="running", attempts=1)
        self._request_id = request_id

    def __call__(self) -> datetime:
        if self._claimed.exists():
            self._clock.move(seconds=200)
            assert capturing._claim(self._request_id, token=uuid4(), at=self._clock())
        return self._clock()


def test_a_failing_worker_that_lost_its_lease_changes_nothing(
    site: LocalSite, clock: Clock
) -> None:
    site.pages["/"] = Page(b"", status="404 Not Found")
    request_id = asked(site, clock)
    request = capturing.run(request_id=request_id, at_clock=SlowClock(clock, request_id))
    assert (request.state, request.error_code) == ("running", "")


def test_a_failed_request_is_tried_again_by_a_person(site: LocalSite, clock: Clock) -> None:
    site.pages["/"] = Page(b"", status="404 Not Found")
    failed = capturing.run(request_id=asked(site, clock), at_clock=clock)
    again = capturing.retry(request=failed, by=None, at=clock.move(minutes=1))
    assert (again.state, again.attempts, again.finished_at) == ("queued", 0, None)
    assert capturing.due(at=clock()) == [again.pk]
    site.pages["/"] = Page(BODY)
    done = capturing.run(request_id=again.pk, at_clock=clock)
    assert (done.state, done.error_code) == ("done", "")
    with pytest.raises(capturing.NotFailedError):
        capturing.retry(request=done, by=None, at=clock())


def test_a_failed_request_waits_its_turn_behind_an_open_one(site: LocalSite, clock: Clock) -> None:
    site.pages["/"] = Page(b"", status="404 Not Found")
    failed = capturing.run(request_id=asked(site, clock), at_clock=clock)
    asked(site, clock)
    with pytest.raises(capturing.AlreadyWaitingError):
        capturing.retry(request=failed, by=None, at=clock())


def test_a_document_without_text_is_kept_all_the_same(site: LocalSite, clock: Clock) -> None:
    site.pages["/"] = Page(b"%PDF-1.7 broken", media_type="application/pdf")
    request = capturing.run(request_id=asked(site, clock), at_clock=clock)
    assert (request.state, request.text_error_code) == ("done", "text_damaged")
    assert request.text_error
    assert request.capture is not None
    assert not request.capture.texts.exists()


def test_a_store_that_cannot_be_written_loses_nothing(
    site: LocalSite, clock: Clock, settings: Any, tmp_path: Path
) -> None:
    request_id = asked(site, clock)
    settings.DATA_DIR = Path("/dev/full")
    with pytest.raises(OSError, match="Not a directory"):
        capturing.run(request_id=request_id, at_clock=clock)
    assert (CaptureRequest.objects.get().state, Capture.objects.count()) == ("running", 0)
    settings.DATA_DIR = tmp_path
    clock.move(seconds=200)
    assert capturing.run(request_id=request_id, at_clock=clock).state == "done"


def test_every_transition_is_in_the_table() -> None:
    assert {state: set(after) for state, after in TRANSITIONS.items()} == {
        RequestState.QUEUED: {"running"},
        RequestState.RUNNING: {"running", "queued", "done", "unchanged", "failed"},
        RequestState.DONE: set(),
        RequestState.UNCHANGED: set(),
        RequestState.FAILED: {"queued"},
    }
    with pytest.raises(ValueError, match="cannot go from done to queued"):
        capturing._move(uuid4(), RequestState.DONE, RequestState.QUEUED)
