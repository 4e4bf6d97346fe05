"""A real worker, killed in the middle of a capture: the capture completes once."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from factcheck import sweeping
from factcheck.audit.models import Event
from sources import blobs, capturing
from sources.beating import Processes
from sources.models import Capture, CaptureRequest, ExtractedText
from sources.states import Process
from sources.tasks import run_capture
from tests.servers.local_site import LocalSite, Page, Talk

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("committed_db")]

ROOT = Path(__file__).resolve().parents[2]
BODY = b"<!doctype html><title>Poverty</title><p>Poverty fell from 60% to 36%.</p>"
LEASE = 2


def database_url() -> str:
    """Return the tests' own database as a URL that another process can use."""
    known = connection.settings_dict
    names = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    query = {name: known[key] for name, key in names.items() if known[key]}
    return f"postgresql:///{known['NAME']}?{urlencode(query)}"


@pytest.fixture
def start_worker(site: LocalSite, tmp_path: Path) -> Iterator[Callable[[], int]]:
    """Start a worker; all that were started are killed in the end."""
    groups: list[subprocess.Popen[bytes]] = []
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "REDIS_URL": django_settings.REDIS_URL,
        "FACTCHECK_DATA_DIR": str(tmp_path),
        "FACTCHECK_LOOPBACK_PORTS": str(site.port),
        "FACTCHECK_FETCH_ROBOTS": "false",
        "FACTCHECK_CAPTURE_LEASE_SECONDS": str(LEASE),
    }

    def start() -> int:
        celery = [sys.executable, "-m", "celery", "-A", "factcheck.celery:app", "worker"]
        with (tmp_path / "worker.log").open("ab") as log:
            process = subprocess.Popen(
                [*celery, "--concurrency", "1", "--without-mingle", "--without-gossip"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        groups.append(process)
        return process.pid

    yield start
    for process in groups:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(holds: Callable[[], bool], *, within: float = 90) -> None:
    end = monotonic() + within
    while not holds():
        assert monotonic() < end, "it did not come to pass"
        sleep(0.05)


def test_a_capture_whose_worker_is_killed_completes_once(
    site: LocalSite, start_worker: Callable[[], int]
) -> None:
    site.pages["/"] = Talk.wait
    request = capturing.request_capture(url=site.url(), by=None, at=timezone.now())
    run_capture.delay(str(request.pk))
    worker = start_worker()
    until(lambda: site.paths() == ["/"])
    # It has its hands full, and is seen to be up all the same.
    until(lambda: Processes(timezone.now()).is_up(Process.WORKER))
    os.killpg(worker, signal.SIGKILL)
    request.refresh_from_db()
    assert (request.state, request.attempts) == ("running", 1)
    assert not Capture.objects.exists()

    served: list[str] = []

    def serve(talk: Talk) -> None:
        served.append(talk.path)
        talk.send(Page(BODY).wire())

    site.pages["/"] = serve
    start_worker()
    # Both wake it: the sweeper, and the broker's own redelivery, should it come as well.
    until(lambda: _swept(request))
    run_capture.delay(str(request.pk))
    site.pages["/other"] = Page(BODY)
    other = capturing.request_capture(url=site.url("/other"), by=None, at=timezone.now())
    run_capture.delay(str(other.pk))
    # One worker answers its bells in order: once the other is done, so is the second delivery.
    until(lambda: CaptureRequest.objects.get(pk=other.pk).state == "done")
    request.refresh_from_db()
    capture = Capture.objects.get(source=request.source)
    assert (request.attempts, request.capture, served) == (2, capture, ["/"])
    assert blobs.read(capture.body_digest) == BODY
    assert ExtractedText.objects.filter(capture=capture).count() == 1
    stored = Event.objects.filter(action="capture.stored", target_id=str(request.pk))
    assert stored.count() == 1


def _swept(request: CaptureRequest) -> bool:
    sweeping.sweep(at=timezone.now())
    sleep(0.3)
    return CaptureRequest.objects.get(pk=request.pk).state == "done"
