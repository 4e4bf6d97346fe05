from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from factcheck.sweeping import QUEUES
from sources import beating, capturing
from sources.beating import SILENCE
from sources.states import Process

pytestmark = pytest.mark.django_db


def status() -> tuple[int, list[str]]:
    out = StringIO()
    try:
        call_command("status", stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def test_a_desk_without_processes_says_so() -> None:
    code, lines = status()
    assert code == 1
    assert lines[:3] == ["worker: never seen", "sweeper: never seen", "beat: never seen"]


def test_what_is_up_what_is_gone_and_what_waits() -> None:
    now = timezone.now()
    for process in (Process.WORKER, Process.SWEEPER):
        beating.beat(process=process, at=now)
    beating.beat(process=Process.BEAT, at=now - SILENCE - timedelta(seconds=1))
    capturing.request_capture(url="https://news.example/a", by=None, at=now)
    code, lines = status()
    assert code == 1
    assert lines[0].startswith("worker: up, seen ")
    assert lines[2].startswith("beat: gone, last seen ")
    waiting = {queue.name: 0 for queue in QUEUES} | {"captures": 1}
    assert lines[3:] == [f"{name} due now: {count}" for name, count in waiting.items()]
    beating.beat(process=Process.BEAT, at=now)
    assert status()[0] == 0
