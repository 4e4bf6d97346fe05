"""Finding earlier claims in PostgreSQL: the same wording by its hash, then by the rarest words.

BM25 in two steps. First the rarest words of the question are looked up, as many as together stand
in no more than `MOST_ROWS` rows: that bounds the work whatever the table's size. The best of what
they find is then scored by all words, by how often each stands there.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db import connection

from claims.comparing import asked, hash_of, primary
from claims.models import EarlierClaim

MOST_ROWS: Final = 5_000
ALWAYS: Final = 3  # of the rarest words, however common; each is cut off at MOST_ROWS
RESCORED: Final = 100
MOST_WORDS: Final = 100
# BM25's constants: how soon a repeated word stops counting, how far length is held against. Chosen
# on the training and dev posts of CheckThat! 2022 task 2A.
SATURATION, BY_LENGTH = 1.2, 0.3

SEARCH: Final = """
WITH total AS MATERIALIZED (
    SELECT coalesce(max(documents), 0) AS documents,
           coalesce(max(words)::float8 / nullif(max(documents), 0), 1) AS mean
    FROM claims_lexemetotal WHERE id = 1
), asked AS MATERIALIZED (
    SELECT question.lexeme, coalesce(known.documents, 0) AS documents,
           ln(1 + (greatest(total.documents - coalesce(known.documents, 0), 0) + 0.5)
                  / (coalesce(known.documents, 0) + 0.5)) AS weight
    FROM total CROSS JOIN (
        SELECT lexeme FROM unnest(to_tsvector(%(language)s::regconfig, %(words)s))
        WHERE lexeme !~ '[''\\\\]' LIMIT %(most_words)s
    ) question LEFT JOIN claims_lexeme known ON known.word = question.lexeme
), probed AS MATERIALIZED (
    SELECT lexeme, weight FROM (
        SELECT lexeme, weight, documents,
               sum(documents) OVER (ORDER BY documents, lexeme) AS upto,
               row_number() OVER (ORDER BY documents, lexeme) AS place
        FROM asked WHERE documents > 0
    ) ordered WHERE place <= %(always)s OR upto <= %(most_rows)s
), best AS MATERIALIZED (
    SELECT hit.id, sum(probed.weight / (1 + %(saturation)s * (
               1 - %(by_length)s + %(by_length)s * hit.length / total.mean))) AS score
    FROM total CROSS JOIN probed CROSS JOIN LATERAL (
        SELECT earlier.id, length(earlier.lexemes) AS length FROM claims_earlierclaim earlier
        WHERE earlier.lexemes @@ quote_literal(probed.lexeme)::tsquery
          AND (%(only)s = '' OR earlier.source = %(only)s)
        LIMIT %(most_rows)s
    ) hit GROUP BY hit.id ORDER BY score DESC, hit.id DESC LIMIT %(rescored)s
)
SELECT earlier.id, sum(
    asked.weight * cardinality(found.positions) * (1 + %(saturation)s)
    / (cardinality(found.positions) + %(saturation)s * (
        1 - %(by_length)s + %(by_length)s * length(earlier.lexemes) / total.mean))) AS score
FROM total CROSS JOIN best JOIN claims_earlierclaim earlier ON earlier.id = best.id
    CROSS JOIN LATERAL unnest(earlier.lexemes) AS found
    JOIN asked ON asked.lexeme = found.lexeme
GROUP BY earlier.id ORDER BY score DESC, earlier.id DESC LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """An earlier claim that was found, with its score by words; `identical` means its wording."""

    earlier: EarlierClaim
    score: float
    identical: bool


def seek(
    text: str, *, language: str = "en", limit: int = 20, only: str = "", leaving_out: object = None
) -> list[Hit]:
    """Return earlier claims near `text`: those of the same wording, then the nearest by words.

    `only` is a source, `leaving_out` a claim whose own verdict is no earlier one. Two queries, or
    three where any row was found.
    """
    scores = dict(_by_words(text, language=language, limit=limit + 1, only=only))
    same = EarlierClaim.objects.filter(text_hash=hash_of(text))
    same = same.filter(source=only) if only else same
    identical = set(same.order_by("-reviewed_on", "-id").values_list("pk", flat=True)[:limit])
    rows = _rows(scores.keys() | identical)
    hits = [
        Hit(row, scores.get(row.pk, 0.0), row.pk in identical)
        for row in rows
        if leaving_out is None or row.verdict is None or row.verdict.claim_id != leaving_out
    ]
    return sorted(hits, key=lambda hit: (-hit.identical, -hit.score, -hit.earlier.pk))[:limit]


def parameters(
    text: str, *, language: str, limit: int, only: str = ""
) -> dict[str, str | int | float]:
    """Return the parameters of SEARCH."""
    return {
        "words": asked(text),
        "language": "english" if primary(language) == "en" else "simple",
        "most_words": MOST_WORDS,
        "always": ALWAYS,
        "most_rows": MOST_ROWS,
        "rescored": max(RESCORED, limit),
        "saturation": SATURATION,
        "by_length": BY_LENGTH,
        "only": only,
        "limit": limit,
    }


def _by_words(text: str, *, language: str, limit: int, only: str) -> list[tuple[int, float]]:
    with connection.cursor() as cursor:
        cursor.execute(SEARCH, parameters(text, language=language, limit=limit, only=only))
        return [(int(key), float(score)) for key, score in cursor.fetchall()]


def _rows(keys: Collection[int]) -> list[EarlierClaim]:
    if not keys:
        return []
    rows = EarlierClaim.objects.filter(pk__in=keys).defer("lexemes", "searchable")
    return list(rows.select_related("verdict", "rating__scale"))
