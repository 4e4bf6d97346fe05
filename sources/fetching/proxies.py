"""The address of a proxy, as a deployment writes it."""

import base64
import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote

_SHAPE = re.compile(
    r"http://(?:(?P<user>[^:@/\s]*)(?::(?P<password>[^@/\s]*))?@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(?P<port>[0-9]{1,5})/?"
)
_MAXIMUM_PORT = 65535


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy of the deployment. `authorization` goes to it alone, never to a server."""

    host: str
    port: int
    authorization: str = field(default="", repr=False)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read `http://[user:password@]host:port`; None for the empty string.

        Raises ValueError for anything else.
        """
        if not text:
            return None
        shape = _SHAPE.fullmatch(text)
        port = int(shape["port"]) if shape else 0
        if shape is None or not 0 < port <= _MAXIMUM_PORT:
            raise ValueError(
                "a proxy is written http://host:port or http://user:password@host:port"
            )
        secret = ""
        if shape["user"] is not None:
            pair = f"{unquote(shape['user'])}:{unquote(shape['password'] or '')}"
            secret = "Basic " + base64.b64encode(pair.encode()).decode()
        return cls(shape["host"].strip("[]"), port, secret)
