"""How a verdict goes out: alone in an emergency, at a time, not before one, after several yeses."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from claims import workflow
from claims.models import Approval, Embargo, Emergency, Published, Schedule, VerdictVersion
from claims.states import VersionState
from claims.versions import StateChangedError
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.errors import NotAllowedError
from factcheck.sweeping import sweep
from tests import factories
from tests.claims.test_guards import refused
from tests.factories import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=2)
REASON = "A false alarm spreads and people are leaving their homes."


@pytest.fixture
def alone() -> User:
    """An editor who may publish alone."""
    return factories.person("editor", may_publish_alone=True)


def published_body() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Published.objects.get().body)
    return found


class TestAlone:
    def test_it_goes_out_with_its_reason_for_everybody(self, checker: User, alone: User) -> None:
        version = factories.in_review(by=checker)
        version = workflow.publish_alone(
            version=version, digest=version.digest, reason=f" {REASON} ", by=alone, at=AT
        )
        assert version.state == VersionState.PUBLISHED
        body = published_body()
        assert body["emergency"] == {
            "editor": str(alone),
            "reason": REASON,
            "at": body["published_at"],
        }
        assert body["approvals"] == []
        event = Event.objects.get(action="verdict.published_alone")
        assert (event.data["reason"], event.actor_id) == (REASON, alone.pk)

    def test_even_ones_own_work_may_go_out(self, alone: User) -> None:
        version = factories.in_review(by=alone)
        workflow.publish_alone(
            version=version, digest=version.digest, reason=REASON, by=alone, at=AT
        )
        assert Published.objects.count() == 1

    def test_twice_is_once(self, checker: User, alone: User) -> None:
        version = factories.in_review(by=checker)
        for _ in range(2):
            workflow.publish_alone(
                version=version, digest=version.digest, reason=REASON, by=alone, at=AT
            )
        assert (Emergency.objects.count(), Published.objects.get().seq) == (1, 1)

    def test_only_with_the_grant_and_a_reason(
        self, checker: User, editor: User, alone: User, admin: User
    ) -> None:
        version = factories.in_review(by=checker)
        for person in (checker, editor, admin):
            with pytest.raises(NotAllowedError):
                workflow.publish_alone(
                    version=version, digest=version.digest, reason=REASON, by=person, at=AT
                )
        with pytest.raises(workflow.EmergencyReasonError):
            workflow.publish_alone(
                version=version, digest=version.digest, reason=" ", by=alone, at=AT
            )
        with pytest.raises(workflow.DigestMismatchError):
            workflow.publish_alone(version=version, digest="0" * 64, reason=REASON, by=alone, at=AT)
        assert not Emergency.objects.exists()

    def test_raw_sql_needs_the_grant_too(self, checker: User, editor: User, alone: User) -> None:
        version = factories.in_review(by=checker)
        insert = (
            "INSERT INTO claims_emergency (version_id, editor_id, digest, reason, at) "
            "VALUES (%s, %s, %s, 'x', now())"
        )
        refused(insert, [version.pk, editor.pk, version.digest], state="FC002")
        refused(insert, [version.pk, alone.pk, "0" * 64], state="FC002")
        update = "UPDATE claims_verdictversion SET state = 'published' WHERE id = %s"
        refused(update, [version.pk], state="FC002")
        Emergency.objects.create(
            version=version, editor=alone, digest=version.digest, reason="x", at=AT
        )
        refused("DELETE FROM claims_emergency", state="FC001")
        refused("UPDATE claims_emergency SET reason = 'y'", state="FC001")

    def test_another_editor_may_stand_behind_it_afterwards(
        self, checker: User, editor: User, alone: User
    ) -> None:
        version = factories.in_review(by=checker)
        version = workflow.publish_alone(
            version=version, digest=version.digest, reason=REASON, by=alone, at=AT
        )
        with pytest.raises(workflow.OwnWorkError):
            workflow.second(version=version, digest=version.digest, by=alone, at=LATER)
        for _ in range(2):
            workflow.second(version=version, digest=version.digest, by=editor, at=LATER)
        row = Published.objects.get()
        body = json.loads(row.body)
        assert row.seq == 2
        assert [approval["editor"] for approval in body["approvals"]] == [str(editor)]
        assert body["published_at"] == body["emergency"]["at"]
        assert Event.objects.filter(action="verdict.confirmed").count() == 1

    def test_what_was_approved_before_is_not_seconded(self, checker: User, editor: User) -> None:
        version = factories.published(by=checker, editor=editor)
        with pytest.raises(StateChangedError):
            workflow.second(
                version=version, digest=version.digest, by=factories.person("editor"), at=LATER
            )
        with pytest.raises(DatabaseError), transaction.atomic():
            Approval.objects.create(
                version=version, editor=factories.person("editor"), digest=version.digest, at=AT
            )


class TestSchedule:
    def schedule(self, version: VerdictVersion, by: User, to: datetime = LATER) -> Schedule:
        return workflow.schedule(
            version=version, digest=version.digest, publish_at=to, by=by, at=AT
        )

    def test_it_goes_out_at_its_time_and_not_before(self, checker: User, editor: User) -> None:
        version = factories.approved(by=checker, editor=editor)
        planned = self.schedule(version, editor)
        assert workflow.due(at=AT) == []
        assert workflow.publish_due(schedule_id=planned.pk, at=AT) is None
        assert workflow.due(at=LATER) == [planned.pk]
        done = workflow.publish_due(schedule_id=planned.pk, at=LATER)
        assert done is not None
        assert (done.state, done.published_by, done.published_at) == (
            VersionState.PUBLISHED,
            editor,
            LATER,
        )
        assert workflow.publish_due(schedule_id=planned.pk, at=LATER) is None
        assert (workflow.due(at=LATER), Published.objects.get().seq) == ([], 1)

    def test_the_sweeper_rings_for_it(self, checker: User, editor: User) -> None:
        self.schedule(factories.approved(by=checker, editor=editor), editor)
        assert sweep(at=AT)["scheduled verdicts"] == 0
        assert "scheduled verdicts" in sweep(at=LATER)

    def test_it_can_be_moved_and_taken_away(self, checker: User, editor: User) -> None:
        version = factories.approved(by=checker, editor=editor)
        self.schedule(version, editor)
        self.schedule(version, editor, LATER + timedelta(hours=1))
        assert (Schedule.objects.count(), workflow.due(at=LATER)) == (1, [])
        workflow.unschedule(version=version, by=editor, at=AT)
        workflow.unschedule(version=version, by=editor, at=AT)
        assert not Schedule.objects.exists()
        assert Event.objects.filter(action="verdict.unscheduled").count() == 1

    def test_a_version_that_was_sent_back_does_not_go_out(
        self, checker: User, editor: User
    ) -> None:
        version = factories.approved(by=checker, editor=editor)
        planned = self.schedule(version, editor)
        version = workflow.send_back(
            version=version, digest=version.digest, reason="Look again.", by=editor, at=AT
        )
        assert workflow.due(at=LATER) == []
        version = factories.write(version, by=checker, summary="Another sentence.")
        version = workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
        version = workflow.approve(version=version, digest=version.digest, by=editor, at=AT)
        assert workflow.publish_due(schedule_id=planned.pk, at=LATER) is None
        planned.refresh_from_db()
        assert "not the one that was shown" in planned.problem
        assert workflow.due(at=LATER) == []
        assert not Published.objects.exists()

    def test_an_editor_who_left_publishes_nothing(self, checker: User, editor: User) -> None:
        planned = self.schedule(factories.approved(by=checker, editor=editor), editor)
        editor.is_active = False
        editor.save()
        assert workflow.publish_due(schedule_id=planned.pk, at=LATER) is None
        planned.refresh_from_db()
        assert planned.problem == "Your role does not allow this."
        assert Event.objects.filter(action="verdict.schedule_failed").count() == 1

    def test_a_time_that_is_past_or_a_version_in_review_is_refused(
        self, checker: User, editor: User
    ) -> None:
        with pytest.raises(workflow.ScheduleInPastError):
            self.schedule(factories.approved(by=checker, editor=editor), editor, AT)
        with pytest.raises(StateChangedError):
            self.schedule(factories.in_review(by=checker), editor)
        with pytest.raises(NotAllowedError):
            self.schedule(factories.approved(by=checker, editor=editor), checker)

    def test_raw_sql_schedules_approved_versions_only(self, checker: User, editor: User) -> None:
        version = factories.in_review(by=checker)
        insert = (
            "INSERT INTO claims_schedule (version_id, digest, publish_at, set_by_id, set_at, "
            "problem) VALUES (%s, %s, now() + interval '1 h', %s, now(), '')"
        )
        refused(insert, [version.pk, version.digest, editor.pk], state="FC002")


class TestEmbargo:
    def keep_back(self, version: VerdictVersion, by: User, until: datetime = LATER) -> Embargo:
        return workflow.set_embargo(
            verdict=version.verdict, until=until, reason="Agreed with the court.", by=by, at=AT
        )

    def test_nobody_publishes_before_it_ends(
        self, checker: User, editor: User, alone: User
    ) -> None:
        version = factories.in_review(by=checker)
        self.keep_back(version, editor)
        attempts: tuple[Callable[[], Any], ...] = (
            lambda: workflow.publish_alone(
                version=version, digest=version.digest, reason=REASON, by=alone, at=AT
            ),
            lambda: workflow.publish(version=version, digest=version.digest, by=editor, at=AT),
            lambda: workflow.schedule(
                version=version,
                digest=version.digest,
                publish_at=LATER - timedelta(seconds=1),
                by=editor,
                at=AT,
            ),
        )
        with pytest.raises(workflow.UnderEmbargoError):
            attempts[0]()
        version = workflow.approve(version=version, digest=version.digest, by=editor, at=AT)
        for attempt in attempts[1:]:
            with pytest.raises(workflow.UnderEmbargoError):
                attempt()
        assert not Published.objects.exists()
        workflow.publish(version=version, digest=version.digest, by=editor, at=LATER)
        assert Published.objects.exists()

    def test_raw_sql_keeps_to_it(self, checker: User, editor: User) -> None:
        version = factories.approved(by=checker, editor=editor)
        self.keep_back(version, editor)
        update = (
            "UPDATE claims_verdictversion SET state = 'published', published_by_id = %s, "
            "published_at = %s WHERE id = %s"
        )
        refused(update, [editor.pk, AT, version.pk], state="FC002")

    def test_it_can_be_lifted(self, checker: User, editor: User) -> None:
        version = factories.approved(by=checker, editor=editor)
        self.keep_back(version, editor)
        for _ in range(2):
            workflow.lift_embargo(verdict=version.verdict, by=editor, at=AT)
        workflow.publish(version=version, digest=version.digest, by=editor, at=AT)
        assert Event.objects.filter(action="verdict.embargo_lifted").count() == 1

    def test_an_earlier_schedule_falls_away(self, checker: User, editor: User) -> None:
        version = factories.approved(by=checker, editor=editor)
        workflow.schedule(
            version=version, digest=version.digest, publish_at=LATER, by=editor, at=AT
        )
        self.keep_back(version, editor, LATER + timedelta(hours=1))
        assert not Schedule.objects.exists()

    def test_what_readers_have_seen_is_not_kept_back(self, checker: User, editor: User) -> None:
        with pytest.raises(workflow.EmbargoTooLateError):
            self.keep_back(factories.published(by=checker, editor=editor), editor)

    def test_it_needs_a_reason_and_lies_ahead(self, checker: User, editor: User) -> None:
        version = factories.draft(by=checker)
        with pytest.raises(workflow.ScheduleInPastError):
            self.keep_back(version, editor, AT)
        with pytest.raises(workflow.ReasonRequiredError):
            workflow.set_embargo(verdict=version.verdict, until=LATER, reason=" ", by=editor, at=AT)
        with pytest.raises(NotAllowedError):
            self.keep_back(version, checker)
