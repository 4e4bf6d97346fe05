"""Time stamps, by a real authority on loopback."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from factcheck import sweeping
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from sources import blobs, capturing, queueing, stamping, verifying
from sources.archiving import timestamps
from sources.models import Capture, DayStamp
from tests.servers import time_stamping
from tests.servers.local_site import LocalSite, Page, Talk
from tests.servers.time_stamping import Authority
from tests.sources.clocks import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with time_stamping.serving(tmp_path_factory.mktemp("authority")) as authority:
        yield authority


@pytest.fixture
def authority(running: Authority, site: LocalSite, settings: Any) -> Authority:
    running.site.pages["/tsa"] = running.stamps
    running.accept("sha256")
    settings.TSA_URL, settings.TSA_ROOTS = running.url, str(running.root)
    for number in range(4):
        site.pages[f"/{number}"] = Page(f"<p>Page {number}.</p>".encode())
    return running


def keep(site: LocalSite, clock: Clock, path: str) -> Capture:
    asked = capturing.request_capture(url=site.url(path), by=None, at=clock())
    done = capturing.run(request_id=asked.pk, at_clock=clock)
    assert done.capture is not None
    return done.capture


@pytest.fixture
def planned(authority: Authority, site: LocalSite, clock: Clock) -> DayStamp:
    """The row of a day with two captures, on the morning after."""
    keep(site, clock, "/0")
    keep(site, clock, "/1")
    clock.move(days=1)
    (stamp,) = stamping.plan(at=clock())
    return stamp


def codes() -> list[str]:
    return [problem.code for problem in verifying.verify_archive()]


def forge(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def test_a_finished_day_is_stamped_by_its_newest_capture(planned: DayStamp, clock: Clock) -> None:
    head = Capture.objects.get(number=2)
    assert (planned.day, planned.capture, planned.digest) == (
        date(2026, 1, 2),
        head,
        head.manifest_digest,
    )
    assert stamping.due(at=clock()) == [planned.pk]
    before = datetime.now(UTC) - timedelta(seconds=2)
    done = stamping.run(stamp_id=planned.pk, clock=clock)
    assert (done.state, done.attempts, done.error_code) == ("done", 1, "")
    assert done.stamped_at is not None
    assert before <= done.stamped_at
    assert done.authority.startswith("127.0.0.1:")
    assert codes() == []
    assert stamping.covering(Capture.objects.get(number=1)) == done
    assert Event.objects.filter(action="stamp.done").get().data["digest"] == planned.digest


def test_openssl_itself_verifies_the_stamp(
    planned: DayStamp, authority: Authority, clock: Clock, tmp_path: Path
) -> None:
    done = stamping.run(stamp_id=planned.pk, clock=clock)
    token = tmp_path / "token.tsr"
    token.write_bytes(blobs.read(done.token_digest))
    verify = ["openssl", "ts", "-verify", "-in", str(token), "-CAfile", str(authority.root)]
    said = subprocess.run([*verify, "-digest", done.digest], capture_output=True, check=False)
    assert said.returncode == 0, said.stderr
    other = subprocess.run([*verify, "-digest", "0" * 64], capture_output=True, check=False)
    assert other.returncode != 0


def test_a_second_delivery_asks_nobody(
    planned: DayStamp, authority: Authority, clock: Clock
) -> None:
    stamping.run(stamp_id=planned.pk, clock=clock)
    asked = len(authority.site.paths())
    assert stamping.run(stamp_id=planned.pk, clock=clock).attempts == 1
    assert len(authority.site.paths()) == asked


def test_each_day_gets_one_row_and_a_day_without_captures_none(
    planned: DayStamp, site: LocalSite, clock: Clock
) -> None:
    assert stamping.plan(at=clock()) == []
    keep(site, clock, "/2")
    assert stamping.plan(at=clock()) == []
    clock.move(days=3)
    keep(site, clock, "/3")
    clock.move(days=1)
    days = [stamp.day.day for stamp in stamping.plan(at=clock())]
    assert sorted(days) == [3, 6]
    assert stamping.plan(at=clock()) == []


def test_with_none_before_only_the_last_day_is_stamped(
    authority: Authority, site: LocalSite, clock: Clock
) -> None:
    for number in range(3):
        keep(site, clock, f"/{number}")
        clock.move(days=1)
    (stamp,) = stamping.plan(at=clock())
    assert (stamp.day, stamp.capture.number) == (date(2026, 1, 4), 3)


def test_a_clock_that_jumps_loses_no_capture_from_the_stamps(
    planned: DayStamp, site: LocalSite, clock: Clock
) -> None:
    """Set back by two days and on again: what was captured meanwhile is covered by the next."""
    clock.move(days=-2)
    back = keep(site, clock, "/2")
    assert stamping.plan(at=clock()) == []
    clock.move(days=2)
    keep(site, clock, "/3")
    clock.move(days=1)
    (after,) = stamping.plan(at=clock())
    assert after.capture.number == back.number + 1
    stamping.run(stamp_id=after.pk, clock=clock)
    assert stamping.covering(back) == DayStamp.objects.get(pk=after.pk)


def test_the_sweeper_plans_and_rings(authority: Authority, site: LocalSite, clock: Clock) -> None:
    keep(site, clock, "/0")
    clock.move(days=1)
    assert sweeping.sweep(at=clock())["time stamps"] == 1


def test_without_an_authority_nothing_is_planned(
    planned: DayStamp, clock: Clock, settings: Any
) -> None:
    settings.TSA_URL = ""
    clock.move(days=1)
    assert (stamping.plan(at=clock()), stamping.due(at=clock())) == ([], [])
    with pytest.raises(stamping.StampsOffError, match="stamps_off"):
        stamping.retry(stamp=planned, by=User(), at=clock())


BUSY = Page(b"", status="503 Busy", headers=(("Retry-After", "900"),)).wire()
MOVED = Page(b"", status="302 Found", headers=(("Location", "/a"),)).wire()


@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        (BUSY, "queued server_error"),
        (Page(b"", status="429 Slower").wire(), "queued rate_limited"),
        (Page(b"", status="403 No").wire(), "failed service_refused"),
        (Page(b"", status="404 No").wire(), "failed service_not_found"),
        (MOVED, "failed service_moved"),
        (Page(b"no stamp").wire(), "failed service_answer_unreadable"),
        (Page(b"").wire(), "failed service_answer_unreadable"),
        (Page(b"0" * 300_000).wire(), "failed service_answer_too_large"),
        (Page(b"0" * 9).wire()[:-3], "queued service_answer_cut"),
        (Talk.reset, "queued connection_closed"),
    ],
)
def test_an_authority_that_misbehaves(
    planned: DayStamp, authority: Authority, clock: Clock, answer: Any, ends: str
) -> None:
    authority.site.pages["/tsa"] = answer
    row = stamping.run(stamp_id=planned.pk, clock=clock)
    assert (f"{row.state} {row.error_code}", row.token_id) == (ends, None)
    assert row.error_text
    if row.state == "queued":
        pause = timedelta(seconds=900) if answer == BUSY else queueing.FIRST_WAIT
        assert row.not_before == clock() + pause


def test_a_slow_authority_is_given_up_within_the_deadline(
    planned: DayStamp, authority: Authority, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.asking._DEADLINE", 0.2)
    authority.site.pages["/tsa"] = Talk.wait
    assert stamping.run(stamp_id=planned.pk, clock=clock).error_code == "timed_out"


def test_a_refusal_is_told_in_the_authority_s_words(
    planned: DayStamp, authority: Authority, clock: Clock
) -> None:
    authority.accept("sha512")
    row = stamping.run(stamp_id=planned.pk, clock=clock)
    assert (row.state, row.error_code) == ("failed", "stamp_refused")
    assert row.error_text.startswith("The authority gave no time stamp: ")


def test_a_stamp_of_something_else_is_not_taken(
    planned: DayStamp, authority: Authority, clock: Clock
) -> None:
    """A true stamp, replayed: of another digest, or of an earlier question."""
    other = authority.reply(timestamps.query(b"another").content)
    authority.site.pages["/tsa"] = authority.says(other)
    assert stamping.run(stamp_id=planned.pk, clock=clock).error_code == "stamp_wrong"


def test_a_stamp_of_an_authority_that_is_not_trusted_is_not_taken(
    planned: DayStamp, clock: Clock, settings: Any
) -> None:
    settings.TSA_ROOTS = "tests/servers/certificates/authority.pem"
    row = stamping.run(stamp_id=planned.pk, clock=clock)
    assert (row.state, row.error_code) == ("failed", "stamp_untrusted")


@pytest.mark.parametrize("roots", ["", "nowhere.pem", "README.md"])
def test_without_certificates_no_stamp_is_taken(
    planned: DayStamp, clock: Clock, settings: Any, roots: str
) -> None:
    settings.TSA_ROOTS = roots
    row = stamping.run(stamp_id=planned.pk, clock=clock)
    assert (row.state, row.error_code) == ("failed", "stamp_no_roots")


def test_a_day_that_failed_is_tried_again_by_a_person(
    planned: DayStamp, authority: Authority, clock: Clock, checker: User
) -> None:
    with pytest.raises(queueing.WorkNotFailedError):
        stamping.retry(stamp=planned, by=checker, at=clock())
    authority.site.pages["/tsa"] = Page(b"", status="403 No")
    stamping.run(stamp_id=planned.pk, clock=clock)
    authority.site.pages["/tsa"] = authority.stamps
    again = stamping.retry(stamp=planned, by=checker, at=clock())
    assert (again.state, again.attempts) == ("queued", 0)
    assert stamping.run(stamp_id=planned.pk, clock=clock).state == "done"
    assert Event.objects.get(action="stamp.retried").actor_id == checker.pk


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE sources_daystamp SET digest = repeat('a', 64)", ["stamp_altered", "stamp_wrong"]),
        ("UPDATE sources_daystamp SET stamped_at = now() - interval '1 day'", ["stamp_altered"]),
    ],
)
def test_a_forged_stamp_is_named(
    planned: DayStamp, clock: Clock, statement: str, found: list[str]
) -> None:
    stamping.run(stamp_id=planned.pk, clock=clock)
    forge(statement)
    assert codes() == found


def test_a_stamp_is_checked_against_the_certificates_of_today(
    planned: DayStamp, clock: Clock, settings: Any
) -> None:
    stamping.run(stamp_id=planned.pk, clock=clock)
    settings.TSA_ROOTS = ""
    assert codes() == ["stamp_unchecked"]
    settings.TSA_ROOTS = "tests/servers/certificates/authority.pem"
    assert codes() == ["stamp_untrusted"]


def test_a_flipped_byte_of_a_stamp_is_named(planned: DayStamp, clock: Clock) -> None:
    done = stamping.run(stamp_id=planned.pk, clock=clock)
    path = blobs.disk().path(done.token_digest)
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert codes() == ["blob_damaged"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE sources_daystamp SET stamped_at = now()",
        "UPDATE sources_daystamp SET state = 'queued', token_digest = NULL, stamped_at = NULL",
        "DELETE FROM sources_daystamp",
        "TRUNCATE sources_daystamp",
    ],
)
def test_a_stamp_never_changes(planned: DayStamp, clock: Clock, change: str) -> None:
    stamping.run(stamp_id=planned.pk, clock=clock)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="its rows never change"), transaction.atomic():
            cursor.execute(change)


def test_what_is_to_be_stamped_never_changes(planned: DayStamp) -> None:
    rows = DayStamp.objects.filter(pk=planned.pk)
    with pytest.raises(DatabaseError, match="its rows never change"), transaction.atomic():
        rows.update(digest="0" * 64)
