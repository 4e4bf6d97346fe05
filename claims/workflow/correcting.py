"""Correcting what readers see: a new version is written while the old one stays live."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from claims import drafting
from claims.linking import require_open
from claims.models import Claim, Rating, Verdict, VerdictVersion, Withdrawal
from claims.states import OPEN_STATES, CorrectionKind, VersionState
from claims.versions import (
    StaleRevisionError,
    StateChangedError,
    about,
    contribute,
    expect,
    held,
    locked,
    newest_public,
    replaced_by,
)
from claims.workflow.moving import move
from claims.workflow.refusals import (
    CorrectionKindError,
    CorrectionOvertakenError,
    NothingToCorrectError,
    WithdrawalProposedError,
)
from claims.workflow.restoring import restore
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check, require
from factcheck.audit.trail import record

# What a new version does not take over from the one before readers.
_OWN = frozenset(
    {
        *("id", "verdict", "number", "state", "revision", "manifest", "digest"),
        *("correction_kind", "correction_note", "approvals_required", "rating"),
        *("created_by", "created_at", "updated_at", "submitted_by", "submitted_at"),
        *("published_by", "published_at"),
    }
)


@transaction.atomic
def start_correction(
    *, verdict: Verdict, kind: str = "", note: str = "", by: User, at: datetime
) -> VerdictVersion:
    """Open the next version as a draft that is a copy of the one before readers.

    Of a withdrawn verdict it is opened again by this. Where somebody has a version open, that one
    is returned as it is. Raises NothingToCorrectError, CorrectionKindError and NotAllowedError.
    """
    require(may_check, by)
    kind, note = _described(kind, note)
    claim = Claim.objects.select_for_update().get(pk=verdict.claim_id)
    require_open(claim)
    verdict = held(verdict.pk)
    if is_open := verdict.versions.filter(state__in=OPEN_STATES).first():
        return is_open
    live = newest_public(verdict.pk)
    if live is None:
        raise NothingToCorrectError
    last: int = verdict.versions.aggregate(last=Max("number"))["last"]
    version = VerdictVersion.objects.create(
        verdict=verdict,
        number=last + 1,
        rating=_current(live.rating),
        correction_kind=kind,
        correction_note=note,
        created_by=by,
        created_at=at,
        updated_at=at,
        **_content(live),
    )
    drafting.keep(version, by, at)
    contribute(version, by, at)
    reopened = live.state == VersionState.WITHDRAWN
    action = "verdict.reopened" if reopened else "verdict.correction_started"
    data = about(version) | {"of": live.number, "kind": kind}
    record(action=action, target=version, by=by, at=at, data=data)
    restore(live, by=by, at=at)
    return version


@transaction.atomic
def describe(
    *, version: VerdictVersion, kind: str, note: str, revision: int, by: User, at: datetime
) -> VerdictVersion:
    """Say what the draft changes: its kind and the note for readers. The same again is a no-op.

    Raises CorrectionKindError, NothingToCorrectError, StaleRevisionError and StateChangedError.
    """
    require(may_check, by)
    kind, note = _described(kind, note)
    version = locked(version)
    expect(version, VersionState.DRAFT)
    if replaced_by(version) is None:
        raise NothingToCorrectError
    if (version.correction_kind, version.correction_note) == (kind, note):
        return version
    if version.revision != revision:
        raise StaleRevisionError(version)
    version.correction_kind, version.correction_note = kind, note
    version.revision, version.updated_at = revision + 1, at
    version.save(update_fields=["correction_kind", "correction_note", "revision", "updated_at"])
    contribute(version, by, at)
    data = about(version) | {"kind": kind, "note": note[:200]}
    record(action="verdict.correction_described", target=version, by=by, at=at, data=data)
    return version


def make_way(version: VerdictVersion, *, by: User, at: datetime) -> None:
    """Let the version before readers be superseded by a locked one that is about to be published.

    Call it in the publishing transaction, before the new version's state is set. Raises
    CorrectionOvertakenError and WithdrawalProposedError.
    """
    held(version.verdict_id)
    live = newest_public(version.verdict_id, lock=True)
    sealed = (version.manifest or {}).get("correction")
    if live is None and sealed is None:
        return
    if live is None or sealed is None or live.number != sealed["replaces"]:
        raise CorrectionOvertakenError
    if (live.state == VersionState.WITHDRAWN) != sealed["after_withdrawal"]:
        raise CorrectionOvertakenError
    if Withdrawal.objects.filter(Withdrawal.OPEN, version=live).exists():
        raise WithdrawalProposedError
    if live.state == VersionState.PUBLISHED:
        data = {"by_version": version.number}
        move(live, VersionState.SUPERSEDED, "verdict.superseded", by, at, data)


def published_version(verdict: Verdict) -> VerdictVersion:
    """Return the version that is live, locked; raise StateChangedError where there is none."""
    live = newest_public(verdict.pk, lock=True)
    if live is None:
        raise NothingToCorrectError
    if live.state != VersionState.PUBLISHED:
        raise StateChangedError(state=VersionState(live.state).label)
    return live


def _described(kind: str, note: str) -> tuple[str, str]:
    if kind and kind not in CorrectionKind.values:
        raise CorrectionKindError(why="Choose one of the four kinds of correction.")
    return kind, note.strip()[:1000]


def _content(live: VerdictVersion) -> dict[str, object]:
    """Return what people wrote, whatever columns that is."""
    fields = (field for field in VerdictVersion._meta.concrete_fields if field.name not in _OWN)  # noqa: SLF001 (Django's public spelling)
    content = {field.attname: getattr(live, field.attname) for field in fields}
    # A reasoning in one text was written before there were blocks.
    return content | live.blocks | {"reasoning": ""}


def _current(rating: Rating | None) -> Rating | None:
    """Return the same rating on the current scale; None where it has no such place."""
    if rating is None or rating.scale.is_current:
        return rating
    return Rating.objects.filter(scale__is_current=True, code=rating.code).first()
