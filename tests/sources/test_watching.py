"""The life of a watch: what each look finds, and when the next one is."""

from datetime import timedelta
from typing import Any

import pytest

from factcheck.accounts.models import User
from factcheck.audit.models import Event
from sources import capturing, errands, rechecking, visiting, watching
from sources.models import Blob, Capture, CaptureRequest, Check, Source, Watch
from sources.outcomes import Failure
from sources.watching import AlreadyPausedError, NotPausedError
from tests.servers.local_site import LocalSite, Page, Talk
from tests.sources.clocks import Clock

pytestmark = pytest.mark.django_db

REPORT = b"<!doctype html><title>Report</title><p>Poverty fell from 60% to 36% in 2019.</p>"
TAGGED = (("ETag", '"one"'), ("Last-Modified", "Mon, 02 Mar 2026 09:30:00 GMT"))


def look(source: Source, clock: Clock) -> CaptureRequest:
    """Make the sweeper's request and run it."""
    clock.now = max(clock.now, Watch.objects.get(pk=source.pk).next_at or clock.now)
    assert rechecking.ask_due(at=clock()) == 1
    request = source.requests.get(state="queued")
    while request.state == "queued":
        clock.now = max(clock.now, request.not_before)
        request = capturing.run(request_id=request.pk, at_clock=clock)
    return request


def last(source: Source) -> Check:
    found = source.checks.order_by("-id").first()
    assert found is not None
    return found


def watch_of(source: Source) -> Watch:
    return Watch.objects.get(pk=source.pk)


def days_until_next(source: Source, clock: Clock) -> float:
    found = watch_of(source).next_at
    assert found is not None
    return (found - clock()) / timedelta(days=1)


@pytest.fixture
def source(site: LocalSite, clock: Clock) -> Source:
    """A source with one capture."""
    site.pages["/report"] = Page(REPORT, headers=TAGGED)
    asked = capturing.request_capture(url=site.url("/report"), by=None, at=clock())
    capturing.run(request_id=asked.pk, at_clock=clock)
    return asked.source


