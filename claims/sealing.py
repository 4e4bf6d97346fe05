"""The manifest of a verdict version: everything a reader will see, as canonical JSON.

Its SHA-256 is the version's digest. An approval names that digest, so that nobody can approve
one text and publish another. Canonical form: RFC 8785.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import rfc8785
from django.conf import settings

from claims.independence import Voice, is_confirmed, voices
from claims.linking import verify
from claims.models import (
    Appearance,
    Calculation,
    Claim,
    Evidence,
    Quantity,
    SeenBefore,
    VerdictVersion,
)
from claims.models.claims import plain
from claims.recalculating import sealed_form
from claims.states import PUBLIC_STATES, EarlierSource, ReuseDecision

# Version 1 had the reasoning in one text, and none of what stands below it but the evidence.
FORMAT = "factcheck-verdict/2"


def live_evidence(claim: Claim) -> list[Evidence]:
    """Return the claim's attached passages, oldest first, with their captures."""
    return list(
        Evidence.objects.filter(claim=claim, removed_at=None)
        .select_related("extracted__capture__source", "table", "created_by")
        .order_by("created_at", "id")
    )


def unverified(evidence: list[Evidence]) -> list[Evidence]:
    """Return the passages that no longer stand in their archived text."""
    return [item for item in evidence if not verify(item)]


