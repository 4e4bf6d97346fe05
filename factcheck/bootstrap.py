"""From a bare checkout to a command: builds `.venv` from a hash-pinned lock, then runs inside it.

Standard library only. Everything said here goes to standard error, so that a command's own
output stays clean. Installing again happens only when the lock or the interpreter behind `.venv`
has changed: a stamp file in `.venv` remembers both.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = Path(__file__).resolve().parent / "locks"
STAMP = "factcheck-stamp.json"
GUARD = "factcheck.lock"
ENTERED = "FACTCHECK_ENTERED"  # holds the number of the process that has entered .venv


class BootstrapError(Exception):
    """The environment cannot be built; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Environment:
    """One virtual environment and the lock it is built from (``up`` or ``dev``)."""

    place: Path
    lock: str

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.place / "bin" / "python"

    def fingerprint(self, lock: str) -> dict[str, str]:
        """Return what the stamp must say for `lock` to count as installed."""
        digest = hashlib.sha256((LOCKS / f"{lock}.txt").read_bytes()).hexdigest()
        # An upgrade of the system's Python moves what the environment's interpreter points at.
        return {"lock": lock, "sha256": digest, "python": os.path.realpath(self.python)}

    def is_current(self) -> bool:
        """Whether the stamp names this lock, or the development lock, which holds it too."""
        try:
            stamp = json.loads((self.place / STAMP).read_text())
        except (OSError, ValueError):
            return False
        wanted = [self.fingerprint(lock) for lock in dict.fromkeys((self.lock, "dev"))]
        return stamp in wanted and self.python.exists()


def main(argv: list[str]) -> int:
    """Run `manage.py` with `argv`; return the exit status, or never return (exec)."""
    command = argv[1] if len(argv) > 1 else "help"
    environment = Environment(ROOT / ".venv", "dev" if command == "test" else "up")
    if not _runs_here(environment):
        try:
            ensure(environment)
        except BootstrapError as error:
            say(f"\n{error}")
            return 1
        except KeyboardInterrupt:
            say("\nStopped. Run the same command again to go on.")
            return 130
        _enter(environment, argv)
    from factcheck.embedded.entry import dispatch  # noqa: PLC0415 (needs the environment)

    return dispatch(argv)


def _enter(environment: Environment, argv: list[str]) -> None:
    """Become the environment's interpreter. The process keeps its number, so Ctrl-C still works."""
    os.environ[ENTERED] = str(os.getpid())
    python = str(environment.python)
    os.execv(python, [python, str(ROOT / "manage.py"), *argv[1:]])  # noqa: S606 (our own paths)


def _runs_here(environment: Environment) -> bool:
    """Whether this interpreter already is the right one: our `.venv`, or a prepared container."""
    if os.environ.get(ENTERED) == str(os.getpid()):
        return True
    if Path(sys.prefix).resolve() == environment.place.resolve():
        # Somebody may have filled .venv by hand; with no stamp, what is there is trusted.
        return environment.is_current() or not (environment.place / STAMP).exists()
    in_environment = sys.prefix != sys.base_prefix or "FACTCHECK_NO_BOOTSTRAP" in os.environ
    return in_environment and importlib.util.find_spec("django") is not None


def ensure(environment: Environment) -> None:
    """Bring the environment up to its lock; quick when it already is.

    Raises BootstrapError when it cannot be built.
    """
    if environment.is_current():
        return
    try:
        environment.place.mkdir(exist_ok=True)
        with _guard(environment.place / GUARD):
            if not environment.is_current():
                _build(environment)
    except OSError as error:
        raise BootstrapError(f"Cannot write {environment.place}: {error.strerror}.") from error


@contextlib.contextmanager
def _guard(path: Path) -> Iterator[None]:
    """Let one process build at a time; a second one waits and then finds the work done."""
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is building .venv; waiting for it …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _build(environment: Environment) -> None:
    began = time.monotonic()
    count = _packages(environment.lock)
    uv = shutil.which("uv")
    if _usable(environment):
        say("Bringing .venv up to date …")
    else:
        say("First run: preparing .venv (a few seconds, or about a minute where uv is missing) …")
        say("  1/2 creating the virtual environment")
        _create(environment, uv)
    say(f"  2/2 installing {count} packages, each checked against its hash")
    uv = uv or _uv_from_pip(environment)
    if not (uv and _install_with_uv(environment, uv)):
        _install_with_pip(environment, LOCKS / f"{environment.lock}.txt")
    for packages in environment.place.glob("lib/python3*/site-packages"):
        # So that .venv/bin/pytest and .venv/bin/celery find the checkout as well.
        (packages / "factcheck-checkout.pth").write_text(f"{ROOT}\n")
    stamp = environment.place / STAMP
    stamp.with_suffix(".new").write_text(json.dumps(environment.fingerprint(environment.lock)))
    stamp.with_suffix(".new").replace(stamp)
    say(f"  ready after {time.monotonic() - began:.0f} s")


