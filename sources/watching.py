"""Watching sources: when each is looked at again, and what each look found.

The one writer of a watch and of its checks. A check is noted in the transaction that finishes its
capture request, so that a killed worker leaves neither without the other.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery

from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Refused
from sources import schedule
from sources.errands import Kept, Known
from sources.models import Capture, CaptureRequest, Check, ExtractedText, Source, Watch
from sources.outcomes import Failure
from sources.states import PAGELESS, TELLING, WATCH_TRANSITIONS, CheckOutcome, WatchState

_GONE = frozenset({"page_not_found", "page_gone", "page_says_gone"})
_BLOCKED = frozenset({"page_blocked", "rate_limited", "robots_disallowed"})
# Trouble of our own, or a host that cannot say whether we may ask: nothing is known of the page.
_TELLS_NOTHING = frozenset({"disk_full", "attempts_spent", "robots_unavailable"})


class AlreadyPausedError(Refused):
    """Somebody has paused the watch."""

    code = "watch_paused"


class NotPausedError(Refused):
    """The source is watched already."""

    code = "watch_not_paused"


def begin(*, source: Source, at: datetime) -> Watch:
    """Start to watch a new source. Again is a no-op."""
    first = at + timedelta(days=schedule.LADDER[0])
    return Watch.objects.get_or_create(source=source, defaults={"next_at": first})[0]


@transaction.atomic
def watch(*, source: Source, closely: bool, by: User | None, at: datetime) -> Watch:
    """Watch the source closely, or as any other; the next check is brought forward if it must be.

    Again is a no-op. A watch that a person paused stays paused.
    """
    begin(source=source, at=at)
    row = _locked(source.pk)
    if row is None or row.closely == closely:
        return row or begin(source=source, at=at)
    row.closely = closely
    row.interval = schedule.at_most(row.interval, closely=closely)
    if row.next_at is not None:
        row.next_at = min(row.next_at, at + timedelta(days=row.interval))
    row.save(update_fields=["closely", "interval", "next_at"])
    action = "source.watched_closely" if closely else "source.watched"
    record(action=action, target=source, by=by, at=at)
    return row


@transaction.atomic
def pause(*, source: Source, by: User, at: datetime) -> Watch:
    """Stop looking at the source until somebody resumes it. Raises AlreadyPausedError."""
    begin(source=source, at=at)
    row = _locked(source.pk)
    if row is None or row.state == WatchState.PAUSED:
        raise AlreadyPausedError
    _move(row, WatchState.PAUSED)
    row.next_at, row.paused_by, row.paused_at = None, by, at
    row.save()
    record(action="source.watch_paused", target=source, by=by, at=at)
    return row


@transaction.atomic
def resume(*, source: Source, by: User, at: datetime) -> Watch:
    """Look at the source again, from now on, with a clean slate. Raises NotPausedError."""
    row = _locked(source.pk)
    if row is None or row.state != WatchState.PAUSED:
        raise NotPausedError
    _move(row, WatchState.WATCHED)
    row.next_at, row.paused_by, row.paused_at = at, None, None
    row.failures, row.failed_at = 0, None
    row.interval = schedule.LADDER[0]
    row.save()
    record(action="source.watch_resumed", target=source, by=by, at=at)
    return row


def known(source_id: UUID) -> Known | None:
    """Return what is kept of a source, for a check to compare with; None when nothing is."""
    latest = _newest(source_id).select_related("source__watch").first()
    if latest is None:
        return None
    row = getattr(latest.source, "watch", None)
    answered = row is not None and row.capture_id == latest.pk
    return Known(
        url=latest.final_url,
        digest=latest.digest,
        title=getattr(latest, "text_title", None) or "",
        etag=row.etag if row is not None and answered else "",
        last_modified=row.last_modified if row is not None and answered else "",
    )


def note_kept(*, request: CaptureRequest, capture: Capture, kept: Kept, at: datetime) -> Check:
    """Note that a fetch brought a page that is kept. Call it where the request is finished."""
    before = _newest(request.source_id).exclude(pk=capture.pk).first()
    outcome = CheckOutcome.FIRST if before is None else _compare(before, capture)
    answer = kept.result
    values: dict[str, Any] = {"capture": capture, "etag": "", "last_modified": ""}
    if not answer.truncated:
        # Half a page would be called unchanged for ever.
        values |= {
            "etag": answer.validator("etag"),
            "last_modified": answer.validator("last-modified"),
        }
    if outcome == CheckOutcome.UNCHANGED:
        outcome = _unchanged(request.source_id)
    changed = outcome == CheckOutcome.CHANGED
    _after_success(request.source_id, changed=changed, at=at, **values)
    return _note(request, outcome, at, capture=capture)


def note_unchanged(*, request: CaptureRequest, by_answer: bool, at: datetime) -> Check:
    """Note that a check found the page that is kept. Call it where the request is finished."""
    latest = _newest(request.source_id).first()
    outcome = _unchanged(request.source_id)
    _after_success(request.source_id, changed=False, at=at)
    return _note(request, outcome, at, capture=latest, by_answer=by_answer)


def note_failure(*, request: CaptureRequest, failure: Failure, at: datetime) -> Check:
    """Note that no page was to be had. Call it where the request is given up."""
    outcome = CheckOutcome.FAILED
    if failure.code in _GONE:
        outcome = CheckOutcome.GONE
    elif failure.code in _BLOCKED:
        outcome = CheckOutcome.BLOCKED
    row = _locked(request.source_id)
    if row is not None and _after_failure(
        row, outcome, counts=failure.code not in _TELLS_NOTHING, at=at
    ):
        outcome = CheckOutcome.GONE
    told = {"error_code": failure.code, "error_text": failure.words}
    return _note(request, outcome, at, **told)


def to_look_up(*, limit: int = 200, only: int | None = None) -> list[int]:
    """Return the checks whose outcome nobody has looked quotes up for yet, oldest first."""
    rows = Check.objects.filter(looked_up_at=None, outcome__in=TELLING).order_by("id")
    rows = rows if only is None else rows.filter(pk=only)
    return list(rows.values_list("pk", flat=True)[:limit])


def looked_up(*, check: Check, at: datetime) -> bool:
    """Take a check off that queue; tell whether it was this call that did."""
    rows = Check.objects.filter(pk=check.pk, looked_up_at=None)
    return rows.update(looked_up_at=at) == 1


def _locked(source_id: UUID) -> Watch | None:
    return Watch.objects.select_for_update(of=("self",)).filter(pk=source_id).first()


def _newest(source_id: UUID) -> Any:  # noqa: ANN401 (a QuerySet with annotations)
    texts = ExtractedText.objects.filter(capture=OuterRef("pk")).order_by("-id")
    return (
        Capture.objects.filter(source_id=source_id)
        .defer("manifest", "hops")
        .annotate(
            text_sha256=Subquery(texts.values("sha256")[:1]),
            text_title=Subquery(texts.values("title")[:1]),
        )
        .order_by("-number")
    )


def _compare(before: Any, capture: Capture) -> CheckOutcome:  # noqa: ANN401 (annotated)
    if before.digest == capture.digest:
        return CheckOutcome.UNCHANGED
    texts = ExtractedText.objects.filter(capture=capture).order_by("-id")
    now = texts.values_list("sha256", flat=True).first()
    same = now is not None and now == before.text_sha256
    return CheckOutcome.SAME_TEXT if same else CheckOutcome.CHANGED


def _unchanged(source_id: UUID) -> CheckOutcome:
    """Return what an unchanged page means: after it was away, that it is back."""
    # A failure says nothing of the page, so what was said before it holds.
    told = Check.objects.filter(source_id=source_id).exclude(outcome=CheckOutcome.FAILED)
    last = told.order_by("-id").values_list("outcome", flat=True).first()
    away = {CheckOutcome.GONE, CheckOutcome.BLOCKED}
    return CheckOutcome.BACK if last in away else CheckOutcome.UNCHANGED


def _move(row: Watch, to: WatchState) -> None:
    origin = WatchState(row.state)
    if to == origin:
        return
    if to not in WATCH_TRANSITIONS[origin]:
        raise ValueError(f"a watch cannot go from {origin} to {to}")
    row.state = to


def _after_success(source_id: UUID, *, changed: bool, at: datetime, **values: object) -> None:
    row = _locked(source_id)
    if row is None:
        return
    for name, value in values.items():
        setattr(row, name, value)
    first = row.checked_at is None
    row.checked_at = at
    row.failures, row.failed_at = 0, None
    if changed:
        row.changed_at = at
    if changed or first:
        row.interval = schedule.LADDER[0]
    else:
        row.interval = schedule.longer(row.interval, closely=row.closely)
    if row.state != WatchState.PAUSED:
        _move(row, WatchState.WATCHED)
        row.next_at = at + timedelta(days=row.interval)
    row.save()


def _after_failure(row: Watch, outcome: CheckOutcome, *, counts: bool, at: datetime) -> bool:
    """Write a failure down; tell whether it was the one that made the source dead."""
    row.checked_at = at
    died = False
    if outcome == CheckOutcome.BLOCKED:
        row.failures, row.failed_at = 0, None
        row.interval = schedule.longer(row.interval, closely=row.closely)
        wait, to = timedelta(days=row.interval), WatchState.BLOCKED
    else:
        failures = schedule.Failures(row.failures, row.failed_at)
        if counts:
            failures = schedule.after_failure(failures, at=at)
        row.failures, row.failed_at = failures.count, failures.counted_at
        died = failures.fatal and row.state not in {WatchState.DEAD, WatchState.PAUSED}
        wait = timedelta(days=schedule.LONGEST) if failures.fatal else schedule.FAILURES_APART
        to = WatchState.DEAD if failures.fatal else WatchState(row.state)
    if row.state != WatchState.PAUSED:
        _move(row, to)
        row.next_at = at + wait
    row.save()
    return died


def _note(
    request: CaptureRequest,
    outcome: CheckOutcome,
    at: datetime,
    **values: Any,  # noqa: ANN401
) -> Check:
    if outcome in PAGELESS:
        values["capture"] = None
    return Check.objects.create(
        source_id=request.source_id, request=request, outcome=outcome, at=at, **values
    )
