from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from sources import beating
from sources.beating import SILENCE, Processes
from sources.models import Heartbeat
from sources.states import Process
from sources.views.waiting import LOST, PATIENCE, late_words

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_a_kind_of_process_has_one_row_that_says_when_it_was_there(at: datetime) -> None:
    for moment in (at, at + SECOND):
        beating.beat(process=Process.WORKER, at=moment)
    assert Heartbeat.objects.get().at == at + SECOND
    assert Processes(at).seen == {"worker": at + SECOND}


def test_a_process_that_falls_silent_is_gone(at: datetime) -> None:
    beating.beat(process=Process.WORKER, at=at)
    assert Processes(at + SILENCE).is_up(Process.WORKER)
    assert not Processes(at + SILENCE + SECOND).is_up(Process.WORKER)
    assert not Processes(at).is_up(Process.BEAT)


def test_the_database_knows_the_processes() -> None:
    with (
        pytest.raises(IntegrityError, match="sources_heartbeat_process_known"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO sources_heartbeat VALUES ('ghost', now())")


def late(at: datetime, by: timedelta) -> str:
    return late_words(since=at, processes=Processes(at + by))


def test_late_work_says_what_is_missing(at: datetime) -> None:
    assert late(at, PATIENCE) == ""
    overdue = PATIENCE + SECOND
    assert late(at, overdue).startswith("No worker has ever been seen here. Nothing is lost")
    beating.beat(process=Process.WORKER, at=at - SILENCE)
    assert "the last one was seen on 2 March at 09:29:15 UTC." in late(at, overdue)
    beating.beat(process=Process.WORKER, at=at + LOST)
    assert late(at, overdue).startswith("The workers are busy.")
    assert late(at, LOST + SECOND).startswith("Neither the sweeper nor beat is running")
    beating.beat(process=Process.BEAT, at=at + LOST)
    assert late(at, LOST + SECOND).startswith("The workers are busy.")
