"""Who has a claim to check, and who has a version to review: the one writer of assignments.

An assignment says who does the work. It gives nobody a right and takes none away. Every verb is a
compare-and-set: what the person saw is what is changed, or the person is told who has it now.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.dateformat import format as in_words

from claims.linking import ClaimNotOpenError
from claims.models import Assignment, Claim, VerdictVersion
from claims.notifying import notify, quoted
from claims.states import ClaimState, VersionState
from claims.together_states import NotificationKind
from claims.versions import expect, is_contributor
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_approve, may_check, require
from factcheck.audit.trail import record
from factcheck.errors import Permanent, Refused

UNDOABLE = timedelta(hours=1)  # how long a change can be undone by who made it


class AssignmentTakenError(Refused):
    """Somebody was first; `holder` is who has it now, or None."""

    code = "assignment_taken"

    def __init__(self, holder: User | None) -> None:
        super().__init__(who=holder or "Nobody")
        self.holder = holder


class UnfitError(Permanent):
    """The person cannot be given this work."""

    code = "assignment_unfit"


class AssignmentUndoError(Refused):
    """The last change was not this person's, or is too old."""

    code = "assignment_not_undoable"


@dataclass(frozen=True)
class Job:
    """The check of a claim, or the review of a version of its verdict."""

    claim: Claim
    version: VerdictVersion | None = None

    @property
    def target(self) -> Model:
        """What the audit trail speaks of."""
        return self.version or self.claim

    @property
    def name(self) -> str:
        """The first half of its audit actions."""
        return "review" if self.version else "claim"

    @property
    def href(self) -> str:
        """Where the work is done."""
        return self.version.get_absolute_url() if self.version else self.claim.get_absolute_url()

    def rows(self) -> QuerySet[Assignment]:
        """Every assignment of this job there was."""
        return Assignment.objects.filter(claim=self.claim, version=self.version)


def holder(job: Job) -> Assignment | None:
    """Return the assignment that counts: whoever was deactivated, or cannot do it, has nothing."""
    row = job.rows().filter(ended_at=None).select_related("person", "given_by").first()
    return row if row is not None and not why_unfit(job, row.person) else None


def why_unfit(job: Job, person: User) -> str:
    """Return in words why the person cannot be given the job, or nothing."""
    if not person.is_active:
        return f"{person} is no longer at the desk."
    if job.version is None:
        return "" if may_check(person) else f"{person} checks no claims."
    if not may_approve(person):
        return f"{person} is no editor."
    worked = is_contributor(job.version, person)
    return f"{person} worked on this verdict, so somebody else has to review it." if worked else ""


def candidates(job: Job) -> list[User]:
    """Return the people who can be given the job, by name."""
    people = User.objects.filter(is_active=True).order_by("name", "username")
    if job.version is not None:
        people = people.exclude(pk__in=job.version.contributors.values("person"))
    fits = may_approve if job.version else may_check
    return [person for person in people if fits(person)]


@transaction.atomic
def give(
    *,
    job: Job,
    to: User,
    seen: UUID | None,
    by: User,
    at: datetime,
    due_on: date | None = None,
) -> Assignment:
    """Give the job to a person, in place of the assignment `seen` (None: nobody had it).

    The same again is a no-op. Raises AssignmentTakenError, UnfitError, ClaimNotOpenError,
    StateChangedError and NotAllowedError.
    """
    require(may_check, by)
    _require_open(job)
    if why := why_unfit(job, to):
        raise UnfitError(why=why)
    now = job.rows().filter(ended_at=None).select_related("person").first()
    if now is not None and (now.person_id, now.due_on) == (to.pk, due_on):
        return now
    if now is not None and why_unfit(job, now.person):
        # Whoever is gone holds nothing, so the page showed nobody.
        seen = seen or now.pk
    before = _end(job, seen, by, at) if seen else None
    row = _begin(job, to, due_on, by, at, before)
    action = "taken" if to.pk == by.pk else "assigned"
    _note(job, action, to, by, at, due_on)
    _tell(job, row, by, at)
    return row


