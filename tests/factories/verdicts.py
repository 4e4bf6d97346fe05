"""Verdicts for tests, in every state, and what other desks say."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from claims import (
    declaring,
    drafting,
    following,
    remembering,
    stakes,
    workflow,
)
from claims.blocks import Content
from claims.models import (
    Claim,
    ClaimReviewFeed,
    EarlierClaim,
    FeedFetch,
    Rating,
    Stake,
    VerdictVersion,
)
from claims.reviews import Review
from factcheck.accounts.models import User
from tests.factories.basics import AT, NUMBERS, claim, evidence, person


def rating(code: str = "true") -> Rating:
    return Rating.objects.get(scale__is_current=True, code=code)


def draft(*, by: User, on: Claim | None = None, with_evidence: bool = True) -> VerdictVersion:
    """A complete draft, ready to be submitted."""
    on = on or claim(by=by)
    if with_evidence:
        evidence(on=on, by=by, is_primary=True)
    version = drafting.start_draft(claim=on, by=by, at=AT)
    declared(version, by=by)
    return write(version, by=by, rating=rating().pk)


WORDS = Content(
    summary="The harbour board's report gives the same number.",
    what_is_claimed="That the ferry carried 41,200 passengers in 2019.",
    what_we_found="The annual report states 41,200 passengers for 2019.",
    what_we_do_not_know="How the board counts children.",
    conclusion="The number is the board's own, so the claim is true.",
    sole_source_reason="Nobody else counts the passengers.",
)


def write(
    version: VerdictVersion, *, by: User, at: datetime = AT, revision: int = 0, **parts: Any
) -> VerdictVersion:
    """Save a draft: what it says, or WORDS where it is empty, with other `parts`."""
    before = drafting.content_of(version)
    content = replace(WORDS if before.is_empty else before, **parts)
    return drafting.save_draft(
        version=version, content=content, revision=revision or version.revision, by=by, at=at
    )


def declared(version: VerdictVersion, *, by: User, words: str = "") -> VerdictVersion:
    """Declare an interest, or none."""
    declaring.declare(version=version, words=words, is_named=False, by=by, at=AT)
    return version


def in_review(*, by: User, on: Claim | None = None) -> VerdictVersion:
    version = draft(by=by, on=on)
    return workflow.submit(version=version, revision=version.revision, by=by, at=AT)


def approved(*, by: User, editor: User, on: Claim | None = None) -> VerdictVersion:
    version = in_review(by=by, on=on)
    return workflow.approve(version=version, digest=version.digest, by=editor, at=AT)


def published(*, by: User, editor: User, on: Claim | None = None) -> VerdictVersion:
    version = approved(by=by, editor=editor, on=on)
    return workflow.publish(version=version, digest=version.digest, by=editor, at=AT)


def published_from(version: VerdictVersion, *, by: User, editor: User) -> VerdictVersion:
    """Take a complete draft all the way."""
    version = workflow.submit(version=version, revision=version.revision, by=by, at=AT)
    version = workflow.approve(version=version, digest=version.digest, by=editor, at=AT)
    return workflow.publish(version=version, digest=version.digest, by=editor, at=AT)


def stake(label: str = "Health", approvals_required: int = 2) -> Stake:
    """A tag whose claims need so many approvals."""
    return stakes.define(
        label=label, approvals_required=approvals_required, by=person("editor"), at=AT
    )


def correction(
    *,
    of: VerdictVersion,
    by: User,
    kind: str = "clarification",
    note: str = "Said which report it is.",
    **words: Any,
) -> VerdictVersion:
    """A complete draft that corrects a public version, with other words where none are given."""
    version = workflow.start_correction(verdict=of.verdict, kind=kind, note=note, by=by, at=AT)
    declared(version, by=by)
    found = words.pop("what_we_found", f"{version.what_we_found} It is the board's own.")
    return write(version, by=by, what_we_found=found, **words)


def corrected(
    *, of: VerdictVersion, by: User, editor: User, kind: str = "clarification", **words: Any
) -> VerdictVersion:
    return published_from(correction(of=of, by=by, kind=kind, **words), by=by, editor=editor)


def withdrawn(*, of: VerdictVersion, editor: User, other: User | None = None) -> VerdictVersion:
    asked = workflow.propose_withdrawal(
        verdict=of.verdict, reason="The report was a sample.", by=editor, at=AT
    )
    return workflow.withdraw(withdrawal=asked, by=other or person("editor"), at=AT)


def abandoned(*, by: User) -> VerdictVersion:
    return workflow.abandon(version=draft(by=by), reason="Not ours to check.", by=by, at=AT)


def review(text: str, **fields: Any) -> Review:
    """A verdict of another desk, not kept yet."""
    url = fields.pop("url", f"https://other.example/{next(NUMBERS)}")
    return Review(url=url, text=text, **{"rating": "False", "reviewer": "Other Desk"} | fields)


def earlier(text: str, **fields: Any) -> EarlierClaim:
    """An imported verdict of another desk."""
    made = review(text, **fields)
    remembering.keep_imported(reviews=[made], at=AT)
    return EarlierClaim.objects.get(url=made.url)


def feed(*, by: User, url: str = "https://other.example/feed.json") -> ClaimReviewFeed:
    """A feed of another desk, with a fetch that is done and one that failed."""
    made = following.add(url=url, name="Other Desk", every_hours=24, by=by, at=AT)
    given: dict[str, Any] = {"feed": made, "not_before": AT, "finished_at": AT}
    done: dict[str, Any] = {"state": "done", "new": 3, "refused": {"no_rating": 1}}
    FeedFetch.objects.create(requested_at=AT - timedelta(days=1), **done, **given)
    failed = {"state": "failed", "error_code": "x", "error_text": "It said no."}
    FeedFetch.objects.create(requested_at=AT - timedelta(days=2), **failed, **given)
    return made
