"""Several workers at once, each with its own connection to the database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from sources import capturing, publishers, rechecking
from sources.archiving import manifests
from sources.models import Capture, CaptureRequest, Publisher, Source
from tests import factories
from tests.servers.local_site import LocalSite, Page

pytestmark = pytest.mark.usefixtures("committed_db")
WORKERS = 6


@pytest.fixture(autouse=True)
def _pages(site: LocalSite) -> None:
    site.pages["/"] = Page()
    for number in range(WORKERS):
        site.pages[f"/{number}"] = Page(f"<p>Page {number}.</p>".encode())


def at_once(jobs: list[Any]) -> list[Any]:
    """Run the jobs at the same moment, each in a thread with a connection of its own."""
    barrier = Barrier(len(jobs))

    def work(job: Any) -> Any:
        barrier.wait(10)
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(work, jobs))


def capture(request_id: UUID) -> str:
    return capturing.run(request_id=request_id, at_clock=timezone.now).state


def ask(url: str) -> UUID:
    return capturing.request_capture(url=url, by=None, at=timezone.now()).pk


def test_many_workers_on_one_request_make_one_capture(site: LocalSite) -> None:
    request_id = ask(site.url())
    states = at_once([lambda: capture(request_id)] * WORKERS)
    assert "done" in states
    request = CaptureRequest.objects.get()
    assert (request.state, request.attempts, Capture.objects.count()) == ("done", 1, 1)
    assert site.paths() == ["/"]


def test_many_people_asking_for_one_page_make_one_request(site: LocalSite) -> None:
    ids = at_once([lambda: ask(site.url())] * WORKERS)
    assert len(set(ids)) == 1
    assert (Source.objects.count(), CaptureRequest.objects.count()) == (1, 1)


def test_captures_that_finish_together_make_one_chain(site: LocalSite) -> None:
    ids = [ask(site.url(f"/{number}")) for number in range(WORKERS)]
    states = at_once([lambda pk=pk: capture(pk) for pk in ids])
    assert states == ["done"] * WORKERS
    captures = list(Capture.objects.order_by("number"))
    assert [item.number for item in captures] == list(range(1, WORKERS + 1))
    previous = [manifests.GENESIS, *(item.manifest_digest for item in captures)]
    assert [item.previous_manifest_digest for item in captures] == previous[:-1]


def test_many_sweepers_at_once_ask_once_for_each_source(site: LocalSite) -> None:
    for number in range(WORKERS):
        ask(site.url(f"/{number}"))
    for request in CaptureRequest.objects.all():
        capture(request.pk)
    later = timezone.now() + timedelta(days=2)
    asked = at_once([lambda: rechecking.ask_due(at=later)] * WORKERS)
    assert sum(asked) == WORKERS
    assert CaptureRequest.objects.filter(state="queued", is_check=True).count() == WORKERS


def test_people_who_set_owners_together_close_no_circle() -> None:
    by, now = factories.person(), timezone.now()
    rows = [publishers.add(name=f"Paper {n}", by=by, at=now) for n in range(WORKERS)]

    def own(place: int) -> bool:
        owner = rows[(place + 1) % WORKERS]
        try:
            publishers.set_owner(publisher=rows[place], owner=owner, by=by, at=now)
        except publishers.PublisherOwnerError:
            return False
        return True

    done = at_once([lambda place=place: own(place) for place in range(WORKERS)])
    # All but the one that would have closed it.
    assert sorted(done) == [False] + [True] * (WORKERS - 1)
    assert Publisher.objects.filter(owner=None).count() == 1
