"""What partners read: a payload rendered once, when its version is published."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.urls import reverse

from claims.blocks import joined
from claims.models import VerdictVersion
from claims.sealing import moment

# The counter's row is locked from here to the commit, so publications take their numbers in the
# order in which they become visible: a partner who has read up to `seq` has missed nothing.
RELEASE = """
WITH next AS (
    UPDATE claims_changecounter SET value = value + 1 WHERE id = 1 RETURNING value
)
INSERT INTO claims_published
    (verdict_id, version_id, seq, etag, updated_at, body, claim_review)
SELECT %s, %s, next.value, %s, %s, %s, %s FROM next
ON CONFLICT (verdict_id) DO UPDATE SET
    version_id = EXCLUDED.version_id, seq = EXCLUDED.seq, etag = EXCLUDED.etag,
    updated_at = EXCLUDED.updated_at, body = EXCLUDED.body,
    claim_review = EXCLUDED.claim_review
"""


def release(*, version: VerdictVersion, at: datetime) -> None:
    """Write the partners' row of a published version; the transaction's last statement."""
    body = _dump(payload(version, published_at=at))
    review = _dump(claim_review(version, published_at=at))
    etag = hashlib.sha256(f"{body}\n{review}".encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(RELEASE, [version.verdict_id, version.pk, etag, at, body, review])


def payload(version: VerdictVersion, *, published_at: datetime | None) -> dict[str, Any]:
    """Return the API's form of a sealed version; JSON values only.

    It says nothing that the sealed manifest does not, save for who approved it and when.
    """
    sealed: dict[str, Any] = version.manifest or {}
    approvals = version.approvals.filter(digest=version.digest).select_related("editor")
    return {
        "id": str(version.verdict_id),
        "url": public_url(version),
        "state": "published",
        "version": version.number,
        "digest": version.digest,
        # Versions that were sealed before this existed have none.
        "previous": sealed.get("previous"),
        "published_at": moment(published_at) if published_at else None,
        "approvals": [
            {"editor": str(approval.editor), "at": moment(approval.at)}
            for approval in approvals.order_by("at", "id")
        ],
        "desk": sealed["desk"],
        "claim": sealed["claim"],
        "rating": sealed["rating"],
        "summary": sealed["summary"],
        "reasoning": reasoning(sealed),
        "blocks": sealed.get("blocks"),
        "holds_as_of": sealed.get("holds_as_of"),
        "look_again_on": sealed.get("look_again_on"),
        "evidence": sealed["evidence"],
        # Versions that were sealed before sources were counted do not say.
        "independent_sources": sealed.get("independent_sources"),
        # Versions that were sealed before this existed have none.
        "seen_before": sealed.get("seen_before", []),
        # A version that was sealed before there were calculations has none.
        "calculations": sealed.get("calculations", []),
        # Versions of the manifest's first format know nothing of these.
        "right_of_reply": sealed.get("right_of_reply", []),
        "interests": sealed.get("interests"),
    }


def reasoning(sealed: dict[str, Any]) -> str:
    """Return the reasoning in one plain text, of either format of the manifest."""
    return joined(sealed["blocks"]) if "blocks" in sealed else sealed["reasoning"]


def claim_review(version: VerdictVersion, *, published_at: datetime) -> dict[str, Any]:
    """Return the same verdict as schema.org ClaimReview (https://schema.org/ClaimReview)."""
    sealed: dict[str, Any] = version.manifest or {}
    claim, rating = sealed["claim"], sealed["rating"]
    article = claim["article"]
    return _without_empty(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "@id": public_url(version),
            "url": public_url(version),
            "datePublished": moment(published_at),
            "author": {"@type": "Organization", "name": sealed["desk"], "url": settings.PUBLIC_URL},
            "claimReviewed": claim["text"],
            "abstract": sealed["summary"],
            "reviewBody": reasoning(sealed),
            "itemReviewed": {
                "@type": "Claim",
                "name": claim["text"],
                "author": {"@type": "Person", "name": claim["claimant"]}
                if claim["claimant"]
                else None,
                "datePublished": article["published_on"],
                "appearance": {
                    "@type": "NewsArticle",
                    "headline": article["title"],
                    "url": article["url"],
                    "publisher": {"@type": "Organization", "name": article["publisher"]}
                    if article["publisher"]
                    else None,
                },
            },
            "reviewRating": {
                "@type": "Rating",
                "ratingValue": rating["value"],
                "bestRating": rating["best"] if rating["value"] is not None else None,
                "worstRating": 1 if rating["value"] is not None else None,
                "alternateName": rating["label"],
            },
            "citation": [_citation(item) for item in sealed["evidence"]],
        }
    )


def _citation(item: dict[str, Any]) -> dict[str, Any]:
    """Return the source of a piece of evidence; a file has no address, so its digest names it."""
    capture = item["capture"]
    is_web = capture["final_url"].startswith(("http://", "https://"))
    return _without_empty(
        {
            "@type": "WebPage" if is_web else "CreativeWork",
            "name": capture["title"],
            # Whether a person or an institution wrote it is not known.
            "author": {"name": capture.get("author")} if capture.get("author") else None,
            "publisher": _publisher(item),
            "datePublished": capture.get("published_on"),
            "url": capture["final_url"] if is_web else None,
            "identifier": None if is_web else capture["final_url"],
            "text": item["quote"]["exact"],
        }
    )


def _publisher(item: dict[str, Any]) -> dict[str, Any] | None:
    """Return who stands behind a source, and who owns them; None where nobody is known.

    schema.org has no place for how strong evidence is, or whether it is primary.
    """
    name = item.get("publisher") or item["capture"].get("publisher")
    if not name:
        return None
    owner = item.get("owner")
    owned_by = {"@type": "Organization", "name": owner} if owner else None
    return {"@type": "Organization", "name": name, "parentOrganization": owned_by}


def public_url(version: VerdictVersion) -> str:
    """The verdict's page for readers, absolute."""
    return settings.PUBLIC_URL + reverse("claims:verdict", args=[version.verdict_id])


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _without_empty(value: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is unknown: schema.org has no form for null."""
    return {
        key: _without_empty(item) if isinstance(item, dict) else item
        for key, item in value.items()
        if item not in (None, "")
    }
