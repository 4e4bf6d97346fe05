"""The processes of an instance: their command lines, and how each is started and stopped."""

import http.client
import json
import signal
import sys
from dataclasses import replace

from factcheck.embedded import environment, postgres, valkey
from factcheck.embedded.places import Places
from factcheck.embedded.runner import Service

NOTHING = r"(?!)"  # a pattern that no line matches
YES = frozenset({"1", "true", "t", "yes", "y", "on"})  # what the settings take for true
TROUBLE = r"ERROR|CRITICAL|WARNING|Traceback|\w(Error|Exception)\b"


def of_postgres(cluster: postgres.Cluster) -> Service:
    """Return the database's service: a clean shutdown in every case."""
    return Service(
        name="postgres",
        command=cluster.command(),
        env=environment.plain(),
        is_server=True,
        stop_signal=signal.SIGINT,
        stop_within=30,
        death_signal=signal.SIGINT,
        identity=postgres.identity(cluster),
        shows=r"FATAL|PANIC",
        ready=cluster.answers,
    )


def of_valkey(broker: valkey.Broker) -> Service:
    """Return the broker's service."""
    return Service(
        name="valkey",
        command=broker.command(),
        env=environment.plain(),
        is_server=True,
        death_signal=signal.SIGINT,
        shows=r"FATAL|Fatal",
        ready=broker.answers,
    )


def of_samples(port: int, env: dict[str, str]) -> Service:
    """Return the file server of the demo's sample pages."""
    serve = [sys.executable, "-m", "factcheck.embedded.samples", str(port)]
    return Service("samples", serve, env, stop_signal=signal.SIGINT, shows="rror")


def application(*, host: str, port: int, places: Places, env: dict[str, str]) -> list[Service]:
    """Return the application's own processes, in the order in which they start."""
    celery = [sys.executable, "-m", "celery", "--quiet", "-A", "factcheck.celery:app"]
    quiet = env | {"CELERY_SKIP_CHECKS": "1"}
    bound = f"[{host}]" if ":" in host else host
    gunicorn = [
        *(sys.executable, "-m", "gunicorn", "factcheck.wsgi:application"),
        *("--bind", f"{bound}:{port}", "--worker-class", "gthread"),
        *("--workers", "2", "--threads", "4", "--timeout", "60", "--graceful-timeout", "5"),
        *("--no-control-socket", "--log-level", "warning", "--preload"),
    ]
    worker = [
        *(*celery, "worker", "--loglevel", "INFO", "--concurrency", "2"),
        *("--without-gossip", "--without-mingle", "--hostname", "worker@localhost"),
        *("--queues", "factcheck,fetching"),
    ]
    beat = [
        *(*celery, "beat", "--loglevel", "WARNING", "--pidfile="),
        *("--schedule", str(places.running.with_name("beat-schedule"))),
    ]
    web = Service("web", gunicorn, env)
    shown = rf"Task .* (succeeded|raised)|{TROUBLE}"
    workers = [Service("worker", worker, quiet, shows=shown)]
    if env.get("FACTCHECK_RENDERING", "").lower() in YES:
        # Pages take long to draw: never in the way of those that are fetched.
        renderer = [
            *(*celery, "worker", "--loglevel", "INFO", "--concurrency", "1"),
            *("--without-gossip", "--without-mingle", "--hostname", "renderer@localhost"),
            *("--queues", "rendering"),
        ]
        workers.append(Service("renderer", renderer, quiet, shows=shown))
    return [
        replace(web, ready=lambda: answers(host, port, env["FACTCHECK_RUN_ID"])),
        *workers,
        Service("beat", beat, quiet, shows=TROUBLE),
        replace(manage("sweep", env, "--skip-checks"), name="sweeper", stop_within=5),
    ]


def answers(host: str, port: int, run_id: str) -> bool:
    """Whether the web server of this very run answers on the port."""
    connection = http.client.HTTPConnection(shown(host), port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        said = json.loads(connection.getresponse().read())
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()
    return bool(said.get("run") == run_id)


def manage(command: str, env: dict[str, str], *arguments: str) -> Service:
    """Return one of Django's commands as a service."""
    run = [sys.executable, "-m", "django", command, *arguments]
    return Service(command, run, env | {"DJANGO_SETTINGS_MODULE": "factcheck.settings"})


def once(command: str, env: dict[str, str], *arguments: str) -> Service:
    """Return a command that runs to its end, and whose output only a failure shows."""
    return replace(manage(command, env, *arguments), shows=NOTHING)


def shown(host: str) -> str:
    """Return the host to put into an address for a browser on this machine."""
    named = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared only)
    return f"[{named}]" if ":" in named else named
