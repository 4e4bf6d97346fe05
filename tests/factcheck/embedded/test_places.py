import errno
import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from factcheck.embedded.errors import LauncherError, explain
from factcheck.embedded.places import Places


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places(tmp_path / "var")
    made.make()
    return made


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_secrets_are_made_once_and_closed_to_others(places: Places) -> None:
    assert places.secret_key() == places.secret_key()
    assert len(places.secret_key()) > 60
    assert places.logins() == places.logins()
    assert set(places.logins()) == {"checker", "editor"}
    assert mode(places.home / "secrets.json") == mode(places.home / "logins.json") == 0o600


def test_two_directories_share_no_secret(tmp_path: Path) -> None:
    one, two = Places(tmp_path / "one"), Places(tmp_path / "two")
    one.make()
    two.make()
    assert one.secret_key() != two.secret_key()
    assert one.logins() != two.logins()


def test_a_second_run_on_the_same_directory_is_told_where_the_first_is(places: Places) -> None:
    with places.held():
        places.write("run/env.json", {"FACTCHECK_PUBLIC_URL": "http://127.0.0.1:8000"})
        assert places.instance() == {"FACTCHECK_PUBLIC_URL": "http://127.0.0.1:8000"}
        with (
            pytest.raises(LauncherError, match=r"already running .* at http://127.0.0.1:8000"),
            places.held(patience=0),
        ):
            pytest.fail("the directory was given twice")
    assert places.instance() is None


def test_the_sockets_lie_in_a_short_private_place_that_goes_away(places: Places) -> None:
    with places.sockets() as sockets:
        assert mode(sockets) == 0o700
        assert len(str(sockets)) < 80
    assert not sockets.exists()


def test_sockets_stay_short_when_the_temporary_directory_is_deep(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("deep" * 30)
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    with places.sockets() as sockets:
        assert len(str(sockets)) < 80


def _die_holding_sockets(places: Places) -> None:
    with places.sockets():
        os._exit(9)


def test_what_a_killed_run_left_behind_is_removed(places: Places) -> None:
    process = multiprocessing.get_context("spawn").Process(
        target=_die_holding_sockets, args=(places,)
    )
    process.start()
    process.join()
    left = Path((places.home / "run" / "sockets").read_text())
    assert left.is_dir()
    with places.sockets():
        assert not left.exists()


def test_a_note_that_points_elsewhere_removes_nothing(places: Places, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (places.home / "run" / "sockets").write_text(str(precious))
    with places.sockets():
        assert precious.is_dir()


def test_a_file_in_the_way_is_explained(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("not a directory")
    with pytest.raises(LauncherError, match=r"var: File exists"):
        Places(tmp_path / "var").make()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EDQUOT, "The disk is full"),
        (errno.EACCES, "belongs to another user"),
        (errno.EROFS, "/data: Read-only file system"),
    ],
)
def test_file_system_errors_are_put_into_words(number: int, words: str) -> None:
    assert words in str(explain(OSError(number, os.strerror(number), "/data")))


def test_a_broken_file_of_ours_is_named(places: Places) -> None:
    (places.home / "state.json").write_text("{")
    with pytest.raises(LauncherError, match=r"state\.json cannot be read"):
        places.read("state.json")
