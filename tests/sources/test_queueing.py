"""Workers that die, wait, fail and finish in any order: one holder at a time, and an end."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sources import queueing
from sources.asking import ServiceError
from sources.models import Replica, Source
from sources.states import OPEN_WORK, WORK_TRANSITIONS, WorkState
from tests import factories
from tests.factories import AT


class Queue(RuleBasedStateMachine):
    """One row, and the copies that workers hold of it: the last one alone may be the holder's."""

    @initialize()
    def ask(self) -> None:
        # Each example rolls back as a whole.
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.person = factories.person()
        source = Source.objects.create(url="http://a.example/", created_at=AT)
        self.row = Replica.objects.create(
            source=source, kind="lookup", service="a", requested_at=AT, not_before=AT
        )
        self.at, self.held = AT, list[Replica]()

    def teardown(self) -> None:
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    @rule(minutes=st.sampled_from([0, 1, 4, 30, 500, -5, -60 * 24 * 30]))
    def time_passes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @rule()
    def claim(self) -> None:
        was_due = queueing.due(Replica, at=self.at)
        claimed = queueing.claim(Replica, self.row.pk, at=self.at)
        if claimed is not None:
            assert was_due == [self.row.pk]
            assert queueing.due(Replica, at=self.at) == []
            self.held.append(claimed)

    @rule(ending=st.sampled_from(["done", "again", "failed", "later"]), who=st.integers(0, 9))
    def end(self, ending: str, who: int) -> None:
        if not self.held:
            return
        mine = self.held[who % len(self.held)]
        now = Replica.objects.get(pk=self.row.pk)
        try:
            self._end(mine, ending)
        except queueing.WorkLeaseLostError:
            assert now.lease_token != mine.lease_token
            assert Replica.objects.get(pk=self.row.pk).state == now.state
        else:
            assert (now.state, now.lease_token) == ("running", mine.lease_token)

    def _end(self, mine: Replica, ending: str) -> None:
        if ending == "done":
            queueing.finish(mine, at=self.at, data={}, copies=0)
        elif ending == "later":
            queueing.put_back(mine, until=self.at + timedelta(minutes=1))
        else:
            error = ServiceError("x", "It said no.", retryable=ending == "again")
            queueing.give_up(mine, error, at=self.at)

    @rule()
    def retry(self) -> None:
        failed = Replica.objects.get(pk=self.row.pk).state == WorkState.FAILED
        try:
            queueing.retry(self.row, by=self.person, at=self.at)
        except queueing.WorkNotFailedError:
            assert not failed
        else:
            assert failed

    @invariant()
    def attempts_are_bounded_and_what_is_open_comes_due(self) -> None:
        if not hasattr(self, "row"):
            return
        row = Replica.objects.get(pk=self.row.pk)
        assert row.attempts <= queueing.MAX_ATTEMPTS
        in_a_day = self.at + timedelta(days=1)
        if row.state in OPEN_WORK:
            assert queueing.due(Replica, at=in_a_day) == [row.pk]
        else:
            assert queueing.due(Replica, at=in_a_day) == []


@pytest.mark.django_db
def test_no_sequence_of_deaths_and_failures_loses_or_doubles_the_work() -> None:
    from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415

    run_state_machine_as_test(
        Queue,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_way_between_the_states_is_in_the_table() -> None:
    assert WORK_TRANSITIONS[WorkState.DONE] == frozenset()
    with pytest.raises(ValueError, match="cannot go from done to queued"):
        queueing._move(Replica(), WorkState.DONE, WorkState.QUEUED)


@pytest.mark.parametrize(
    ("attempts", "asked", "minutes"),
    [(1, None, 2), (2, None, 8), (4, 10, 128), (5, None, 360), (1, 600, 10), (1, 10**9, 360)],
)
def test_the_wait_after_a_failure(attempts: int, asked: int | None, minutes: int) -> None:
    assert queueing.wait(attempts, asked) == timedelta(minutes=minutes)
