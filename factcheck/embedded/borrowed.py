"""Servers for one command: those of the running instance, or their own for its duration."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

from factcheck.bootstrap import say
from factcheck.embedded import children, environment, postgres, valkey
from factcheck.embedded.errors import LauncherError, explain, explain_log
from factcheck.embedded.places import InUseError, Places
from factcheck.embedded.scratch import scratch_directory

# These change tables or look at them as their owner; everything else is the application.
OWNERS_COMMANDS = frozenset(
    {"migrate", "makemigrations", "showmigrations", "flush", "dbshell", "inspectdb", "sqlflush"}
)
PATIENCE = 300  # seconds; commands that need the servers for themselves take turns
DEFAULT_URL = "http://127.0.0.1:8000"


@contextlib.contextmanager
def servers(command: str) -> Iterator[None]:
    """Put DATABASE_URL and REDIS_URL into the environment while the command runs.

    Raises LauncherError when no server can be had.
    """
    places = Places(environment.home())
    try:
        with contextlib.ExitStack() as stack:
            running = places.instance() or _start_or_join(places, command, stack)
            if running:
                os.environ.update({k: v for k, v in running.items() if k not in os.environ})
            _take_role(command)
            yield
    except OSError as error:
        # Only a full or closed directory of ours; what the command itself meets is its own.
        if str(places.home) in str(error.filename):
            raise explain(error) from error
        raise


def _start_or_join(
    places: Places, command: str, stack: contextlib.ExitStack
) -> dict[str, str] | None:
    """Start servers for this command; where an `up` came first after all, return its environment.

    Raises LauncherError when neither is possible.
    """
    places.make()
    try:
        _start(places, stack, migrated=command not in OWNERS_COMMANDS)
    except InUseError as error:
        if error.instance is None:
            raise
        return error.instance
    return None


@contextlib.contextmanager
def throw_away() -> Iterator[None]:
    """Put fresh, migrated, durable servers into the environment; they and their data go at the end.

    Raises LauncherError when they cannot be started.
    """
    with scratch_directory("factcheck-bench-") as home:
        places = Places(home)
        places.make()
        with contextlib.ExitStack() as stack:
            _start(places, stack, migrated=True)
            os.environ["DATABASE_URL"] = os.environ["FACTCHECK_OWNER_URL"]
            os.environ["FACTCHECK_STATEMENT_TIMEOUT_MS"] = "0"
            yield


def _take_role(command: str) -> None:
    if command in OWNERS_COMMANDS and "FACTCHECK_OWNER_URL" in os.environ:
        os.environ["DATABASE_URL"] = os.environ["FACTCHECK_OWNER_URL"]
        os.environ.setdefault("FACTCHECK_STATEMENT_TIMEOUT_MS", "0")


def _start(places: Places, stack: contextlib.ExitStack, *, migrated: bool) -> None:
    stack.enter_context(places.held(patience=PATIENCE))
    postgres.wait_for_predecessor(places.postgres)
    sockets = stack.enter_context(places.sockets())
    if not places.postgres.exists():
        say(f"Making a PostgreSQL database in {places.postgres} …")
    cluster = postgres.open_cluster(places.postgres, sockets)
    broker = valkey.open_broker(sockets)
    database = postgres.start(cluster, places.logs / "postgres.log")
    stack.callback(children.stop, database, signal.SIGINT, within=30)
    messages = valkey.start(broker, places.logs / "valkey.log")
    stack.callback(children.stop, messages, signal.SIGTERM, within=10)
    for server, process, name in ((cluster, database, "postgres"), (broker, messages, "valkey")):
        if not postgres.wait_until(server.answers, process):
            log = (places.logs / f"{name}.log").read_text(errors="replace")
            raise LauncherError(explain_log(log, server=name, data=places.home))
    postgres.prepare_roles(cluster)
    os.environ.update(environment.base(places, public_url=DEFAULT_URL))
    os.environ.update(environment.of_cluster(cluster), REDIS_URL=broker.url())
    if migrated:
        _migrate(places)


def _migrate(places: Places) -> None:
    """Bring the tables up to date when the code has moved on since they were."""
    state = places.read("state.json")
    wanted = environment.migrations(environment.identity(places.postgres))
    if state.get("migrated") == wanted:
        return
    say("Bringing the database up to date …")
    owner = os.environ | {
        "DATABASE_URL": os.environ["FACTCHECK_OWNER_URL"],
        "FACTCHECK_STATEMENT_TIMEOUT_MS": "0",
    }
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--no-input", "--skip-checks", "-v", "0"],
        env=owner,
        stdout=sys.stderr,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode != 0:
        raise LauncherError("The database could not be brought up to date; see above.")
    places.write("state.json", state | {"migrated": wanted})
