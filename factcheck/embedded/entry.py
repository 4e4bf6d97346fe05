"""What `manage.py` does once it runs inside the environment."""

import os
import sys

from factcheck.bootstrap import say
from factcheck.embedded.errors import LauncherError
from factcheck.embedded.places import ROOT

# Commands that need no database, and so start none.
WITHOUT_SERVERS = frozenset(
    {
        *("check", "collectstatic", "compilemessages", "diffsettings", "findstatic"),
        *("help", "makemessages", "spectacular", "split", "startapp", "version"),
        *("--help", "--version", "-h"),
    }
)
FIRST_HELP = """Usage: python3 manage.py COMMAND

  up      start Factcheck on this machine, with its own database and a sample article
  test    run the tests; further arguments go to pytest
"""


def dispatch(argv: list[str]) -> int:
    """Run one command; return its exit status."""
    command = argv[1] if len(argv) > 1 else "help"
    if command == "up":
        from factcheck.embedded import up  # noqa: PLC0415 (psycopg and redis only where needed)

        return up.main(argv[2:])
    if command == "test":
        _become_pytest(argv[2:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    if command == "help" and len(argv) <= len(["manage.py", "help"]):
        sys.stdout.write(FIRST_HELP)
    # `capture --no-store` fetches alone.
    without = command in WITHOUT_SERVERS or not {"--help", "--no-store"}.isdisjoint(argv)
    if without or "DATABASE_URL" in os.environ:
        return _django(argv)
    return _with_servers(command, argv)


def _become_pytest(arguments: list[str]) -> None:
    """Replace this process by pytest; the plugin that pyproject.toml names starts the servers."""
    os.chdir(ROOT)
    command = [sys.executable, "-m", "pytest", *arguments]
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 (our own command line)


def _with_servers(command: str, argv: list[str]) -> int:
    from factcheck.embedded import borrowed  # noqa: PLC0415 (psycopg and redis only where needed)

    try:
        # A bench fills and empties tables: never those of the desk.
        chosen = borrowed.throw_away() if command == "bench" else borrowed.servers(command)
        with chosen:
            return _django(argv)
    except LauncherError as error:
        say(str(error))
        return 1


def _django(argv: list[str]) -> int:
    """Run a Django command in this process."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (the environment)
    from django.db import DatabaseError  # noqa: PLC0415 (the same)

    try:
        execute_from_command_line(argv)
    except DatabaseError as error:
        if not (words := _plainly(error)):
            raise
        say(words)
        return 1
    return 0


def _plainly(error: Exception) -> str:
    """Say what is wrong with the database itself; empty for a fault of the command."""
    state = getattr(error.__cause__, "sqlstate", "")
    first = str(error).strip().partition("\n")[0]
    if state is None or str(state).startswith(("08", "57P")):
        return f"The database cannot be reached, so nothing was done: {first}"
    if state == "42P01":
        return f"The database is not prepared; run `manage.py prepare_database` first: {first}"
    return ""
