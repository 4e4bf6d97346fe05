"""The rating scale: drafts, the change of scales, what the database refuses, what is said of it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from claims import scales, workflow
from claims.models import Published, Rating, RatingLabel, RatingScale
from claims.rating_lines import Line, Wording, faults, unkeepable
from claims.scales import LanguageStandsError, ScaleNotDraftError, ScaleStaleError, ScaleUnfitError
from claims.states import ORDERED_BUCKETS, UNORDERED_BUCKETS, Bucket
from claims.versions import OtherScaleError
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.errors import NotAllowedError
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db

THREE = (
    Line("Right", "It holds.", "true", 3, elsewhere={"fr": Wording("Juste", "C'est exact.")}),
    Line("Half right", "Some holds.", "mixed", 2, elsewhere={"fr": Wording("À moitié juste")}),
    Line("Wrong", "It does not.", "false", 1, elsewhere={"fr": Wording("Faux")}),
    Line("Open", "Nobody knows.", "unproven", None, elsewhere={"fr": Wording("Ouvert")}),
)


def saved(by: User, lines: tuple[Line, ...] = THREE) -> RatingScale:
    draft = scales.start_draft(by=by, at=AT)
    return scales.save_draft(
        scale=draft, name="Short scale", lines=lines, revision=draft.revision, by=by, at=AT
    )


def made_current(by: User) -> RatingScale:
    draft = saved(by)
    return scales.make_current(scale=draft, revision=draft.revision, by=by, at=AT)


def refused(change: Callable[[], Any]) -> str:
    """Return the SQLSTATE with which the database refuses a change."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        change()
    return str(getattr(caught.value.__cause__, "sqlstate", ""))


def test_the_first_scale_is_fit_and_speaks_two_languages() -> None:
    scale = RatingScale.objects.get()
    assert faults(scales.lines_of(scale)) == []
    assert scales.languages_of(scale) == ["en", "es"]
    assert [rating.bucket for rating in scale.ratings.all()] == [
        *("true", "true", "mixed", "mixed", "false", "unproven", "other")
    ]


def test_a_draft_begins_as_a_copy_and_there_is_one(editor: User, admin: User) -> None:
    draft = scales.start_draft(by=admin, at=AT)
    assert scales.start_draft(by=editor, at=AT) == draft
    current = RatingScale.objects.get(is_current=True)
    assert scales.lines_of(draft) == scales.lines_of(current)
    assert (draft.version, draft.is_draft, draft.is_current) == (2, True, False)
    assert Event.objects.filter(action="scale.drafted").count() == 1


def test_checkers_leave_the_scale_alone(checker: User, editor: User) -> None:
    draft = saved(editor)
    verbs: tuple[Callable[[], object], ...] = (
        lambda: scales.start_draft(by=checker, at=AT),
        lambda: scales.save_draft(
            scale=draft, name="x", lines=THREE, revision=2, by=checker, at=AT
        ),
        lambda: scales.make_current(scale=draft, revision=2, by=checker, at=AT),
        lambda: scales.discard_draft(scale=draft, by=checker, at=AT),
        lambda: scales.add_language(scale=draft, language="de", wordings={}, by=checker, at=AT),
    )
    for verb in verbs:
        with pytest.raises(NotAllowedError):
            verb()


def test_a_saved_draft_reads_back_as_it_was_written(editor: User) -> None:
    draft = saved(editor)
    lines = scales.lines_of(draft)
    assert [replace(line, code="") for line in lines] == list(THREE)
    assert [line.code for line in lines] == ["right", "half-right", "wrong", "open"]
    with pytest.raises(ScaleStaleError):
        scales.save_draft(scale=draft, name="x", lines=THREE, revision=1, by=editor, at=AT)


