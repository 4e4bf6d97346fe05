from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from factcheck.sweeping import QUEUES
from sources.models import ReadingRequest
from sources.tasks import run_reading
from tests.sources.test_uploading import keep

pytestmark = pytest.mark.django_db


def test_the_sweeper_finds_a_reading_that_no_bell_reached(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    asked = keep().reading
    assert asked is not None
    (queue,) = (queue for queue in QUEUES if queue.name == "readings")
    assert queue.due(timezone.now()) == [asked.pk]
    assert queue.bell.name == run_reading.name == "sources.run_reading"
    run_reading(str(asked.pk))
    assert ReadingRequest.objects.get().state == "done"
    assert queue.due(timezone.now()) == []
