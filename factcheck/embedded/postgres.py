"""A private PostgreSQL: made once, served over a Unix socket, never reachable by network."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from factcheck.embedded import binaries, children
from factcheck.embedded.errors import LauncherError, disk_full, explain_log

SUPERUSER = "postgres"
OWNER = "factcheck_owner"
APPLICATION = "factcheck_app"
DATABASE = "factcheck"
ROOM_TO_BEGIN = 200 * 2**20  # bytes; an empty cluster with its first WAL segments takes 60 MB
BUILTIN_LOCALES_SINCE = 17
SOCKET = ".s.PGSQL.5432"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "lc_messages": "C",
    "wal_compression": "on",
    "min_wal_size": "32MB",
    "cluster_name": "factcheck",
}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True)
class Cluster:
    """One data directory and the directory of its socket."""

    data: Path
    sockets: Path
    programs: binaries.PostgresPrograms
    durable: bool = True

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the libpq URL for one of the roles."""
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    def command(self) -> list[str]:
        """Return the server's command line."""
        settings = dict(SETTINGS, unix_socket_directories=str(self.sockets))
        if not self.durable:
            settings |= THROW_AWAY
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [self.programs.program("postgres"), "-D", str(self.data), *options]

    def answers(self) -> bool:
        """Whether the server takes connections."""
        try:
            psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def open_cluster(data: Path, sockets: Path, *, durable: bool = True) -> Cluster:
    """Return the cluster in a data directory, made first where there is none yet.

    Raises LauncherError for data of another major version, a full disk, or a failed initdb.
    """
    version = data / "PG_VERSION"
    major = int(version.read_text()) if version.exists() else None
    programs = binaries.find_postgres(data_major=major)
    if major is not None and major != programs.major:
        raise LauncherError(binaries.another_version(major, programs))
    cluster = Cluster(data, sockets, programs, durable)
    if major is None:
        _initialise(cluster)
    return cluster


def _initialise(cluster: Cluster) -> None:
    """Make the data directory beside its place and move it there whole, or leave nothing."""
    home = cluster.data.parent
    home.mkdir(parents=True, exist_ok=True)
    if cluster.data.exists() and any(cluster.data.iterdir()):
        raise LauncherError(f"{cluster.data} is not empty, and not a PostgreSQL data directory.")
    if shutil.disk_usage(home).free < ROOM_TO_BEGIN:
        raise LauncherError(disk_full(home))
    fresh = Path(tempfile.mkdtemp(prefix=f".{cluster.data.name}-", dir=home))
    try:
        initdb(cluster, fresh)
        fresh.rename(cluster.data)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def initdb(cluster: Cluster, place: Path) -> None:
    """Fill an empty directory. Raises LauncherError with the program's last words."""
    identity = children.identity_for(place)
    kind, _, uid = identity.partition(":")
    if kind == "drop":
        os.chown(place, int(uid), int(uid))
    locale = ["--locale=C.UTF-8"]
    if cluster.programs.major >= BUILTIN_LOCALES_SINCE:
        locale = ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command = [
        *(cluster.programs.program("initdb"), "-D", str(place), "-U", SUPERUSER),
        *("--auth=trust", "--encoding=UTF8", "--no-instructions", *locale),
        *(() if cluster.durable else ("--no-sync",)),
    ]
    process = children.spawn(command, output=subprocess.PIPE, identity=identity)
    said = process.communicate()[0].decode(errors="replace")
    if process.returncode != 0:
        raise LauncherError(explain_log(said, server="initdb", data=cluster.data))


def start(cluster: Cluster, log: Path) -> subprocess.Popen[bytes]:
    """Start the server with its output in `log`; `wait_until` says when it answers."""
    with log.open("wb") as output:
        return children.spawn(
            cluster.command(),
            output=output,
            death_signal=signal.SIGINT,  # a fast, clean shutdown
            identity=identity(cluster),
        )


def identity(cluster: Cluster) -> str:
    """Return the leash's identity for this cluster, which may then write its socket."""
    chosen = children.identity_for(cluster.data)
    kind, _, uid = chosen.partition(":")
    if kind == "drop":
        os.chown(cluster.sockets, int(uid), -1)
    return chosen


def wait_until(
    answers: Callable[[], bool], process: subprocess.Popen[bytes], *, seconds: float = 60
) -> bool:
    """Return whether the server answered before it ended or the time was up."""
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        if answers():
            return True
        time.sleep(0.02)
    return False


def wait_for_predecessor(data: Path, *, seconds: float = 20) -> None:
    """Let a server that is still shutting down after a killed start finish.

    Raises LauncherError when another server goes on holding the directory.
    """
    deadline = time.monotonic() + seconds
    while pid := _holder(data):
        if time.monotonic() > deadline:
            raise LauncherError(f"{data} is in use by another PostgreSQL (process {pid}).")
        time.sleep(0.1)


def _holder(data: Path) -> int | None:
    """Return the process that serves this directory, if it is alive."""
    try:
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, 0)
        command = Path(f"/proc/{pid}/cmdline")
        alive = not command.exists() or os.fsencode(str(data)) in command.read_bytes()
    except (OSError, ValueError, IndexError):
        return None
    return pid if alive else None


def prepare_roles(cluster: Cluster) -> None:
    """Make the two roles and the database, where they are missing.

    The owner migrates and is no superuser; the application's role owns nothing.
    """
    with psycopg.connect(cluster.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        for role, rights in ((OWNER, "LOGIN CREATEDB"), (APPLICATION, "LOGIN")):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if not known.fetchone():
                make = sql.SQL("CREATE ROLE {} " + rights)
                connection.execute(make.format(sql.Identifier(role)))
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not known.fetchone():
            make = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(make.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
