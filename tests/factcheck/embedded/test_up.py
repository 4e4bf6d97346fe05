import os
import socket
from pathlib import Path

import pytest

from factcheck.embedded import entry, environment, processes, up
from factcheck.embedded.errors import LauncherError


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LauncherError, match=f"Port {port} is taken.*--port {port + 1}"):
            up.check_port("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "words"),
    [
        ("127.0.0.1", 70000, "70000 is not a port"),
        ("192.0.2.1", 8000, "192.0.2.1 is not an address of this machine"),
        ("no-such-host.invalid", 8000, "is not an address of this machine"),
    ],
)
def test_an_impossible_address_is_put_into_words(host: str, port: int, words: str) -> None:
    with pytest.raises(LauncherError, match=words):
        up.check_port(host, port)


def test_a_free_port_is_taken_as_it_is() -> None:
    up.check_port("127.0.0.1", 0)


def test_the_options_have_working_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FACTCHECK_HOME", str(tmp_path))
    assert up.parse([]) == up.Options(8000, "127.0.0.1", demo=True, data=tmp_path)
    given = ["--port", "9", "--host", "::1", "--no-demo", "--data", "/x"]
    assert up.parse(given) == up.Options(9, "::1", demo=False, data=Path("/x"))


@pytest.mark.parametrize(
    ("host", "address"),
    [("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("::1", "[::1]"), ("desk.local", "desk.local")],
)
def test_the_printed_address_is_one_a_browser_can_open(host: str, address: str) -> None:
    assert processes.shown(host) == address


def test_an_unreachable_web_server_does_not_answer() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        assert processes.answers("127.0.0.1", held.getsockname()[1], "run") is False


def test_a_changed_migration_changes_the_digest(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for place in ("factcheck/locks/up.txt", "factcheck/grants.py", "claims/migrations/0001.py"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("one")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    first = environment.migrations("a")
    assert environment.migrations("a") == first
    assert environment.migrations("b") != first
    (tmp_path / "claims/migrations/0001.py").write_text("two")
    assert environment.migrations("a") != first


def test_a_database_that_was_made_anew_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    version = tmp_path / "PG_VERSION"
    version.write_text("18")
    first = environment.identity(tmp_path)
    assert environment.identity(tmp_path) == first
    os.utime(version, (1, 1))
    assert environment.identity(tmp_path) != first


def test_a_database_elsewhere_is_never_taken_as_known(tmp_path: Path) -> None:
    assert environment.identity(tmp_path) != environment.identity(tmp_path)


def test_commands_without_a_database_start_none(capfd: pytest.CaptureFixture[str]) -> None:
    assert entry.dispatch(["manage.py", "version"]) == 0
    assert capfd.readouterr().out.startswith("5.2")


def test_help_begins_with_the_two_commands(capfd: pytest.CaptureFixture[str]) -> None:
    assert entry.dispatch(["manage.py"]) == 0
    assert capfd.readouterr().out.startswith("Usage: python3 manage.py COMMAND\n\n  up ")
