"""Earlier claims and what was found: the one writer of that table."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from django.conf import settings
from django.db import transaction

from claims import showing
from claims.comparing import hash_of, primary, searchable
from claims.models import EarlierClaim, VerdictVersion
from claims.models.earlier import WITHDRAWN
from claims.reviews import Review
from claims.states import EarlierSource
from factcheck.audit.trail import record

BATCH: Final = 500
# What may differ between two readings of one review; the rest follows from these.
CONTENT: Final = (
    *("text", "title", "summary", "claimant", "claimed_on", "rating_label", "reviewer", "url"),
    *("reviewed_on", "language", "searchable", "text_hash"),
)

DERIVED: Final = frozenset({"searchable", "text_hash"})


@dataclass(slots=True)
class Kept:
    """How many reviews were new, changed since, or known already."""

    new: int = 0
    changed: int = 0
    known: int = 0


def keep_own(*, version: VerdictVersion, at: datetime) -> EarlierClaim:
    """Remember a verdict of this desk that is being published; a newer version replaces it."""
    claim = version.verdict.claim
    assert version.rating is not None  # noqa: S101 (a sealed version has one)
    values = {
        "source": EarlierSource.OWN,
        "text": claim.text,
        "summary": version.summary,
        "claimant": claim.claimant,
        "claimed_on": claim.article.published_on,
        "rating": version.rating,
        "rating_label": version.rating.label,
        "reviewer": settings.DESK_NAME,
        "url": showing.public_url(version),
        "reviewed_on": at.date(),
        "language": primary(claim.article.language),
        "searchable": _words(claim.text, "", version.summary),
        "text_hash": hash_of(claim.text),
        "noted_at": at,
    }
    row, _ = EarlierClaim.objects.update_or_create(verdict=version.verdict, defaults=values)
    return row


def forget_own(*, version: VerdictVersion, at: datetime) -> None:
    """Say of a verdict that was withdrawn that it was: its rating holds for nothing any more."""
    rows = EarlierClaim.objects.filter(verdict=version.verdict_id)
    rows.update(rating_label=WITHDRAWN, summary="", noted_at=at)


def keep_imported(*, reviews: Iterable[Review], at: datetime) -> Kept:
    """Remember reviews of other desks. The same again changes nothing.

    What a review said before its desk changed it stands in the audit trail.

    Each batch is a transaction of its own: what was kept stays kept when a later one fails.
    """
    kept, rest = Kept(), iter(reviews)
    while batch := list(islice(rest, BATCH)):
        _keep_batch({row.key: row for row in (_row(review, at) for review in batch)}, kept)
    return kept


@transaction.atomic
def _keep_batch(rows: dict[str | None, EarlierClaim], kept: Kept) -> None:
    known = {
        row.key: row
        for row in EarlierClaim.objects.select_for_update()
        .filter(key__in=list(rows))
        .order_by("pk")
        .defer("lexemes")
    }
    changed = []
    for key, row in rows.items():
        before = known.get(key)
        if before and (said := _said_before(before, row)):
            row.pk = before.pk
            changed.append(row)
            record(action="earlier.changed", target=row, by=None, at=row.noted_at, data=said)
    # In one order, so that two imports of the same reviews wait for each other and never deadlock.
    new = sorted((r for key, r in rows.items() if key not in known), key=lambda row: row.key or "")
    EarlierClaim.objects.bulk_create(new, ignore_conflicts=True)
    EarlierClaim.objects.bulk_update(changed, [*CONTENT, "noted_at"])
    kept.new += len(new)
    kept.changed += len(changed)
    kept.known += len(rows) - len(new) - len(changed)


def _said_before(before: EarlierClaim, now: EarlierClaim) -> dict[str, str]:
    """Return what a review said before where it says something else now; empty when it is alike."""
    differ = [name for name in CONTENT if getattr(before, name) != getattr(now, name)]
    told = [name for name in differ if name not in DERIVED] or differ
    return {name: str(getattr(before, name) or "") for name in told}


def key_of(review: Review) -> str:
    """Return what makes a review one and the same: the digest of its address and its claim."""
    return hashlib.sha256(f"{review.url}\n{hash_of(review.text[:2000])}".encode()).hexdigest()


def _row(review: Review, at: datetime) -> EarlierClaim:
    text = review.text[:2000]
    return EarlierClaim(
        source=EarlierSource.IMPORTED,
        key=key_of(review),
        text=text,
        title=review.title[:500],
        summary=review.summary[:2000],
        claimant=review.claimant[:200],
        claimed_on=review.claimed_on,
        rating_label=review.rating[:200],
        reviewer=review.reviewer[:200],
        url=review.url,
        reviewed_on=review.reviewed_on,
        language=review.language[:10],
        searchable=_words(text, review.title[:500], review.summary[:2000]),
        text_hash=hash_of(text),
        noted_at=at,
    )


def _words(text: str, title: str, summary: str) -> str:
    """Return what the row is found by; a text of signs alone is found by its hash."""
    return searchable(f"{title} {text} {summary}") or "-"
