"""When a source has changed: looking its quotes up again, and flags on the verdicts they carry.

A look-up describes. It never moves an anchor and never changes a verdict; people do.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects

from claims import notifying
from claims.models import Evidence, Flag, Lookup, Verdict
from claims.quoted import anchor_of, cell_in
from claims.states import MATERIAL, DriftKind
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check, require
from factcheck.audit.trail import record
from factcheck.errors import Permanent, Refused
from sources import watching
from sources.anchoring import extent, look_up
from sources.models import Check, ExtractedText
from sources.states import CheckOutcome

_AROUND = 80  # characters that are kept either side of a passage
_WITHOUT_PAGE = {
    CheckOutcome.GONE: DriftKind.GONE,
    CheckOutcome.BLOCKED: DriftKind.BLOCKED,
}

# What becomes of a cell, and the kind that it is told as.
_CELL_KINDS = {
    "unchanged": DriftKind.UNCHANGED,
    "moved": DriftKind.MOVED,
    "altered": DriftKind.MATERIALLY_ALTERED,
    "context_changed": DriftKind.CONTEXT_CHANGED,
    "ambiguous": DriftKind.AMBIGUOUS,
    "missing": DriftKind.MISSING,
}


class NoteRequiredError(Permanent):
    """An acknowledgement says what was found."""

    code = "note_required"


class AcknowledgedError(Refused):
    """Somebody else was first."""

    code = "flag_acknowledged"


def due(*, limit: int = 200) -> list[int]:
    """Return the checks of sources whose quotes have not been looked up yet, oldest first."""
    return watching.to_look_up(limit=limit)


@transaction.atomic
def look_up_again(*, check_id: int, at: datetime) -> list[Lookup]:
    """Look up every live quote of the source that was checked; a second call finds none left.

    All rows, flags and events of one check are written together or not at all.
    """
    check = Check.objects.select_for_update(of=("self",)).filter(pk=check_id).first()
    if check is None or not watching.looked_up(check=check, at=at):
        return []
    quotes = list(_live(check))
    earlier = _newest(quotes)
    text = _text_of(check)
    if text is not None and any(quote.is_cell for quote in quotes):
        # Read once for all of them: a document may have 200,000 cells.
        prefetch_related_objects([text], "tables")
    made = Lookup.objects.bulk_create([_look_up(quote, check, text, at) for quote in quotes])
    verdicts = {
        verdict.claim_id: verdict
        for verdict in Verdict.objects.filter(claim__in=[quote.claim_id for quote in quotes])
    }
    for found in made:
        verdict = verdicts.get(found.evidence.claim_id)
        if verdict is not None and _is_news(found, earlier.get(found.evidence_id)):
            _raise(verdict, found, at)
    return made


@transaction.atomic
def acknowledge(*, flag: Flag, note: str, by: User, at: datetime) -> Flag:
    """Say what the change means, so that the flag no longer waits. Again by the same is a no-op.

    Raises NoteRequiredError, AcknowledgedError and NotAllowedError.
    """
    require(may_check, by)
    note = note.strip()
    if not note:
        raise NoteRequiredError
    rows = Flag.objects.select_for_update(of=("self",)).select_related("lookup__evidence__claim")
    flag = rows.get(pk=flag.pk)
    if flag.acknowledged_at is not None:
        if flag.acknowledged_by_id != by.pk:
            raise AcknowledgedError
        return flag
    flag.acknowledged_by, flag.acknowledged_at, flag.note = by, at, note[:1000]
    flag.save(update_fields=["acknowledged_by", "acknowledged_at", "note"])
    data = {"flag": str(flag.pk), "note": flag.note}
    target = flag.lookup.evidence.claim
    record(action="claim.change_acknowledged", target=target, by=by, at=at, data=data)
    return flag


def newest(evidence: Iterable[Evidence]) -> dict[UUID, Lookup]:
    """Return the newest look-up of each quote that has one; one query."""
    return _newest(list(evidence))


def _live(check: Check) -> Iterable[Evidence]:
    rows = Evidence.objects.filter(removed_at=None, extracted__capture__source_id=check.source_id)
    return rows.select_related("claim").order_by("created_at", "id")


def _text_of(check: Check) -> ExtractedText | None:
    if check.capture_id is None:
        return None
    return ExtractedText.objects.filter(capture_id=check.capture_id).order_by("-id").first()


def _look_up(quote: Evidence, check: Check, text: ExtractedText | None, at: datetime) -> Lookup:
    row = Lookup(evidence=quote, check_of_source=check, at=at)
    if text is None:
        row.kind = _WITHOUT_PAGE.get(CheckOutcome(check.outcome), DriftKind.UNREAD)
        return row
    if quote.is_cell:
        return _look_up_cell(row, quote, text)
    found = look_up(anchor_of(quote), text.text)
    row.extracted, row.kind, row.reasons = text, found.kind, list(found.reasons)
    if found.start is not None and found.end is not None:
        row.start, row.end, row.passage = found.start, found.end, found.passage
        row.before = text.text[max(0, found.start - _AROUND) : found.start]
        row.after = text.text[found.end : found.end + _AROUND]
    return row


def _look_up_cell(row: Lookup, quote: Evidence, text: ExtractedText) -> Lookup:
    """Look a cell up in the tables of the new text."""
    found = cell_in(quote, text)
    row.extracted, row.in_table, row.kind = text, True, _CELL_KINDS[found.how]
    if row.kind == DriftKind.MATERIALLY_ALTERED:
        altered = extent(quote.exact, found.now or "")
        row.kind, row.reasons = DriftKind(altered.extent), list(altered.reasons)
    row.passage = found.now or ""
    return row


def _newest(quotes: list[Evidence]) -> dict[UUID, Lookup]:
    rows = Lookup.objects.filter(evidence__in=quotes).order_by("evidence_id", "-id")
    return {row.evidence_id: row for row in rows.distinct("evidence_id")}


def _is_news(found: Lookup, earlier: Lookup | None) -> bool:
    """Whether the change is a material one that nobody has been told of."""
    if found.kind not in MATERIAL:
        return False
    return earlier is None or (earlier.kind, earlier.passage) != (found.kind, found.passage)


def _raise(verdict: Verdict, found: Lookup, at: datetime) -> None:
    flag = Flag.objects.create(verdict=verdict, lookup=found, raised_at=at)
    quote = found.evidence
    data = {"flag": str(flag.pk), "state": str(found.kind), "quote": quote.exact[:200]}
    record(action="claim.source_changed", target=quote.claim, by=None, at=at, data=data)
    words = f"{DriftKind(found.kind).label}: “{quote.exact[:80]}”"
    notifying.drifted(claim=quote.claim, flag=flag.pk, words=words, at=at)
