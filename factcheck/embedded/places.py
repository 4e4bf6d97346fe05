"""The data directory: what lies where, who may start there, and the secrets made on first run."""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factcheck.embedded.errors import LauncherError, explain

ROOT = Path(__file__).resolve().parents[2]
LONGEST_SOCKET_DIRECTORY = 80  # characters; the kernel's limit for a whole path is about 104
SOCKETS = "factcheck-"
PEOPLE = ("checker", "editor")


class InUseError(LauncherError):
    """Another process holds the data directory; `instance` is its environment if it is an `up`."""

    def __init__(self, home: Path, instance: dict[str, str] | None) -> None:
        super().__init__(already_running(home, instance))
        self.instance = instance


@dataclass(frozen=True, slots=True)
class Places:
    """Paths inside one data directory."""

    home: Path

    @property
    def postgres(self) -> Path:
        """PostgreSQL's own directory."""
        return self.home / "postgres"

    @property
    def blobs(self) -> Path:
        """What the application keeps outside the database."""
        return self.home / "data"

    @property
    def logs(self) -> Path:
        """The servers' output."""
        return self.home / "log"

    @property
    def running(self) -> Path:
        """What other commands need to know of a running instance."""
        return self.home / "run" / "env.json"

    def make(self) -> None:
        """Make the directories, closed to everybody else. Raises LauncherError in words."""
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            for place in (self.blobs, self.logs, self.running.parent):
                place.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise explain(error) from error

    @contextlib.contextmanager
    def held(self, *, patience: float = 15) -> Iterator[None]:
        """Hold the directory for one run. Raises InUseError when another run keeps it."""
        with (self.running.parent / "lock").open("a") as handle:
            deadline = time.monotonic() + patience
            while not _locked(handle.fileno()):
                running = self.instance()
                if running or time.monotonic() > deadline:
                    raise InUseError(self.home, running)
                time.sleep(0.1)
            self.running.unlink(missing_ok=True)
            yield

    def instance(self) -> dict[str, str] | None:
        """Return the environment of the instance that runs here now, or None."""
        try:
            with (self.running.parent / "lock").open() as handle:
                if _locked(handle.fileno(), shared=True):
                    return None
            return {str(k): str(v) for k, v in json.loads(self.running.read_text()).items()}
        except (OSError, ValueError):
            return None

    @contextlib.contextmanager
    def sockets(self) -> Iterator[Path]:
        """Make a private directory with a short path for the sockets, gone at the end.

        One that a killed run left behind is removed first.
        """
        note = self.running.with_name("sockets")
        if note.exists():
            _remove_sockets(Path(note.read_text()))
        made = Path(tempfile.mkdtemp(prefix=SOCKETS, dir=_short_temporary()))
        note.write_text(str(made))
        try:
            yield made
        finally:
            _remove_sockets(made)
            note.unlink(missing_ok=True)

    def read(self, name: str) -> dict[str, Any]:
        """Return a small JSON file of ours, or nothing where there is none."""
        try:
            found = json.loads((self.home / name).read_text())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise LauncherError(f"{self.home / name} cannot be read: {error}") from error
        return dict(found)

    def write(self, name: str, content: dict[str, Any]) -> None:
        """Write a small JSON file that only its owner can read, whole or not at all."""
        write_private(self.home / name, json.dumps(content, indent=2) + "\n")

    def secret_key(self) -> str:
        """Return the application's secret key, made on the first run."""
        kept = self.read("secrets.json")
        if "secret_key" not in kept:
            kept["secret_key"] = secrets.token_urlsafe(50)
            self.write("secrets.json", kept)
        return str(kept["secret_key"])

    def logins(self) -> dict[str, str]:
        """Return the demo's passwords by user name, made on the first run."""
        kept = self.read("logins.json")
        made = {name: kept.get(name) or secrets.token_urlsafe(9) for name in PEOPLE}
        if made != kept:
            self.write("logins.json", made)
        return made


def _locked(descriptor: int, *, shared: bool = False) -> bool:
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def already_running(home: Path, running: dict[str, str] | None) -> str:
    """Say that the directory is in use, where, and how to start a second copy."""
    if not running:
        return f"Another command is using {home}. Try again when it has ended."
    return (
        f"Factcheck is already running from {home} at {running['FACTCHECK_PUBLIC_URL']}. Use that "
        "one, stop it first, or start a second copy with its own data: --data DIR --port N."
    )


def _short_temporary() -> str:
    base = tempfile.gettempdir()
    if len(base) + len(SOCKETS) + 9 > LONGEST_SOCKET_DIRECTORY:
        return "/tmp"  # noqa: S108 (mkdtemp makes a private directory; the path must be short)
    return base


def _remove_sockets(place: Path) -> None:
    with contextlib.suppress(OSError):
        mine = place.lstat().st_uid == os.geteuid() and place.name.startswith(SOCKETS)
        if mine and stat.S_ISDIR(place.lstat().st_mode):
            shutil.rmtree(place, ignore_errors=True)


def write_private(path: Path, text: str) -> None:
    """Write a file with mode 0600 and move it into place."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(text)
    fresh.replace(path)