@transaction.atomic
def release(*, job: Job, by: User, at: datetime) -> None:
    """Give the job back: by whoever has it, or by an editor. Where nobody has it, a no-op.

    Raises AssignmentTakenError and NotAllowedError.
    """
    row = job.rows().filter(ended_at=None).select_related("person").first()
    if row is None:
        return
    require(lambda person: may_check(person) and (row.person_id == by.pk or may_approve(by)), by)
    _end(job, row.pk, by, at)
    _note(job, "released", row.person, by, at)


@transaction.atomic
def undo(*, job: Job, by: User, at: datetime) -> Assignment | None:
    """Take back one's own last change of who has the job; return who has it then, or None.

    Raises AssignmentUndoError and AssignmentTakenError.
    """
    require(may_check, by)
    last = undoable(job, by=by, at=at)
    if last is None:
        raise AssignmentUndoError
    former: Assignment | None
    if last.ended_at is None:
        _end(job, last.pk, by, at)
        former = last.before
    else:
        former = last
    row = None
    if former is not None and not why_unfit(job, former.person):
        row = _begin(job, former.person, former.due_on, by, at, last, is_undo=True)
        _tell(job, row, by, at)
    _note(job, "assignment_undone", row.person if row else None, by, at)
    return row


def undoable(job: Job, *, by: User, at: datetime) -> Assignment | None:
    """Return the row of the last change where this person made it within the hour."""
    rows = job.rows().select_related("person", "before__person").order_by("-given_at", "-ended_at")
    last = rows.first()
    if last is None or (last.is_undo and last.ended_at is None):
        return None
    who, when = (
        (last.given_by_id, last.given_at)
        if last.ended_at is None
        else (last.ended_by_id, last.ended_at)
    )
    return last if who == by.pk and at - when <= UNDOABLE else None


def _require_open(job: Job) -> None:
    if job.version is not None:
        expect(job.version, VersionState.IN_REVIEW, VersionState.APPROVED)
    elif job.claim.state != ClaimState.OPEN:
        raise ClaimNotOpenError


def _end(job: Job, seen: UUID, by: User, at: datetime) -> Assignment:
    """End the assignment that was seen; of two who do so at once one is told who was first."""
    row = job.rows().filter(Q(pk=seen, ended_at=None))
    if not row.update(ended_at=at, ended_by=by):
        raise AssignmentTakenError(_has(job))
    return Assignment.objects.get(pk=seen)


def _begin(  # noqa: PLR0917 (every caller is in sight)
    job: Job,
    to: User,
    due_on: date | None,
    by: User,
    at: datetime,
    before: Assignment | None,
    *,
    is_undo: bool = False,
) -> Assignment:
    row = Assignment(
        claim=job.claim,
        version=job.version,
        person=to,
        due_on=due_on,
        given_by=by,
        given_at=at,
        before=before,
        is_undo=is_undo,
    )
    # A second one waits for the first to commit, and then does nothing.
    Assignment.objects.bulk_create([row], ignore_conflicts=True)
    if not Assignment.objects.filter(pk=row.pk).exists():
        raise AssignmentTakenError(_has(job))
    return row


def _has(job: Job) -> User | None:
    row = job.rows().filter(ended_at=None).select_related("person").first()
    return row.person if row else None


def _note(  # noqa: PLR0917 (every caller is in sight)
    job: Job,
    what: str,
    person: User | None,
    by: User,
    at: datetime,
    due_on: date | None = None,
) -> None:
    data = {"person": person.username if person else "", "due_on": str(due_on or "")}
    if job.version is not None:
        data["version"] = str(job.version.number)
    record(action=f"{job.name}.{what}", target=job.target, by=by, at=at, data=data)


def _tell(job: Job, row: Assignment, by: User, at: datetime) -> None:
    what = "the review" if job.version else "the check"
    until = f", due on {in_words(row.due_on, 'j F Y')}" if row.due_on else ""
    notify(
        recipients=[row.person_id],
        kind=NotificationKind.ASSIGNED,
        claim=job.claim,
        text=f"{by} gave you {what} of {quoted(job.claim)}{until}",
        href=job.href,
        key=f"assigned:{row.pk}",
        by=by,
        at=at,
    )
