"""Correcting, withdrawing, looking again, giving up: the verbs, and what partners read of them."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from claims import calculations, drafting, linking, matching, workflow
from claims.models import (
    Change,
    EarlierClaim,
    Evidence,
    Published,
    ReviewMark,
    VerdictVersion,
    Withdrawal,
)
from claims.states import ChangeKind, VersionState
from claims.versions import StateChangedError
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.errors import NotAllowedError
from tests import factories
from tests.claims.test_guards import refused
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db: None) -> User:
    """A second editor."""
    return factories.person("editor")


@pytest.fixture
def live(checker: User, editor: User) -> VerdictVersion:
    return factories.published(by=checker, editor=editor)


def body(version: VerdictVersion) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Published.objects.get(pk=version.verdict_id).body)
    return found


def review(version: VerdictVersion) -> dict[str, Any]:
    row = Published.objects.get(pk=version.verdict_id)
    found: dict[str, Any] = json.loads(row.claim_review)
    return found


def state(version: VerdictVersion) -> str:
    return VerdictVersion.objects.get(pk=version.pk).state


def at_commit() -> None:
    """Let the deferred triggers judge now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_correction_is_a_copy_while_the_old_version_stays(
    live: VerdictVersion, checker: User
) -> None:
    draft = workflow.start_correction(
        verdict=live.verdict, kind="typo", note="A name.", by=checker, at=AT
    )
    assert (draft.number, draft.state, draft.reasoning) == (2, "draft", live.reasoning)
    assert (state(live), body(live)["version"]) == ("published", 1)
    again = workflow.start_correction(
        verdict=live.verdict, kind="typo", note="Other.", by=checker, at=AT
    )
    assert (again.pk, again.correction_note) == (draft.pk, "A name.")


def test_a_published_correction_replaces_the_old_version_everywhere(
    live: VerdictVersion, checker: User, editor: User
) -> None:
    new = factories.corrected(of=live, by=checker, editor=editor)
    at_commit()
    assert (state(live), state(new)) == ("superseded", "published")
    shown = body(live)
    assert (shown["version"], shown["state"]) == (2, "published")
    assert shown["corrections"] == [
        {
            "kind": "clarification",
            "note": "Said which report it is.",
            "at": "2026-03-02T09:30:00Z",
            "version": 2,
            "approver": str(editor),
        }
    ]
    assert Published.objects.get(pk=live.verdict_id).seq == 2
    assert list(Change.objects.order_by("seq").values_list("seq", "kind")) == [
        (1, "published"),
        (2, "clarification"),
    ]
    linked = review(live)
    assert linked["correction"][0]["@type"] == "CorrectionComment"
    assert linked["correction"][0]["text"] == "Clarification: Said which report it is."
    assert linked["dateModified"] == "2026-03-02T09:30:00Z"


def test_the_note_and_the_kind_are_required_and_sealed(live: VerdictVersion, checker: User) -> None:
    draft = factories.correction(of=live, by=checker, kind="", note="")
    with pytest.raises(workflow.IncompleteError, match="kind of correction"):
        workflow.submit(version=draft, revision=draft.revision, by=checker, at=AT)
    draft = workflow.describe(
        version=draft,
        kind="correction",
        note=" The year. ",
        revision=draft.revision,
        by=checker,
        at=AT,
    )
    sealed = workflow.submit(version=draft, revision=draft.revision, by=checker, at=AT)
    assert (sealed.manifest or {})["correction"] == {
        "kind": "correction",
        "note": "The year.",
        "replaces": 1,
        "after_withdrawal": False,
    }


