"""`manage.py up`: the whole application on one machine, from an empty directory."""

import argparse
import contextlib
import os
import secrets
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from factcheck.bootstrap import say
from factcheck.embedded import environment, postgres, processes, valkey
from factcheck.embedded.errors import LauncherError, disk_full, explain
from factcheck.embedded.places import Places
from factcheck.embedded.runner import Runner, Stopped

ROOM_TO_RUN = 30 * 2**20  # bytes


@dataclass(frozen=True, slots=True)
class Options:
    """What the person asked for."""

    port: int
    host: str
    demo: bool
    data: Path


def main(arguments: list[str]) -> int:
    """Run until asked to stop; return the exit status."""
    options = parse(arguments)
    runner = Runner()
    try:
        with runner.signals():
            _up(options, runner)
    except Stopped:
        pass
    except LauncherError as error:
        say(f"\n{error}")
        return 1
    except OSError as error:
        say(f"\n{explain(error)}")
        return 1
    return 0


def parse(arguments: list[str]) -> Options:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="manage.py up", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="the web server's port (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--no-demo", action="store_true", help="start without the sample article")
    parser.add_argument("--data", type=Path, default=environment.home(), help="data (var/)")
    found = parser.parse_args(arguments)
    return Options(found.port, found.host, not found.no_demo, found.data.resolve())


def _up(options: Options, runner: Runner) -> None:
    began = time.monotonic()
    places = Places(options.data)
    places.make()
    with contextlib.ExitStack() as stack:
        stack.enter_context(places.held())
        check_port(options.host, options.port)
        _check_room(options.data)
        # Registered before the sockets' directory, so that it runs after the servers ended.
        postgres.wait_for_predecessor(places.postgres)
        sockets = stack.enter_context(places.sockets())
        stack.enter_context(_stopping(runner))
        env = _start_servers(options, places, sockets, runner)
        _start_application(options, places, env, runner)
        runner.say("factcheck", f"ready after {time.monotonic() - began:.1f} s")
        _welcome(options, places)
        runner.supervise()


@contextlib.contextmanager
def _stopping(runner: Runner) -> Iterator[None]:
    try:
        yield
    finally:
        if runner.has_started:
            runner.say("factcheck", "stopping")
            runner.stop_all()
            runner.say("factcheck", "stopped; the data are kept")


