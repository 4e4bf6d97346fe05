import time
from collections.abc import Callable

import pytest
from django.utils import timezone

from factcheck.pulse import Pulse
from sources.models import Heartbeat
from sources.states import Process


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.01)


@pytest.mark.usefixtures("committed_db")
def test_a_pulse_beats_until_it_is_stopped() -> None:
    pulse = Pulse(Process.BEAT, every=0.01)
    began = timezone.now()
    pulse.start()
    until(Heartbeat.objects.filter(process="beat", at__gt=began).exists)
    first = Heartbeat.objects.get().at
    until(lambda: Heartbeat.objects.get().at > first)
    pulse.stop()
    last = Heartbeat.objects.get().at
    assert timezone.now() > last
    assert Heartbeat.objects.get().at == last
