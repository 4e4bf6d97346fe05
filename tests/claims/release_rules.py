"""What random people do about when and how a version goes out; part of the workflow's machine."""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from claims import opinions, workflow
from claims.models import Verdict, VerdictVersion
from factcheck.accounts.models import User
from factcheck.errors import FactcheckError
from tests import factories
from tests.factories import AT

LATER = AT + timedelta(hours=2)
PEOPLE = ("checker", "checker", "editor", "editor", "admin")
person = st.integers(0, len(PEOPLE) - 1)


class ReleaseRules(RuleBasedStateMachine):
    """Publishing alone, at a time and not before one; opinions, and deciding between them."""

    people: list[User]
    version: VerdictVersion
    verdict: Verdict

    def attempt(self, verb: Any, **arguments: Any) -> None:
        self.try_it(verb, version=self.version, **arguments)
        self.version = VerdictVersion.objects.get(pk=self.version.pk)

    def try_it(self, verb: Any, **arguments: Any) -> Any:
        try:
            with transaction.atomic():
                done = verb(at=AT, **arguments)
                # What the database would say at the commit, it says now.
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                return done
        except FactcheckError:
            return None

    @rule(who=person)
    def publish_alone(self, who: int) -> None:
        self.attempt(
            workflow.publish_alone,
            by=self.people[who],
            digest=self.version.digest,
            reason="It cannot wait.",
        )

    @rule(who=person)
    def second(self, who: int) -> None:
        self.attempt(workflow.second, by=self.people[who], digest=self.version.digest)

    @rule(who=person)
    def schedule(self, who: int) -> None:
        self.attempt(
            workflow.schedule,
            by=self.people[who],
            digest=self.version.digest,
            publish_at=LATER,
        )

    @rule()
    def let_time_pass(self) -> None:
        """The worker publishes what is due; the embargo is over by then."""
        for planned in workflow.due(at=LATER):
            workflow.publish_due(schedule_id=planned, at=LATER)
        self.version.refresh_from_db()

    @rule(who=person, lift=st.booleans())
    def keep_back(self, who: int, lift: bool) -> None:  # noqa: FBT001 (a strategy's value)
        if lift:
            self.try_it(workflow.lift_embargo, verdict=self.verdict, by=self.people[who])
        else:
            self.try_it(
                workflow.set_embargo,
                verdict=self.verdict,
                until=LATER,
                reason="Agreed.",
                by=self.people[who],
            )

    @rule(who=person, of=person)
    def ask_for_an_opinion(self, who: int, of: int) -> None:
        self.attempt(opinions.ask, by=self.people[who], of=self.people[of])

    @rule(who=person, code=st.sampled_from(["true", "false"]))
    def answer_the_opinion(self, who: int, code: str) -> None:
        if asked := self.verdict.opinions.order_by("asked_at").last():
            self.try_it(
                opinions.give,
                opinion=asked,
                rating=factories.rating(code),
                reasoning="So.",
                by=self.people[who],
            )

    @rule(who=person, ruling=st.sampled_from(["first", "second"]))
    def decide_between(self, who: int, ruling: str) -> None:
        if asked := self.verdict.opinions.order_by("asked_at").last():
            self.attempt(
                opinions.rule,
                opinion=asked,
                ruling=ruling,
                because="So.",
                by=self.people[who],
            )
