"""A draft is saved, held, taken over and brought back; nobody's words are lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from claims import declaring, drafting, gating, leasing, workflow
from claims.blocks import Content
from claims.drafting import DatesError, content_of
from claims.leasing import LeaseHeldError
from claims.models import Declaration, DraftLease, DraftRevision, VerdictVersion
from claims.standards import CHECKS
from claims.states import VersionState
from claims.versions import StaleRevisionError, UnknownRatingError
from claims.workflow import IncompleteError, ReasonRequiredError, UnknownBlockError
from claims.workflow.asking_back import asked_of
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.errors import NotAllowedError
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=4)
MUCH_LATER = AT + timedelta(minutes=9, seconds=1)


@pytest.fixture
def version(checker: User) -> VerdictVersion:
    return drafting.start_draft(claim=factories.claim(by=checker), by=checker, at=AT)


def typed(version: VerdictVersion, by: User, words: str, **given: object) -> VerdictVersion:
    arguments = {"revision": version.revision, "typing": True, "at": AT} | given
    content = Content(summary=words)
    return drafting.save_draft(version=version, content=content, by=by, **arguments)  # type: ignore[arg-type]


def test_who_types_holds_the_draft_for_five_minutes(version: VerdictVersion, checker: User) -> None:
    other = factories.person()
    version = typed(version, checker, "One.")
    version = typed(version, checker, "Two.", at=LATER)
    with pytest.raises(LeaseHeldError) as caught:
        typed(version, other, "Other.", at=AT + timedelta(minutes=6))
    assert str(checker) in caught.value.text
    assert typed(version, other, "Other.", at=MUCH_LATER).summary == "Other."


def test_a_save_by_the_button_lets_the_draft_go(version: VerdictVersion, checker: User) -> None:
    version = typed(version, checker, "One.")
    version = typed(version, checker, "One.", typing=False)
    assert not DraftLease.objects.exists()
    assert typed(version, factories.person(), "Other.").summary == "Other."


def test_the_draft_is_taken_over_and_whoever_lost_it_is_told(
    version: VerdictVersion, checker: User
) -> None:
    other = factories.person()
    version = typed(version, checker, "One.")
    lease = leasing.take_over(version=version, by=other, at=LATER)
    assert leasing.take_over(version=version, by=other, at=LATER) == lease
    assert Event.objects.filter(action="verdict.taken_over").count() == 1
    with pytest.raises(LeaseHeldError):
        typed(version, checker, "Two.", at=LATER)
    version = typed(version, other, "Other.", at=LATER)
    assert version.summary == "Other."


def test_a_draft_that_somebody_writes_is_not_submitted_by_another(checker: User) -> None:
    version = factories.draft(by=checker)
    leasing.take_over(version=version, by=factories.person(), at=AT)
    with pytest.raises(LeaseHeldError):
        workflow.submit(version=version, revision=version.revision, by=checker, at=LATER)


def test_a_page_never_overtakes_itself(version: VerdictVersion, checker: User) -> None:
    typed(version, checker, "One.", page="a")
    later = typed(version, checker, "Two.", page="a")
    assert later.summary == "Two."
    with pytest.raises(StaleRevisionError):
        typed(version, checker, "Three.", page="b")
    with pytest.raises(StaleRevisionError):
        typed(version, checker, "Three.")


def test_each_save_is_kept_and_can_be_brought_back(version: VerdictVersion, checker: User) -> None:
    version = factories.write(version, by=checker)
    kept = content_of(version)
    later = factories.write(version, by=checker, what_we_found="Something else.")
    assert drafting.base_of(later, version.revision) == kept
    back = drafting.restore(
        version=later, number=version.revision, revision=later.revision, by=checker, at=AT
    )
    assert content_of(back) == kept
    assert list(back.saved.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert Event.objects.filter(action="verdict.restored").count() == 1


def test_what_was_saved_never_changes(version: VerdictVersion) -> None:
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        DraftRevision.objects.update(page="x")


def test_a_sealed_version_takes_no_save_and_no_declaration(checker: User) -> None:
    version = factories.in_review(by=checker)
    with pytest.raises(DatabaseError, match="drafts only"), transaction.atomic():
        DraftRevision.objects.create(version=version, number=99, content={}, by=checker, at=AT)
    with pytest.raises(DatabaseError, match="drafts only"), transaction.atomic():
        Declaration.objects.update(words="An interest.")


@pytest.mark.parametrize(
    "days",
    [
        {"holds_as_of": AT.date() + timedelta(days=1)},
        {"look_again_on": AT.date()},
        {"holds_as_of": AT.date(), "look_again_on": AT.date()},
    ],
)
def test_days_in_disorder_are_refused(
    version: VerdictVersion, checker: User, days: dict[str, Any]
) -> None:
    with pytest.raises(DatesError):
        factories.write(version, by=checker, **days)


def test_a_day_that_passed_before_the_submission_is_refused(checker: User) -> None:
    version = factories.draft(by=checker)
    tomorrow = AT.date() + timedelta(days=1)
    version = factories.write(version, by=checker, look_again_on=tomorrow)
    with pytest.raises(DatesError):
        workflow.submit(
            version=version, revision=version.revision, by=checker, at=AT + timedelta(days=1)
        )


def test_the_day_of_submission_and_the_desk_s_interval_fill_in(
    checker: User, settings: object
) -> None:
    settings.LOOK_AGAIN_DAYS = 30  # type: ignore[attr-defined]
    version = factories.in_review(by=checker)
    assert version.holds_as_of == AT.date()
    assert version.look_again_on == AT.date() + timedelta(days=30)
    assert version.manifest is not None
    assert version.manifest["holds_as_of"] == AT.date().isoformat()
    back = workflow.recall(version=version, by=checker, at=AT)
    assert (back.holds_as_of, back.look_again_on) == (None, None)


def test_a_rating_that_is_not_there(version: VerdictVersion, checker: User) -> None:
    with pytest.raises(UnknownRatingError):
        factories.write(version, by=checker, rating=999_999)


def test_the_manifest_has_the_blocks_and_the_gate(checker: User) -> None:
    version = factories.in_review(by=checker)
    sealed = version.manifest or {}
    assert sealed["format"] == "factcheck-verdict/2"
    assert "reasoning" not in sealed
    assert sealed["blocks"]["conclusion"] == factories.WORDS.conclusion
    assert sealed["interests"] == {"none": 1, "undeclared": 0, "declared": []}
    standards = {item["code"]: item for item in sealed["standards"]}
    assert (
        standards["sources"]["detail"] == "One primary source: Nobody else counts the passengers."
    )
    assert not standards["claimant"]["holds"]


def test_an_interest_is_published_in_words_and_named_only_if_asked(checker: User) -> None:
    version = factories.draft(by=checker)
    other = factories.person(name="Nora Berg")
    factories.declared(version, by=checker, words="I own shares of the ferry.")
    declaring.declare(version=version, words="I sail.", is_named=True, by=other, at=AT)
    sealed = workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    assert (sealed.manifest or {})["interests"]["declared"] == [
        {"words": "I own shares of the ferry.", "name": None},
        {"words": "I sail.", "name": "Nora Berg"},
    ]


def test_whoever_declares_contributes_and_can_say_otherwise(
    version: VerdictVersion, editor: User
) -> None:
    declaring.declare(version=version, words="", is_named=True, by=editor, at=AT)
    factories.declared(version, by=editor, words="A friend works there.")
    factories.declared(version, by=editor, words="A friend works there.")
    row = Declaration.objects.get()
    assert (row.words, row.is_named) == ("A friend works there.", False)
    assert Event.objects.filter(action="interest.declared").count() == 2
    assert version.contributors.filter(person=editor).exists()


def test_others_who_did_not_declare_stop_a_verdict_where_the_desk_says_so(
    checker: User, editor: User
) -> None:
    claim = factories.claim(by=checker)
    factories.evidence(on=claim, by=factories.person(), quote="3% more", stance="refutes")
    version = factories.draft(by=checker, on=claim)
    gating.set_levels(wanted={"all_interests": "error"}, by=editor, at=AT)
    with pytest.raises(IncompleteError, match="1 person has not declared"):
        workflow.submit(version=version, revision=version.revision, by=checker, at=AT)


def test_the_standards_are_set_by_editors_and_admins(checker: User, editor: User) -> None:
    with pytest.raises(NotAllowedError):
        gating.set_levels(wanted={"claimant": "off"}, by=checker, at=AT)
    for by in (editor, factories.person("admin")):
        gating.set_levels(wanted={"claimant": "off"}, by=by, at=AT)
    assert gating.levels()["claimant"] == "off"
    assert Event.objects.filter(action="standard.set").count() == 1
    for wanted in ({"claimant": "sometimes"}, {"rating": "off"}, {"unheard of": "off"}):
        with pytest.raises(gating.UnknownStandardError):
            gating.set_levels(wanted=wanted, by=editor, at=AT)
    assert set(gating.levels()) == {check.code for check in CHECKS if not check.fixed}


def test_an_editor_asks_for_changes_part_by_part(checker: User, editor: User) -> None:
    version = factories.in_review(by=checker)
    wishes = {"what_we_found": "Which page?", "rating": "Mostly true, rather.", "summary": " "}
    back = workflow.send_back(
        version=version, digest=version.digest, reason="", blocks=wishes, by=editor, at=AT
    )
    request = back.changes_requests.get()
    assert request.reason == "Rating: Mostly true, rather.\nWhat we found: Which page?"
    back = factories.write(back, by=checker, what_we_found="Page 4.")
    asked = asked_of(request, back)
    assert {code: wish.done for code, wish in asked.items()} == {
        "rating": False,
        "what_we_found": True,
    }


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        ({}, ReasonRequiredError),
        ({"summary": " "}, ReasonRequiredError),
        ({"x": "y"}, UnknownBlockError),
    ],
)
def test_sending_back_needs_a_reason_for_a_part_there_is(
    checker: User, editor: User, blocks: dict[str, str], error: type[Exception]
) -> None:
    version = factories.in_review(by=checker)
    with pytest.raises(error):
        workflow.send_back(
            version=version, digest=version.digest, reason="", blocks=blocks, by=editor, at=AT
        )
    version.refresh_from_db()
    assert version.state == VersionState.IN_REVIEW


def test_a_draft_from_before_there_were_blocks_is_read(version: VerdictVersion) -> None:
    version.reasoning = "In one text."
    version.save()
    assert content_of(version).what_we_found == "In one text."