def check_port(host: str, port: int) -> None:
    """Raise LauncherError when the port cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except PermissionError as error:
            raise LauncherError(f"Port {port} needs special rights. Try --port 8000.") from error
        except (OSError, OverflowError) as error:
            raise LauncherError(_port_words(host, port, error)) from error


def _port_words(host: str, port: int, error: Exception) -> str:
    if isinstance(error, OverflowError):
        return f"{port} is not a port: choose one from 1 to 65535."
    if isinstance(error, socket.gaierror) or "assign requested address" in str(error):
        return f"{host} is not an address of this machine. Try --host 127.0.0.1."
    return (
        f"Port {port} is taken by another program. Choose another one: --port {port + 1}"
        " (a second copy of Factcheck also needs its own --data DIR)."
    )


def _check_room(home: Path) -> None:
    status = os.statvfs(home)
    if status.f_bavail * status.f_frsize < ROOM_TO_RUN:
        raise LauncherError(disk_full(home))


def _start_servers(
    options: Options, places: Places, sockets: Path, runner: Runner
) -> dict[str, str]:
    """Start PostgreSQL and Valkey where no other servers are named; return the environment."""
    env = environment.base(
        places, public_url=f"http://{processes.shown(options.host)}:{options.port}"
    )
    started = []
    if "DATABASE_URL" not in os.environ:
        first = not places.postgres.exists()
        if first:
            runner.say("factcheck", f"making a PostgreSQL database in {places.postgres}")
        cluster = postgres.open_cluster(places.postgres, sockets)
        runner.start(processes.of_postgres(cluster))
        started.append("postgres")
        env |= environment.of_cluster(cluster)
    if "REDIS_URL" not in os.environ:
        broker = valkey.open_broker(sockets)
        runner.start(processes.of_valkey(broker))
        started.append("valkey")
        env["REDIS_URL"] = broker.url()
    runner.wait_ready(*started)
    if "postgres" in started:
        postgres.prepare_roles(cluster)
    env |= {
        "FACTCHECK_RUN_ID": secrets.token_hex(8),
        "FACTCHECK_ALLOWED_HOSTS": ",".join(_allowed_hosts(options.host)),
    }
    return env


def _start_application(
    options: Options, places: Places, env: dict[str, str], runner: Runner
) -> None:
    """Migrate and load what changed, and start the application's own processes."""
    state = places.read("state.json")
    database = _database(places)
    if state.get("migrated") != environment.migrations(database):
        runner.say("factcheck", "bringing the database up to date")
        owner = env | {"DATABASE_URL": env["FACTCHECK_OWNER_URL"]}
        owner["FACTCHECK_STATEMENT_TIMEOUT_MS"] = "0"
        runner.finish(processes.once("migrate", owner, "--no-input", "--skip-checks", "-v", "0"))
        state["migrated"] = environment.migrations(database)
        places.write("state.json", state)
    if options.demo:
        port = _demo_port(state.get("demo_port"))
        env |= {"FACTCHECK_LOOPBACK_PORTS": str(port)}
        runner.start(processes.of_samples(port, env))
    environment.publish(places, env)
    ours = processes.application(host=options.host, port=options.port, places=places, env=env)
    web, *others = ours
    runner.start(web)
    # The first page needs no worker: on a small machine, starting all at once delays it.
    runner.wait_ready(web.name)
    for service in others:
        runner.start(service)
    if options.demo:
        _load_demo(places, state | {"demo_port": port}, env, runner)


def _database(places: Places) -> str:
    elsewhere = "DATABASE_URL" in os.environ
    return secrets.token_hex(16) if elsewhere else environment.identity(places.postgres)


def _demo_port(kept: object) -> int:
    """Return the port of the sample pages: the one of last time if it is free."""
    for port in (kept if isinstance(kept, int) else 0, 0):
        with contextlib.suppress(OSError), socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(("127.0.0.1", port))
            return int(trial.getsockname()[1])
    raise LauncherError("No free port was found for the sample pages.")


def _load_demo(
    places: Places, state: dict[str, object], env: dict[str, str], runner: Runner
) -> None:
    """Load the sample article and its people, when they are not there yet."""
    loaded = environment.demo(_database(places), places.logins(), state["demo_port"])
    if state.get("demo") == loaded:
        return
    runner.say("factcheck", "loading the sample article")
    passwords = {
        f"FACTCHECK_DEMO_{name.upper()}_PASSWORD": password
        for name, password in places.logins().items()
    }
    url = f"http://127.0.0.1:{state['demo_port']}"
    runner.finish(
        processes.once("load_demo", env | passwords, "--skip-checks", "--sources-url", url)
    )
    places.write("state.json", state | {"demo": loaded})


def _welcome(options: Options, places: Places) -> None:
    lines = [
        "",
        f"  Factcheck is running at http://{processes.shown(options.host)}:{options.port}/",
        "",
    ]
    if options.demo:
        lines += [
            f"    {name:<8} signs in as  {name:<8} with password  {password}"
            for name, password in places.logins().items()
        ]
    else:
        where = "" if options.data == environment.home() else f"FACTCHECK_HOME={options.data} "
        add = "python3 manage.py add_person NAME --role admin"
        lines.append(f"    Add the first person:  {where}{add}")
    lines += ["", f"  Data: {places.home}   Stop: Ctrl-C", ""]
    with contextlib.suppress(OSError):
        sys.stdout.write("\n".join([*lines, ""]))
        sys.stdout.flush()


def _allowed_hosts(host: str) -> list[str]:
    names = ["localhost", "127.0.0.1", "[::1]", socket.gethostname().lower()]
    return list(dict.fromkeys([*names, host]))
