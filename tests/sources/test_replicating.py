"""Copies elsewhere, at a real service on loopback that is also rude."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from factcheck import sweeping
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from sources import queueing, replicating
from sources.models import Capture, Replica, Source
from sources.states import ReplicaKind
from tests import factories
from tests.servers import archive_elsewhere
from tests.servers.archive_elsewhere import Elsewhere, kept
from tests.servers.local_site import Page, Talk
from tests.sources.clocks import Clock

pytestmark = pytest.mark.django_db
URL = "http://a.example/report?year=2025"
LOOKUP, SUBMISSION = ReplicaKind.LOOKUP, ReplicaKind.SUBMISSION
TAKEN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)  # when the factories' captures were made


@pytest.fixture
def elsewhere(settings: Any) -> Iterator[Elsewhere]:
    with archive_elsewhere.serving() as running:
        settings.TIMEMAP_URL, settings.SAVE_PAGE_URL = running.timemap, running.save
        settings.SAVE_PAGE_KEY = "name:secret"
        yield running


@pytest.fixture
def source(at: datetime) -> Source:
    source = Source.objects.create(url=URL, created_at=at)
    factories.capture(source, b"body")
    return source


@pytest.fixture
def asked(elsewhere: Elsewhere, source: Source, clock: Clock, checker: User) -> Any:
    def ask(kind: str) -> Replica:
        return replicating.request(source=source, kind=kind, by=checker, at=clock())

    return ask


def run(row: Replica, clock: Clock) -> Replica:
    return replicating.run(replica_id=row.pk, clock=clock)


def test_the_copy_nearest_to_ours_is_found(elsewhere: Elsewhere, asked: Any, clock: Clock) -> None:
    near = TAKEN + timedelta(days=2)
    copies = [
        ("https://archive.example/1", TAKEN - timedelta(days=9)),
        ("https://b.example/2", near),
    ]
    elsewhere.knows(URL, copies)
    row = run(asked(LOOKUP), clock)
    assert (row.state, row.address, row.archived_at, row.copies) == (
        "done",
        "https://b.example/2",
        near,
        2,
    )
    assert elsewhere.keys == []
    assert Event.objects.get(action="replica.done").data == {"address": row.address}


def test_nobody_has_a_copy(asked: Any, clock: Clock) -> None:
    row = run(asked(LOOKUP), clock)
    assert (row.state, row.address, row.copies) == ("done", "", 0)


def test_a_page_is_kept_by_another(elsewhere: Elsewhere, asked: Any, clock: Clock) -> None:
    elsewhere.jobs = [{"status": "pending", "job_id": "spn2-abc"}, kept(URL)]
    row = run(asked(SUBMISSION), clock)
    assert (row.state, row.job, row.attempts, row.not_before) == (
        "queued",
        "spn2-abc",
        0,
        clock() + replicating.POLL,
    )
    clock.move(seconds=30)
    assert run(row, clock).state == "queued"
    clock.move(seconds=30)
    row = run(row, clock)
    copy = elsewhere.site.url(f"/web/20260102030405/{URL}")
    assert (row.state, row.address, row.job, row.error_code) == ("done", copy, "", "")
    assert elsewhere.asked_for == [URL]
    assert set(elsewhere.keys) == {"LOW name:secret"}


def test_a_service_that_never_comes_to_an_end(
    elsewhere: Elsewhere, asked: Any, clock: Clock, checker: User
) -> None:
    elsewhere.jobs = [{"status": "pending", "job_id": "spn2-abc"}] * 100
    row = run(asked(SUBMISSION), clock)
    for _ in range(40):
        clock.move(minutes=1)
        row = run(row, clock)
    assert (row.state, row.error_code, row.job) == ("failed", "replica_timed_out", "")
    replicating.retry(replica=row, by=checker, at=clock())
    run(row, clock)
    assert elsewhere.asked_for == [URL, URL]


def test_a_refusal_is_told(elsewhere: Elsewhere, asked: Any, clock: Clock) -> None:
    elsewhere.jobs = [{"status": "error", "status_ext": "error:no-access"}]
    row = run(asked(SUBMISSION), clock)
    clock.move(minutes=1)
    row = run(row, clock)
    assert (row.state, row.error_code) == ("failed", "replica_refused")
    assert row.error_text == "The service did not keep the page: error:no-access."


SLOWER = Page(b"", status="429 Slower", headers=(("Retry-After", "600"),)).wire()


@pytest.mark.parametrize("kind", [LOOKUP, SUBMISSION])
@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        (SLOWER, "queued rate_limited"),
        (Page(b"", status="503 Busy").wire(), "queued server_error"),
        (Page(b"", status="401 Who").wire(), "failed service_refused"),
        (Page(b"\x00garbage").wire(), "failed service_answer_unreadable"),
        (Page(b"<" * 17_000_000).wire(), "failed service_answer_too_large"),
        (Page(b"{" * 100).wire()[:-50], "queued service_answer_cut"),
        (b"nonsense\r\n\r\n", "failed protocol_error"),
        (Talk.reset, "queued connection_closed"),
    ],
)
def test_a_service_that_misbehaves(
    elsewhere: Elsewhere, asked: Any, clock: Clock, *, kind: str, answer: Any, ends: str
) -> None:
    place = f"/timemap/link/{URL}" if kind == LOOKUP else "/save"
    elsewhere.site.pages[place] = answer
    row = run(asked(kind), clock)
    assert (f"{row.state} {row.error_code}", row.address) == (ends, "")
    assert row.error_text


def test_a_slow_service_is_given_up(
    elsewhere: Elsewhere, asked: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.asking._DEADLINE", 0.2)
    elsewhere.site.pages["/save"] = Talk.wait
    assert run(asked(SUBMISSION), clock).error_code == "timed_out"


def test_a_service_gets_one_question_at_a_time_with_a_rest(
    elsewhere: Elsewhere, asked: Any, clock: Clock, settings: Any, at: datetime
) -> None:
    other = Source.objects.create(url="http://b.example/", created_at=at)
    second = replicating.request(source=other, kind=LOOKUP, by=None, at=clock())
    run(asked(LOOKUP), clock)
    assert run(second, clock).state == "queued"
    assert len(elsewhere.site.paths()) == 1
    second.refresh_from_db()
    assert second.not_before == clock() + timedelta(seconds=settings.REPLICA_GAP_SECONDS)
    assert (second.attempts, second.error_code) == (0, "")
    clock.move(seconds=settings.REPLICA_GAP_SECONDS)
    assert run(second, clock).state == "done"


def test_a_service_that_asks_for_a_rest_gets_it_from_all(
    elsewhere: Elsewhere, asked: Any, clock: Clock, at: datetime
) -> None:
    elsewhere.site.pages[f"/timemap/link/{URL}"] = SLOWER
    run(asked(LOOKUP), clock)
    other = Source.objects.create(url="http://b.example/", created_at=at)
    second = replicating.request(source=other, kind=LOOKUP, by=None, at=clock())
    clock.move(minutes=9)
    assert run(second, clock).state == "queued"
    clock.move(minutes=2)
    assert run(second, clock).state == "done"


def test_what_fails_again_and_again_is_given_up(
    elsewhere: Elsewhere, asked: Any, clock: Clock
) -> None:
    elsewhere.site.pages["/save"] = Page(b"", status="500 Oh")
    row = asked(SUBMISSION)
    for _ in range(9):
        row = run(row, clock)
        clock.move(hours=7)
    assert (row.state, row.attempts) == ("failed", queueing.MAX_ATTEMPTS)
    assert elsewhere.site.paths() == ["/save"] * queueing.MAX_ATTEMPTS


def test_a_worker_that_died_is_taken_over_and_cannot_finish(asked: Any, clock: Clock) -> None:
    row = asked(LOOKUP)
    dead = queueing.claim(Replica, row.pk, at=clock())
    assert dead is not None
    assert replicating.due(at=clock()) == []
    clock.move(minutes=4)
    assert replicating.due(at=clock()) == [row.pk]
    assert run(row, clock).attempts == 2
    with pytest.raises(queueing.WorkLeaseLostError):
        queueing.finish(dead, at=clock(), data={}, copies=0)
    assert Replica.objects.get(pk=row.pk).state == "done"


def test_what_kills_every_worker_fails_in_the_end(asked: Any, clock: Clock) -> None:
    row = asked(LOOKUP)
    for _ in range(queueing.MAX_ATTEMPTS):
        assert queueing.claim(Replica, row.pk, at=clock()) is not None
        clock.move(minutes=4)
    assert queueing.claim(Replica, row.pk, at=clock()) is None
    row.refresh_from_db()
    assert (row.state, row.error_code) == ("failed", "work_spent")
    assert replicating.due(at=clock()) == []


def test_a_clock_that_was_ahead_holds_up_nobody(asked: Any, clock: Clock) -> None:
    row = asked(LOOKUP)
    Replica.objects.filter(pk=row.pk).update(not_before=clock() + timedelta(days=900))
    assert run(row, clock).state == "done"


def test_the_same_is_under_way_once(asked: Any, clock: Clock, checker: User) -> None:
    first = asked(LOOKUP)
    assert asked(LOOKUP) == first
    Replica.objects.filter(pk=first.pk).update(state="failed", error_code="x", finished_at=clock())
    assert asked(LOOKUP) != first
    first.refresh_from_db()
    with pytest.raises(queueing.WorkWaitingError):
        replicating.retry(replica=first, by=checker, at=clock())


def test_only_a_page_can_be_kept_elsewhere(
    elsewhere: Elsewhere, clock: Clock, checker: User
) -> None:
    file = Source(url="urn:sha256:" + "0" * 64, created_at=clock())
    with pytest.raises(replicating.NoPageError, match="replica_no_page"):
        replicating.request(source=file, kind=LOOKUP, by=checker, at=clock())


def test_it_is_off_unless_a_service_is_named(asked: Any, clock: Clock, settings: Any) -> None:
    row = asked(LOOKUP)
    settings.TIMEMAP_URL = settings.SAVE_PAGE_URL = ""
    assert replicating.kinds() == replicating.due(at=clock()) == []
    assert run(row, clock).state == "queued"
    with pytest.raises(replicating.ReplicasOffError):
        asked(SUBMISSION)


def test_one_service_without_the_other(asked: Any, clock: Clock, settings: Any) -> None:
    asked(LOOKUP)
    kept_by = asked(SUBMISSION)
    settings.TIMEMAP_URL = ""
    assert replicating.kinds() == [SUBMISSION]
    assert replicating.due(at=clock()) == [kept_by.pk]


def test_every_new_capture_is_replicated_where_the_desk_wants_it(
    elsewhere: Elsewhere, source: Source, clock: Clock, settings: Any
) -> None:
    assert replicating.plan(at=clock()) == []
    settings.REPLICATE_ALL = True
    factories.capture(source, b"newer")
    made = replicating.plan(at=clock())
    newest = Capture.objects.order_by("-number").first()
    assert [(row.kind, row.capture) for row in made] == [(LOOKUP, newest), (SUBMISSION, newest)]
    assert replicating.plan(at=clock()) == []
    run(made[0], clock)
    assert replicating.plan(at=clock()) == []
    factories.capture(source, b"newest")
    assert [row.kind for row in replicating.plan(at=clock())] == [LOOKUP]
    assert sweeping.sweep(at=clock())["replicas"] == 2
