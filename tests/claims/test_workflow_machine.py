"""Random people do random things; the database is the judge of what may stand."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from claims import declaring, drafting, leasing, sealing, versions, workflow
from claims.blocks import TEXT_PARTS, Content
from claims.models import Approval, Change, Emergency, Published, Withdrawal
from claims.states import LEDGER_KINDS, PUBLIC_STATES, UNSEALED_STATES, VersionState
from factcheck.accounts.models import Role
from tests import factories
from tests.claims.release_rules import PEOPLE, ReleaseRules, person
from tests.factories import AT


def _content(words: str, *, rated: bool) -> Content:
    rating = str(factories.rating().pk) if rated else ""
    return Content.read(dict.fromkeys(TEXT_PARTS, words) | {"rating": rating})


KINDS = ("clarification", "correction", "verdict_change")


class Desk(ReleaseRules):
    """One claim and five people, who try every verb in any order."""

    @initialize()
    def open_the_desk(self) -> None:
        # Each example rolls back as a whole: append-only rows cannot be cleaned up otherwise.
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.people = [factories.person(role) for role in PEOPLE]
        self.people[3].may_publish_alone = True
        self.people[3].save()
        claim = factories.claim()
        factories.evidence(on=claim, by=self.people[0], is_primary=True)
        self.version = drafting.start_draft(claim=claim, by=self.people[0], at=AT)
        self.verdict = self.version.verdict

    def teardown(self) -> None:
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

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
        self.declare(who)

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

    @rule(who=person, kind=st.sampled_from(["", "typo", "correction", "verdict_change"]))
    def start_a_correction(self, who: int, kind: str) -> None:
        made = self.try_it(
            workflow.start_correction,
            verdict=self.verdict,
            kind=kind,
            note=kind,
            by=self.people[who],
        )
        self.version = made or self.version

    @rule(who=person, kind=st.sampled_from(["clarification", "correction", "verdict_change"]))
    def describe(self, who: int, kind: str) -> None:
        self.attempt(
            workflow.describe,
            by=self.people[who],
            kind=kind,
            note="What changed.",
            revision=self.version.revision,
        )

    @rule(who=person)
    def give_up(self, who: int) -> None:
        self.attempt(workflow.abandon, by=self.people[who], reason="No.")

    @rule(who=person)
    def open_again(self, who: int) -> None:
        made = self.try_it(workflow.reopen, version=self.version, by=self.people[who])
        self.version = made or self.version

    @rule(who=person)
    def propose_to_withdraw(self, who: int) -> None:
        self.try_it(
            workflow.propose_withdrawal,
            verdict=self.verdict,
            reason="It is wrong.",
            by=self.people[who],
        )

    @rule(who=person, yes=st.booleans())
    def decide_on_the_withdrawal(self, who: int, yes: bool) -> None:  # noqa: FBT001 (a strategy's value)
        if asked := Withdrawal.objects.filter(version__verdict=self.verdict).last():
            verb = workflow.withdraw if yes else workflow.cancel_withdrawal
            self.try_it(verb, withdrawal=asked, by=self.people[who])
            self.version.refresh_from_db()

    @rule(who=person)
    def look_again(self, who: int) -> None:
        self.try_it(
            workflow.mark_under_review, verdict=self.verdict, reason="Why.", by=self.people[who]
        )

    @rule(who=person, outcome=st.sampled_from(["stands", "corrected", "withdrawn"]))
    def stop_looking(self, who: int, outcome: str) -> None:
        if mark := self.verdict.review_marks.order_by("-opened_at", "closed_at").first():
            self.try_it(
                workflow.close_review,
                mark=mark,
                outcome=outcome,
                note="So.",
                by=self.people[who],
            )

    @rule(who=person, kind=st.sampled_from(KINDS))
    def bring_it_to_review(self, who: int, kind: str) -> None:
        """The way there at once, where the desk lets this person go it."""
        self.complete(who)
        self.attempt(
            workflow.describe,
            by=self.people[who],
            kind=kind,
            note="What changed.",
            revision=self.version.revision,
        )
        self.submit(who)

    @rule(who=person, editor=st.sampled_from([2, 3]), kind=st.sampled_from(KINDS))
    def bring_it_out(self, who: int, editor: int, kind: str) -> None:
        """The whole way at once, where the desk lets these two go it."""
        self.bring_it_to_review(who, kind)
        self.approve(editor)
        self.publish(editor)

    @rule(who=person, kind=st.sampled_from(KINDS), seconded=st.booleans())
    def bring_it_out_alone(self, who: int, kind: str, seconded: bool) -> None:  # noqa: FBT001 (a strategy's value)
        self.bring_it_to_review(who, kind)
        self.publish_alone(3)
        if seconded:
            self.second(2)

    @rule(who=person, of=person, code=st.sampled_from(["true", "false"]))
    def hear_somebody(self, who: int, of: int, code: str) -> None:
        self.bring_it_to_review(who, "correction")
        self.ask_for_an_opinion(who, of)
        self.answer_the_opinion(of, code)

    @rule(state=st.sampled_from(list(VersionState)))
    def forge_a_state(self, state: VersionState) -> None:
        """Raw SQL, judged as at the commit: nothing public comes or goes by itself."""
        if state in {VersionState.DRAFT, VersionState.ABANDONED, self.version.state}:
            return
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE claims_verdictversion SET state = %s, published_at = now(),"
                    " published_by_id = %s WHERE id = %s",
                    [state, self.people[2].pk, self.version.pk],
                )
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except DatabaseError:
            self.version.refresh_from_db()
        else:
            raise AssertionError(f"raw SQL brought the version to {state}")

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
        if self.version.state in UNSEALED_STATES:
            assert (self.version.digest, self.version.manifest) == ("", None)
        else:
            assert sealing.digest(self.version.manifest or {}) == self.version.digest

    @invariant()
    def readers_see_approved_versions_only(self) -> None:
        if not hasattr(self, "version"):
            return
        is_out = Published.objects.filter(version=self.version).exists()
        assert is_out == (self.version.state in {VersionState.PUBLISHED, VersionState.WITHDRAWN})
        if self.version.state in {VersionState.APPROVED, *PUBLIC_STATES}:
            approved = self.version.approvals.filter(digest=self.version.digest).exists()
            alone = Emergency.objects.filter(version=self.version, editor=self.people[3]).exists()
            assert approved or alone

    @invariant()
    def page_payload_list_and_ledger_agree(self) -> None:
        if not hasattr(self, "version"):
            return
        live = versions.newest_public(self.verdict.pk)
        row = Published.objects.filter(verdict=self.verdict).first()
        assert (live is None) == (row is None)
        if live is None or row is None:
            return
        body = json.loads(row.body)
        client = Client()
        (listed,) = client.get("/api/v1/verdicts/").json()["results"]
        one = client.get(f"/api/v1/verdicts/{self.verdict.pk}/").json()
        assert one == listed == {"seq": row.seq} | body
        assert (body["version"], body["state"]) == (live.number, live.state)
        page = client.get(f"/verdicts/{self.verdict.pk}/")
        assert json.loads(row.body) == page.context["body"]
        changes = list(Change.objects.filter(verdict=self.verdict).order_by("seq"))
        assert [change.seq for change in changes] == list(range(1, row.seq + 1))
        told = [change.note for change in changes if change.kind in LEDGER_KINDS]
        assert [correction["note"] for correction in body["corrections"]] == told
        mark = self.verdict.review_marks.filter(closed_at=None).first()
        assert (body.get("under_review") or {}).get("reason") == (mark.reason if mark else None)

    @invariant()
    def a_withdrawal_has_two_editors(self) -> None:
        for row in Withdrawal.objects.exclude(confirmed_at=None):
            assert row.proposed_by_id != row.confirmed_by_id
            assert {row.proposed_by.role, row.confirmed_by.role} == {Role.EDITOR}  # type: ignore[union-attr]  # it is confirmed


@pytest.mark.django_db
def test_no_sequence_of_actions_breaks_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    rates = {"anonymous": "1000000/min", "key": "1000000/min"}
    monkeypatch.setattr("rest_framework.throttling.SimpleRateThrottle.THROTTLE_RATES", rates)
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
