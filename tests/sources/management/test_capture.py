import hashlib
import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from sources.models import Capture
from tests.servers.local_site import LocalSite, Page, Talk

ROOT = Path(__file__).resolve().parents[3]
BODY = b"<!doctype html><title>Poverty</title><p>Poverty fell from 60% to 36%.</p>"


@pytest.fixture(autouse=True)
def _page(site: LocalSite) -> None:
    site.pages["/"] = Page(BODY)


def run(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    out, code = io.StringIO(), 0
    try:
        call_command("capture", *arguments, "--format", "json", stdout=out)
    except SystemExit as ended:
        code = int(str(ended.code))
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.django_db
def test_a_stored_page_is_told_in_one_line(site: LocalSite) -> None:
    code, (answer,) = run(site.url())
    capture = Capture.objects.get()
    assert code == 0
    assert answer["state"] == "stored"
    assert answer["digest"] == hashlib.sha256(BODY).hexdigest()
    assert answer["capture"] == str(capture.pk)
    assert answer["manifest_digest"] == capture.manifest_digest
    assert (answer["status"], answer["peer_address"]) == (200, "127.0.0.1")
    assert [hop["status"] for hop in answer["hops"]] == [200]


@pytest.mark.django_db
def test_what_fails_and_what_is_refused_is_told_as_well(site: LocalSite) -> None:
    code, answers = run(site.url("/missing"), "http://10.0.0.1/", "nonsense")
    assert code == 1
    assert [(a["state"], a["error_code"], a["digest"]) for a in answers] == [
        ("failed", "page_not_found", ""),
        ("refused", "address_refused", ""),
        ("refused", "url_shape", ""),
    ]
    assert all(answer["error_text"] for answer in answers)


def test_fetching_alone_needs_no_database(site: LocalSite) -> None:
    code, answers = run("--no-store", site.url(), site.url("/missing"), "http://[::1]/")
    assert code == 1
    assert [(a["state"], a["error_code"]) for a in answers] == [
        ("stored", ""),
        ("failed", "page_not_found"),
        ("refused", "address_refused"),
    ]
    assert set(answers[0]) == set(answers[2])


def test_words_are_for_people(site: LocalSite) -> None:
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("capture", "--no-store", site.url(), site.url("/missing"), stdout=out)
    first, second, third = out.getvalue().splitlines()
    assert first.startswith("stored  200  ")
    assert second.startswith("failed  page_not_found  ")
    assert third == "  There is no page at this address (404)."


def alone(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with 130 MB of heap and no more.

    A variable that is given as empty is taken out of the environment.
    """
    heap = 130 * 1024 * 1024
    return subprocess.run(
        [sys.executable, "manage.py", "capture", *arguments, "--format", "json"],
        cwd=ROOT,
        env={key: value for key, value in {**os.environ, **environment}.items() if value},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (heap, heap)),
    )


def test_two_gigabytes_end_in_a_code_within_130_megabytes() -> None:
    def pour(talk: Talk) -> None:
        talk.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        talk.send_until_refused(b"x" * 1024 * 1024, 2 * 1024**3)

    with LocalSite({"/": pour, "/page": Page(BODY)}) as site:
        ports = str(site.port)
        done = alone(
            "--no-store",
            site.url("/"),
            site.url("/page"),
            FACTCHECK_LOOPBACK_PORTS=ports,
            DATABASE_URL="",
        )
    assert (done.returncode, done.stderr) == (1, "")
    large, page = map(json.loads, done.stdout.splitlines())
    assert (large["state"], large["error_code"]) == ("failed", "too_large")
    assert large["wire_bytes"] < 70 * 1024 * 1024
    assert page["state"] == "stored"


def test_a_database_that_is_away_is_told_without_a_traceback() -> None:
    away = "postgresql://nobody@127.0.0.1:1/nothing"
    done = alone("http://example.com/", DATABASE_URL=away)
    assert (done.returncode, done.stderr) == (1, "")
    answer = json.loads(done.stdout)
    assert (answer["state"], answer["error_code"]) == ("failed", "database_unavailable")
