"""The compose file's commands and health checks, run as they stand against the tests' servers."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from django.conf import settings

from factcheck.celery import QUEUES, app
from factcheck.embedded import children
from factcheck.embedded.places import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ("web", "worker", "fetcher", "renderer", "beat", "sweeper")


@pytest.fixture
def env(committed_db: None, tmp_path: Path) -> dict[str, str]:
    """The image's environment, with the tests' servers in the place of the containers."""
    database = settings.DATABASES["default"]
    parts = {"dbname": database["NAME"], "user": database["USER"], "host": database["HOST"]}
    if database["PORT"]:
        parts["port"] = database["PORT"]
    scripts = Path(sys.executable).parent
    return os.environ | {
        "DATABASE_URL": psycopg.conninfo.make_conninfo("", **parts),
        "PATH": f"{_scripts(tmp_path)}:{scripts}:{os.environ['PATH']}",
        "FACTCHECK_DATA_DIR": str(tmp_path / "data"),
        "FACTCHECK_PUBLIC_URL": "http://localhost:8000",
        "FACTCHECK_ALLOWED_HOSTS": "127.0.0.1,localhost",
        "HOSTNAME": socket.gethostname(),
    }


def _scripts(tmp_path: Path) -> Path:
    """Make the names `python`, `gunicorn` and `celery` mean this environment's."""
    place = tmp_path / "bin"
    place.mkdir()
    lines = {"python": "", "gunicorn": "-m gunicorn", "celery": "-m celery"}
    for name, module in lines.items():
        script = place / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n')
        script.chmod(0o755)
    return place


def local(words: list[str], *, port: int, scratch: Path) -> list[str]:
    """Put a free port and a scratch directory into a command of the compose file."""
    return [
        word.replace("0.0.0.0:8000", f"127.0.0.1:{port}")
        .replace("127.0.0.1:8000", f"127.0.0.1:{port}")
        .replace("$$", "$")
        .replace("/tmp", str(scratch))  # noqa: S108 (the container's, replaced)
        for word in words
    ]


def healthy(test: list[str], env: dict[str, str]) -> bool:
    kind, *words = test
    command = ["sh", "-c", words[0]] if kind == "CMD-SHELL" else words
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, timeout=60, check=False)
    return done.returncode == 0


def becomes_healthy(
    name: str, process: subprocess.Popen[bytes], env: dict[str, str], port: int, scratch: Path
) -> bool:
    """Return whether a service passes its own check within a minute."""
    test = local(SERVICES[name]["healthcheck"]["test"], port=port, scratch=scratch)
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if healthy(test, env):
            return True
        time.sleep(0.3)
    return False


def test_every_service_has_a_health_check_and_none_is_root() -> None:
    for name, service in SERVICES.items():
        assert "test" in service["healthcheck"] or name == "migrate", name
    for name in (*OURS, "migrate"):
        assert SERVICES[name]["read_only"] is True
        assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert "USER 10001:10001" in (ROOT / "Dockerfile").read_text()


def test_no_secret_is_an_environment_variable_of_a_container() -> None:
    for service in SERVICES.values():
        for variable in service.get("environment", {}):
            assert "PASSWORD" not in variable or variable.endswith("_FILE")
            assert "SECRET" not in variable or variable.endswith("_FILE")


def test_only_what_fetches_reaches_the_outside() -> None:
    networks = {name: set(service["networks"]) for name, service in SERVICES.items()}
    apart = {"postgres", "valkey", "web", "fetcher", "renderer"}
    assert {name for name in networks if networks[name] != {"inside"}} == apart
    assert networks["fetcher"] == networks["renderer"] == {"stores", "outside"}
    assert networks["web"] == {"inside", "front"}
    assert networks["postgres"] == networks["valkey"] == {"inside", "stores"}
    internal = {name for name, how in COMPOSE["networks"].items() if (how or {}).get("internal")}
    assert internal == {"inside", "stores"}
    masquerade = "com.docker.network.bridge.enable_ip_masquerade"
    assert COMPOSE["networks"]["front"]["driver_opts"] == {masquerade: "false"}


def test_every_queue_has_a_worker_and_what_fetches_has_its_own() -> None:
    queues = {
        word.removeprefix("--queues="): name
        for name, service in SERVICES.items()
        for word in service.get("command", [])
        if word.startswith("--queues=")
    }
    assert queues == {"factcheck": "worker", "fetching": "fetcher", "rendering": "renderer"}
    assert set(queues) == set(QUEUES)
    assert app.conf.task_routes["sources.run_capture"] == {"queue": "fetching"}
    assert app.conf.task_routes["sources.run_rendering"] == {"queue": "rendering"}
    assert SERVICES["renderer"]["profiles"] == ["rendering"]


def test_the_production_image_holds_no_embedded_server() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "locks/production.txt" in dockerfile
    assert "locks/up.txt" not in dockerfile


@pytest.mark.services
@pytest.mark.embedded
def test_the_services_run_become_healthy_and_stop(env: dict[str, str], tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    migrate = subprocess.run(
        [shutil.which("python", path=env["PATH"]) or "", *SERVICES["migrate"]["command"][1:]],
        env=env | {"FACTCHECK_APP_ROLE": "factcheck_app", "FACTCHECK_APP_PASSWORD": "pw'\\"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert migrate.returncode == 0, migrate.stderr
    assert migrate.stdout.startswith("Role factcheck_app is there.")
    logs = {name: (scratch / f"{name}.log").open("wb") for name in OURS}
    processes = {}
    for name in OURS:
        command = local(SERVICES[name]["command"], port=port, scratch=scratch)
        command[0] = shutil.which(command[0], path=env["PATH"]) or command[0]
        processes[name] = children.spawn(command, env=env, output=logs[name])
    try:
        with ThreadPoolExecutor() as pool:
            waits = {
                name: pool.submit(becomes_healthy, name, processes[name], env, port, scratch)
                for name in OURS
            }
        said = {name: (scratch / f"{name}.log").read_text() for name in OURS}
        assert {name: said[name] for name in OURS if not waits[name].result()} == {}
    finally:
        for process in processes.values():
            process.send_signal(signal.SIGTERM)
        stopped = [children.stop(p, signal.SIGTERM, within=20) for p in processes.values()]
        for log in logs.values():
            log.close()
    assert stopped == [True] * len(OURS)
