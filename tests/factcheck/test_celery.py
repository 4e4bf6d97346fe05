import pytest
from celery import Celery
from django.conf import settings

from factcheck import celery
from factcheck.doorbell import Doorbell, ring
from factcheck.tasks import sweep


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("redis://valkey:6379/0", "redis://valkey:6379/0"),
        ("unix:///run/v.sock?db=2", "redis+socket:///run/v.sock?virtual_host=2"),
        ("unix:///run/v.sock", "redis+socket:///run/v.sock"),
    ],
)
def test_a_socket_is_named_in_celerys_way(given: str, wanted: str) -> None:
    assert celery.broker_url(given) == wanted


def test_a_slow_task_is_stopped_before_its_message_can_come_again() -> None:
    assert celery.SOFT_LIMIT < celery.HARD_LIMIT < celery.VISIBILITY_TIMEOUT / 2


def test_what_the_kill_tests_asked_for_is_set() -> None:
    conf = celery.app.conf
    assert (conf.task_acks_late, conf.task_reject_on_worker_lost) == (True, True)
    assert (conf.worker_prefetch_multiplier, conf.task_ignore_result) == (1, True)
    assert conf.broker_transport_options["unacked_restore_interval"] == 5
    assert conf.broker_transport_options["unacked_restore_throttle"] == 1


def nothing() -> None:
    """The work of a task that is never run."""


def test_every_task_is_a_doorbell() -> None:
    ours = {name: task for name, task in celery.app.tasks.items() if not name.startswith("celery.")}
    assert "factcheck.sweep" in ours
    assert {name for name, task in ours.items() if not isinstance(task, Doorbell)} == set()


def test_a_shared_task_rings_at_our_broker() -> None:
    assert sweep.app is celery.app


def test_a_bell_that_cannot_ring_troubles_nobody(caplog: pytest.LogCaptureFixture) -> None:
    nowhere = Celery("nowhere", task_cls=Doorbell, set_as_current=False)
    nowhere.conf.update(celery.configured("unix:///nonexistent/valkey.sock"))
    bell = nowhere.task(name="nowhere.bell")(nothing)
    assert ring(bell) is False
    assert "nowhere.bell: the broker is away; the sweeper will find the row" in caplog.text


def test_a_bell_that_rings_leaves_one_message() -> None:
    ours = Celery("ours", task_cls=Doorbell, set_as_current=False)
    ours.conf.update(celery.configured(settings.REDIS_URL), task_default_queue="factcheck-test")
    bell = ours.task(name="ours.bell")(nothing)
    assert ring(bell) is True
    with ours.connection_for_read() as connection:
        assert ours.amqp.queues["factcheck-test"](connection).purge() == 1
