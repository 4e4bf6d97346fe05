"""What readers and partners are shown of a verdict: its payload, and schema.org's form of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from claims.blocks import joined
from claims.models import Approval, Change, Emergency, ReviewMark, VerdictVersion
from claims.sealing import moment
from claims.states import LEDGER_KINDS, ChangeKind, VersionState


def changes_of(verdict_id: UUID) -> list[Change]:
    """Return what readers were told of a verdict, in order; one query."""
    rows = Change.objects.filter(verdict=verdict_id).select_related("version")
    return list(rows.defer("version__manifest").order_by("seq"))


def open_mark(verdict_id: UUID) -> ReviewMark | None:
    """Return the mark of a look that is going on, or None."""
    return ReviewMark.objects.filter(verdict=verdict_id, closed_at=None).first()


@dataclass(frozen=True)
class Shown:
    """A public version with all that readers are told beside it."""

    version: VerdictVersion
    changes: tuple[Change, ...]
    mark: ReviewMark | None

    @property
    def corrections(self) -> list[dict[str, Any]]:
        """What was corrected or withdrawn so far, the oldest first; JSON values only."""
        return [correction_form(change) for change in self.changes if change.kind in LEDGER_KINDS]


def correction_form(change: Change) -> dict[str, Any]:
    """Return a correction or withdrawal as partners read it; JSON values only."""
    return {
        "kind": str(change.kind),
        "note": change.note,
        "at": moment(change.at),
        "version": change.version.number,
        "approver": change.approver,
    }


def shown_body(shown: Shown) -> dict[str, Any]:
    """Return what partners read of a verdict now: its payload, or a tombstone."""
    version = shown.version
    corrections = {"corrections": shown.corrections}
    if version.state == VersionState.WITHDRAWN:
        return _tombstone(version) | corrections
    mark = shown.mark
    under = {"reason": mark.reason, "since": moment(mark.opened_at)} if mark else None
    body = payload(version, published_at=version.published_at)
    return body | corrections | {"under_review": under}


def _tombstone(version: VerdictVersion) -> dict[str, Any]:
    """Return what is left of a withdrawn verdict: what it was about, and why it is gone."""
    sealed: dict[str, Any] = version.manifest or {}
    withdrawal = version.withdrawals.get(confirmed_at__isnull=False)
    at = withdrawal.confirmed_at
    assert at is not None  # noqa: S101 (it is confirmed)
    return {
        "id": str(version.verdict_id),
        "url": public_url(version),
        "state": "withdrawn",
        "version": version.number,
        "reason": withdrawal.reason,
        "at": moment(at),
        "desk": sealed["desk"],
        "claim": sealed["claim"],
    }


def approvals_of(version: VerdictVersion) -> QuerySet[Approval]:
    """Return the approvals that name the version's digest, oldest first, with their editors."""
    rows = version.approvals.filter(digest=version.digest).select_related("editor")
    return rows.order_by("at", "id")


def payload(version: VerdictVersion, *, published_at: datetime | None) -> dict[str, Any]:
    """Return the API's form of a sealed version; JSON values only.

    It says nothing that the sealed manifest does not, save for who approved it and when.
    """
    sealed: dict[str, Any] = version.manifest or {}
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
            for approval in approvals_of(version)
        ],
        "emergency": _emergency(version),
        # Versions that were sealed before there were tags have none.
        "tags": sealed.get("tags", []),
        "approvals_required": version.approvals_required,
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


def _emergency(version: VerdictVersion) -> dict[str, Any] | None:
    """Return who published it alone and why; None where enough people approved it before."""
    row = Emergency.objects.filter(version=version).select_related("editor").first()
    return {"editor": str(row.editor), "reason": row.reason, "at": moment(row.at)} if row else None


def reasoning(sealed: dict[str, Any]) -> str:
    """Return the reasoning in one plain text, of either format of the manifest."""
    return joined(sealed["blocks"]) if "blocks" in sealed else sealed["reasoning"]


def claim_review(shown: Shown) -> dict[str, Any]:
    """Return the same verdict as schema.org ClaimReview (https://schema.org/ClaimReview).

    Every correction is a CorrectionComment. A withdrawn one has no rating and no body, and the
    status `Withdrawn`: whoever shows fact checks takes it down, and whoever follows the list of
    them hears of it.
    """
    version = shown.version
    sealed: dict[str, Any] = version.manifest or {}
    claim, first = sealed["claim"], shown.changes[0]
    later = [change for change in shown.changes[1:] if change.kind in LEDGER_KINDS]
    withdrawn = version.state == VersionState.WITHDRAWN
    return _without_empty(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "@id": public_url(version),
            "url": public_url(version),
            "datePublished": moment(first.at),
            "dateModified": moment(later[-1].at) if later else None,
            "version": version.number if later else None,
            "creativeWorkStatus": "Withdrawn" if withdrawn else None,
            "author": {"@type": "Organization", "name": sealed["desk"], "url": settings.PUBLIC_URL},
            "claimReviewed": claim["text"],
            "itemReviewed": _reviewed(claim),
            "correction": [_comment(change) for change in later] or None,
            **({} if withdrawn else _conclusion(sealed)),
        }
    )


def _conclusion(sealed: dict[str, Any]) -> dict[str, Any]:
    rating, article = sealed["rating"], sealed["claim"]["article"]
    return {
        "abstract": sealed["summary"],
        "reviewBody": reasoning(sealed),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": rating["value"],
            "bestRating": rating["best"] if rating["value"] is not None else None,
            "worstRating": 1 if rating["value"] is not None else None,
            "alternateName": label_in(rating, article.get("language", "")),
            "name": [
                {"@value": label, "@language": language}
                for language, label in rating.get("labels", {}).items()
            ],
            "identifier": _bucket(rating),
        },
        "citation": [_citation(item) for item in sealed["evidence"]],
    }


def label_in(rating: dict[str, Any], language: str) -> str:
    """Return a sealed rating's label in a language, or in the scale's own where there is none."""
    label: str = rating.get("labels", {}).get(language, rating["label"])
    return label


def _bucket(rating: dict[str, Any]) -> dict[str, str] | None:
    """Return the rating's coarse class; a version that was sealed before there were any has none.

    schema.org has no word for it, so it is an identifier of our own.
    """
    if "bucket" not in rating:
        return None
    return {"@type": "PropertyValue", "propertyID": "bucket", "value": rating["bucket"]}


def _reviewed(claim: dict[str, Any]) -> dict[str, Any]:
    article = claim["article"]
    return {
        "@type": "Claim",
        "name": claim["text"],
        "author": {"@type": "Person", "name": claim["claimant"]} if claim["claimant"] else None,
        "datePublished": article["published_on"],
        "appearance": {
            "@type": "NewsArticle",
            "headline": article["title"],
            "url": article["url"],
            "publisher": {"@type": "Organization", "name": article["publisher"]}
            if article["publisher"]
            else None,
        },
    }


def _comment(change: Change) -> dict[str, Any]:
    """Return a correction in schema.org's form (https://schema.org/CorrectionComment)."""
    label = ChangeKind(change.kind).label
    return {
        "@type": "CorrectionComment",
        "text": f"{label[0].upper()}{label[1:]}: {change.note}",
        "dateCreated": moment(change.at),
    }


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


def _without_empty(value: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is unknown: schema.org has no form for null."""
    return {
        key: _without_empty(item) if isinstance(item, dict) else item
        for key, item in value.items()
        if item not in (None, "", [])
    }
