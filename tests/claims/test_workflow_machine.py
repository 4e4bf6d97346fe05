"""Random people do random things; the database is the judge of what may stand."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from claims import declaring, drafting, leasing, sealing, versions, workflow
from claims.blocks import TEXT_PARTS, Content
from claims.models import Approval, Published, VerdictVersion
from claims.states import VersionState
from factcheck.accounts.models import Role
from factcheck.errors import FactcheckError
from tests import factories
from tests.factories import AT


def _content(words: str, *, rated: bool) -> Content:
    rating = str(factories.rating().pk) if rated else ""
    return Content.read(dict.fromkeys(TEXT_PARTS, words) | {"rating": rating})


PEOPLE = ("checker", "checker", "editor", "editor", "admin")
person = st.integers(0, len(PEOPLE) - 1)


class Desk(RuleBasedStateMachine):
    """One claim and five people, who try every verb in any order."""

    @initialize()
    def open_the_desk(self) -> None:
        # Each example rolls back as a whole: append-only rows cannot be cleaned up otherwise.
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.people = [factories.person(role) for role in PEOPLE]
        claim = factories.claim()
        factories.evidence(on=claim, by=self.people[0])
        self.version = drafting.start_draft(claim=claim, by=self.people[0], at=AT)

    def teardown(self) -> None:
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def attempt(self, verb: Any, **arguments: Any) -> None:
        try:
            with transaction.atomic():
                verb(version=self.version, at=AT, **arguments)
        except FactcheckError:
            pass
        self.version = VerdictVersion.objects.get(pk=self.version.pk)

    @rule(who=person, words=st.sampled_from(["", "One.", "Two."]), rated=st.booleans())
    def save(self, who: int, words: str, rated: bool) -> None:  # noqa: FBT001 (a strategy's value)
        self.attempt(
            drafting.save_draft,
            by=self.people[who],
            content=_content(words, rated=rated),
            revision=self.version.revision,
        )

    @rule(who=person)
    def declare(self, who: int) -> None:
        self.attempt(declaring.declare, by=self.people[who], words="", is_named=False)

    @rule(who=person)
    def take_over(self, who: int) -> None:
        self.attempt(leasing.take_over, by=self.people[who])

    @rule(who=person)
    def complete(self, who: int) -> None:
        self.save(who, "Complete.", rated=True)

    @rule(who=person)
    def submit(self, who: int) -> None:
        self.attempt(workflow.submit, by=self.people[who], revision=self.version.revision)

    @rule(who=person)
    def recall(self, who: int) -> None:
        self.attempt(workflow.recall, by=self.people[who])

    @rule(who=person)
    def approve(self, who: int) -> None:
        self.attempt(workflow.approve, by=self.people[who], digest=self.version.digest)

    @rule(who=person)
    def send_back(self, who: int) -> None:
        self.attempt(
            workflow.send_back, by=self.people[who], digest=self.version.digest, reason="Again."
        )

    @rule(who=person)
    def publish(self, who: int) -> None:
        self.attempt(workflow.publish, by=self.people[who], digest=self.version.digest)

    @rule(who=person)
    def forge_an_approval(self, who: int) -> None:
        """Raw rows, past every guard of the code: the database decides."""
        try:
            with transaction.atomic():
                Approval.objects.create(
                    version=self.version,
                    editor=self.people[who],
                    digest=self.version.digest,
                    at=AT,
                )
        except DatabaseError:
            pass

    @invariant()
    def nobody_approved_their_own_work(self) -> None:
        if not hasattr(self, "version"):
            return
        for approval in Approval.objects.filter(version=self.version, digest=self.version.digest):
            assert approval.editor.role == Role.EDITOR
            assert not versions.is_contributor(self.version, approval.editor)

    @invariant()
    def what_is_sealed_is_what_was_digested(self) -> None:
        if not hasattr(self, "version"):
            return
        if self.version.state == VersionState.DRAFT:
            assert (self.version.digest, self.version.manifest) == ("", None)
        else:
            assert sealing.digest(self.version.manifest or {}) == self.version.digest

    @invariant()
    def readers_see_approved_versions_only(self) -> None:
        if not hasattr(self, "version"):
            return
        is_out = Published.objects.filter(version=self.version).exists()
        assert is_out == (self.version.state == VersionState.PUBLISHED)
        if self.version.state in {VersionState.APPROVED, VersionState.PUBLISHED}:
            assert self.version.approvals.filter(digest=self.version.digest).exists()


@pytest.mark.django_db
def test_no_sequence_of_actions_breaks_the_rules() -> None:
    from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415

    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
