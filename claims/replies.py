"""The right of reply: when and how the claimant was asked, and what they answered, or why not.

The log only grows. A line that was wrong is corrected by a new one, which takes its place.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from claims.models import Claim, ReplyEntry
from claims.states import ReplyKind
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check, require
from factcheck.audit.trail import record
from factcheck.errors import Permanent, Refused

LENGTHS = {"whom": 200, "means": 100, "words": 5000}


class ReplyIncompleteError(Permanent):
    """The line does not say what its kind needs."""

    code = "reply_incomplete"


class ReplyTooLongError(Permanent):
    """A part of the line is longer than it may be."""

    code = "reply_too_long"


class ReplyCorrectedError(Refused):
    """The line was corrected already, or belongs to another claim."""

    code = "reply_corrected"


@transaction.atomic
def log_reply(
    *,
    claim: Claim,
    kind: str,
    on: date,
    at: datetime,
    by: User | None,
    whom: str = "",
    means: str = "",
    words: str = "",
    corrects: ReplyEntry | None = None,
) -> ReplyEntry:
    """Add a line: `kind` is one of ReplyKind, `on` the day on which it happened.

    `means` is how (e-mail, telephone); `words` the answer, or why nobody was asked. `whom` stays at
    the desk. `by` is None for an answer that the claimant gave through the desk's own link. The
    same line again by the same person on the same day is a no-op. Raises ReplyIncompleteError,
    ReplyTooLongError, ReplyCorrectedError and NotAllowedError.
    """
    if by is not None:
        require(may_check, by)
    said = {"whom": whom.strip(), "means": means.strip(), "words": one_line_end(words)}
    _require_complete(kind, on, said, by, at)
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    again: ReplyEntry | None = current(claim).filter(kind=kind, on=on, by=by, **said).first()
    if again:
        return again
    if corrects and not current(claim).filter(pk=corrects.pk).exists():
        raise ReplyCorrectedError
    row = ReplyEntry.objects.create(
        claim=claim, kind=kind, on=on, corrects=corrects, by=by, at=at, **said
    )
    action = "reply.corrected" if corrects else "reply.logged"
    data = {"entry": row.pk, "kind": kind, "on": on.isoformat(), "means": row.means}
    record(action=action, target=claim, by=by, at=at, data=data)
    return row


def current(claim: Claim) -> QuerySet[ReplyEntry]:
    """Return the claim's lines that nobody has corrected, in the order of what happened."""
    rows = ReplyEntry.objects.filter(claim=claim, corrected_by=None)
    return rows.select_related("by", "corrects").order_by("on", "id")


def sealed_form(rows: Iterable[ReplyEntry]) -> list[dict[str, Any]]:
    """Return what readers learn of the log: whom the desk wrote to stays at the desk."""
    return [
        {"kind": row.kind, "on": row.on.isoformat(), "means": row.means, "words": row.words}
        for row in rows
    ]


def _require_complete(
    kind: str, on: date, said: dict[str, str], by: User | None, at: datetime
) -> None:
    lacking = [
        words
        for words, is_there in (
            ("choose what happened", kind in ReplyKind.values),
            ("a day that has come", on <= timezone.localdate(at)),
            ("say how", bool(said["means"]) or kind == ReplyKind.NOT_ASKED),
            ("say who was asked", bool(said["whom"]) or kind != ReplyKind.ASKED),
            ("write the answer", bool(said["words"]) or kind != ReplyKind.ANSWERED),
            ("say why nobody was asked", bool(said["words"]) or kind != ReplyKind.NOT_ASKED),
            ("only an answer comes from the claimant", by is not None or kind == "answered"),
        )
        if not is_there
    ]
    if lacking:
        raise ReplyIncompleteError(missing=", ".join(lacking))
    for part, limit in LENGTHS.items():
        if len(said[part]) > limit:
            raise ReplyTooLongError(limit=limit)


def one_line_end(text: str) -> str:
    """Return a text with one kind of line end and no blanks around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
