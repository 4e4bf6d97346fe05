"""The kind of task that only rings: a bell that cannot be rung loses nothing."""

import functools
import logging
from typing import Any

from celery import Task
from celery.contrib.django.task import DjangoTask
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


class Doorbell(DjangoTask[Any, Any]):
    """A task whose row was committed first, so that a lost message is found by the sweeper.

    The person who asked for the work must not see an error because the broker is away.
    """

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]  # noqa: ANN401 (any task's arguments)
        """Ring once the transaction has committed; outside one, ring now."""
        transaction.on_commit(functools.partial(ring, self, *args, **kwargs))


def ring(task: Task[Any, Any], *args: Any, **kwargs: Any) -> bool:  # noqa: ANN401 (any task's)
    """Send the message; return whether the broker took it."""
    try:
        task.delay(*args, **kwargs)
    except OperationalError:
        logger.warning("%s: the broker is away; the sweeper will find the row", task.name)
        return False
    return True
