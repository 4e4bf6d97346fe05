"""Two people look into a reader's report: the first recommends, the second decides and answers.

The second is an editor and never the first. Whoever worked on the version or approved it decides
only where no other editor could. Triggers hold the same.
"""

from datetime import datetime

from django.db import transaction

from claims import letters
from claims.models import Approval, Complaint, Verdict, VersionContributor
from claims.replies import one_line_end
from claims.states import COMPLAINT_TRANSITIONS, OUTCOMES, ComplaintState
from factcheck.accounts.models import Role, User
from factcheck.accounts.permissions import may_decide_reports, may_look_into_reports, require
from factcheck.audit.trail import record
from factcheck.errors import Permanent, Refused

REASON_LENGTH, ANSWER_LENGTH = 2000, 5000


class ComplaintMovedError(Refused):
    """The report is in another state than the one that was shown."""

    code = "complaint_moved"


class SamePersonError(Refused):
    """The first person cannot be the second."""

    code = "complaint_same_person"


class InvolvedError(Refused):
    """The person worked on the version or approved it, and somebody else is there."""

    code = "complaint_involved"


class UnknownOutcomeError(Permanent):
    """Not an outcome of a report."""

    code = "complaint_outcome_unknown"


class ComplaintWordsError(Permanent):
    """A recommendation needs a reason and a decision an answer, within bounds."""

    code = "complaint_words_required"


class DuplicateOfError(Permanent):
    """No other report on the same verdict has that reference."""

    code = "complaint_duplicate_unknown"


@transaction.atomic
def begin(*, complaint: Complaint, by: User, at: datetime) -> Complaint:
    """Look into a report first. Again by the same person is a no-op.

    Raises ComplaintMovedError and NotAllowedError.
    """
    require(may_look_into_reports, by)
    row = _locked(complaint)
    if row.state == ComplaintState.FIRST_LOOK and row.first_by_id == by.pk:
        return row
    if row.state != ComplaintState.RECEIVED:
        raise ComplaintMovedError(state=row.get_state_display())
    row.first_by, row.first_at = by, at
    _move(row, ComplaintState.FIRST_LOOK)
    _note(row, "looked_at", by, at)
    return row


@transaction.atomic
def hand_back(*, complaint: Complaint, by: User, at: datetime) -> Complaint:
    """Put a report back that somebody began to look into; anybody who may look can.

    Raises ComplaintMovedError and NotAllowedError.
    """
    require(may_look_into_reports, by)
    row = _locked(complaint)
    if row.state != ComplaintState.FIRST_LOOK:
        raise ComplaintMovedError(state=row.get_state_display())
    row.first_by = row.first_at = None
    _move(row, ComplaintState.RECEIVED)
    _note(row, "handed_back", by, at)
    return row


@transaction.atomic
def recommend(
    *, complaint: Complaint, outcome: str, reason: str, by: User, at: datetime, repeats: str = ""
) -> Complaint:
    """Say what should become of a report, and why; `repeats` is the reference of an earlier one.

    The same again by the same person is a no-op. Raises ComplaintMovedError, UnknownOutcomeError,
    ComplaintWordsError, DuplicateOfError and NotAllowedError.
    """
    require(may_look_into_reports, by)
    row, reason = _locked(complaint), _words(reason, REASON_LENGTH)
    same = (row.first_by_id, row.recommendation, row.reason) == (by.pk, outcome, reason)
    if row.state == ComplaintState.SECOND_LOOK and same:
        return row
    if row.state != ComplaintState.FIRST_LOOK or row.first_by_id != by.pk:
        raise ComplaintMovedError(state=row.get_state_display())
    row.duplicate_of = _repeated(row, outcome, repeats)
    row.recommendation, row.reason, row.recommended_at = outcome, reason, at
    _move(row, ComplaintState.SECOND_LOOK)
    _note(row, "recommended", by, at, outcome=outcome)
    return row


@transaction.atomic
def reconsider(*, complaint: Complaint, by: User, at: datetime) -> Complaint:
    """Take one's own recommendation back before anybody decided.

    Raises ComplaintMovedError and NotAllowedError.
    """
    require(may_look_into_reports, by)
    row = _locked(complaint)
    if row.state != ComplaintState.SECOND_LOOK or row.first_by_id != by.pk:
        raise ComplaintMovedError(state=row.get_state_display())
    row.recommendation, row.reason, row.recommended_at, row.duplicate_of = "", "", None, None
    _move(row, ComplaintState.FIRST_LOOK)
    _note(row, "reconsidered", by, at)
    return row


