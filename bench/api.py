"""The partner API against a bare psycopg select behind the same web server.

CPU time of the web server and of PostgreSQL together, floor and candidate interleaved in random
order, the least of all rounds for each. The ratio is floor by candidate: 1.0 would be as cheap as
the bare select.
"""

import hashlib
import http.client
import json
import random
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import psycopg
from django.conf import settings

from bench import Options, Report
from bench._servers import cpu_seconds, stores, web

REQUESTS = {
    "detail": 400,
    "list of 20": 150,
    "detail, with a key": 400,
    "list of 20, with a key": 150,
}
KEY = "fc_of_the_bench"
BODY_BYTES = 2500  # of a published verdict with two pieces of evidence
# Foreign keys and triggers are off while seeding: only the partners' rows are measured.
SEED = """
SET session_replication_role = replica;
INSERT INTO claims_published (verdict_id, version_id, seq, etag, updated_at, body, claim_review)
SELECT md5('verdict' || n)::uuid, md5('version' || n)::uuid, n, md5(n::text), now(),
       json_build_object('id', md5('verdict' || n)::uuid, 'state', 'published',
                         'reasoning', repeat(md5(n::text) || ' ', {size} / 33))::text, '{{}}'
FROM generate_series(1, {rows}) n;
-- A receipt names its verdict.
INSERT INTO claims_verdict (id, claim_id, created_at)
SELECT md5('verdict' || n)::uuid, md5('claim' || n)::uuid, now() FROM generate_series(1, {rows}) n;
INSERT INTO api_apikey (partner, prefix, digest, created_at)
VALUES ('bench', 'fc_of_th', '{key}', now());
SET session_replication_role = DEFAULT;
ANALYZE claims_published, claims_verdict;
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A web server under measurement: where it listens and how it is asked."""

    port: int
    pid: int
    address: Callable[[str, int], str]


def run(options: Options) -> Report:
    """Seed `options.rows` published verdicts and measure both addresses."""
    report = Report(f"Partner API at {options.rows:,} verdicts (CPU time per request)")
    with stores() as (env, database_pid):
        _prepare(env, options.rows)
        with (
            web("factcheck.wsgi:application", env) as (port, pid),
            web("bench._floor:application", env) as (floor_port, floor_pid),
        ):
            ours = Server(port, pid, _our_address)
            floor = Server(floor_port, floor_pid, _floor_address)
            _check(ours, floor, options.rows)
            for kind in REQUESTS:
                times = _measure(kind, {"ours": ours, "floor": floor}, database_pid, options)
                report.rows.append(_row(kind, times))
                report.raw[kind] = times
    report.notes.append(f"{options.rounds} rounds, the least of each; wall time is for one client")
    return report


def _prepare(env: dict[str, str], rows: int) -> None:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--verbosity", "0"]
    subprocess.run(command, env=env, check=True)  # noqa: S603 (our own command line)
    key = hashlib.sha256(KEY.encode()).hexdigest()
    with psycopg.connect(env["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(SEED.format(rows=rows, size=BODY_BYTES, key=key))


def _our_address(kind: str, place: int) -> str:
    if kind.startswith("detail"):
        return f"/api/v1/verdicts/{_verdict(place)}/"
    return f"/api/v1/verdicts/?after={place}"


def _floor_address(kind: str, place: int) -> str:
    return f"/detail/{_verdict(place)}" if kind.startswith("detail") else f"/list?{place}"


def _verdict(place: int) -> uuid.UUID:
    return uuid.UUID(hashlib.md5(f"verdict{place}".encode()).hexdigest())  # noqa: S324 (as the seed)


def _check(ours: Server, floor: Server, rows: int) -> None:
    """The answers must be the same before anything is timed."""
    place = rows // 2
    mine = json.loads(_ask(ours, ["detail"], [place])[0])
    assert mine == json.loads(_ask(floor, ["detail"], [place])[0])
    page = json.loads(_ask(ours, ["list of 20"], [place])[0])["results"]
    assert page == json.loads(f"[{_ask(floor, ['list of 20'], [place])[0]}]")
    assert [row["seq"] for row in page] == list(range(place + 1, place + 21))


def _measure(
    kind: str, servers: dict[str, Server], database_pid: int, options: Options
) -> dict[str, list[tuple[float, float]]]:
    """Return for each server (CPU milliseconds, wall milliseconds) a request, by round."""
    number = REQUESTS[kind]
    chance = random.Random(7)  # noqa: S311 (the same order each time)
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in servers}
    for _ in range(options.rounds):
        places = [chance.randrange(1, max(2, options.rows - 21)) for _ in range(number)]
        for name in chance.sample(list(servers), len(servers)):
            server = servers[name]
            _ask(server, [kind] * 20, places[:20])
            before = cpu_seconds(server.pid) + cpu_seconds(database_pid)
            begun = time.perf_counter()
            _ask(server, [kind] * number, places)
            wall = time.perf_counter() - begun
            spent = cpu_seconds(server.pid) + cpu_seconds(database_pid) - before
            times[name].append((1000 * spent / number, 1000 * wall / number))
    return times


def _ask(server: Server, kinds: list[str], places: list[int]) -> list[str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    answers = []
    for kind, place in zip(kinds, places, strict=True):
        headers = {"Authorization": f"Bearer {KEY}"} if kind.endswith("with a key") else {}
        connection.request("GET", server.address(kind, place), headers=headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        assert answer.status == 200, body  # noqa: PLR2004 (OK)
        answers.append(body)
    connection.close()
    return answers


def _row(kind: str, times: dict[str, list[tuple[float, float]]]) -> dict[str, object]:
    ours, floor = (min(cpu for cpu, _ in times[name]) for name in ("ours", "floor"))
    return {
        "request": kind,
        "floor ms CPU": floor,
        "ours ms CPU": ours,
        "floor / ours": floor / ours,
        "ours ms wall": min(wall for _, wall in times["ours"]),
    }