def _packages(lock: str) -> int:
    text = (LOCKS / f"{lock}.txt").read_text()
    return sum(1 for line in text.splitlines() if line[:1].isalnum())


def _usable(environment: Environment) -> bool:
    """Whether the environment's interpreter runs, is recent enough and finds its own packages."""
    if not environment.python.exists():
        return False
    question = "import sys, site; print(sys.version_info >= (3, 11), *site.getsitepackages())"
    answer = _run([str(environment.python), "-I", "-c", question], quiet=True).stdout.split()
    return answer[:1] == ["True"] and all(Path(place).is_dir() for place in answer[1:2])


def _create(environment: Environment, uv: str | None) -> None:
    for entry in environment.place.iterdir():
        if entry.name != GUARD:
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    place = str(environment.place)
    if uv:
        made = _run([uv, "venv", "-q", "--allow-existing", "--python", sys.executable, place])
        if made.returncode == 0:
            return
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise BootstrapError(missing_venv())
    made = _run([sys.executable, "-m", "venv", place])
    if made.returncode != 0:
        if "ensurepip is not" in made.stdout:
            raise BootstrapError(missing_venv())
        raise BootstrapError(f"`python3 -m venv` failed:\n{_tail(made.stdout)}")


def missing_venv() -> str:
    """Say which package brings the missing venv module."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return (
        "This Python cannot make virtual environments: its venv module is not installed.\n"
        f"On Debian or Ubuntu:  sudo apt install python{version}-venv\n"
        "Then run the same command again. (With uv on the PATH it is not needed.)"
    )


def _uv_from_pip(environment: Environment) -> str | None:
    """Install the pinned uv into the environment; it is ten times quicker than pip."""
    place = environment.place / "bin" / "uv"
    if not place.exists():
        arguments = ["--require-hashes", "--only-binary", ":all:", "-q", "-r", LOCKS / "uv.txt"]
        _run([*_pip(environment), "install", *map(str, arguments)], quiet=True)
    return str(place) if place.exists() else None


def _install_with_uv(environment: Environment, uv: str) -> bool:
    lock = LOCKS / f"{environment.lock}.txt"
    command = [uv, "pip", "install", "--require-hashes", "--python", str(environment.python)]
    seen = sys.stderr.isatty()
    installed = subprocess.run(  # noqa: S603 (our own command line)
        [*command, *(() if seen else ("-q",)), "-r", str(lock)],
        stdout=sys.stderr,
        stderr=None if seen else subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env=os.environ | _trust(),
        check=False,
    )
    if installed.returncode != 0:
        say("  uv could not install the lock here; trying pip")
    return installed.returncode == 0


def _trust() -> dict[str, str]:
    """Let uv trust what this machine trusts: a proxy's own certificate is only known there."""
    machine = ssl.get_default_verify_paths()
    if machine.cafile or machine.capath:
        return {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"}
    return {}


def _install_with_pip(environment: Environment, lock: Path) -> None:
    """Install with pip, counting the packages as they are collected."""
    total = _packages(environment.lock)
    command = [*_pip(environment), "install", "--require-hashes", "--progress-bar", "off"]
    process = subprocess.Popen(  # noqa: S603 (our own command line)
        [*command, "-r", str(lock)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    lines: list[str] = []
    done = 0
    for line in process.stdout or ():
        lines.append(line)
        if line.startswith(("Collecting ", "Requirement already ")):
            done += 1
            _progress(done, total, line.split()[1].split("==")[0])
        elif line.startswith("Installing collected"):
            _progress(total, total, "unpacking")
    say("")
    if process.wait() != 0:
        raise BootstrapError(f"pip could not install the lock:\n{_tail(''.join(lines))}")


def _pip(environment: Environment) -> list[str]:
    pip = [str(environment.python), "-m", "pip", "--disable-pip-version-check"]
    if _run([*pip, "--version"], quiet=True).returncode != 0:
        _run([str(environment.python), "-m", "ensurepip", "--upgrade"], quiet=True)
    return pip


def _progress(done: int, total: int, name: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K      {done}/{total} {name}")
        sys.stderr.flush()
    elif done % 20 == 0 or done == total:
        say(f"      {done}/{total} {name}")


def _run(command: list[str], *, quiet: bool = False) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 (our own command line)
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if quiet else subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
    )


def _tail(text: str, lines: int = 15) -> str:
    return "\n".join(text.strip().splitlines()[-lines:])


def say(text: str) -> None:
    """Tell the person at the keyboard something; never on standard output."""
    print(text, file=sys.stderr, flush=True)
