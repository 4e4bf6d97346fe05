"""Throw-away servers for one test run: loaded with `-p`, before pytest-django reads the settings.

DATABASE_URL and REDIS_URL, where they are given, are used as they are. The servers are tied to
this process, so that nothing stays behind even when it is killed.
"""

import contextlib
import os
import shutil
import signal
import tempfile
from collections.abc import Generator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from factcheck.embedded import children, postgres, valkey
from factcheck.embedded.errors import LauncherError, explain_log
from factcheck.embedded.scratch import scratch_directory

SERVERS = pytest.StashKey[contextlib.ExitStack]()
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "factcheck.settings",
    "FACTCHECK_SECRET_KEY": "a key for the tests alone, worth nothing elsewhere",
    "FACTCHECK_FAST_PASSWORDS": "true",
    "FACTCHECK_APP_ROLE": postgres.APPLICATION,
    "FACTCHECK_PUBLIC_URL": "http://testserver",
    "FACTCHECK_ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "FACTCHECK_HASHED_STATIC": "false",
    "FACTCHECK_DEBUG": "false",
    "FACTCHECK_LOG_LEVEL": "WARNING",
}


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Start what is missing and describe it in the environment, before any other plugin looks."""
    stack = contextlib.ExitStack()
    early_config.stash[SERVERS] = stack
    early_config.add_cleanup(stack.close)
    try:
        start(stack)
    except LauncherError as error:
        raise pytest.UsageError(str(error)) from error
    return (yield)


def start(stack: contextlib.ExitStack) -> None:
    """Start the servers that the environment does not name, and set the tests' settings."""
    scratch = stack.enter_context(scratch_directory("factcheck-", _base()))
    (scratch / "s").mkdir(mode=0o700)
    os.environ.update(SETTINGS, FACTCHECK_DATA_DIR=str(scratch / "data"))
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = _start_postgres(scratch, stack)
    if "REDIS_URL" not in os.environ:
        os.environ["REDIS_URL"] = _start_valkey(scratch, stack)
    _make_application_role(os.environ["DATABASE_URL"])


def _base() -> str | None:
    """Prefer memory for the scratch directory where the system offers enough of it."""
    memory = Path("/dev/shm")  # noqa: S108 (a private directory is made inside)
    with contextlib.suppress(OSError):
        if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 * 2**30:
            return str(memory)
    return "/tmp" if len(tempfile.gettempdir()) > 60 else None  # noqa: PLR2004, S108 (short path)


def _start_postgres(scratch: Path, stack: contextlib.ExitStack) -> str:
    cluster = postgres.open_cluster(scratch / "pg", scratch / "s", durable=False)
    process = postgres.start(cluster, scratch / "postgres.log")
    stack.callback(children.stop, process, signal.SIGQUIT, within=10)
    if not postgres.wait_until(cluster.answers, process):
        log = (scratch / "postgres.log").read_text(errors="replace")
        raise LauncherError(explain_log(log, server="PostgreSQL", data=scratch))
    return cluster.url(postgres.SUPERUSER, "postgres")


def _start_valkey(scratch: Path, stack: contextlib.ExitStack) -> str:
    broker = valkey.open_broker(scratch / "s")
    process = valkey.start(broker, scratch / "valkey.log")
    stack.callback(children.stop, process, signal.SIGTERM, within=10)
    if not postgres.wait_until(broker.answers, process):
        log = (scratch / "valkey.log").read_text(errors="replace")
        raise LauncherError(explain_log(log, server="Valkey", data=scratch))
    return broker.url()


def _make_application_role(url: str) -> None:
    """Make the role without rights, for the tests that show the database refusing it."""
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            role = postgres.APPLICATION
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if not known.fetchone():
                make = sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role))
                connection.execute(make)
    except psycopg.OperationalError as error:
        raise LauncherError(f"DATABASE_URL names no reachable server: {error}") from error
