"""The Celery application. The broker only rings bells: rows carry the truth.

Every setting below was asked for by a kill test. A message may be lost between the broker's pop
and the worker's acknowledgement, or arrive twice; the row's lease makes both harmless.
"""

import os

from celery import Celery, signals
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
# Celery reads this once, at import: a stopped worker gets its soft shutdown from SIGTERM.
os.environ.setdefault("REMAP_SIGTERM", "SIGQUIT")

VISIBILITY_TIMEOUT = 600
HARD_LIMIT = 240  # seconds; below half the visibility timeout, or a slow task is delivered twice
SOFT_LIMIT = 210

# What talks to the outside has queues of its own, so that its workers can be given a network of
# their own; all the rest goes by the first.
QUEUES = ("factcheck", "fetching", "rendering")
ROUTES = {
    "sources.run_capture": {"queue": "fetching"},
    "sources.run_stamp": {"queue": "fetching"},
    "sources.run_replica": {"queue": "fetching"},
    "claims.run_feed": {"queue": "fetching"},
    "sources.run_rendering": {"queue": "rendering"},
}


def broker_url(redis_url: str) -> str:
    """Return Celery's form of a Redis URL: ``unix:///path?db=1`` becomes ``redis+socket://``."""
    if not redis_url.startswith("unix://"):
        return redis_url
    path, _, query = redis_url.removeprefix("unix://").partition("?")
    return f"redis+socket://{path}?{query.replace('db=', 'virtual_host=')}".rstrip("?")


def configured(redis_url: str) -> dict[str, object]:
    """Return the broker and worker settings for one Redis-protocol server."""
    return {
        "broker_url": broker_url(redis_url),
        "broker_connection_retry_on_startup": True,
        "broker_transport_options": {
            "global_keyprefix": "factcheck.",
            "visibility_timeout": VISIBILITY_TIMEOUT,
            # Else a killed worker's message waits about 100 s whatever the timeout says.
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
            # Bound how long a page waits for a broker that does not answer.
            "socket_connect_timeout": 2,
            "socket_timeout": 5,
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0.1,
        },
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_ignore_result": True,
        "task_time_limit": HARD_LIMIT,
        "task_soft_time_limit": SOFT_LIMIT,
        "task_publish_retry": False,
        "task_default_queue": "factcheck",
        # A worker that is told no queue takes from all of them.
        "task_queues": [Queue(name) for name in QUEUES],
        "task_routes": ROUTES,
        "worker_prefetch_multiplier": 1,
        "worker_soft_shutdown_timeout": 8.0,
        "worker_cancel_long_running_tasks_on_connection_loss": True,
        "worker_hijack_root_logger": False,
        "worker_send_task_events": False,
        "timezone": "UTC",
        "beat_sync_every": 1,  # the schedule's file then shows that beat is alive
        "beat_schedule": {
            # A second way to the rows, should the sweeper process be missing.
            "sweep": {"task": "factcheck.sweep", "schedule": 60.0, "options": {"expires": 50}},
        },
    }


def _application() -> Celery:
    from django.conf import settings  # noqa: PLC0415 (needs the variable set above)

    made: Celery = Celery("factcheck", task_cls="factcheck.doorbell:Doorbell")
    made.conf.update(configured(settings.REDIS_URL))
    made.autodiscover_tasks()
    return made


app = _application()


@signals.worker_ready.connect
def worker_is_up(**_: object) -> None:
    """Let the worker's main process say that it is up; its children come and go."""
    _begin("worker")


@signals.beat_init.connect
def beat_is_up(**_: object) -> None:
    """Let beat say that it is up."""
    _begin("beat")


def _begin(process: str) -> None:
    from factcheck.pulse import Pulse  # noqa: PLC0415 (needs the apps)
    from sources.states import Process  # noqa: PLC0415 (the same)

    Pulse(Process(process)).start()
