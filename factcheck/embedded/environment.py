"""What the application's processes are told: everything by environment, nothing by file."""

import hashlib
import os
import secrets
import sys
from pathlib import Path

from factcheck.embedded import postgres
from factcheck.embedded.places import ROOT, Places

APPS = ("claims", "factcheck", "sources")


def home() -> Path:
    """Return the default data directory: FACTCHECK_HOME, else var/ in the checkout."""
    return Path(os.environ.get("FACTCHECK_HOME") or ROOT / "var").resolve()


def plain() -> dict[str, str]:
    """Return the environment for a server that needs nothing of ours."""
    wanted = ("PATH", "HOME", "LANG", "TMPDIR", "TZ", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in wanted if name in os.environ}


def base(places: Places, *, public_url: str) -> dict[str, str]:
    """Return the environment that every process of an instance shares."""
    ours = {
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "FACTCHECK_SECRET_KEY": places.secret_key(),
        "FACTCHECK_DATA_DIR": str(places.blobs),
        "FACTCHECK_STATIC_ROOT": str(places.home / "static"),
        "FACTCHECK_PUBLIC_URL": public_url,
        # On one machine an e-mail is a file that can be read there.
        "FACTCHECK_EMAIL_URL": (places.home / "mail").as_uri(),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": os.pathsep.join([str(ROOT), *_inherited_path()]),
    }
    given = {k: v for k, v in os.environ.items() if k != "FACTCHECK_ENTERED"}
    kept = {k: v for k, v in ours.items() if k not in given or k == "PYTHONPATH"}
    if "DATABASE_URL" in given:
        kept["FACTCHECK_OWNER_URL"] = given.get("FACTCHECK_OWNER_URL", given["DATABASE_URL"])
    return given | kept


def _inherited_path() -> list[str]:
    inherited = os.environ.get("PYTHONPATH", "")
    return [part for part in inherited.split(os.pathsep) if part and Path(part) != ROOT]


def of_cluster(cluster: postgres.Cluster) -> dict[str, str]:
    """Return where the embedded database is, for the application and for its owner."""
    return {
        "DATABASE_URL": cluster.url(postgres.APPLICATION),
        "FACTCHECK_OWNER_URL": cluster.url(postgres.OWNER),
        "FACTCHECK_APP_ROLE": postgres.APPLICATION,
    }


def identity(data: Path) -> str:
    """Return what tells this database from another: it goes when the data directory goes.

    A database that is not ours could have been emptied or restored since: it never looks known.
    """
    try:
        made = (data / "PG_VERSION").stat()
    except FileNotFoundError:
        return secrets.token_hex(16)
    return f"{made.st_ino} {made.st_mtime_ns}"


def migrations(database: str) -> str:
    """Return a digest that changes whenever `migrate` might have something to do."""
    digest = hashlib.sha256(f"{sys.version} {database}".encode())
    lock = ROOT / "factcheck" / "locks" / "up.txt"
    grants = ROOT / "factcheck" / "grants.py"
    ours = [path for app in APPS for path in (ROOT / app).glob("**/migrations/*.py")]
    for path in (lock, grants, *sorted(ours)):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def demo(database: str, logins: dict[str, str], port: object) -> str:
    """Return a digest that changes whenever the demo has to be loaded (again)."""
    digest = hashlib.sha256(f"{database} {port} {sorted(logins.items())}".encode())
    for path in sorted((ROOT / "factcheck" / "demo").glob("**/*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    return digest.hexdigest()


def publish(places: Places, env: dict[str, str]) -> None:
    """Let other commands find this instance while it runs."""
    names = [k for k in env if k.startswith("FACTCHECK_") or k in {"DATABASE_URL", "REDIS_URL"}]
    places.write("run/env.json", {name: env[name] for name in sorted(names)})