def test_the_change_of_scales_is_one_step_and_is_told(editor: User) -> None:
    draft = made_current(editor)
    old = RatingScale.objects.get(version=1)
    assert (old.is_current, old.is_draft, draft.is_current, draft.is_draft) == (
        *(False, False, True, False),
    )
    event = Event.objects.get(action="scale.made_current")
    assert event.data == {"version": 2, "before": 1}
    again = scales.make_current(scale=draft, revision=draft.revision, by=editor, at=AT)
    assert again == draft
    assert Event.objects.filter(action="scale.made_current").count() == 1
    with pytest.raises(ScaleNotDraftError):
        scales.make_current(scale=old, revision=1, by=editor, at=AT)


def test_an_unfit_draft_does_not_become_current(editor: User) -> None:
    draft = saved(editor, THREE[:1])
    with pytest.raises(ScaleUnfitError, match="from 2 to 12"):
        scales.make_current(scale=draft, revision=draft.revision, by=editor, at=AT)
    assert RatingScale.objects.get(is_current=True).version == 1


def test_a_draft_can_be_thrown_away_and_nothing_else(editor: User) -> None:
    draft = saved(editor)
    scales.discard_draft(scale=draft, by=editor, at=AT)
    assert RatingScale.objects.count() == 1
    assert RatingLabel.objects.exclude(language="es").count() == 0
    with pytest.raises(ScaleNotDraftError):
        scales.discard_draft(scale=RatingScale.objects.get(), by=editor, at=AT)


FAULTY = {
    "Place 3 is given twice.": (replace(THREE[1], value=3),),
    "“Half right” has a place in the order: its class is false or mixed or true.": (
        replace(THREE[1], bucket="other"),
    ),
    "“Half right” stands outside of the order: its class is unproven or other.": (
        replace(THREE[1], value=None),
    ),
    "Two ratings are called “right”.": (replace(THREE[1], label="RIGHT", code="x"),),
    "Two ratings are called “juste” in “fr”.": (
        replace(THREE[1], elsewhere={"fr": Wording("juste")}),
    ),
    "Two ratings share the code “right”.": (replace(THREE[1], code="right"),),
}
UNFIT = {
    "The places in the order run from 1 without a gap.": (replace(THREE[1], value=7),),
    "The classes follow the order: false first, then mixed, then true.": (
        replace(THREE[1], bucket="true"),
        replace(THREE[0], bucket="mixed"),
    ),
    "Every rating needs a label in “fr”.": (replace(THREE[1], elsewhere={}),),
}


@pytest.mark.parametrize("words", [*FAULTY, *UNFIT])
def test_what_is_wrong_with_a_draft_is_told_in_words(editor: User, words: str) -> None:
    changed = (FAULTY | UNFIT)[words]
    lines = (changed[1] if len(changed) > 1 else THREE[0], changed[0], *THREE[2:])
    assert words in faults(lines)
    if words in FAULTY:
        with pytest.raises(ScaleUnfitError):
            saved(editor, lines)
    else:
        assert unkeepable(lines) == []
        saved(editor, lines)


LINES = st.lists(
    st.builds(
        Line,
        label=st.sampled_from(["A", "a", "B", "C", "D", "É"]),
        meaning=st.just(""),
        bucket=st.sampled_from(Bucket.values),
        value=st.none() | st.integers(1, 4),
        code=st.sampled_from(["", "x", "y"]),
        elsewhere=st.dictionaries(
            st.sampled_from(["fr", "de"]), st.builds(Wording, label=st.sampled_from("XYZ"))
        ),
    ),
    max_size=5,
)


@given(lines=LINES)
def test_the_database_takes_exactly_what_the_words_allow(lines: list[Line]) -> None:
    draft = RatingScale(slug="made-up", version=9, name="x", is_draft=True)
    try:
        with transaction.atomic():
            draft.save()
            scales._write(draft, lines)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except IntegrityError:
        assert unkeepable(lines) != []
    if not faults(lines):
        ordered = [line for line in lines if line.value]
        by_place = sorted(ordered, key=lambda line: line.value or 0)
        ranks = [ORDERED_BUCKETS.index(Bucket(line.bucket)) for line in by_place]
        assert ranks == sorted(ranks)
        outside = [line for line in lines if line.value is None]
        assert all(line.bucket in UNORDERED_BUCKETS for line in outside)