@pytest.mark.parametrize(
    ("kind", "words", "why"),
    [
        ("typo", {"reasoning": "It states 41,300 passengers."}, "no number"),
        ("correction", {"rating": "false"}, "change of the verdict"),
        ("typo", {"rating": "false"}, "change of the verdict"),
        ("verdict_change", {"summary": "Other."}, "The rating is the same"),
        ("clarification", {"reasoning": None}, "Nothing differs"),
    ],
)
def test_a_kind_that_does_not_fit_is_refused(
    live: VerdictVersion, checker: User, kind: str, words: dict[str, Any], why: str
) -> None:
    if "rating" in words:
        words = words | {"rating": factories.rating(words["rating"])}
    if words.get("reasoning", "") is None:
        words = {"reasoning": live.reasoning}
    draft = factories.correction(of=live, by=checker, kind=kind, **words)
    with pytest.raises(workflow.CorrectionKindError, match=why):
        workflow.submit(version=draft, revision=draft.revision, by=checker, at=AT)


def test_a_typing_error_touches_no_evidence(live: VerdictVersion, checker: User) -> None:
    draft = factories.correction(of=live, by=checker, kind="typo")
    factories.evidence(on=live.verdict.claim, by=checker, quote="9% in May 2019")
    with pytest.raises(workflow.CorrectionKindError, match="no evidence"):
        workflow.submit(version=draft, revision=draft.revision, by=checker, at=AT)


def test_another_rating_is_published_as_a_change_of_the_verdict(
    live: VerdictVersion, checker: User, editor: User
) -> None:
    factories.corrected(
        of=live, by=checker, editor=editor, kind="verdict_change", rating=factories.rating("false")
    )
    assert body(live)["rating"]["code"] == "false"
    own = EarlierClaim.objects.get(verdict=live.verdict)
    assert own.rating_label == "False"


def test_what_was_taken_off_comes_back_with_the_next_correction(
    checker: User, editor: User
) -> None:
    done = factories.calculation(by=checker)
    live = factories.published(by=checker, editor=editor, on=done.claim)
    was = (live.manifest or {})["evidence"], (live.manifest or {})["calculations"]
    draft = factories.correction(of=live, by=checker)
    calculations.remove(calculation=done, by=checker, at=AT)
    for item in Evidence.objects.filter(claim=done.claim, removed_at=None):
        linking.remove(evidence=item, by=checker, at=AT)
    workflow.abandon(version=draft, reason="Another way.", by=checker, at=AT)
    again = factories.correction(of=live, by=checker, kind="typo", reasoning=live.reasoning + "!")
    sealed = workflow.submit(version=again, revision=again.revision, by=checker, at=AT)
    assert again.number == 3
    manifest = sealed.manifest or {}
    quotes = [{item["quote"]["exact"] for item in side} for side in (manifest["evidence"], was[0])]
    sums = [[item["figures"] for item in side] for side in (manifest["calculations"], was[1])]
    assert quotes[0] == quotes[1]
    assert sums[0] == sums[1]


def test_two_editors_withdraw_and_a_tombstone_stays(
    live: VerdictVersion, editor: User, other: User
) -> None:
    workflow.mark_under_review(verdict=live.verdict, reason="A reader wrote.", by=editor, at=AT)
    asked = workflow.propose_withdrawal(
        verdict=live.verdict, reason="The report was a sample.", by=editor, at=AT
    )
    with pytest.raises(workflow.OwnWithdrawalError):
        workflow.withdraw(withdrawal=asked, by=editor, at=AT)
    done = workflow.withdraw(withdrawal=asked, by=other, at=AT)
    assert workflow.withdraw(withdrawal=asked, by=other, at=AT).pk == done.pk
    at_commit()
    assert state(live) == "withdrawn"
    shown = body(live)
    assert set(shown) == {
        *("id", "url", "state", "version", "reason", "at", "desk", "claim", "corrections"),
    }
    assert (shown["state"], shown["reason"]) == ("withdrawn", "The report was a sample.")
    assert [item["kind"] for item in shown["corrections"]] == ["withdrawal"]
    assert ReviewMark.objects.get().outcome == "withdrawn"
    linked = review(live)
    assert linked["creativeWorkStatus"] == "Withdrawn"
    assert "reviewRating" not in linked
    assert Published.objects.get(pk=live.verdict_id).seq == 3


