"""Writing a verdict: the draft, and saving it without losing anybody's words."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from claims import leasing
from claims.blocks import PARTS, Content
from claims.linking import require_open
from claims.models import Claim, DraftRevision, Rating, Verdict, VerdictVersion
from claims.states import VersionState
from claims.versions import (
    StaleRevisionError,
    UnknownRatingError,
    about,
    contribute,
    expect,
    locked,
)
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_check, require
from factcheck.audit.trail import record
from factcheck.errors import Permanent


class DatesError(Permanent):
    """The verdict holds as of a day to come, or is looked at again before that day."""

    code = "dates_in_disorder"


@transaction.atomic
def start_draft(*, claim: Claim, by: User, at: datetime) -> VerdictVersion:
    """Return the claim's open version, or make the first draft.

    Raises ClaimDismissedError and ClaimNotOpenError.
    """
    require(may_check, by)
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    require_open(claim)
    verdict, _ = Verdict.objects.get_or_create(claim=claim, defaults={"created_at": at})
    existing = verdict.versions.order_by("-number").first()
    if existing:
        return existing
    version = VerdictVersion.objects.create(
        verdict=verdict, number=1, created_by=by, created_at=at, updated_at=at
    )
    _keep(version, by, at)
    contribute(version, by, at)
    record(action="verdict.drafted", target=version, by=by, at=at, data=about(version))
    return version


@transaction.atomic
def save_draft(
    *,
    version: VerdictVersion,
    content: Content,
    revision: int,
    by: User,
    at: datetime,
    page: str = "",
    typing: bool = False,
) -> VerdictVersion:
    """Save what the checker wrote. `revision` is the one their form was made from.

    Where every save since then came from the same `page`, nothing was overtaken. While somebody is
    `typing`, the draft is theirs for a few minutes; a save that is not part of typing lets it go.
    The same words again are a no-op, so that a double click never looks stale. Raises
    StaleRevisionError, LeaseHeldError, StateChangedError, UnknownRatingError and DatesError.
    """
    require(may_check, by)
    version = locked(version)
    expect(version, VersionState.DRAFT)
    content = content.tidy()
    rating = _rating(content)
    require_dates(content, at)
    if content == content_of(version):
        if not typing:
            _let_go(version, by, at)
        return version
    leasing.require_free(version, by=by, at=at)
    if version.revision != revision and not _is_own(version, revision, page):
        raise StaleRevisionError(version)
    _write(version, content, rating, at)
    _keep(version, by, at, page)
    if typing:
        leasing.hold(version, by=by, at=at)
    else:
        leasing.let_go(version)
    contribute(version, by, at)
    data = about(version) | {"revision": version.revision}
    record(action="verdict.saved", target=version, by=by, at=at, data=data)
    return version


@transaction.atomic
def restore(
    *, version: VerdictVersion, number: int, revision: int, by: User, at: datetime
) -> VerdictVersion:
    """Bring the draft back to how it was saved as `number`; what stands now stays in the list.

    Raises as `save_draft` does, and DraftRevision.DoesNotExist.
    """
    saved = DraftRevision.objects.get(version=version, number=number)
    before = version.revision
    version = save_draft(
        version=version,
        content=Content.read(saved.content),
        revision=revision,
        by=by,
        at=at,
    )
    if version.revision != before:
        data = about(version) | {"number": number}
        record(action="verdict.restored", target=version, by=by, at=at, data=data)
    return version


def content_of(version: VerdictVersion) -> Content:
    """Return what the version's row says."""
    own = {name: getattr(version, name) for name in PARTS if name != "rating"}
    return Content(**{**own, **version.blocks, "rating": version.rating_id})


def base_of(version: VerdictVersion, revision: int) -> Content:
    """Return what the draft said at a revision.

    Before its first save a later version says what the one before it says; a first one nothing.
    """
    rows = DraftRevision.objects.filter(version=version, number__lte=revision)
    if saved := rows.order_by("-number").first():
        return Content.read(saved.content)
    earlier = VerdictVersion.objects.filter(verdict=version.verdict_id, number__lt=version.number)
    before = earlier.order_by("-number").first()
    return content_of(before) if before else Content()


def _rating(content: Content) -> Rating | None:
    if content.rating is None:
        return None
    found = Rating.objects.filter(pk=content.rating, scale__is_current=True).first()
    if found is None:
        raise UnknownRatingError
    return found


def require_dates(content: Content, at: datetime) -> None:
    """Raise DatesError unless the days that a draft names are in order."""
    today = timezone.localdate(at)
    holds, again = content.holds_as_of, content.look_again_on
    if (holds and holds > today) or (again and again <= (holds or today)):
        raise DatesError


def _write(version: VerdictVersion, content: Content, rating: Rating | None, at: datetime) -> None:
    for name in PARTS:
        setattr(version, name, rating if name == "rating" else getattr(content, name))
    # The one text of a draft from before there were blocks has become what was found.
    version.reasoning = ""
    version.revision, version.updated_at = version.revision + 1, at
    version.save(update_fields=[*PARTS, "reasoning", "revision", "updated_at"])


def _keep(version: VerdictVersion, by: User, at: datetime, page: str = "") -> None:
    texts = content_of(version).texts()
    DraftRevision.objects.create(
        version=version, number=version.revision, content=texts, page=page, by=by, at=at
    )


def _is_own(version: VerdictVersion, revision: int, page: str) -> bool:
    """Whether every save after `revision` came from this very page."""
    later = DraftRevision.objects.filter(version=version, number__gt=revision)
    pages = set(later.values_list("page", flat=True))
    # A version that moved on without a save, by a recall say, has another revision too.
    return bool(page) and pages == {page} and later.count() == version.revision - revision


def _let_go(version: VerdictVersion, by: User, at: datetime) -> None:
    lease = leasing.held(version, at=at)
    if lease and lease.holder_id == by.pk:
        leasing.let_go(version)
