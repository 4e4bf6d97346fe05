"""Commands that need a database, on a checkout where none runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.embedded.places import ROOT, Places

pytestmark = pytest.mark.embedded
OURS = ("DATABASE_URL", "REDIS_URL", "FACTCHECK_", "DJANGO_")


def manage(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env=kept | {"FACTCHECK_HOME": str(home)},
        cwd=home.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_command_starts_and_stops_the_servers_it_needs(tmp_path: Path) -> None:
    home = tmp_path / "var"
    first = manage(home, "verify_audit")
    assert (first.returncode, "the trail verifies" in first.stdout) == (0, True)
    assert first.stderr.splitlines() == [
        f"Making a PostgreSQL database in {home}/postgres …",
        "Bringing the database up to date …",
    ]
    assert not (home / "postgres" / "postmaster.pid").exists()
    assert Places(home).instance() is None

    again = manage(home, "verify_audit")
    assert (again.stdout, again.stderr) == (first.stdout, "")


def test_a_command_without_a_database_makes_no_directory(tmp_path: Path) -> None:
    home = tmp_path / "var"
    text = tmp_path / "article.txt"
    text.write_text("Unemployment fell from 9% to 5% in 2024.")
    done = manage(home, "split", str(text), "--format", "json")
    assert done.returncode == 0
    assert done.stdout.startswith('{"text_sha256": ')
    assert not home.exists()
