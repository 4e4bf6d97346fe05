"""What partners read: a payload rendered once, when what readers see changes."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import connection

from claims.models import Change, Emergency, ReviewMark, VerdictVersion, Withdrawal
from claims.showing import (
    Shown,
    approvals_of,
    changes_of,
    claim_review,
    open_mark,
    shown_body,
)
from claims.states import ChangeKind, ReviewOutcome
from factcheck.accounts.models import User

# The counter's row is locked from here to the commit, so changes take their numbers in the order in
# which they become visible: a partner who has read up to `seq` has missed nothing. What the number
# stands for is written by the same statement, so that neither can be had without the other.
RELEASE = """
WITH next AS (
    UPDATE claims_changecounter SET value = value + 1 WHERE id = 1 RETURNING value
), told AS (
    INSERT INTO claims_change (seq, verdict_id, version_id, kind, note, approver, at)
    SELECT next.value, %(verdict)s, %(version)s, %(kind)s, %(note)s, %(approver)s, %(at)s FROM next
)
INSERT INTO claims_published
    (verdict_id, version_id, seq, etag, updated_at, body, claim_review)
SELECT %(verdict)s, %(version)s, next.value, %(etag)s, %(at)s, %(body)s, %(review)s FROM next
ON CONFLICT (verdict_id) DO UPDATE SET
    version_id = EXCLUDED.version_id, seq = EXCLUDED.seq, etag = EXCLUDED.etag,
    updated_at = EXCLUDED.updated_at, body = EXCLUDED.body,
    claim_review = EXCLUDED.claim_review
"""


def release(*, version: VerdictVersion, at: datetime) -> None:
    """Write the partners' row of a published version; the transaction's last statement."""
    _release(
        version,
        Change(
            kind=version.correction_kind or ChangeKind.PUBLISHED,
            note=version.correction_note,
            approver=_answers_for(version),
            at=at,
        ),
    )


def release_second(*, version: VerdictVersion, by: User, at: datetime) -> None:
    """Show who approved afterwards what was published alone; the transaction's last statement."""
    note = "A second editor approved what one had published in an emergency."
    _release(version, Change(kind=ChangeKind.SECONDED, note=note, approver=str(by), at=at))


def release_withdrawal(*, version: VerdictVersion, withdrawal: Withdrawal, at: datetime) -> None:
    """Put a tombstone in the partners' row; the transaction's last statement."""
    kind, by = ChangeKind.WITHDRAWAL, str(withdrawal.confirmed_by)
    _release(version, Change(kind=kind, note=withdrawal.reason, approver=by, at=at))


def release_mark(*, version: VerdictVersion, mark: ReviewMark, at: datetime) -> None:
    """Show or take off the mark in the partners' row; the transaction's last statement."""
    if mark.closed_at is None:
        change = Change(kind=ChangeKind.REVIEW_OPENED, note=mark.reason)
        change.approver = str(mark.opened_by)
    else:
        outcome = ReviewOutcome(mark.outcome).label
        change = Change(kind=ChangeKind.REVIEW_CLOSED, note=f"{outcome}: {mark.closing_note}")
        change.note, change.approver = change.note[:1000], str(mark.closed_by)
    change.at = at
    _release(version, change)


def _answers_for(version: VerdictVersion) -> str:
    """Name who approved the version; or who published it alone, which is said as well."""
    names = [str(approval.editor) for approval in approvals_of(version)]
    emergency = Emergency.objects.filter(version=version).select_related("editor").first()
    return ", ".join(names) or (f"{emergency.editor}, alone" if emergency else "")


def _release(version: VerdictVersion, change: Change) -> None:
    change.version, change.verdict = version, version.verdict
    changes = [*changes_of(version.verdict_id), change]
    shown = Shown(version, tuple(changes), open_mark(version.verdict_id))
    body, review = _dump(shown_body(shown)), _dump(claim_review(shown))
    row: dict[str, Any] = {
        "verdict": version.verdict_id,
        "version": version.pk,
        "kind": change.kind,
        "note": change.note,
        "approver": change.approver,
        "at": change.at,
        "etag": hashlib.sha256(f"{body}\n{review}".encode()).hexdigest(),
        "body": body,
        "review": review,
    }
    with connection.cursor() as cursor:
        cursor.execute(RELEASE, row)


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
