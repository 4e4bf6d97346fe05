from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Barrier, Lock
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from sources import capturing, working
from sources.models import Capture, CaptureRequest
from tests.servers.local_site import LocalSite, Page, Talk

pytestmark = pytest.mark.django_db
HOSTS = 4


@pytest.fixture
def sites(settings: Any, tmp_path: Path) -> Iterator[list[LocalSite]]:
    with ExitStack() as stack:
        running = [stack.enter_context(LocalSite({"/": Page()})) for _ in range(HOSTS)]
        settings.LOOPBACK_PORTS = frozenset(site.port for site in running)
        settings.DATA_DIR, settings.FETCH_ROBOTS = tmp_path, False
        yield running


def ask(site: LocalSite, path: str = "/") -> UUID:
    return capturing.request_capture(url=site.url(path), by=None, at=timezone.now()).pk


def test_pages_of_several_hosts_are_fetched_beside_each_other(sites: list[LocalSite]) -> None:
    together = Barrier(HOSTS)

    def answer(talk: Talk) -> None:
        together.wait(10)  # nobody is answered before all have asked
        talk.send(Page().wire())

    for site in sites:
        site.pages["/"] = answer
    first, *_ = [ask(site) for site in sites]
    assert working.run_many(first=first, at_clock=timezone.now) == HOSTS
    assert set(CaptureRequest.objects.values_list("state", flat=True)) == {"done"}
    assert Capture.objects.count() == HOSTS


def test_one_host_is_asked_for_one_page_at_a_time(sites: list[LocalSite]) -> None:
    site, lock = sites[0], Lock()

    def answer(talk: Talk) -> None:
        assert lock.acquire(blocking=False)
        talk.over.wait(0.02)
        lock.release()
        talk.send(Page().wire())

    for number in range(5):
        site.pages[f"/{number}"] = answer
    first, *_ = [ask(site, f"/{number}") for number in range(5)]
    assert working.run_many(first=first, at_clock=timezone.now) == 5
    assert Capture.objects.count() == 5


def test_a_slow_host_holds_up_nobody_else(sites: list[LocalSite], settings: Any) -> None:
    settings.FETCH_DEADLINE_SECONDS = 0.5
    sites[0].pages["/"] = Talk.wait
    slow, *others = [ask(site) for site in sites]
    assert working.run_many(first=slow, at_clock=timezone.now) == HOSTS
    assert CaptureRequest.objects.get(pk=slow).error_code == "timed_out"
    done = CaptureRequest.objects.filter(pk__in=others, state="done")
    assert done.count() == HOSTS - 1


def test_a_crash_is_raised_when_the_others_are_settled(
    sites: list[LocalSite], settings: Any, tmp_path: Path
) -> None:
    def break_the_store(talk: Talk) -> None:
        incoming = tmp_path / "blobs" / "incoming"
        incoming.parent.mkdir(exist_ok=True)
        incoming.write_text("a file where a directory should be")
        talk.send(Page().wire())

    sites[0].pages["/"] = break_the_store
    sites[1].pages["/"] = Page(b"", status="404 Not Found")
    broken, missing = ask(sites[0]), ask(sites[1])
    with pytest.raises(NotADirectoryError):
        working.run_many(first=broken, at_clock=timezone.now)
    assert CaptureRequest.objects.get(pk=broken).state == "running"
    assert CaptureRequest.objects.get(pk=missing).error_code == "page_not_found"


def test_a_request_that_is_done_or_held_rings_for_nothing(sites: list[LocalSite]) -> None:
    first = ask(sites[0])
    assert working.run_many(first=first, at_clock=timezone.now) == 1
    assert working.run_many(first=first, at_clock=timezone.now) == 0
    assert sites[0].paths() == ["/"]
