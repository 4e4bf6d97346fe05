"""A private Valkey: it holds messages and counters that may be lost, so it writes nothing."""

import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import redis

from factcheck.embedded import binaries, children


@dataclass(frozen=True, slots=True)
class Broker:
    """One Redis-protocol server on a Unix socket."""

    sockets: Path
    program: str

    @property
    def socket(self) -> Path:
        """The socket's path."""
        return self.sockets / "valkey.sock"

    def url(self, database: int = 0) -> str:
        """Return the URL in the form that redis-py and our settings take."""
        return f"unix://{self.socket}?db={database}"

    def command(self) -> list[str]:
        """Return the server's command line: no port, no file, no growth without end."""
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "save": "",
            "appendonly": "no",
            "daemonize": "no",
            "dir": str(self.sockets),
            "loglevel": "warning",
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",
        }
        return [self.program, *(part for k, v in settings.items() for part in (f"--{k}", v))]

    def answers(self) -> bool:
        """Whether the server takes commands."""
        try:
            with redis.Redis(unix_socket_path=str(self.socket), socket_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


def open_broker(sockets: Path) -> Broker:
    """Return the server to be. Raises LauncherError when there is no program for it."""
    return Broker(sockets, binaries.find_valkey())


def start(broker: Broker, log: Path) -> subprocess.Popen[bytes]:
    """Start the server with its output in `log`."""
    with log.open("wb") as output:
        return children.spawn(broker.command(), output=output, death_signal=signal.SIGINT)
