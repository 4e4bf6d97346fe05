"""The part of the matching bench that runs against its own database: rows, rounds, a set.

Prints what it measured as JSON.
"""

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
django.setup()

from django.db import connection  # noqa: E402 (Django is ready now)
from django.utils import timezone  # noqa: E402

from bench import _retrieval  # noqa: E402
from claims.comparing import hash_of, searchable  # noqa: E402
from claims.finding import embedding  # noqa: E402
from claims.matching import nearest  # noqa: E402
from claims.remembering import keep_imported  # noqa: E402
from claims.reviews import Review  # noqa: E402
from claims.seeking import ALWAYS, MOST_ROWS, SEARCH, parameters, seek  # noqa: E402

_VOCABULARY: Final = 60_000
_WORDS: Final = 25  # of a claim with title and summary
_QUESTIONS: Final = 40
_BATCH: Final = 5_000
_COMMON: Final = 60  # words that stand in tens of thousands of claims each
_COPY: Final = (
    "COPY claims_earlierclaim (source, key, text, title, summary, claimant, rating_label, reviewer,"
    " url, language, searchable, text_hash, noted_at) FROM STDIN"
)


def main(rows: int, rounds: int, data: Path | None) -> dict[str, Any]:
    """Measure the quality on `data`, then the speed beside `rows` made-up claims."""
    quality = _retrieval.measure(data) if data else {}
    chance = random.Random(11)  # noqa: S311 (the same rows each time)
    begun = time.perf_counter()
    _seed(rows, chance)
    seconds = time.perf_counter() - begun
    return {"quality": quality, "speed": {"seconds to seed": seconds} | _speed(rounds, chance)}


def _claim(chance: random.Random) -> str:
    """Return words as a language has them: the n-th commonest one n times as rare as the first."""
    ranks = (int(_VOCABULARY ** chance.random()) for _ in range(_WORDS))
    return " ".join(f"w{rank}x" for rank in ranks)


def _seed(rows: int, chance: random.Random) -> None:
    claims = ((number, _claim(chance)) for number in range(rows))
    while batch := list(islice(claims, _BATCH)):
        with connection.cursor() as cursor, cursor.cursor.copy(_COPY) as copy:
            for number, text in batch:
                key, url = f"seed{number}", f"https://seed.example/{number}"
                words = ("imported", key, text, "", "", "", "False", "A desk", url, "en")
                copy.write_row((*words, searchable(text), hash_of(text), "2026-01-01T00:00:00Z"))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE claims_earlierclaim")
        cursor.execute("ANALYZE claims_lexeme")


def _speed(rounds: int, chance: random.Random) -> dict[str, Any]:
    questions = [_claim(chance) for _ in range(_QUESTIONS)]
    plans = [_plan(question) for question in questions]
    assert seek(questions[0]), "a question of common words finds something"
    model = embedding.installed()
    ways: dict[str, Callable[[str], object]] = {"a search": seek, "nearest": nearest}
    if model:
        ways["nearest by meaning"] = partial(nearest, embedder=model)
    timed = {
        f"ms {way}, {name}": figure
        for way, ask in ways.items()
        for name, figure in _spread(ask, questions, rounds).items()
    }
    common = [" ".join(f"w{chance.randint(1, _COMMON)}x" for _ in range(8)) for _ in range(20)]
    return (
        _sizes()
        | timed
        | {
            f"ms nearest, common words only, {name}": figure
            for name, figure in _spread(nearest, common, rounds).items()
        }
        | {
            "ms to keep a review of 500": _keeping(chance),
            "rows read, most": max(plan["rows"] for plan in plans),
            "rows allowed": (ALWAYS + 1) * MOST_ROWS,
            "scans of the table": sum(plan["scans"] for plan in plans),
            "blocks read, most": max(plan["blocks"] for plan in plans),
        }
    )


def _spread(ask: Callable[[str], object], questions: list[str], rounds: int) -> dict[str, float]:
    """Return the median and the 95th of 100 of the best round of each question, in ms."""
    best = sorted(min(_timed(ask, question) for _ in range(rounds)) for question in questions)
    return {"median": statistics.median(best), "95 of 100": best[int(len(best) * 0.95)]}


def _sizes() -> dict[str, float]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_table_size('claims_earlierclaim'), pg_relation_size('claims_earlier_words'),"
            " pg_total_relation_size('claims_lexeme')"
        )
        names = ("MB of the table", "MB of the index of words", "MB of the counters")
        return dict(zip(names, (size / 1024**2 for size in cursor.fetchone() or ()), strict=True))


def _keeping(chance: random.Random) -> float:
    """Import 500 more reviews; the counters are kept as they come. Return ms for each."""
    made = [
        Review(
            url=f"https://more.example/{number}", text=_claim(chance), rating="No", reviewer="Desk"
        )
        for number in range(500)
    ]
    begun = time.perf_counter()
    assert keep_imported(reviews=made, at=timezone.now()).new == len(made)
    return (time.perf_counter() - begun) * 1000 / len(made)


def _timed(ask: Callable[[str], object], question: str) -> float:
    begun = time.perf_counter()
    ask(question)
    return (time.perf_counter() - begun) * 1000


def _plan(question: str) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {SEARCH}",
            parameters(question, language="en", limit=20),
        )
        [(found,)] = cursor.fetchall()
    top = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    touched = [node for node in _nodes(top) if node.get("Relation Name") == "claims_earlierclaim"]
    return {
        "rows": round(sum(node["Actual Rows"] * node["Actual Loops"] for node in touched)),
        "scans": sum(node["Node Type"] == "Seq Scan" for node in touched),
        "blocks": top["Shared Hit Blocks"] + top["Shared Read Blocks"],
    }


def _nodes(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(below for child in node.get("Plans", ()) for below in _nodes(child))]


if __name__ == "__main__":
    folder = sys.argv[3]
    measured = main(int(sys.argv[1]), int(sys.argv[2]), Path(folder) if folder else None)
    sys.stdout.write(json.dumps(measured))