@transaction.atomic
def decide(
    *,
    complaint: Complaint,
    outcome: str,
    answer: str,
    by: User,
    at: datetime,
    repeats: str = "",
    seen: datetime | None = None,
) -> Complaint:
    """Decide as the second person, with an answer that the reader gets.

    The recommendation binds nobody; with `seen`, when it was made, a newer one is read first. Where
    the reader left an address, a letter is queued. The same decision again is a no-op.

    Raises ComplaintMovedError, SamePersonError, InvolvedError, UnknownOutcomeError,
    ComplaintWordsError, DuplicateOfError and NotAllowedError.
    """
    require(may_decide_reports, by)
    row, answer = _locked(complaint), _words(answer, ANSWER_LENGTH)
    if (row.decided_by_id, row.state, row.answer) == (by.pk, outcome, answer):
        return row
    if row.state != ComplaintState.SECOND_LOOK or seen not in (None, row.recommended_at):
        raise ComplaintMovedError(state=row.get_state_display())
    if row.first_by_id == by.pk:
        raise SamePersonError
    involved = is_involved(row, by)
    if involved and others_could(row):
        raise InvolvedError
    row.duplicate_of = _repeated(row, outcome, repeats)
    row.decided_by, row.decided_at, row.answer = by, at, answer
    _move(row, ComplaintState(outcome))
    _note(row, "decided", by, at, outcome=outcome, worked_on_it=involved)
    if row.email:
        letters.write(to=row.email, complaint=row, by=by, at=at)
    return row


@transaction.atomic
def forget_reader(*, complaint: Complaint, by: User, at: datetime) -> Complaint:
    """Erase the reader's name and address from a decided report; again is a no-op.

    Raises ComplaintMovedError and NotAllowedError.
    """
    require(may_decide_reports, by)
    row = _locked(complaint)
    if row.decided_at is None or letters.is_waiting(row):
        raise ComplaintMovedError(state=row.get_state_display())
    if row.name or row.email:
        row.name = row.email = ""
        row.save(update_fields=["name", "email"])
        letters.forget(complaint=row)
        _note(row, "reader_forgotten", by, at)
    return row


def open_reports(verdict: Verdict) -> list[Complaint]:
    """Return the reports on a verdict that nobody has decided, the soonest due first, twenty."""
    rows = Complaint.objects.filter(verdict=verdict, decided_at=None)
    return list(rows.order_by("due_on", "id")[:20])


def is_involved(complaint: Complaint, person: User) -> bool:
    """Whether the person worked on the version or approved it."""
    version = complaint.version_id
    return (
        VersionContributor.objects.filter(version=version, person=person).exists()
        or Approval.objects.filter(version=version, editor=person).exists()
    )


def others_could(complaint: Complaint) -> bool:
    """Whether an editor is there who neither looked first nor worked on the version."""
    version = complaint.version_id
    worked = VersionContributor.objects.filter(version=version).values("person")
    approved = Approval.objects.filter(version=version).values("editor")
    editors = User.objects.filter(role=Role.EDITOR, is_active=True)
    others = editors.exclude(pk__in=worked).exclude(pk__in=approved)
    return others.exclude(pk__in=[complaint.first_by_id]).exists()


def _locked(complaint: Complaint) -> Complaint:
    rows = Complaint.objects.select_for_update(of=("self",))
    return rows.select_related("verdict__claim").get(pk=complaint.pk)


def _move(row: Complaint, to: ComplaintState) -> None:
    if to not in COMPLAINT_TRANSITIONS[ComplaintState(row.state)]:
        raise ComplaintMovedError(state=row.get_state_display())
    row.state = to
    row.save()


def _words(text: str, limit: int) -> str:
    text = one_line_end(text)
    if not text or len(text) > limit:
        raise ComplaintWordsError(limit=f"{limit:,}")
    return text


def _repeated(row: Complaint, outcome: str, reference: str) -> Complaint | None:
    """Return the report that this one repeats; None where it repeats none."""
    if outcome not in OUTCOMES:
        raise UnknownOutcomeError
    if outcome != ComplaintState.DUPLICATE:
        return None
    others = Complaint.objects.filter(verdict=row.verdict_id).exclude(pk=row.pk)
    found = others.filter(reference=reference.strip().upper()).first()
    if found is None:
        raise DuplicateOfError
    return found


def _note(row: Complaint, what: str, by: User, at: datetime, **more: object) -> None:
    data = {"reference": row.reference, **more}
    record(action=f"complaint.{what}", target=row.verdict.claim, by=by, at=at, data=data)
