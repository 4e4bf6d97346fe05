"""The mark on a published verdict that the desk looks at again; readers and partners see it."""

from datetime import datetime

from django.db import transaction

from claims import publishing
from claims.models import Change, ReviewMark, Verdict, VerdictVersion
from claims.states import LEDGER_KINDS, ChangeKind, ReviewOutcome
from claims.versions import about, held
from claims.workflow.correcting import published_version
from claims.workflow.refusals import (
    OutcomeUnfitError,
    PublicReasonError,
    ReviewClosedError,
    ReviewOpenError,
)
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_approve, require
from factcheck.audit.trail import record


@transaction.atomic
def mark_under_review(*, verdict: Verdict, reason: str, by: User, at: datetime) -> ReviewMark:
    """Tell readers and partners that the verdict is looked at again, and why.

    The same again by the same editor is a no-op. Raises PublicReasonError, ReviewOpenError,
    NothingToCorrectError, StateChangedError and NotAllowedError.
    """
    require(may_approve, by)
    reason = reason.strip()[:1000]
    if not reason:
        raise PublicReasonError
    live = published_version(held(verdict.pk))
    if standing := ReviewMark.objects.filter(verdict=verdict, closed_at=None).first():
        if (standing.opened_by_id, standing.reason) == (by.pk, reason):
            return standing
        raise ReviewOpenError
    mark = ReviewMark.objects.create(verdict=verdict, reason=reason, opened_by=by, opened_at=at)
    data = about(live) | {"reason": reason[:200]}
    record(action="verdict.review_opened", target=live, by=by, at=at, data=data)
    publishing.release_mark(version=live, mark=mark, at=at)
    return mark


@transaction.atomic
def close_review(
    *, mark: ReviewMark, outcome: str, note: str, by: User, at: datetime
) -> ReviewMark:
    """Take the mark off and say how the look ended. The same again is a no-op.

    Raises PublicReasonError, OutcomeUnfitError, ReviewClosedError, StateChangedError and
    NotAllowedError.
    """
    require(may_approve, by)
    note = note.strip()[:1000]
    if not note:
        raise PublicReasonError
    verdict = held(mark.verdict_id)
    mark = ReviewMark.objects.select_for_update(of=("self",)).get(pk=mark.pk)
    if mark.closed_at is not None:
        if (mark.closed_by_id, mark.outcome, mark.closing_note) == (by.pk, outcome, note):
            return mark
        raise ReviewClosedError
    live = published_version(verdict)
    if outcome not in (ReviewOutcome.STANDS, ReviewOutcome.CORRECTED):
        raise OutcomeUnfitError(why="Say whether the verdict stands or was corrected.")
    if outcome == ReviewOutcome.CORRECTED and not _corrected_since(mark):
        raise OutcomeUnfitError(why="No correction was published since the mark was set.")
    ended = end(live=live, outcome=outcome, note=note, by=by, at=at) or mark
    publishing.release_mark(version=live, mark=ended, at=at)
    return ended


def end(
    *, live: VerdictVersion, outcome: str, note: str, by: User, at: datetime
) -> ReviewMark | None:
    """Close the open mark of a held verdict, if there is one; the caller tells the partners."""
    mark = ReviewMark.objects.filter(verdict=live.verdict_id, closed_at=None).first()
    if mark is None:
        return None
    mark.outcome, mark.closing_note, mark.closed_by, mark.closed_at = outcome, note, by, at
    mark.save(update_fields=["outcome", "closing_note", "closed_by", "closed_at"])
    data = about(live) | {"outcome": str(ReviewOutcome(outcome).label), "note": note[:200]}
    record(action="verdict.review_closed", target=live, by=by, at=at, data=data)
    return mark


def _corrected_since(mark: ReviewMark) -> bool:
    changes = Change.objects.filter(verdict=mark.verdict_id)
    opened = changes.filter(kind=ChangeKind.REVIEW_OPENED).latest("seq")
    return changes.filter(kind__in=LEDGER_KINDS, seq__gt=opened.seq).exists()
