import pytest
from django.db import transaction

from factcheck import celery
from factcheck.doorbell import Doorbell
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


def test_every_task_is_a_doorbell() -> None:
    ours = [task for name, task in celery.app.tasks.items() if not name.startswith("celery.")]
    assert {type(task).__mro__[1] for task in ours} == {Doorbell}


@pytest.mark.django_db(transaction=True)
def test_a_bell_that_cannot_ring_troubles_nobody(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = celery.configured("unix:///nonexistent/valkey.sock")["broker_url"]
    with celery.app.connection_or_acquire(celery.app.connection_for_write(nowhere)):
        monkeypatch.setattr(celery.app.conf, "broker_url", nowhere)
        monkeypatch.setattr(celery.app.conf, "broker_write_url", nowhere)
        celery.app.set_current()
        with transaction.atomic():
            sweep.delay_on_commit()
    assert "the sweeper will find the row" in caplog.text