def answer_304(talk: Talk) -> None:
    condition = b'\r\nIf-None-Match: "one"\r\nIf-Modified-Since: Mon, 02 Mar 2026 09:30:00 GMT\r\n'
    if condition in talk.request:
        talk.send(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
    else:
        talk.send(Page(REPORT, headers=TAGGED).wire())


def test_a_new_source_is_watched_from_the_start(source: Source, clock: Clock) -> None:
    watch = watch_of(source)
    assert (watch.state, watch.interval, watch.failures) == ("watched", 1, 0)
    assert (watch.etag, watch.last_modified) == ('"one"', "Mon, 02 Mar 2026 09:30:00 GMT")
    assert days_until_next(source, clock) == 1
    assert (last(source).outcome, last(source).capture) == ("first", source.captures.get())


def test_a_quiet_source_is_asked_less_and_less(
    source: Source, site: LocalSite, clock: Clock
) -> None:
    site.pages["/report"] = answer_304
    steps = []
    for _ in range(5):
        assert look(source, clock).state == "unchanged"
        steps.append(days_until_next(source, clock))
    assert steps == [2, 4, 7, 14, 30]
    assert (Capture.objects.count(), Blob.objects.count()) == (1, 2)
    check = last(source)
    assert (check.outcome, check.by_answer) == ("unchanged", True)
    assert (check.capture, check.at) == (source.captures.get(), clock())
    assert watch_of(source).checked_at == clock()


def test_the_same_bytes_are_unchanged_without_the_server_saying_so(
    source: Source, site: LocalSite, clock: Clock
) -> None:
    site.pages["/report"] = Page(REPORT)
    request = look(source, clock)
    assert (request.state, request.capture, request.report["status"]) == ("unchanged", None, 200)
    assert (last(source).outcome, last(source).by_answer) == ("unchanged", False)
    assert Capture.objects.count() == 1


def test_a_changed_page_is_kept_and_looked_at_again_soon(
    source: Source, site: LocalSite, clock: Clock
) -> None:
    look(source, clock)
    site.pages["/report"] = Page(REPORT.replace(b"36%", b"35%"))
    request = look(source, clock)
    assert (request.state, request.requested_by, request.obeys_robots) == ("done", None, True)
    assert (last(source).outcome, last(source).capture) == ("changed", request.capture)
    watch = watch_of(source)
    assert (watch.interval, watch.changed_at, watch.etag) == (1, clock(), "")


def test_other_bytes_with_the_same_words_are_kept_but_count_as_quiet(
    source: Source, site: LocalSite, clock: Clock
) -> None:
    site.pages["/report"] = Page(REPORT.replace(b"<p>", b"<p class='new'>"))
    look(source, clock)
    assert (last(source).outcome, Capture.objects.count()) == ("same_text", 2)
    assert (watch_of(source).interval, watch_of(source).changed_at) == (2, None)


def test_conditions_go_to_the_address_that_gave_them_and_to_no_other(
    site: LocalSite, clock: Clock
) -> None:
    site.pages["/old"] = Page(b"", status="302 Found", headers=(("Location", "/new"),))
    site.pages["/new"] = Page(REPORT, headers=TAGGED)
    asked = capturing.request_capture(url=site.url("/old"), by=None, at=clock())
    capturing.run(request_id=asked.pk, at_clock=clock)
    site.pages["/new"] = answer_304
    assert look(asked.source, clock).state == "unchanged"
    assert [b"If-None-Match" in request for request in site.requests[-2:]] == [False, True]


def test_a_304_that_nobody_asked_for_is_no_answer(
    source: Source, site: LocalSite, clock: Clock
) -> None:
    site.pages["/report"] = Page(REPORT.replace(b"36%", b"35%"), headers=(("ETag", "not quoted"),))
    look(source, clock)
    assert watch_of(source).etag == ""
    site.pages["/report"] = b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
    assert look(source, clock).error_code == "http_error"


def test_a_page_is_dead_after_three_failures_days_apart(
    source: Source, site: LocalSite, clock: Clock, checker: User
) -> None:
    site.pages["/report"] = Page(b"<p>Oops</p>", status="404 Not Found")
    states = []
    for _ in range(3):
        assert look(source, clock).state == "failed"
        states.append((watch_of(source).state, watch_of(source).failures))
        assert last(source).outcome == "gone"
        # Asked again at once it fails again, which does not count.
        again = rechecking.check_now(source=source, by=checker, at=clock())
        capturing.run(request_id=again.pk, at_clock=clock)
    assert states == [("watched", 1), ("watched", 2), ("dead", 3)]
    assert days_until_next(source, clock) == 90
    site.pages["/report"] = Page(REPORT)
    look(source, clock)
    assert (watch_of(source).state, watch_of(source).failures) == ("watched", 0)
    assert last(source).outcome == "back"


def test_a_host_that_cannot_be_reached_is_gone_once_it_is_dead(
    source: Source, site: LocalSite, clock: Clock
) -> None:
    site.pages["/report"] = lambda talk: talk.reset()
    found = []
    for _ in range(3):
        look(source, clock)
        found.append(last(source).outcome)
    assert (found, watch_of(source).state) == (["failed", "failed", "gone"], "dead")


@pytest.mark.parametrize("status", ["401 X", "402 X", "403 X", "429 X"])
def test_a_page_that_is_kept_from_us_is_blocked_and_never_dead(
    source: Source, site: LocalSite, clock: Clock, status: str
) -> None:
    site.pages["/report"] = Page(b"no", status=status)
    for _ in range(5):
        look(source, clock)
        assert (last(source).outcome, watch_of(source).state) == ("blocked", "blocked")
    site.pages["/report"] = Page(REPORT)
    outcomes = []
    for _ in range(2):
        look(source, clock)
        outcomes.append(last(source).outcome)
    assert (watch_of(source).state, outcomes) == ("watched", ["back", "unchanged"])


def test_robots_txt_is_obeyed_by_the_watch_and_blocks_it(
    source: Source, site: LocalSite, clock: Clock, settings: Any
) -> None:
    settings.FETCH_ROBOTS = True
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /", media_type="text/plain")
    assert look(source, clock).error_code == "robots_disallowed"
    assert watch_of(source).state == "blocked"


@pytest.mark.parametrize(
    "page",
    [
        Page(b"<title>Page not found</title><p>Try our search.</p>"),
        Page(b"<title>The Post</title><p>Sorry, this article is no longer available.</p>"),
        Page(b"", status="302 Found", headers=(("Location", "/"),)),
    ],
)
def test_a_page_that_says_it_is_gone_is_gone(
    source: Source, site: LocalSite, clock: Clock, page: Page
) -> None:
    site.pages["/"] = Page(b"<title>The Post</title><p>Today's news.</p>")
    site.pages["/report"] = page
    request = look(source, clock)
    assert (request.state, request.error_code) == ("failed", "page_says_gone")
    assert (last(source).outcome, Capture.objects.count()) == ("gone", 1)
    assert "it is not there any more" in last(source).error_text
    # A person who wants these bytes gets them.
    asked = capturing.request_capture(url=source.url, by=None, at=clock())
    assert capturing.run(request_id=asked.pk, at_clock=clock).state == "done"


def test_a_full_disk_of_ours_says_nothing_of_the_page(source: Source, clock: Clock) -> None:
    request = source.requests.get()
    for _ in range(5):
        clock.move(days=4)
        failure = Failure("disk_full", "There is no room left.", {})
        watching.note_failure(request=request, failure=failure, at=clock())
    assert (watch_of(source).state, watch_of(source).failures) == ("watched", 0)


def test_a_capture_that_is_asked_for_meanwhile_is_made(
    source: Source, site: LocalSite, clock: Clock
) -> None:
    clock.move(days=1)
    rechecking.ask_due(at=clock())
    check = source.requests.get(state="queued")
    held = capturing.take(check.pk, clock, tries=1)
    assert held is not None
    same = capturing.request_capture(url=source.url, by=None, at=clock())
    assert same.pk == check.pk
    site.pages["/report"] = answer_304
    with visiting.leaving(held.turn, clock=clock):
        capturing.settle(held, errands.go(held.errand, clock=clock), clock)
    check.refresh_from_db()
    assert (check.state, check.is_check) == ("queued", False)
    assert capturing.run(request_id=check.pk, at_clock=clock).state == "done"
    assert last(source).outcome == "unchanged"
    assert Capture.objects.count() == 2


def test_a_person_pauses_and_resumes(source: Source, clock: Clock, checker: User) -> None:
    watching.pause(source=source, by=checker, at=clock())
    with pytest.raises(AlreadyPausedError):
        watching.pause(source=source, by=checker, at=clock())
    assert rechecking.ask_due(at=clock.move(days=400)) == 0
    watching.resume(source=source, by=checker, at=clock())
    with pytest.raises(NotPausedError):
        watching.resume(source=source, by=checker, at=clock())
    assert rechecking.ask_due(at=clock()) == 1
    actions = Event.objects.filter(actor_id=checker.pk).order_by("id")
    assert [event.action for event in actions] == ["source.watch_paused", "source.watch_resumed"]


def test_a_paused_source_stays_paused_whatever_is_fetched(
    source: Source, site: LocalSite, clock: Clock, checker: User
) -> None:
    watching.pause(source=source, by=checker, at=clock())
    for page in (Page(REPORT), Page(b"", status="403 X"), Page(b"", status="410 X")):
        site.pages["/report"] = page
        asked = rechecking.check_now(source=source, by=checker, at=clock.move(days=9))
        capturing.run(request_id=asked.pk, at_clock=clock)
        assert (watch_of(source).state, watch_of(source).next_at) == ("paused", None)


def test_a_source_is_watched_closely_and_the_next_look_comes_forward(
    source: Source, clock: Clock, checker: User
) -> None:
    Watch.objects.update(interval=60, next_at=clock() + timedelta(days=60))
    watching.watch(source=source, closely=True, by=checker, at=clock())
    watching.watch(source=source, closely=True, by=checker, at=clock())
    assert (watch_of(source).interval, days_until_next(source, clock)) == (7, 7)
    assert Event.objects.filter(action="source.watched_closely").count() == 1


def test_the_sweeper_asks_once_for_each_source_that_is_due(source: Source, clock: Clock) -> None:
    assert rechecking.ask_due(at=clock()) == 0
    assert rechecking.ask_due(at=clock.move(days=1)) == 1
    assert rechecking.ask_due(at=clock()) == 0
    assert source.requests.filter(state="queued", requested_by=None, is_check=True).count() == 1


def test_a_time_that_a_jumping_clock_wrote_is_due(source: Source, clock: Clock) -> None:
    Watch.objects.update(next_at=clock() + timedelta(days=4000))
    assert rechecking.ask_due(at=clock()) == 1


def test_watching_can_be_switched_off(source: Source, clock: Clock, settings: Any) -> None:
    settings.WATCH_SOURCES = False
    assert rechecking.ask_due(at=clock.move(days=9)) == 0


def test_a_check_is_taken_off_the_queue_once(source: Source, site: LocalSite, clock: Clock) -> None:
    assert watching.to_look_up() == []
    site.pages["/report"] = Page(REPORT.replace(b"36%", b"35%"))
    look(source, clock)
    check = last(source)
    assert watching.to_look_up() == watching.to_look_up(only=check.pk) == [check.pk]
    assert watching.looked_up(check=check, at=clock())
    assert not watching.looked_up(check=check, at=clock())
    assert watching.to_look_up() == []
