"""Tags for claims on which more hangs: more people must approve their verdicts."""

import json

import pytest

from claims import stakes, workflow
from claims.models import Approval, Published
from claims.states import VersionState
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.errors import FactcheckError, NotAllowedError
from tests import factories
from tests.claims.test_guards import refused
from tests.factories import AT

pytestmark = pytest.mark.django_db


def test_a_tagged_claim_needs_as_many_approvals_as_its_tags_ask_for(
    checker: User, editor: User
) -> None:
    version = factories.draft(by=checker)
    claim = version.verdict.claim
    for stake in (factories.stake(), factories.stake("Elections", 3)):
        stakes.add(claim=claim, stake=stake, by=checker, at=AT)
    version = workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    assert version.approvals_required == 3
    assert (version.manifest or {})["tags"] == [
        {"code": "elections", "label": "Elections"},
        {"code": "health", "label": "Health"},
    ]
    for person in (editor, factories.person("editor")):
        version = workflow.approve(version=version, digest=version.digest, by=person, at=AT)
        assert version.state == VersionState.IN_REVIEW
    with pytest.raises(workflow.NotApprovedError):
        workflow.publish(version=version, digest=version.digest, by=editor, at=AT)
    third = factories.person("editor")
    version = workflow.approve(version=version, digest=version.digest, by=third, at=AT)
    workflow.publish(version=version, digest=version.digest, by=third, at=AT)
    body = json.loads(Published.objects.get().body)
    assert (body["approvals_required"], len(body["approvals"])) == (3, 3)


def test_one_editor_counts_once(checker: User, editor: User) -> None:
    version = factories.draft(by=checker)
    stakes.add(claim=version.verdict.claim, stake=factories.stake(), by=checker, at=AT)
    version = workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    for _ in range(3):
        version = workflow.approve(version=version, digest=version.digest, by=editor, at=AT)
    assert version.state == VersionState.IN_REVIEW
    assert Approval.objects.count() == 1


def test_tags_stay_while_a_verdict_rests_on_them(checker: User) -> None:
    version = factories.draft(by=checker)
    claim, stake = version.verdict.claim, factories.stake()
    stakes.add(claim=claim, stake=stake, by=checker, at=AT)
    version = workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    with pytest.raises(stakes.StakeSealedError):
        stakes.remove(claim=claim, stake=stake, by=checker, at=AT)
    with pytest.raises(stakes.StakeSealedError):
        stakes.add(claim=claim, stake=factories.stake("War"), by=checker, at=AT)
    refused("DELETE FROM claims_claimstake", state="FC002")
    version = workflow.recall(version=version, by=checker, at=AT)
    stakes.remove(claim=claim, stake=stake, by=checker, at=AT)
    stakes.remove(claim=claim, stake=stake, by=checker, at=AT)
    assert Event.objects.filter(action="claim.untagged").count() == 1


def test_raw_sql_cannot_submit_with_fewer(checker: User) -> None:
    version = factories.in_review(by=checker)
    version = workflow.recall(version=version, by=checker, at=AT)
    stakes.add(claim=version.verdict.claim, stake=factories.stake(), by=checker, at=AT)
    update = (
        "UPDATE claims_verdictversion SET state = 'in_review', manifest = '{}', digest = 'x', "
        "submitted_by_id = created_by_id, submitted_at = now() WHERE id = %s"
    )
    refused(update, [version.pk], state="FC002")


def test_a_tag_needs_a_name_of_its_own_and_a_number(editor: User, checker: User) -> None:
    factories.stake("Health")
    for label, number in ((" ", 1), ("health", 2), ("War", 0), ("War", 6), ("!!", 1)):
        with pytest.raises(stakes.StakeInvalidError):
            stakes.define(label=label, approvals_required=number, by=editor, at=AT)
    with pytest.raises(NotAllowedError):
        stakes.define(label="War", approvals_required=2, by=checker, at=AT)


def test_a_changed_tag_counts_from_now_on(checker: User, editor: User) -> None:
    version = factories.draft(by=checker)
    stake = factories.stake()
    stakes.add(claim=version.verdict.claim, stake=stake, by=checker, at=AT)
    version = workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    for _ in range(2):
        stakes.change(stake=stake, approvals_required=3, is_current=False, by=editor, at=AT)
    version.refresh_from_db()
    assert version.approvals_required == 2
    assert Event.objects.filter(action="tag.changed").count() == 1
    stake.refresh_from_db()
    with pytest.raises(FactcheckError):
        stakes.add(claim=factories.claim(), stake=stake, by=checker, at=AT)
