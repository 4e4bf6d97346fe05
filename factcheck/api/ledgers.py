"""The coverage ledger of an article, as partners read it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from claims import coverage
from claims.coverage import Coverage, NumberEntry
from claims.models import Appearance, Article, ArticleRevision, Published, Sentence
from claims.states import ClaimState


def published_ledger(article_id: UUID) -> dict[str, Any] | None:
    """Return the ledger of an article, or None before its first verdict is published."""
    published = dict(
        Published.objects.filter(verdict__claim__article_id=article_id).values_list(
            "verdict__claim_id", "verdict_id"
        )
    )
    article = Article.objects.filter(pk=article_id).first() if published else None
    revision = article.revision if article else None
    if article is None or revision is None:
        return None
    entries = coverage.numbers(revision)
    return {
        "article": {
            "id": str(article.pk),
            "language": article.language,
            "title": article.title,
            "url": article.url,
            "publisher": article.publisher,
            "published_on": article.published_on.isoformat() if article.published_on else None,
        },
        "revision": revision.number,
        "text_sha256": revision.text_sha256,
        "sentence_counts": _counts(coverage.of(revision)),
        "number_counts": _counts(coverage.count(entries)),
        "sentences": _sentences(revision.sentences.order_by("position")),
        "numbers": _numbers(entries),
        "claims": _claims(revision, published),
    }


def _counts(found: Coverage) -> dict[str, int]:
    return {"claims": found.claims, "dismissed": found.dismissed, "pending": found.pending}


def _sentences(rows: Iterable[Sentence]) -> list[dict[str, Any]]:
    return [
        {"start": s.start, "end": s.end, "disposition": s.disposition, "reason": s.reason}
        for s in rows
    ]


def _numbers(entries: list[NumberEntry]) -> list[dict[str, Any]]:
    return [
        {
            "start": entry.number.start,
            "end": entry.number.end,
            "disposition": entry.disposition,
            "reason": entry.reason,
        }
        for entry in entries
    ]


def _claims(revision: ArticleRevision, published: dict[UUID, UUID]) -> list[dict[str, Any]]:
    rows = Appearance.objects.filter(revision=revision, claim__state=ClaimState.OPEN)
    found: dict[UUID, dict[str, Any]] = {}
    for row in rows.select_related("claim").order_by("start", "end"):
        verdict = published.get(row.claim_id)
        entry = found.setdefault(
            row.claim_id,
            {
                "id": str(row.claim_id),
                "text": row.claim.text,
                "spans": [],
                "verdict": str(verdict) if verdict else None,
            },
        )
        entry["spans"].append([row.start, row.end])
    return list(found.values())
