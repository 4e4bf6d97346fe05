"""Withdrawing, looking again, giving up and opening again."""

import pytest
from django.db import transaction

from claims import drafting, matching, workflow
from claims.models import (
    Change,
    EarlierClaim,
    Published,
    ReviewMark,
    VerdictVersion,
    Withdrawal,
)
from claims.states import VersionState
from claims.versions import StateChangedError
from factcheck.accounts.models import User
from factcheck.errors import NotAllowedError
from tests import factories
from tests.claims.test_correcting import at_commit, body, review, state
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db: None) -> User:
    """A second editor."""
    return factories.person("editor")


@pytest.fixture
def live(checker: User, editor: User) -> VerdictVersion:
    return factories.published(by=checker, editor=editor)


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
    factories.declared(draft, by=checker)
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
    stranger = factories.person("checker")
    with pytest.raises(NotAllowedError):
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
