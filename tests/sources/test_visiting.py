from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from factcheck.accounts.models import User
from factcheck.audit.models import Event
from sources import capturing, visiting
from sources.models import CaptureRequest, Host
from tests.servers.local_site import LocalSite, Page
from tests.sources.clocks import Clock

pytestmark = pytest.mark.django_db
PUBLIC = "https://news.example/a"
MINUTE = timedelta(minutes=1)
ROBOTS = b"User-agent: Factcheck\nDisallow: /private\n"


def enter(clock: Clock, *, url: str = PUBLIC, visitor: UUID | None = None) -> visiting.Turn | None:
    return visiting.enter(url=url, visitor=visitor or uuid4(), at=clock(), within=MINUTE)


def test_one_worker_at_a_time_is_at_a_host(clock: Clock) -> None:
    turn = enter(clock)
    assert turn is not None
    assert turn.origin == "https://news.example"
    assert enter(clock) is None
    assert enter(clock, url="https://other.example/") is not None
    assert enter(clock, url="http://news.example/") is None
    assert enter(clock, url="https://news.example:8443/") is None


def test_a_host_is_left_alone_for_a_while(clock: Clock) -> None:
    turn = enter(clock)
    assert turn is not None
    visiting.leave(turn, at=clock())
    assert enter(clock) is None
    clock.move(seconds=1)
    assert enter(clock) is not None


def test_the_turn_of_a_worker_that_died_runs_out(clock: Clock) -> None:
    dead = enter(clock)
    assert dead is not None
    clock.move(seconds=61)
    alive = enter(clock)
    assert alive is not None
    visiting.leave(dead, at=clock())
    assert Host.objects.get(pk=alive.host).visitor == alive.visitor


def test_our_own_machine_needs_no_rest(clock: Clock) -> None:
    for url in ("http://127.0.0.1:8000/", "http://[::1]:8000/"):
        turn = enter(clock, url=url)
        assert turn is not None
        visiting.leave(turn, at=clock())
        assert enter(clock, url=url) is not None


@pytest.fixture
def polite(site: LocalSite, settings: Any) -> LocalSite:
    settings.FETCH_ROBOTS = True
    site.pages.update({"/robots.txt": Page(ROBOTS), "/": Page(), "/private": Page()})
    return site


def run(site: LocalSite, clock: Clock, path: str, **how: Any) -> tuple[str, str]:
    asked = capturing.request_capture(url=site.url(path), by=None, at=clock(), **how)
    request = capturing.run(request_id=asked.pk, at_clock=clock)
    return request.state, request.error_code


def test_robots_is_asked_once_a_day_and_obeyed(polite: LocalSite, clock: Clock) -> None:
    assert run(polite, clock, "/") == ("done", "")
    assert run(polite, clock, "/private") == ("failed", "robots_disallowed")
    assert polite.paths() == ["/robots.txt", "/"]
    assert Host.objects.get().robots_text == ROBOTS.decode()
    clock.move(hours=25)
    run(polite, clock, "/")
    assert polite.paths() == ["/robots.txt", "/", "/robots.txt", "/"]


def test_a_person_is_answered_all_the_same_and_that_is_logged(
    polite: LocalSite, clock: Clock
) -> None:
    assert run(polite, clock, "/private", obey_robots=False) == ("done", "")
    event = Event.objects.get(action="capture.robots_overridden")
    assert event.data == {"url": polite.url("/private"), "reason": "robots_disallowed"}


def test_a_person_who_tries_again_asks_for_the_page(polite: LocalSite, clock: Clock) -> None:
    person = User.objects.create_user("ana", password="x", role="checker")
    assert run(polite, clock, "/private", obey_robots=True) == ("failed", "robots_disallowed")
    failed = CaptureRequest.objects.get()
    capturing.retry(request=failed, by=person, at=clock())
    assert capturing.run(request_id=failed.pk, at_clock=clock).state == "done"


def test_a_person_who_asks_for_what_waits_already_is_heard(polite: LocalSite, clock: Clock) -> None:
    person = User.objects.create_user("ana", password="x", role="checker")
    url = polite.url("/private")
    first = capturing.request_capture(url=url, by=None, at=clock())
    again = capturing.request_capture(url=url, by=person, at=clock())
    assert again.pk == first.pk
    assert capturing.run(request_id=first.pk, at_clock=clock).state == "done"


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "302 Found"])
def test_a_host_without_rules_forbids_nothing(polite: LocalSite, clock: Clock, status: str) -> None:
    polite.pages["/robots.txt"] = Page(b"Disallow: /", status=status)
    assert run(polite, clock, "/private") == ("done", "")


def test_a_host_in_trouble_is_asked_again_later(polite: LocalSite, clock: Clock) -> None:
    polite.pages["/robots.txt"] = Page(b"", status="503 Busy")
    assert run(polite, clock, "/") == ("queued", "robots_unavailable")
    polite.pages["/robots.txt"] = Page(ROBOTS)
    clock.move(minutes=11)
    assert run(polite, clock, "/") == ("done", "")


def test_a_row_waits_while_another_worker_is_at_its_host(
    site: LocalSite, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visiting, "_BETWEEN", 0)
    site.pages["/"] = Page()
    asked = capturing.request_capture(url=site.url(), by=None, at=clock())
    turn = enter(clock, url=site.url())
    assert turn is not None
    waiting = capturing.run(request_id=asked.pk, at_clock=clock)
    assert (waiting.state, waiting.attempts, site.paths()) == ("queued", 0, [])
    assert waiting.not_before == clock() + timedelta(seconds=1)
    visiting.leave(turn, at=clock())
    assert capturing.due(at=clock.move(seconds=1)) == [asked.pk]
    assert capturing.run(request_id=asked.pk, at_clock=clock).state == "done"


def test_a_host_that_asks_for_rest_is_left_alone_by_every_row(
    site: LocalSite, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visiting, "_BETWEEN", 0)
    busy = Page(b"", status="429 Too Many Requests", headers=(("Retry-After", "600"),))
    site.pages.update({"/busy": busy, "/": Page()})
    assert run(site, clock, "/busy") == ("queued", "rate_limited")
    asked = capturing.request_capture(url=site.url(), by=None, at=clock())
    waiting = capturing.run(request_id=asked.pk, at_clock=clock)
    assert (waiting.state, waiting.attempts) == ("queued", 0)
    assert waiting.not_before == clock() + timedelta(seconds=600)
    clock.move(seconds=600)
    assert capturing.run(request_id=asked.pk, at_clock=clock).state == "done"
    assert site.paths() == ["/busy", "/"]


def test_a_rest_has_an_end_whatever_a_host_asks_for(site: LocalSite, clock: Clock) -> None:
    forever = (("Retry-After", "999999999"),)
    site.pages["/"] = Page(b"", status="503 Busy", headers=forever)
    assert run(site, clock, "/") == ("queued", "server_error")
    assert Host.objects.get().next_at == clock() + timedelta(hours=1)