def manifest(
    *,
    version: VerdictVersion,
    evidence: list[Evidence],
    calculations: list[Calculation],
    gate: Mapping[str, Any],
    at: datetime,
) -> dict[str, Any]:
    """Return the manifest of `version` as submitted at `at`; JSON values only.

    `gate` holds the sealed forms of the interests, the right of reply and the standards.
    """
    claim = version.verdict.claim
    rating = version.rating
    heard = voices(evidence)
    assert rating is not None  # noqa: S101 (submit has checked it)
    return {
        "format": FORMAT,
        "verdict": str(version.verdict_id),
        "version": version.number,
        "previous": _previous(version),
        "submitted_at": moment(at),
        "desk": settings.DESK_NAME,
        "claim": _claim(claim),
        "rating": {
            "scale": rating.scale.slug,
            "scale_version": rating.scale.version,
            "code": rating.code,
            "label": rating.label,
            "value": rating.value,
            "best": max((r.value or 0) for r in rating.scale.ratings.all()),
        },
        "summary": version.summary,
        "blocks": version.blocks,
        "holds_as_of": _day(version.holds_as_of),
        "look_again_on": _day(version.look_again_on),
        "evidence": _all_evidence(evidence, heard),
        "independent_sources": len(heard),
        "seen_before": _seen_before(claim),
        "calculations": [sealed_form(item) for item in calculations],
        **gate,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _previous(version: VerdictVersion) -> dict[str, Any] | None:
    """Return the version that readers saw last, by its digest: versions form a chain."""
    earlier = VerdictVersion.objects.filter(
        verdict=version.verdict_id, number__lt=version.number, state__in=PUBLIC_STATES
    )
    row = earlier.order_by("-number").values("number", "digest").first()
    return {"version": row["number"], "digest": row["digest"]} if row else None


def _seen_before(claim: Claim) -> list[dict[str, Any]]:
    """Return the earlier verdicts that a person confirmed as bearing on the claim."""
    confirmed = SeenBefore.objects.filter(claim=claim, decision=ReuseDecision.CONFIRMED)
    rows = confirmed.select_related("earlier").defer("earlier__lexemes", "earlier__searchable")
    return [
        {
            "text": row.earlier.text,
            "rating": row.earlier.rating_label,
            "reviewer": row.earlier.reviewer,
            "url": row.earlier.url,
            "reviewed_on": row.earlier.reviewed_on and row.earlier.reviewed_on.isoformat(),
            "relation": row.relation,
            "own": row.earlier.source == EarlierSource.OWN,
        }
        for row in rows.order_by("at", "pk")
    ]


def digest(sealed: dict[str, Any]) -> str:
    """Return the SHA-256 of the manifest's canonical JSON, as lower-case hex."""
    return hashlib.sha256(rfc8785.dumps(sealed)).hexdigest()


def moment(at: datetime) -> str:
    """Write a time as ISO 8601 in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _claim(claim: Claim) -> dict[str, Any]:
    article = claim.article
    appearances = (
        claim.appearances.select_related("revision")
        .prefetch_related("quantities", "dates")
        .order_by("pk")
    )
    return {
        "id": str(claim.pk),
        "text": claim.text,
        "kind": claim.kind,
        "kinds": claim.kinds or [claim.kind],
        "unresolved": claim.unresolved,
        "claimant": claim.claimant,
        "article": {
            "id": str(article.pk),
            "title": article.title,
            "url": article.url,
            "publisher": article.publisher,
            "published_on": article.published_on.isoformat() if article.published_on else None,
        },
        "appearances": [_appearance(item) for item in appearances],
    }


def _appearance(appearance: Appearance) -> dict[str, Any]:
    return {
        "revision": appearance.revision.number,
        "text_sha256": appearance.revision.text_sha256,
        "start": appearance.start,
        "end": appearance.end,
        "exact": appearance.exact,
        "prefix": appearance.prefix,
        "suffix": appearance.suffix,
        "quantities": [_quantity(quantity) for quantity in appearance.quantities.all()],
        "dates": [
            {"start": row.start, "end": row.end, "iso": row.iso} for row in appearance.dates.all()
        ],
    }


def _quantity(quantity: Quantity) -> dict[str, Any]:
    """Numbers are written as text: a float would round what the claim says."""
    change = {
        "direction": quantity.change_direction,
        "from": plain(quantity.change_from) if quantity.change_from is not None else None,
        "to": plain(quantity.change_to) if quantity.change_to is not None else None,
        "by": plain(quantity.change_by) if quantity.change_by is not None else None,
        "unit": quantity.change_unit,
    }
    return {
        "start": quantity.start,
        "end": quantity.end,
        "value": plain(quantity.value),
        "upper": plain(quantity.upper) if quantity.upper is not None else None,
        "unit": quantity.unit,
        "comparator": quantity.comparator,
        "change": change if quantity.has_change else None,
    }


def _all_evidence(evidence: list[Evidence], heard: list[Voice]) -> list[dict[str, Any]]:
    """Return each piece with who stands behind its page, as far as a person has confirmed it."""
    whose = {item.pk: found for voice in heard for item, found in voice.items}
    return [
        _evidence(item)
        | {
            "publisher": whose[item.pk].publisher if is_confirmed(whose[item.pk]) else "",
            "owner": whose[item.pk].owner,
        }
        for item in evidence
    ]


def _evidence(item: Evidence) -> dict[str, Any]:
    capture = item.extracted.capture
    source = capture.source
    return {
        "id": str(item.pk),
        "stance": item.stance,
        "strength": item.strength or None,
        "is_primary": item.is_primary,
        "note": item.note,
        "quote": {
            "start": item.start,
            "end": item.end,
            "exact": item.exact,
            "prefix": item.prefix,
            "suffix": item.suffix,
            "text_sha256": item.text_sha256,
        },
        "cell": _cell(item),
        "capture": {
            "id": str(capture.pk),
            "url": capture.url,
            "final_url": capture.final_url,
            # What a person has confirmed, never what the document says of itself.
            "title": source.title,
            "author": source.author,
            "publisher": source.publisher,
            "published_on": source.published_on.isoformat() if source.published_on else None,
            "file_name": capture.file_name,
            "captured_at": moment(capture.captured_at),
            "digest": capture.digest,
            "manifest_digest": capture.manifest_digest,
        },
    }


def _cell(item: Evidence) -> dict[str, Any] | None:
    """Return where a cell stands; None for a passage."""
    if item.table is None:
        return None
    return {
        "table": item.table.number,
        "caption": item.table.caption,
        "row": item.row,
        "column": item.column,
        "row_headers": item.row_headers,
        "column_headers": item.column_headers,
        "table_sha256": item.table_sha256,
    }