@pytest.mark.parametrize("role", ["checker", "admin"])
def test_neither_checkers_nor_admins_withdraw_or_mark(
    live: VerdictVersion, editor: User, role: str
) -> None:
    who = factories.person(role)
    asked = workflow.propose_withdrawal(verdict=live.verdict, reason="Why.", by=editor, at=AT)
    for verb in (
        lambda: workflow.propose_withdrawal(verdict=live.verdict, reason="So.", by=who, at=AT),
        lambda: workflow.withdraw(withdrawal=asked, by=who, at=AT),
        lambda: workflow.cancel_withdrawal(withdrawal=asked, by=who, at=AT),
        lambda: workflow.mark_under_review(verdict=live.verdict, reason="So.", by=who, at=AT),
    ):
        with pytest.raises(NotAllowedError):
            verb()


def test_a_proposal_can_be_cancelled_and_made_again(
    live: VerdictVersion, editor: User, other: User
) -> None:
    asked = workflow.propose_withdrawal(verdict=live.verdict, reason="Why.", by=editor, at=AT)
    with pytest.raises(workflow.WithdrawalProposedError):
        workflow.propose_withdrawal(verdict=live.verdict, reason="Else.", by=other, at=AT)
    workflow.cancel_withdrawal(withdrawal=asked, by=other, at=AT)
    with pytest.raises(workflow.WithdrawalClosedError):
        workflow.withdraw(withdrawal=asked, by=other, at=AT)
    workflow.propose_withdrawal(verdict=live.verdict, reason="Else.", by=other, at=AT)
    assert (state(live), Withdrawal.objects.count()) == ("published", 2)


def test_a_correction_waits_for_the_decision_on_a_withdrawal(
    live: VerdictVersion, checker: User, editor: User
) -> None:
    draft = factories.correction(of=live, by=checker)
    asked = workflow.propose_withdrawal(verdict=live.verdict, reason="Why.", by=editor, at=AT)
    with pytest.raises(workflow.WithdrawalProposedError), transaction.atomic():
        factories.published_from(draft, by=checker, editor=editor)
    workflow.cancel_withdrawal(withdrawal=asked, by=editor, at=AT)
    draft.refresh_from_db()
    factories.published_from(draft, by=checker, editor=editor)
    assert body(live)["version"] == 2


def test_a_version_that_was_submitted_before_a_withdrawal_is_not_published_after_it(
    live: VerdictVersion, checker: User, editor: User
) -> None:
    draft = factories.correction(of=live, by=checker)
    sealed = workflow.submit(version=draft, revision=draft.revision, by=checker, at=AT)
    yes = workflow.approve(version=sealed, digest=sealed.digest, by=editor, at=AT)
    factories.withdrawn(of=live, editor=editor)
    with pytest.raises(workflow.CorrectionOvertakenError):
        workflow.publish(version=yes, digest=yes.digest, by=editor, at=AT)
    assert body(live)["state"] == "withdrawn"


def test_a_withdrawn_verdict_is_opened_again_and_says_so(
    live: VerdictVersion, checker: User, editor: User
) -> None:
    gone = factories.withdrawn(of=live, editor=editor)
    own = EarlierClaim.objects.get(verdict=live.verdict)
    assert (own.rating_label, own.standing_rating) == ("Withdrawn", None)
    assert matching.contradictions(factories.claim(by=checker), factories.rating("false")) == []
    draft = workflow.reopen(version=gone, by=checker, at=AT)
    assert draft.number == 2
    again = workflow.describe(
        version=draft, kind="typo", note="Back.", revision=1, by=checker, at=AT
    )
    with pytest.raises(workflow.CorrectionKindError, match="After a withdrawal"):
        workflow.submit(version=again, revision=again.revision, by=checker, at=AT)
    again = workflow.describe(
        version=draft, kind="correction", note="The report is real.", revision=2, by=checker, at=AT
    )
    factories.published_from(again, by=checker, editor=editor)
    at_commit()
    assert [item["kind"] for item in body(live)["corrections"]] == ["withdrawal", "correction"]
    assert (state(live), body(live)["state"]) == ("withdrawn", "published")


