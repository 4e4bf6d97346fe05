"""The floor under the API bench: the same bytes by a bare psycopg select, nothing else.

Addresses: /detail/<uuid> and /list?<last seq>.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

import psycopg

CONNECTION = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
DETAIL = "SELECT seq, body FROM claims_published WHERE verdict_id = %s"
PAGE = "SELECT seq, body FROM claims_published WHERE seq > %s ORDER BY seq LIMIT 21"


def application(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    """Answer one request."""
    path = environ["PATH_INFO"]
    if path.startswith("/detail/"):
        row = CONNECTION.execute(DETAIL, [path[8:]]).fetchone()
        assert row is not None
        body = f'{{"seq":{row[0]},{row[1][1:]}'
    else:
        rows = CONNECTION.execute(PAGE, [int(environ["QUERY_STRING"])]).fetchall()[:20]
        body = ",".join(f'{{"seq":{seq},{text[1:]}' for seq, text in rows)
    content = body.encode()
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(content)))])
    return [content]
