from collections.abc import Callable
from datetime import timedelta

import pytest

from claims import drafting, linking, sealing, workflow
from claims.models import Approval, Published, VerdictVersion
from claims.states import TRANSITIONS, VersionState
from claims.versions import StaleRevisionError, StateChangedError
from claims.workflow import (
    DigestMismatchError,
    IncompleteError,
    NotApprovedError,
    OwnWorkError,
    ReasonRequiredError,
)
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.errors import NotAllowedError
from sources.models import Watch
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


def actions(version: VerdictVersion) -> list[str]:
    events = Event.objects.filter(target_id=str(version.pk)).order_by("id")
    return list(events.values_list("action", flat=True))


def test_a_claim_goes_from_draft_to_published(checker: User, editor: User) -> None:
    version = factories.published(by=checker, editor=editor)
    assert version.state == VersionState.PUBLISHED
    assert version.published_by == editor
    assert actions(version) == [
        "verdict.drafted",
        "interest.declared",
        "verdict.saved",
        "verdict.submitted",
        "verdict.approved",
        "verdict.published",
    ]


def test_starting_twice_gives_the_same_draft(checker: User) -> None:
    on = factories.claim()
    first = drafting.start_draft(claim=on, by=checker, at=AT)
    assert drafting.start_draft(claim=on, by=factories.person(), at=AT) == first


def test_saving_counts_revisions_and_notes_the_contributor(checker: User) -> None:
    version = factories.draft(by=checker)
    other = factories.person()
    saved = factories.write(
        version, by=other, rating=factories.rating("false").pk, summary="Another conclusion."
    )
    assert saved.revision == version.revision + 1
    assert {c.person for c in saved.contributors.all()} == {checker, other}


def test_a_stale_form_is_refused_and_shows_what_stands(checker: User) -> None:
    version = factories.draft(by=checker)
    with pytest.raises(StaleRevisionError) as caught:
        factories.write(version, by=checker, revision=1, summary="Written in an old tab.")
    assert caught.value.current.summary == version.summary


def test_the_same_words_saved_twice_are_not_stale(checker: User) -> None:
    version = factories.draft(by=checker)
    again = factories.write(version, by=checker, revision=version.revision - 1)
    assert again.revision == version.revision


def test_submitting_needs_everything_and_says_what_is_missing(checker: User) -> None:
    version = drafting.start_draft(claim=factories.claim(), by=checker, at=AT)
    with pytest.raises(IncompleteError) as caught:
        workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    assert caught.value.text == (
        "Before you submit: choose a rating; write every part (Empty: The verdict in a sentence, "
        "What is claimed, What we found, What we do not know, Conclusion); attach at least one "
        "passage as evidence; declare your interests; attach a passage of a second, independent "
        "source, or mark one as primary and say why it is enough."
    )


def test_a_submitted_version_is_sealed_by_the_digest_of_its_manifest(checker: User) -> None:
    version = factories.in_review(by=checker)
    version.refresh_from_db()
    assert version.manifest is not None
    assert version.digest == sealing.digest(version.manifest)
    assert version.manifest["evidence"][0]["quote"]["exact"] == "41,200 passengers"


def test_a_double_click_on_submit_changes_nothing(checker: User) -> None:
    version = factories.draft(by=checker)
    first = workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    again = workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    assert (again.digest, again.revision) == (first.digest, first.revision)
    assert actions(version).count("verdict.submitted") == 1


def test_whoever_attached_a_passage_cannot_approve(checker: User, editor: User) -> None:
    on = factories.claim()
    factories.evidence(on=on, by=editor)
    version = factories.in_review(by=checker, on=on)
    with pytest.raises(OwnWorkError):
        workflow.approve(version=version, digest=version.digest, by=editor, at=AT)


def test_an_editor_cannot_approve_a_draft_of_their_own(editor: User) -> None:
    version = factories.in_review(by=editor)
    with pytest.raises(OwnWorkError):
        workflow.approve(version=version, digest=version.digest, by=editor, at=AT)


@pytest.mark.parametrize("role", ["checker", "admin"])
def test_only_editors_approve_send_back_and_publish(checker: User, role: str) -> None:
    version = factories.in_review(by=checker)
    other = factories.person(role)
    with pytest.raises(NotAllowedError):
        workflow.approve(version=version, digest=version.digest, by=other, at=AT)
    with pytest.raises(NotAllowedError):
        workflow.send_back(version=version, digest=version.digest, reason="no", by=other, at=AT)
    with pytest.raises(NotAllowedError):
        workflow.publish(version=version, digest=version.digest, by=other, at=AT)


def test_an_admin_neither_drafts_nor_submits(checker: User, admin: User) -> None:
    with pytest.raises(NotAllowedError):
        drafting.start_draft(claim=factories.claim(), by=admin, at=AT)
    version = factories.draft(by=checker)
    with pytest.raises(NotAllowedError):
        workflow.submit(version=version, revision=version.revision, by=admin, at=AT)


