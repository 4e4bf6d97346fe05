from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sources import schedule
from sources.schedule import Failures
from tests.sources.clocks import Clock


def test_a_quiet_source_is_looked_at_after_days_then_weeks_then_months() -> None:
    days, seen = 0, []
    for _ in range(10):
        days = schedule.longer(days, closely=False)
        seen.append(days)
    assert seen == [1, 2, 4, 7, 14, 30, 60, 90, 90, 90]


def test_a_source_that_is_watched_closely_is_looked_at_every_week() -> None:
    assert [schedule.longer(days, closely=True) for days in (1, 4, 7, 90)] == [2, 7, 7, 7]
    assert schedule.at_most(60, closely=True) == schedule.CLOSELY
    assert schedule.at_most(60, closely=False) == 60


def test_three_failures_three_days_apart_are_fatal() -> None:
    clock, failures = Clock(), Failures()
    for _ in range(3):
        failures = schedule.after_failure(failures, at=clock())
        # Again within the three days does not count.
        assert schedule.after_failure(failures, at=clock.move(days=2, hours=23)) == failures
        clock.move(hours=1)
    assert (failures.count, failures.fatal) == (3, True)


@given(st.lists(st.integers(0, 200), max_size=20))
def test_a_source_never_dies_within_six_days(hours: list[int]) -> None:
    clock, failures = Clock(), Failures()
    begun = clock()
    for each in hours:
        failures = schedule.after_failure(failures, at=clock.move(hours=each))
        if clock() - begun < 2 * schedule.FAILURES_APART:
            assert not failures.fatal
    assert failures.count <= schedule.FAILURES_UNTIL_DEAD


def test_a_request_waits_longer_each_time_and_as_long_as_it_is_asked_to() -> None:
    waits = [schedule.wait_after(attempts, None) for attempts in (1, 2, 3, 9)]
    assert waits == [timedelta(seconds=seconds) for seconds in (30, 120, 480, 3600)]
    assert schedule.wait_after(1, 300) == timedelta(seconds=300)
    assert schedule.wait_after(1, 10**9) == schedule.LONGEST_WAIT