def test_a_scale_that_was_current_is_frozen_in_the_database(editor: User) -> None:
    made_current(editor)
    for version in (1, 2):
        scale = RatingScale.objects.get(version=version)
        ratings = Rating.objects.filter(scale=scale)
        one, labels = RatingScale.objects.filter(pk=scale.pk), scale.pk
        added = {"code": "x", "label": "x", "bucket": "other", "meaning": "", "position": 9}
        changes: tuple[Callable[[], object], ...] = (
            partial(one.update, name="x"),
            partial(one.update, is_draft=True),
            partial(one._raw_delete, "default"),
            partial(ratings.update, meaning="x"),
            partial(ratings._raw_delete, "default"),
            partial(Rating.objects.create, scale=scale, **added),
            partial(RatingLabel.objects.filter(scale=labels).update, label="x"),
            partial(RatingLabel.objects.filter(scale=labels).delete),
        )
        assert {refused(change) for change in changes} == {"FC001"}


def test_labels_in_a_further_language_are_added_to_a_frozen_scale(editor: User) -> None:
    scale = RatingScale.objects.get()
    keys = list(scale.ratings.values_list("pk", flat=True))
    wordings = {pk: Wording(f"Label {pk}") for pk in keys}
    for language in ("en", "es"):
        with pytest.raises(LanguageStandsError):
            scales.add_language(scale=scale, language=language, wordings=wordings, by=editor, at=AT)
    for unfit in ({keys[0]: Wording("One")}, dict.fromkeys(keys, Wording("Same"))):
        with pytest.raises(ScaleUnfitError):
            scales.add_language(scale=scale, language="de", wordings=unfit, by=editor, at=AT)
    scales.add_language(scale=scale, language="de", wordings=wordings, by=editor, at=AT)
    assert RatingLabel.objects.filter(language="de").count() == len(keys)
    assert Event.objects.latest("pk").data == {"version": 1, "language": "de"}


def test_a_label_belongs_to_its_ratings_scale(editor: User) -> None:
    draft = saved(editor)
    old = factories.rating()
    forged = {"scale": draft, "rating": old, "language": "de", "label": "x"}
    assert refused(lambda: RatingLabel.objects.create(**forged)) == "FC002"
    own = {"scale": old.scale, "rating": old, "language": "en", "label": "x"}
    assert refused(lambda: RatingLabel.objects.create(**own)) == "FC002"


def test_a_draft_rated_on_the_scale_before_has_to_choose_again(checker: User, editor: User) -> None:
    version = factories.draft(by=checker)
    made_current(editor)
    old = Rating.objects.get(code="true", scale__version=1)
    with pytest.raises(OtherScaleError, match="“True” is a rating of an earlier scale"):
        workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    with pytest.raises(OtherScaleError):
        factories.write(version, by=checker, rating=old.pk, summary="s")
    version = factories.write(version, by=checker, rating=factories.rating("half-right").pk)
    submitted = workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    assert submitted.manifest is not None
    assert submitted.manifest["rating"] == {
        "scale": "standard",
        "scale_version": 2,
        "code": "half-right",
        "label": "Half right",
        "value": 2,
        "worst": 1,
        "best": 3,
        "bucket": "mixed",
        "labels": {"en": "Half right", "fr": "À moitié juste"},
    }


def test_what_is_submitted_keeps_its_scale(checker: User, editor: User) -> None:
    version = factories.in_review(by=checker)
    made_current(editor)
    version = workflow.approve(version=version, digest=version.digest, by=editor, at=AT)
    workflow.publish(version=version, digest=version.digest, by=editor, at=AT)
    assert '"scale_version":1' in Published.objects.get().body
