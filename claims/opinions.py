"""Blind second opinions: asked for, given without sight of the draft, and decided between."""

from datetime import datetime

from django.db import transaction

from claims.models import Claim, Rating, SecondOpinion, VerdictVersion
from claims.states import OPEN_STATES, OpinionState, Ruling, VersionState
from claims.versions import about, expect, is_contributor, locked, require_current
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_approve, may_check, require
from factcheck.audit.trail import record
from factcheck.errors import NotAllowedError, Permanent, Refused


class OpinionPersonError(Permanent):
    """The person cannot give a blind opinion on this verdict."""

    code = "opinion_person"


class OpinionEndedError(Refused):
    """The opinion was given or called off already."""

    code = "opinion_ended"


class OpinionOpenError(Refused):
    """A second opinion is awaited."""

    code = "opinion_open"


class OpinionUndecidedError(Refused):
    """Two people differ, and nobody has decided between them."""

    code = "opinion_undecided"


class OpinionReasonError(Permanent):
    """An opinion and a decision need their reasons."""

    code = "opinion_reason_required"


@transaction.atomic
def ask(*, version: VerdictVersion, of: User, by: User, at: datetime) -> SecondOpinion:
    """Ask somebody who did not work on the version for a rating of their own.

    Raises OpinionPersonError, OpinionOpenError, StateChangedError and NotAllowedError.
    """
    require(may_check, by)
    version = locked(version)
    expect(version, *OPEN_STATES[:2])
    if not may_check(of) or of.pk == by.pk or is_contributor(version, of):
        raise OpinionPersonError
    asked = version.verdict.opinions.filter(state=OpinionState.ASKED).first()
    if asked and asked.asked_of_id == of.pk:
        return asked
    if asked:
        raise OpinionOpenError
    made = SecondOpinion.objects.create(
        verdict=version.verdict, asked_by=by, asked_of=of, asked_at=at
    )
    data = about(version) | {"of": str(of)}
    record(action="opinion.asked", target=version, by=by, at=at, data=data)
    return made


@transaction.atomic
def give(
    *, opinion: SecondOpinion, rating: Rating, reasoning: str, by: User, at: datetime
) -> SecondOpinion:
    """Say how one would rate the claim, and why.

    Raises NotAllowedError, OpinionEndedError, OpinionReasonError, OpinionPersonError and
    OtherScaleError.
    """
    opinion = _locked(opinion)
    if opinion.asked_of_id != by.pk:
        raise NotAllowedError
    require(may_check, by)
    if not (reasoning := reasoning.strip()):
        raise OpinionReasonError
    require_current(rating)
    same = (opinion.rating_id, opinion.reasoning) == (rating.pk, reasoning[:5000])
    if opinion.state == OpinionState.GIVEN and same:
        return opinion
    version = _newest(opinion)
    _require_open(opinion)
    if is_contributor(version, by):
        raise OpinionPersonError
    opinion.state, opinion.ended_at = OpinionState.GIVEN, at
    opinion.rating, opinion.reasoning = rating, reasoning[:5000]
    opinion.save()
    record(action="opinion.given", target=version, by=by, at=at, data=about(version))
    return opinion


@transaction.atomic
def cancel(*, opinion: SecondOpinion, by: User, at: datetime) -> SecondOpinion:
    """Call off what was not given yet: by who asked, who was asked, or an editor.

    Raises NotAllowedError and OpinionEndedError.
    """
    opinion = _locked(opinion)
    if not (may_approve(by) or by.pk in {opinion.asked_by_id, opinion.asked_of_id}):
        raise NotAllowedError
    if opinion.state == OpinionState.CANCELLED:
        return opinion
    _require_open(opinion)
    opinion.state, opinion.ended_at = OpinionState.CANCELLED, at
    opinion.save()
    version = _newest(opinion)
    record(action="opinion.cancelled", target=version, by=by, at=at, data=about(version))
    return opinion


@transaction.atomic
def rule(
    *,
    opinion: SecondOpinion,
    version: VerdictVersion,
    ruling: str,
    because: str,
    by: User,
    at: datetime,
) -> SecondOpinion:
    """Decide between two ratings, for the version as it is sealed now.

    Neither who worked on the version nor who gave the opinion decides. Raises OpinionPersonError,
    OpinionReasonError, OpinionEndedError, StateChangedError and NotAllowedError.
    """
    require(may_approve, by)
    version = locked(version)
    expect(version, VersionState.IN_REVIEW)
    opinion = _locked(opinion)
    if opinion.asked_of_id == by.pk or is_contributor(version, by):
        raise OpinionPersonError
    if opinion.state != OpinionState.GIVEN or opinion.verdict_id != version.verdict_id:
        raise OpinionEndedError
    if not (because := because.strip()) or ruling not in Ruling.values:
        raise OpinionReasonError
    opinion.ruling, opinion.ruled_digest = ruling, version.digest
    opinion.ruled_by, opinion.ruled_at, opinion.ruled_because = by, at, because[:1000]
    opinion.save()
    data = about(version) | {"ruling": Ruling(ruling).label, "because": because[:200]}
    record(action="opinion.ruled", target=version, by=by, at=at, data=data)
    return opinion


def newest(version: VerdictVersion) -> SecondOpinion | None:
    """Return the verdict's last opinion that was not called off."""
    rows = SecondOpinion.objects.filter(verdict=version.verdict_id)
    rows = rows.exclude(state=OpinionState.CANCELLED).order_by("-asked_at", "-id")
    return rows.select_related("asked_of", "asked_by", "rating", "ruled_by").first()


def differs(opinion: SecondOpinion, version: VerdictVersion) -> bool:
    """Whether a given opinion has another rating, and no ruling keeps the version's."""
    kept = opinion.ruling == Ruling.FIRST and opinion.ruled_digest == version.digest
    return (
        opinion.state == OpinionState.GIVEN and opinion.rating_id != version.rating_id and not kept
    )


def require_heard(version: VerdictVersion) -> None:
    """Raise OpinionOpenError or OpinionUndecidedError unless nothing stands against approval."""
    opinion = newest(version)
    if opinion and opinion.state == OpinionState.ASKED:
        raise OpinionOpenError
    if opinion and differs(opinion, version):
        raise OpinionUndecidedError


def awaited(person: User, claim: Claim | None = None) -> list[SecondOpinion]:
    """Return the opinions that the person still owes, oldest first; on one claim, or all."""
    rows = SecondOpinion.objects.filter(asked_of=person, state=OpinionState.ASKED)
    if claim is not None:
        rows = rows.filter(verdict__claim=claim)
    return list(
        rows.select_related("verdict__claim__article", "asked_by").order_by("asked_at")[:50]
    )


def _locked(opinion: SecondOpinion) -> SecondOpinion:
    return SecondOpinion.objects.select_for_update().get(pk=opinion.pk)


def _newest(opinion: SecondOpinion) -> VerdictVersion:
    rows = VerdictVersion.objects.filter(verdict=opinion.verdict_id).select_related("verdict")
    return rows.order_by("-number")[0]


def _require_open(opinion: SecondOpinion) -> None:
    if opinion.state != OpinionState.ASKED:
        raise OpinionEndedError
