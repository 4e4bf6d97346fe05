"""CheckThat! 2022 task 2A through the product's own search, and through BM25 in memory."""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from heapq import nlargest
from math import log
from pathlib import Path
from typing import Final

from django.db import connection
from django.utils import timezone

from claims import meaning
from claims.comparing import Embedder
from claims.finding import embedding
from claims.matching import nearest
from claims.models import EarlierClaim
from claims.remembering import keep_imported
from claims.reviews import Review

_PLACE: Final = "https://earlier.example/"
_BEST: Final = 5
_WORD: Final = re.compile(r"\w\w+")
_SETS: Final = {
    "dev": ("CT2022-Task2A-EN-Train-Dev_Queries.tsv", "CT2022-Task2A-EN-Dev_QRELs.tsv"),
    "dev-test": ("CT2022-Task2A-EN-Dev-Test_Queries.tsv", "CT2022-Task2A-EN-Dev-Test_QRELs.tsv"),
}
Search = Callable[[str], list[str]]


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """Fill the table with the set's claims, ask both ways, and take the claims out again."""
    claims = [
        json.loads(line) for line in (folder / "vclaims.jsonl").read_text("utf-8").splitlines()
    ]
    keep_imported(reviews=map(_review, claims), at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE claims_earlierclaim")
    ways: dict[str, Search] = {"PostgreSQL": _ours, "BM25 in memory": _bm25(claims)}
    model = embedding.installed()
    if model:
        meaning.keep(EarlierClaim.objects.defer("lexemes").iterator(500), embedder=model)
        ways["PostgreSQL and the model"] = partial(_ours, embedder=model)
    figures = {
        name: {way: _mean_precision(search, folder, *files) for way, search in ways.items()}
        for name, files in _SETS.items()
        if all((folder / file).is_file() for file in files)
    }
    EarlierClaim.objects.all().delete()
    return figures


def _review(claim: dict[str, str]) -> Review:
    return Review(
        url=_PLACE + claim["vclaim_id"],
        text=claim["vclaim"],
        title=claim["title"],
        summary=claim["subtitle"] or "",
        rating="unknown",
        reviewer="A desk",
    )


def _ours(post: str, embedder: Embedder | None = None) -> list[str]:
    found = nearest(post, limit=_BEST, embedder=embedder)
    return [match.earlier.url.removeprefix(_PLACE) for match in found]


def _mean_precision(search: Search, folder: Path, queries: str, gold: str) -> float:
    relevant: dict[str, set[str]] = defaultdict(set)
    for line in (folder / gold).read_text("utf-8").splitlines():
        query, _, claim, _ = line.split("\t")
        relevant[query].add(claim)
    with (folder / queries).open(encoding="utf-8", newline="") as file:
        posts = {row[0]: row[1] for row in csv.reader(file, delimiter="\t")}
    each = [_precision(search(posts[query]), claims) for query, claims in relevant.items()]
    return sum(each) / len(each)


def _precision(found: list[str], relevant: set[str]) -> float:
    """Return the average precision among the first five."""
    total, right = 0.0, 0
    for place, claim in enumerate(found[:_BEST], start=1):
        if claim in relevant:
            right += 1
            total += right / place
    return total / min(len(relevant), _BEST)


def _bm25(claims: list[dict[str, str]]) -> Search:
    """Plain BM25 over claim, title and summary: words of two letters or more, stemmed."""
    stems = _stems(f"{c['vclaim']} {c['title']} {c['subtitle'] or ''}" for c in claims)
    lengths = [sum(words.values()) for words in stems]
    mean, count = sum(lengths) / len(lengths), len(lengths)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, words in enumerate(stems):
        for word, times in words.items():
            places[word].append((number, times))

    def search(post: str) -> list[str]:
        scores: dict[int, float] = defaultdict(float)
        for word, asked in _stems([post])[0].items():
            rows = places.get(word, [])
            weight = asked * log(1 + (count - len(rows) + 0.5) / (len(rows) + 0.5))
            for number, times in rows:
                room = 1.5 * (0.25 + 0.75 * lengths[number] / mean)
                scores[number] += weight * times * 2.5 / (times + room)
        return [
            claims[number]["vclaim_id"] for number in nlargest(_BEST, scores, scores.__getitem__)
        ]

    return search


def _stems(texts: Iterable[str]) -> list[Counter[str]]:
    query = (
        "SELECT (SELECT json_object_agg(lexeme, cardinality(positions))"
        " FROM unnest(to_tsvector('english', text)))"
        " FROM unnest(%s::text[]) WITH ORDINALITY AS given (text, place) ORDER BY place"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [[" ".join(_WORD.findall(text)) for text in texts]])
        return [Counter(_loaded(row) or {}) for (row,) in cursor.fetchall()]


def _loaded(row: object) -> dict[str, int]:
    found: dict[str, int] = json.loads(row) if isinstance(row, str) else row  # type: ignore[assignment]
    return found
