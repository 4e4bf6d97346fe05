"""The desk's rating scale: preparing a version, making it current, naming its ratings elsewhere.

A version is a draft until it is current; from then on the database refuses every change of it, save
for a label in a further language. There is one draft at a time.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from claims.models import Rating, RatingLabel, RatingScale
from claims.rating_lines import Line, Wording, code_of, faults, missing, twice, unkeepable
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_set_rules, require
from factcheck.audit.trail import record
from factcheck.errors import Permanent, Refused


class ScaleUnfitError(Permanent):
    """The draft cannot become the desk's scale; `faults` says why, one sentence each."""

    code = "scale_unfit"


class ScaleNotDraftError(Refused):
    """The version is no draft, or no longer."""

    code = "scale_not_draft"


class ScaleStaleError(Refused):
    """Somebody saved the draft since."""

    code = "scale_stale"


class LanguageStandsError(Refused):
    """The scale has labels in that language already."""

    code = "scale_language_stands"


def everything() -> QuerySet[RatingScale]:
    """Return all versions, newest first, with their ratings and labels."""
    ratings = Prefetch("ratings", Rating.objects.prefetch_related("labels"))
    return RatingScale.objects.order_by("-version").prefetch_related(ratings)


def lines_of(scale: RatingScale) -> list[Line]:
    """Return a version's ratings as lines."""
    return [
        Line(
            label=rating.label,
            meaning=rating.meaning,
            bucket=rating.bucket,
            value=rating.value,
            code=rating.code,
            elsewhere={row.language: Wording(row.label, row.meaning) for row in labels_of(rating)},
        )
        for rating in scale.ratings.all()
    ]


def labels_of(rating: Rating) -> list[RatingLabel]:
    """Return the rating's labels in further languages, by language."""
    return sorted(rating.labels.all(), key=lambda row: row.language)


def languages_of(scale: RatingScale) -> list[str]:
    """Return the languages of a version's labels, its own first."""
    further = {row.language for rating in scale.ratings.all() for row in rating.labels.all()}
    return [scale.language, *sorted(further)]


@transaction.atomic
def start_draft(*, by: User, at: datetime) -> RatingScale:
    """Return the draft; without one, make it as a copy of the current version."""
    require(may_set_rules, by)
    current = RatingScale.objects.select_for_update().get(is_current=True)
    if draft := RatingScale.objects.filter(is_draft=True).first():
        return draft
    newest = RatingScale.objects.filter(slug=current.slug).order_by("-version").first()
    draft = RatingScale.objects.create(
        slug=current.slug,
        version=(newest or current).version + 1,
        name=current.name,
        language=current.language,
        is_draft=True,
    )
    _write(draft, lines_of(current))
    record(action="scale.drafted", target=draft, by=by, at=at, data={"version": draft.version})
    return draft


@transaction.atomic
def save_draft(
    *,
    scale: RatingScale,
    name: str,
    lines: Sequence[Line],
    revision: int,
    by: User,
    at: datetime,
) -> RatingScale:
    """Write the draft's ratings anew, in the order of `lines`.

    What cannot be kept is refused: a label or a place that is there twice, a class that does not
    fit the place. Raises ScaleUnfitError, ScaleNotDraftError, ScaleStaleError.
    """
    draft = _locked_draft(scale, by)
    if draft.revision != revision:
        raise ScaleStaleError
    if found := unkeepable(lines):
        raise ScaleUnfitError(faults=" ".join(found))
    draft.name, draft.revision = name, revision + 1
    draft.save(update_fields=["name", "revision"])
    draft.ratings.all().delete()
    _write(draft, lines)
    data = {"version": draft.version, "ratings": [line.label for line in lines]}
    record(action="scale.saved", target=draft, by=by, at=at, data=data)
    return draft


@transaction.atomic
def make_current(*, scale: RatingScale, revision: int, by: User, at: datetime) -> RatingScale:
    """Make the draft the desk's scale; the one before stays with the verdicts that use it.

    The same again is a no-op. Raises ScaleUnfitError, ScaleNotDraftError, ScaleStaleError.
    """
    require(may_set_rules, by)
    before = RatingScale.objects.select_for_update().get(is_current=True)
    if before.pk == scale.pk:
        return before
    draft = _locked_draft(scale, by)
    if draft.revision != revision:
        raise ScaleStaleError
    if found := faults(lines_of(draft)):
        raise ScaleUnfitError(faults=" ".join(found))
    before.is_current = False
    before.save(update_fields=["is_current"])
    draft.is_draft, draft.is_current = False, True
    draft.save(update_fields=["is_draft", "is_current"])
    data = {"version": draft.version, "before": before.version}
    record(action="scale.made_current", target=draft, by=by, at=at, data=data)
    return draft


@transaction.atomic
def discard_draft(*, scale: RatingScale, by: User, at: datetime) -> None:
    """Remove a draft; no verdict can have used it. Raises ScaleNotDraftError."""
    draft = _locked_draft(scale, by)
    record(action="scale.discarded", target=draft, by=by, at=at, data={"version": draft.version})
    draft.ratings.all().delete()
    draft.delete()


@transaction.atomic
def add_language(
    *,
    scale: RatingScale,
    language: str,
    wordings: Mapping[int, Wording],
    by: User,
    at: datetime,
) -> None:
    """Name every rating of a version in a further language, `wordings` by the rating's key.

    Also for a version that is current or was. Raises LanguageStandsError and ScaleUnfitError.
    """
    require(may_set_rules, by)
    scale = RatingScale.objects.select_for_update().get(pk=scale.pk)
    if language in languages_of(scale):
        raise LanguageStandsError(language=language)
    labels = [wordings[pk].label if pk in wordings else "" for pk in _keys(scale)]
    if found := [*missing(labels, language), *twice(labels, language)]:
        raise ScaleUnfitError(faults=" ".join(found))
    _label(scale, {pk: {language: wordings[pk]} for pk in _keys(scale)})
    data = {"version": scale.version, "language": language}
    record(action="scale.language_added", target=scale, by=by, at=at, data=data)


def _locked_draft(scale: RatingScale, by: User) -> RatingScale:
    require(may_set_rules, by)
    draft = RatingScale.objects.select_for_update().filter(pk=scale.pk, is_draft=True).first()
    if draft is None:
        raise ScaleNotDraftError
    return draft


def _keys(scale: RatingScale) -> list[int]:
    return list(scale.ratings.values_list("pk", flat=True))


def _write(draft: RatingScale, lines: Sequence[Line]) -> None:
    made = [
        Rating(
            scale=draft,
            code=code_of(line),
            label=line.label,
            meaning=line.meaning,
            bucket=line.bucket,
            value=line.value,
            position=position,
        )
        for position, line in enumerate(lines, start=1)
    ]
    Rating.objects.bulk_create(made)
    _label(draft, {row.pk: line.elsewhere for row, line in zip(made, lines, strict=True)})


def _label(scale: RatingScale, wordings: Mapping[int, Mapping[str, Wording]]) -> None:
    RatingLabel.objects.bulk_create(
        RatingLabel(
            scale=scale, rating_id=pk, language=language, label=said.label, meaning=said.meaning
        )
        for pk, by_language in wordings.items()
        for language, said in by_language.items()
    )
