import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError

from factcheck.embedded import entry
from tests.docs.pages import ROOT
from tests.docs.test_commands import ours

COMMANDS = {
    "add_person": ["add_person", "anna", "--role", "checker"],
    "export_wacz": ["export_wacz", str(UUID(int=1)), "--output", "archive.wacz"],
    "issue_key": ["issue_key", "The Post"],
    "load_demo": ["load_demo", "--sources-url", "http://127.0.0.1:9/"],
    "prepare_database": ["prepare_database"],
    "revoke_keys": ["revoke_keys", "The Post"],
    "status": ["status"],
    "sweep": ["sweep", "--once"],
    "verify_archive": ["verify_archive"],
    "verify_audit": ["verify_audit"],
}
# `split` and `bench` use no database of the desk's; the others speak of what they were given first.
OTHERS = {"split", "bench", "capture", "copy_archive", "import_claim_reviews", "keep_meanings"}
EACH = """
import contextlib, io, json, os, sys
from factcheck.embedded.entry import dispatch
for argv in json.loads(sys.argv[1]):
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        status = dispatch(["manage.py", *argv])
    print(json.dumps([argv[0], status, said.getvalue()]))
"""


def run(commands: list[list[str]], database_url: str) -> dict[str, tuple[int, str]]:
    """Run the commands in one process against a database; return each one's status and words."""
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", EACH, json.dumps(commands)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url, "FACTCHECK_NEW_PASSWORD": "a fine word"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    lines = [json.loads(line) for line in answer.stdout.splitlines() if line.startswith("[")]
    return {name: (status, words) for name, status, words in lines}


def test_each_command_is_known_here() -> None:
    assert set(COMMANDS) | OTHERS == set(ours())


def test_a_database_that_is_away_is_said_in_a_sentence(tmp_path: Path) -> None:
    found = run(list(COMMANDS.values()), f"postgresql:///factcheck?host={tmp_path}")
    assert set(found) == set(COMMANDS)
    for name, (status, words) in found.items():
        assert (name, status) == (name, 1)
        assert words.startswith("The database cannot be reached, so nothing was done:"), name
        assert words.count("\n") == 1


@pytest.fixture
def empty_database(django_db_setup: None) -> Iterator[str]:
    """A database without a table, beside the tests' own."""
    known = settings.DATABASES["default"]
    parts = {"user": known["USER"], "host": known["HOST"], "port": known["PORT"] or None}
    with psycopg.connect(dbname="postgres", autocommit=True, **parts) as connection:
        connection.execute("CREATE DATABASE factcheck_empty")
        given = {name: value for name, value in parts.items() if value}
        yield psycopg.conninfo.make_conninfo("", dbname="factcheck_empty", **given)
        connection.execute("DROP DATABASE factcheck_empty WITH (FORCE)")


def test_a_database_that_is_not_prepared_is_said_in_a_sentence(empty_database: str) -> None:
    asked = [COMMANDS[name] for name in ("issue_key", "verify_audit", "status")]
    for status, words in run(asked, empty_database).values():
        assert status == 1
        assert words.startswith("The database is not prepared; run `manage.py prepare_database`")


def test_a_fault_of_a_command_stays_a_fault() -> None:
    assert entry._plainly(DatabaseError("no cause")) == ""
    fault = DatabaseError("division by zero")
    fault.__cause__ = psycopg.errors.DivisionByZero("division by zero")
    assert entry._plainly(fault) == ""
