"""Kill -9 at every stage, a full disk, an emptied broker, a clock that jumps: nothing is lost.

What is asserted after each: the request completes, there is one capture, no name in the store
stands for anything but its bytes, and the archive verifies.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from redis import Redis

from factcheck import sweeping
from factcheck.audit.models import Event
from sources import blobs, capturing, queueing, replicating, stamping, verifying
from sources.models import Blob, Capture, CaptureRequest, DayStamp, Replica
from sources.tasks import run_capture
from tests.servers import archive_elsewhere, time_stamping
from tests.servers.local_site import LocalSite, Page
from tests.sources.clocks import Clock
from tests.sources.dying import killed_at, without_room

pytestmark = pytest.mark.usefixtures("committed_db")
PICTURE = Page(b"\x89PNG not for reading", media_type="image/png")
ARTICLE = Page(b"<!doctype html><title>Poverty</title><p>Poverty fell from 60% to 36%.</p>")


def ask(site: LocalSite, clock: Clock, page: Page = PICTURE, path: str = "/") -> CaptureRequest:
    site.pages[path] = page
    return capturing.request_capture(url=site.url(path), by=None, at=clock())


def names(root: Path) -> set[str]:
    return {path.name for path in root.rglob("*") if path.is_file()}


def assert_whole(request: CaptureRequest, tmp_path: Path) -> Capture:
    """Assert that the request made one capture and that the archive is as it should be."""
    request.refresh_from_db()
    assert (request.state, request.error_code) == ("done", "")
    capture = Capture.objects.get(source=request.source)
    assert request.capture == capture
    stored = Event.objects.filter(action="capture.stored", target_id=str(request.pk))
    assert stored.count() == 1
    assert list(verifying.verify_archive()) == []
    # Blobs of an attempt that died may lie there without a row, but never under a wrong name.
    for path in (tmp_path / "blobs").glob("??/*"):
        assert list(verifying.verify_blob(path.name)) == []
    assert set(Blob.objects.values_list("pk", flat=True)) <= names(tmp_path / "blobs")
    return capture


FETCHING = [
    "sources.visiting.enter return",
    "sources.capturing._claim return",
    "sources.fetching.exchanging.exchange call",
    "sources.fetching.client.fetch return",
    "sources.archiving.blobs.BlobStore._write return",
    "sources.archiving.blobs.BlobStore._settle call",
    "sources.archiving.blobs.BlobStore._settle return",
    "sources.archiving.warc.records call",
    "sources.archiving.reading.jail.read call",
    "sources.archiving.reading.jail.read return",
    "sources.capturing.settle call",
    "sources.sealing.seal call",
    "sources.sealing.seal return",
    "sources.capturing._finish return",
]


@pytest.mark.parametrize("point", FETCHING)
def test_a_worker_killed_while_it_fetches(
    site: LocalSite, clock: Clock, tmp_path: Path, point: str
) -> None:
    request = ask(site, clock)
    assert killed_at(point, lambda: capturing.run(request_id=request.pk, at_clock=clock))
    assert not Capture.objects.exists()
    clock.move(seconds=django_settings.CAPTURE_LEASE_SECONDS + 1)
    assert capturing.due(at=clock()) == [request.pk]
    capturing.run(request_id=request.pk, at_clock=clock)
    assert_whole(request, tmp_path)


@pytest.mark.parametrize(
    "point", ["sources.sealing.keep_text return", "sources.visiting.leave call"]
)
def test_a_worker_killed_around_its_commit(
    site: LocalSite, clock: Clock, tmp_path: Path, point: str
) -> None:
    """Before it everything is done again, with its text; after it nothing is."""
    request = ask(site, clock, ARTICLE)
    assert killed_at(point, lambda: capturing.run(request_id=request.pk, at_clock=clock))
    clock.move(seconds=django_settings.CAPTURE_LEASE_SECONDS + 1)
    capturing.run(request_id=request.pk, at_clock=clock)
    capture = assert_whole(request, tmp_path)
    assert capture.texts.count() == 1
    assert site.paths() == (["/"] if "leave" in point else ["/", "/"])


def test_what_a_killed_worker_left_half_written_is_tidied_up(
    site: LocalSite, clock: Clock, tmp_path: Path
) -> None:
    request = ask(site, clock)
    point = "sources.archiving.blobs.BlobStore._write return"
    assert killed_at(point, lambda: capturing.run(request_id=request.pk, at_clock=clock))
    (left,) = (tmp_path / "blobs" / "incoming").iterdir()
    assert blobs.tidy(at=clock()) == 0
    os.utime(left, times=(clock().timestamp(),) * 2)
    assert blobs.tidy(at=clock() + timedelta(hours=23)) == 0
    assert blobs.tidy(at=clock() + timedelta(hours=25)) == 1
    assert names(tmp_path / "blobs") == set()


def test_a_disk_that_is_full(site: LocalSite, clock: Clock, tmp_path: Path) -> None:
    """The kernel refuses to let the file grow: nothing by halves, and it is tried again."""
    large = Page(os.urandom(300_000), media_type="image/png")
    request = ask(site, clock, large)
    assert without_room(100_000, lambda: capturing.run(request_id=request.pk, at_clock=clock))
    request.refresh_from_db()
    assert (request.state, request.error_code) == ("queued", "disk_full")
    assert request.error_text == "There is no room left on the disk to keep the page."
    assert names(tmp_path) == set()
    clock.move(seconds=31)
    capturing.run(request_id=request.pk, at_clock=clock)
    assert_whole(request, tmp_path)


def test_a_broker_that_is_emptied(site: LocalSite, clock: Clock) -> None:
    request = ask(site, clock)
    broker: Redis = Redis.from_url(django_settings.REDIS_URL)
    with broker:
        run_capture.delay(str(request.pk))
        broker.flushall()
        assert not broker.keys("factcheck.*")
        assert sweeping.sweep(at=clock())["captures"] == 1
        lists = [key for key in broker.keys("factcheck.*") if broker.type(key) == b"list"]
        messages = [str(message) for key in lists for message in broker.lrange(key, 0, -1)]
        assert any(str(request.pk) in message for message in messages)
        broker.flushall()


@pytest.mark.parametrize("days", [-400, -3, 3, 400])
def test_a_clock_that_jumps(site: LocalSite, clock: Clock, tmp_path: Path, days: int) -> None:
    """A request that waits, and one whose worker died, do not wait for the clock to come back."""
    waiting, held = ask(site, clock, path="/a"), ask(site, clock, path="/b")
    site.pages["/a"] = Page(b"", status="503 Busy")
    capturing.run(request_id=waiting.pk, at_clock=clock)
    site.pages["/a"] = PICTURE
    point = "sources.sealing.seal call"
    assert killed_at(point, lambda: capturing.run(request_id=held.pk, at_clock=clock))
    clock.move(days=days)
    assert set(capturing.due(at=clock())) == {waiting.pk, held.pk}
    for request in (waiting, held):
        capturing.run(request_id=request.pk, at_clock=clock)
        assert_whole(request, tmp_path)
    # Numbers, not times, make the chain.
    assert list(Capture.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_flipped_byte_is_named(site: LocalSite, clock: Clock, tmp_path: Path) -> None:
    request = ask(site, clock, ARTICLE)
    capturing.run(request_id=request.pk, at_clock=clock)
    capture = assert_whole(request, tmp_path)
    for digest in (capture.body_digest, capture.warc_digest):
        path = blobs.disk().path(digest)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0x01
        path.chmod(0o644)
        path.write_bytes(data)
    found = {(problem.code, problem.place) for problem in verifying.verify_archive()}
    assert found == {("blob_damaged", capture.body_digest), ("blob_damaged", capture.warc_digest)}


WORKING = [
    "sources.asking.ask return",
    "sources.queueing.finish call",
]


STAMPING = ["sources.stamping._stamp call", "sources.archiving.blobs.BlobStore._settle call"]


@pytest.mark.parametrize("point", [*STAMPING, *WORKING])
def test_a_worker_killed_while_it_stamps(
    site: LocalSite, clock: Clock, tmp_path: Path, settings: Any, point: str
) -> None:
    done = capturing.run(request_id=ask(site, clock).pk, at_clock=clock)
    clock.move(days=1)
    place = tmp_path / "authority"
    place.mkdir()
    with time_stamping.serving(place) as authority:
        settings.TSA_URL, settings.TSA_ROOTS = authority.url, str(authority.root)
        (stamp,) = stamping.plan(at=clock())
        assert_taken_over(point, lambda: stamping.run(stamp_id=stamp.pk, clock=clock), clock)
        stamp.refresh_from_db()
        assert (stamp.state, stamp.attempts, stamp.capture) == ("done", 2, done.capture)
        assert list(verifying.verify_archive()) == []
    assert Event.objects.filter(action="stamp.done").count() == DayStamp.objects.count() == 1


@pytest.mark.parametrize("point", ["sources.replicating._work call", *WORKING])
def test_a_worker_killed_while_it_replicates(
    site: LocalSite, clock: Clock, settings: Any, point: str
) -> None:
    source = ask(site, clock).source
    with archive_elsewhere.serving() as elsewhere:
        settings.TIMEMAP_URL = elsewhere.timemap
        elsewhere.knows(source.url, [("https://archive.example/1", clock())])
        row = replicating.request(source=source, kind="lookup", by=None, at=clock())
        assert_taken_over(point, lambda: replicating.run(replica_id=row.pk, clock=clock), clock)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.copies) == ("done", 2, 1)
    assert Event.objects.filter(action="replica.done").count() == Replica.objects.count() == 1


def assert_taken_over(point: str, work: Callable[[], object], clock: Clock) -> None:
    """Assert that a worker killed at `point` is replaced once its lease has run out, not before."""
    assert killed_at(point, work)
    work()
    clock.move(seconds=queueing.LEASE.total_seconds() + 1)
    work()
