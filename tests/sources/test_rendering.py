"""Renderings: the row's way from asked to drawn, with a browser of the tests' own."""

import stat
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck import sweeping
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from sources import blobs, capturing, rendering, visiting
from sources.models import Blob, Capture, Rendering
from tests.servers.local_site import LocalSite, Page
from tests.sources.clocks import Clock

pytestmark = pytest.mark.django_db

PICTURE = b"\x89PNG\r\n\x1a\n" + b"drawn"
# What is asked of a browser: a picture where it was told, the document on its standard output.
BROWSER = """#!{python}
import os, sys, time
told = dict(word.partition("=")[::2] for word in sys.argv[1:] if word.startswith("--"))
if "--version" in told:
    print("Browser 1.0 built on a test")
    raise SystemExit
how = open({how!r}).read()
if how == "crash":
    os.abort()
if how == "hang":
    time.sleep(600)
if how != "blank":
    open(told["--screenshot"], "wb").write({picture!r})
    print("<p>" + sys.argv[-1] + "</p>")
"""


@pytest.fixture
def how(tmp_path: Path, settings: Any) -> Path:
    """A file that says what the browser does."""
    program, told = tmp_path / "browser", tmp_path / "how"
    told.write_text("draw")
    program.write_text(BROWSER.format(python=sys.executable, how=str(told), picture=PICTURE))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    settings.RENDERING, settings.RENDERING_BROWSER = True, str(program)
    return told


@pytest.fixture
def capture(site: LocalSite, clock: Clock, how: Path) -> Capture:
    site.pages["/"] = Page()
    return captured(site, clock)


def captured(site: LocalSite, clock: Clock, path: str = "/") -> Capture:
    asked = capturing.request_capture(url=site.url(path), by=None, at=clock())
    done = capturing.run(request_id=asked.pk, at_clock=clock)
    assert done.capture is not None
    return done.capture


def ask(capture: Capture, clock: Clock, by: User | None = None) -> Rendering:
    return rendering.request_rendering(capture=capture, by=by, at=clock())


def run(row: Rendering, clock: Clock) -> Rendering:
    return rendering.run(rendering_id=row.pk, at_clock=clock)


def actions() -> list[str]:
    events = Event.objects.filter(action__startswith="rendering.").order_by("pk")
    return list(events.values_list("action", flat=True))


def test_a_page_is_drawn_and_both_forms_are_kept(capture: Capture, clock: Clock) -> None:
    done = run(ask(capture, clock), clock)
    assert (done.state, done.error_code, done.attempts) == ("done", "", 1)
    assert blobs.read(done.picture_id or "") == PICTURE
    assert blobs.read(done.document_id or "").decode() == f"<p>{capture.final_url}</p>\n"
    assert done.browser == "Browser 1.0"
    assert done.report == {"requests": 0, "wire_bytes": 0, "refused": []}
    assert (done.lease_token, done.finished_at) == (None, clock())
    assert actions() == ["rendering.requested", "rendering.started", "rendering.stored"]


def test_nothing_of_the_capture_changes(capture: Capture, clock: Clock) -> None:
    before = Capture.objects.filter(pk=capture.pk).values().get()
    run(ask(capture, clock), clock)
    assert Capture.objects.filter(pk=capture.pk).values().get() == before


def test_it_is_off_unless_it_is_switched_on(capture: Capture, clock: Clock, settings: Any) -> None:
    row = ask(capture, clock)
    settings.RENDERING = False
    with pytest.raises(rendering.RenderingOffError):
        ask(capture, clock)
    with pytest.raises(rendering.RenderingOffError):
        rendering.retry(rendering=row, by=None, at=clock())
    assert rendering.due(at=clock()) == []
    assert run(row, clock).state == "queued"


def test_only_pages_are_drawn(site: LocalSite, clock: Clock, how: Path) -> None:
    site.pages["/a.pdf"] = Page(b"%PDF-1.7", media_type="application/pdf")
    capture = captured(site, clock, "/a.pdf")
    assert not rendering.may_render(capture)
    with pytest.raises(rendering.NotAPageError):
        ask(capture, clock)


def test_one_rendering_of_a_capture_is_open_at_a_time(capture: Capture, clock: Clock) -> None:
    first = ask(capture, clock)
    assert ask(capture, clock).pk == first.pk
    run(first, clock)
    assert ask(capture, clock).pk != first.pk


def test_a_second_delivery_finds_nothing_to_do(capture: Capture, clock: Clock) -> None:
    row = ask(capture, clock)
    run(row, clock)
    assert run(row, clock).attempts == 1
    assert actions().count("rendering.stored") == 1