def test_approval_names_the_digest_that_the_editor_read(checker: User, editor: User) -> None:
    version = factories.in_review(by=checker)
    with pytest.raises(DigestMismatchError):
        workflow.approve(version=version, digest="0" * 64, by=editor, at=AT)
    assert not Approval.objects.exists()


def test_sending_back_needs_a_reason_and_opens_the_draft(checker: User, editor: User) -> None:
    version = factories.in_review(by=checker)
    with pytest.raises(ReasonRequiredError):
        workflow.send_back(version=version, digest=version.digest, reason=" ", by=editor, at=AT)
    reason = "Name the year of the report."
    back = workflow.send_back(
        version=version, digest=version.digest, reason=reason, by=editor, at=AT
    )
    assert (back.state, back.digest, back.manifest) == (VersionState.DRAFT, "", None)
    assert back.changes_requests.get().reason == reason


def test_an_edit_voids_the_approval(checker: User, editor: User) -> None:
    version = factories.approved(by=checker, editor=editor)
    back = workflow.send_back(
        version=version, digest=version.digest, reason="One more look.", by=editor, at=AT
    )
    later = AT + timedelta(minutes=5)
    again = workflow.submit(version=back, revision=back.revision, by=checker, at=later)
    assert again.digest != version.digest
    with pytest.raises(NotApprovedError):
        workflow.publish(version=again, digest=again.digest, by=editor, at=later)


def test_recall_is_for_contributors(checker: User) -> None:
    version = factories.in_review(by=checker)
    with pytest.raises(NotAllowedError):
        workflow.recall(version=version, by=factories.person(), at=AT)
    assert workflow.recall(version=version, by=checker, at=AT).state == VersionState.DRAFT


def test_evidence_of_a_sealed_version_stays(checker: User) -> None:
    version = factories.in_review(by=checker)
    item = version.verdict.claim.evidence.get()
    with pytest.raises(linking.EvidenceSealedError):
        linking.remove(evidence=item, by=checker, at=AT)


def test_what_a_published_verdict_quotes_is_watched_closely(checker: User, editor: User) -> None:
    version = factories.approved(by=checker, editor=editor)
    assert not Watch.objects.exists()
    workflow.publish(version=version, digest=version.digest, by=editor, at=AT)
    watch = Watch.objects.get(closely=True)
    assert watch.source == version.verdict.claim.evidence.get().extracted.capture.source
    assert watch.next_at == AT + timedelta(days=1)


def test_publishing_twice_makes_one_publication(checker: User, editor: User) -> None:
    version = factories.published(by=checker, editor=editor)
    workflow.publish(version=version, digest=version.digest, by=editor, at=AT)
    assert list(Published.objects.values_list("seq", flat=True)) == [1]


def test_numbers_of_publications_have_no_holes(checker: User, editor: User) -> None:
    for _ in range(3):
        factories.published(by=checker, editor=editor)
    assert list(Published.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]


VERBS = {
    VersionState.DRAFT: "draft",
    VersionState.IN_REVIEW: "in_review",
    VersionState.APPROVED: "approved",
    VersionState.PUBLISHED: "published",
}


@pytest.mark.parametrize("state", VERBS)
def test_every_verb_refuses_the_states_it_is_not_for(
    checker: User, editor: User, state: VersionState
) -> None:
    made_by: dict[str, Callable[[], VerdictVersion]] = {
        "draft": lambda: factories.draft(by=checker),
        "in_review": lambda: factories.in_review(by=checker),
        "approved": lambda: factories.approved(by=checker, editor=editor),
        "published": lambda: factories.published(by=checker, editor=editor),
    }
    version = made_by[VERBS[state]]()
    other_editor = factories.person("editor")
    digest = version.digest
    attempts: dict[VersionState, Callable[[], VerdictVersion]] = {
        VersionState.IN_REVIEW: lambda: workflow.submit(
            version=version, revision=version.revision, by=factories.person(), at=AT
        ),
        VersionState.APPROVED: lambda: workflow.approve(
            version=version, digest=digest, by=other_editor, at=AT
        ),
        VersionState.PUBLISHED: lambda: workflow.publish(
            version=version, digest=digest, by=other_editor, at=AT
        ),
    }
    for target, attempt in attempts.items():
        if target not in TRANSITIONS[state]:
            with pytest.raises((StateChangedError, NotApprovedError)):
                attempt()
            version.refresh_from_db()
            assert version.state == state


def test_an_approval_that_stands_already_is_no_error(checker: User, editor: User) -> None:
    version = factories.in_review(by=checker)
    Approval.objects.create(version=version, editor=editor, digest=version.digest, at=AT)
    approved = workflow.approve(version=version, digest=version.digest, by=editor, at=AT)
    assert approved.state == VersionState.APPROVED
    assert Approval.objects.count() == 1