def test_a_look_is_shown_and_ends_with_an_outcome(
    live: VerdictVersion, checker: User, editor: User
) -> None:
    mark = workflow.mark_under_review(verdict=live.verdict, reason="Why.", by=editor, at=AT)
    assert body(live)["under_review"] == {"reason": "Why.", "since": "2026-03-02T09:30:00Z"}
    with pytest.raises(workflow.ReviewOpenError):
        workflow.mark_under_review(verdict=live.verdict, reason="Other.", by=editor, at=AT)
    with pytest.raises(workflow.OutcomeUnfitError, match="No correction"):
        workflow.close_review(mark=mark, outcome="corrected", note="Done.", by=editor, at=AT)
    factories.corrected(of=live, by=checker, editor=editor)
    assert body(live)["under_review"] is not None
    workflow.close_review(mark=mark, outcome="corrected", note="Done.", by=editor, at=AT)
    assert body(live)["under_review"] is None
    assert list(Change.objects.order_by("seq").values_list("kind", flat=True)) == [
        *("published", "review_opened", "clarification", "review_closed"),
    ]
    with pytest.raises(workflow.ReviewClosedError):
        workflow.close_review(mark=mark, outcome="stands", note="No.", by=editor, at=AT)


def test_a_draft_is_given_up_and_opened_again(checker: User, editor: User) -> None:
    given_up = factories.abandoned(by=checker)
    assert given_up.state == VersionState.ABANDONED
    with pytest.raises(StateChangedError):
        drafting.start_draft(claim=given_up.verdict.claim, by=checker, at=AT)
    back = workflow.reopen(version=given_up, by=editor, at=AT)
    assert back.state == VersionState.DRAFT
    with pytest.raises(workflow.PublicReasonError):
        workflow.abandon(version=back, reason=" ", by=checker, at=AT)
    with pytest.raises(NotAllowedError):
        stranger = factories.person("checker")
        workflow.abandon(version=back, reason="Mine.", by=stranger, at=AT)


def test_a_draft_that_was_overtaken_stays_closed(live: VerdictVersion, checker: User) -> None:
    first = factories.correction(of=live, by=checker)
    workflow.abandon(version=first, reason="Another way.", by=checker, at=AT)
    factories.correction(of=live, by=checker)
    with pytest.raises(workflow.VersionOvertakenError):
        workflow.reopen(version=first, by=checker, at=AT)


def test_a_published_verdict_is_not_drafted_over(live: VerdictVersion, checker: User) -> None:
    with pytest.raises(StateChangedError, match="published"):
        drafting.start_draft(claim=live.verdict.claim, by=checker, at=AT)


def test_nothing_is_to_be_corrected_before_it_is_published(checker: User) -> None:
    draft = factories.draft(by=checker)
    other = factories.in_review(by=checker)
    workflow.recall(version=other, by=checker, at=AT)
    with pytest.raises(workflow.NothingToCorrectError):
        workflow.describe(
            version=draft, kind="typo", note="No.", revision=draft.revision, by=checker, at=AT
        )


# What raw SQL cannot do.

UPDATE = "UPDATE claims_verdictversion SET state = %s WHERE id = %s"


def test_raw_sql_does_not_withdraw_alone(live: VerdictVersion, editor: User) -> None:
    words = refused(UPDATE, ["withdrawn", live.pk], state="FC002")
    assert "two editors" in words
    workflow.propose_withdrawal(verdict=live.verdict, reason="Why.", by=editor, at=AT)
    refused(UPDATE, ["withdrawn", live.pk], state="FC002")
    confirm = "UPDATE claims_withdrawal SET confirmed_by_id = %s, confirmed_at = now()"
    refused(confirm, [editor.pk], state="23514")
    words = refused(confirm, [factories.person("admin").pk], state="FC002")
    assert "only an editor" in words
    words = refused(UPDATE, ["superseded", live.pk], state="FC002")
    assert "proposed" in words