@pytest.mark.parametrize(
    ("does", "code"), [("crash", "render_crashed"), ("blank", "render_no_page")]
)
def test_a_failure_that_may_pass_is_tried_again_and_then_given_up(
    capture: Capture, clock: Clock, how: Path, does: str, code: str
) -> None:
    how.write_text(does)
    row = run(ask(capture, clock), clock)
    assert (row.state, row.error_code, row.attempts) == ("queued", code, 1)
    assert row.not_before == clock() + rendering.WAIT
    assert run(row, clock).attempts == 1
    for _ in range(2):
        clock.move(minutes=2)
        row = run(row, clock)
    assert (row.state, row.attempts, row.error_code) == ("failed", 3, code)
    assert row.error_text
    how.write_text("draw")
    again = rendering.retry(rendering=row, by=None, at=clock())
    assert (again.state, again.attempts) == ("queued", 0)
    assert run(again, clock).state == "done"


def test_a_browser_that_hangs_is_ended(
    capture: Capture, clock: Clock, how: Path, settings: Any
) -> None:
    how.write_text("hang")
    settings.RENDERING_SECONDS = 0.3
    row = run(ask(capture, clock), clock)
    assert (row.state, row.error_code) == ("queued", "render_timed_out")


def test_a_machine_without_a_browser_says_so(capture: Capture, clock: Clock, settings: Any) -> None:
    settings.RENDERING_BROWSER = "no-such-browser"
    row = run(ask(capture, clock), clock)
    assert (row.state, row.error_code) == ("failed", "render_no_browser")


def test_only_what_failed_is_tried_again(capture: Capture, clock: Clock) -> None:
    row = ask(capture, clock)
    with pytest.raises(rendering.NotFailedError):
        rendering.retry(rendering=row, by=None, at=clock())


def test_a_retry_beside_an_open_one_is_refused(
    capture: Capture, clock: Clock, settings: Any
) -> None:
    browser, settings.RENDERING_BROWSER = settings.RENDERING_BROWSER, "no-such-browser"
    failed = run(ask(capture, clock), clock)
    settings.RENDERING_BROWSER = browser
    ask(capture, clock)
    with pytest.raises(rendering.AlreadyWaitingError):
        rendering.retry(rendering=failed, by=None, at=clock())


def leased(row: Rendering, clock: Clock, *, attempts: int) -> None:
    """Leave the row as a worker leaves it that died."""
    rows = Rendering.objects.filter(pk=row.pk)
    rows.update(
        state="running",
        attempts=attempts,
        lease_token=uuid4(),
        lease_until=clock() + timedelta(minutes=4),
    )


def test_a_dead_workers_row_is_taken_over(capture: Capture, clock: Clock) -> None:
    row = ask(capture, clock)
    leased(row, clock, attempts=1)
    assert run(row, clock).state == "running"
    clock.move(minutes=5)
    done = run(row, clock)
    assert (done.state, done.attempts) == ("done", 2)


def test_a_page_that_kills_its_workers_never_loops(capture: Capture, clock: Clock) -> None:
    row = ask(capture, clock)
    leased(row, clock, attempts=rendering.MAX_ATTEMPTS)
    clock.move(minutes=5)
    ended = run(row, clock)
    assert (ended.state, ended.error_code) == ("failed", "render_attempts_spent")
    assert rendering.due(at=clock()) == []


def test_a_worker_that_lost_its_lease_leaves_nothing(capture: Capture, clock: Clock) -> None:
    row, before = ask(capture, clock), Blob.objects.count()

    def late() -> datetime:
        """Tell the time, and meanwhile let another worker take the row over."""
        Rendering.objects.filter(pk=row.pk, state="running").update(lease_token=uuid4())
        return clock()

    ended = rendering.run(rendering_id=row.pk, at_clock=late)
    assert (ended.state, Blob.objects.count()) == ("running", before)
    assert "rendering.stored" not in actions()


def test_a_row_waits_while_somebody_is_at_its_host(
    capture: Capture, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visiting, "_BETWEEN", 0)
    row = ask(capture, clock)
    minute = timedelta(minutes=1)
    turn = visiting.enter(url=capture.url, visitor=uuid4(), at=clock(), within=minute)
    assert turn is not None
    waiting = run(row, clock)
    assert (waiting.state, waiting.attempts) == ("queued", 0)
    assert waiting.not_before > clock()
    visiting.leave(turn, at=clock())
    clock.move(seconds=2)
    assert run(row, clock).state == "done"


def test_the_sweeper_finds_what_no_bell_reached(capture: Capture, clock: Clock) -> None:
    row = ask(capture, clock)
    queue = next(queue for queue in sweeping.QUEUES if queue.name == "renderings")
    assert queue.due(clock()) == [row.pk]
    assert (queue.bell.name, UUID(str(row.pk))) == ("sources.run_rendering", row.pk)


def test_due_is_one_query_however_many_wait(capture: Capture, clock: Clock) -> None:
    ask(capture, clock)
    with CaptureQueriesContext(connection) as queries:
        rendering.due(at=clock())
    assert len(queries) == 1