def test_raw_sql_does_not_supersede_without_a_later_version(live: VerdictVersion) -> None:
    with pytest.raises(DatabaseError, match="by a later one only"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(UPDATE, ["superseded", live.pk])
        at_commit()


def test_raw_sql_does_not_publish_what_partners_are_not_told(checker: User, editor: User) -> None:
    version = factories.approved(by=checker, editor=editor)
    publish = (
        "UPDATE claims_verdictversion SET state = 'published', published_by_id = %s,"
        " published_at = now() WHERE id = %s"
    )
    with pytest.raises(DatabaseError, match="partners were not told"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(publish, [editor.pk, version.pk])
        at_commit()


def test_raw_sql_does_not_change_a_rating_as_a_typing_error(
    live: VerdictVersion, checker: User
) -> None:
    draft = factories.correction(of=live, by=checker, kind="typo")
    sealed = dict(live.manifest or {})
    sealed["rating"] = sealed["rating"] | {"code": "false"}
    sealed["correction"] = {
        "kind": "typo",
        "note": draft.correction_note,
        "replaces": 1,
        "after_withdrawal": False,
    }
    seal = (
        "UPDATE claims_verdictversion SET state = 'in_review', manifest = %s, digest = 'x',"
        " submitted_by_id = %s, submitted_at = now() WHERE id = %s"
    )
    words = refused(seal, [json.dumps(sealed), checker.pk, draft.pk], state="FC002")
    assert "another rating is a change of the verdict" in words
    sealed["correction"]["replaces"] = 7
    words = refused(seal, [json.dumps(sealed), checker.pk, draft.pk], state="FC002")
    assert "was not made to replace" in words


def test_a_draft_is_not_given_up_by_raw_sql(checker: User) -> None:
    draft = factories.draft(by=checker)
    assert "with a reason" in refused(UPDATE, ["abandoned", draft.pk], state="FC002")


@pytest.mark.parametrize(
    "table", ["claims_change", "claims_withdrawal", "claims_reviewmark", "claims_abandonment"]
)
def test_the_record_of_changes_is_not_deleted(
    live: VerdictVersion, checker: User, editor: User, table: str
) -> None:
    workflow.mark_under_review(verdict=live.verdict, reason="Why.", by=editor, at=AT)
    workflow.propose_withdrawal(verdict=live.verdict, reason="Why.", by=editor, at=AT)
    factories.abandoned(by=checker)
    refused(f"DELETE FROM {table}", state="FC001")


def test_every_step_is_in_the_trail(live: VerdictVersion, checker: User, editor: User) -> None:
    from claims import history  # noqa: PLC0415

    factories.corrected(of=live, by=checker, editor=editor)
    workflow.mark_under_review(verdict=live.verdict, reason="Why.", by=editor, at=AT)
    asked = workflow.propose_withdrawal(verdict=live.verdict, reason="No.", by=editor, at=AT)
    workflow.cancel_withdrawal(withdrawal=asked, by=editor, at=AT)
    gone = factories.withdrawn(of=live, editor=editor)
    back = workflow.reopen(version=gone, by=checker, at=AT)
    workflow.abandon(version=back, reason="Later.", by=checker, at=AT + timedelta(1))
    words = [entry.words for entry in history.of_claim(live.verdict.claim)]
    assert words[0] == "gave version 3 up: Later."
    assert "replaced version 1 by version 2" in words
    assert "cancelled the withdrawal of version 2" in words
    assert any(each.startswith("withdrew version 2, as ") for each in words)
    assert "closed the review, the verdict was withdrawn: The report was a sample." in words
    assert Event.objects.filter(action="verdict.correction_started").count() == 1
    assert Change.objects.filter(kind=ChangeKind.REVIEW_CLOSED).count() == 0
