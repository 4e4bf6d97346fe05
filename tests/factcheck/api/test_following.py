"""A partner follows a desk at work: many transactions at once, and nothing is missed."""

import json
import random
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from claims import workflow
from claims.models import Change, Published, ReviewMark, VerdictVersion
from factcheck.accounts.models import User
from factcheck.api import keys, receipts
from factcheck.api.models import ListReceipt, Receipt
from factcheck.errors import FactcheckError
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.usefixtures("committed_db")
LIST = "/api/v1/verdicts/"


def in_threads(*runs: Callable[[], Any]) -> None:
    """Run all of them at once, to the end; what one raises is raised here."""
    raised: list[BaseException] = []

    def closing(run: Callable[[], Any]) -> None:
        try:
            run()
        except BaseException as error:  # noqa: BLE001 (it is raised again below)
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=closing, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []


class Partner:
    """A copy of the desk's verdicts, kept by the loop of docs/how-to/follow-as-a-partner.md."""

    def __init__(self, key: str) -> None:
        self.client = Client(headers={"authorization": f"Bearer {key}"})
        self.after = 0
        self.seen: list[int] = []
        self.kept: dict[str, dict[str, Any]] = {}
        self.corrections: dict[int, dict[str, Any]] = {}

    def catch_up(self) -> None:
        following = f"{LIST}?after={self.after}&limit=3"
        while following:
            page = self.client.get(following).json()
            for verdict in page["results"]:
                self.kept[verdict["id"]] = verdict
                self.after = verdict["seq"]
                self.seen.append(verdict["seq"])
            following = page["next"]

    def read_ledger(self) -> None:
        following = "/api/v1/corrections/?limit=2"
        while following:
            page = self.client.get(following).json()
            self.corrections |= {line["seq"]: line for line in page["results"]}
            following = page["next"]


def work(seed: int, checker: User, editors: list[User], versions: list[VerdictVersion]) -> None:
    """Publish, correct, mark, unmark and withdraw at random, as two editors do."""
    chance = random.Random(seed)  # noqa: S311 (the same order each time)
    for draft in versions:
        version = factories.published_from(draft, by=checker, editor=editors[0])
        for _ in range(3):
            act = chance.choice((correct, mark, withdraw, correct))
            try:
                act(version, checker, editors)
            except FactcheckError:
                continue


def correct(version: VerdictVersion, checker: User, editors: list[User]) -> None:
    kind = "correction"
    factories.corrected(of=version, by=checker, editor=editors[0], kind=kind)


def mark(version: VerdictVersion, checker: User, editors: list[User]) -> None:
    made = workflow.mark_under_review(
        verdict=version.verdict, reason="A reader wrote.", by=editors[0], at=AT
    )
    workflow.close_review(mark=made, outcome="stands", note="It does.", by=editors[1], at=AT)


def withdraw(version: VerdictVersion, checker: User, editors: list[User]) -> None:
    factories.withdrawn(of=version, editor=editors[0], other=editors[1])


def test_a_partner_who_polls_during_everything_ends_with_the_server_s_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rates = {"anonymous": "1000000/min", "key": "1000000/min"}
    monkeypatch.setattr("rest_framework.throttling.SimpleRateThrottle.THROTTLE_RATES", rates)
    checker = factories.person("checker")
    editors = [factories.person("editor"), factories.person("editor")]
    piles = [[factories.draft(by=checker) for _ in range(4)] for _ in range(3)]
    partner = Partner(keys.issue(partner="P", by=None, at=timezone.now())[1])
    done = threading.Event()

    def desk() -> None:
        try:
            in_threads(
                *(
                    lambda n=n, pile=pile: work(n, checker, editors, pile)
                    for n, pile in enumerate(piles)
                )
            )
        finally:
            done.set()

    def follow() -> None:
        while not done.is_set():
            partner.catch_up()

    in_threads(desk, follow)
    partner.catch_up()
    partner.read_ledger()

    rows = Published.objects.all()
    assert partner.kept == {
        str(row.verdict_id): {"seq": row.seq} | json.loads(row.body) for row in rows
    }
    assert partner.seen == sorted(set(partner.seen))
    told = list(Change.objects.order_by("seq").values_list("seq", flat=True))
    assert told == list(range(1, len(told) + 1))
    assert partner.after == told[-1]
    whole = [item for verdict in partner.kept.values() for item in verdict["corrections"]]
    assert len(whole) == len(partner.corrections)
    assert any(verdict["state"] == "withdrawn" for verdict in partner.kept.values())
    receipts.flush()
    (run,) = _joined(ListReceipt.objects.order_by("after"))
    assert run == (0, told[-1])


def _joined(rows: Any) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row.after <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], row.upto))
        else:
            found.append((row.after, row.upto))
    return found


def published(checker: User, editor: User) -> VerdictVersion:
    return factories.published(by=checker, editor=editor)


def attempts(*verbs: Callable[[], Any]) -> list[Any]:
    """Run the verbs at once; return each result or expected error, in order."""
    results: list[Any] = [None] * len(verbs)
    gate = threading.Barrier(len(verbs))

    def run(place: int) -> None:
        gate.wait()
        try:
            results[place] = verbs[place]()
        except FactcheckError as error:
            results[place] = error

    in_threads(*(lambda place=place: run(place) for place in range(len(verbs))))
    return results


def test_two_people_start_a_correction_at_once() -> None:
    checker, editor = factories.person("checker"), factories.person("editor")
    for _ in range(3):
        live = published(checker, editor)
        results = attempts(
            *(
                lambda who=who, live=live: workflow.start_correction(
                    verdict=live.verdict, kind="typo", note=who.username, by=who, at=AT
                )
                for who in (checker, editor, checker, editor)
            )
        )
        assert len({result.pk for result in results}) == 1
        assert live.verdict.versions.count() == 2


def test_a_withdrawal_races_with_a_correction_s_publication() -> None:
    checker = factories.person("checker")
    editors = [factories.person("editor"), factories.person("editor")]
    for _ in range(5):
        live = published(checker, editors[0])
        draft = factories.correction(of=live, by=checker)
        draft = workflow.submit(version=draft, revision=draft.revision, by=checker, at=AT)
        draft = workflow.approve(version=draft, digest=draft.digest, by=editors[0], at=AT)

        def take_back(live: VerdictVersion = live) -> VerdictVersion:
            return factories.withdrawn(of=live, editor=editors[0], other=editors[1])

        def publish(draft: VerdictVersion = draft) -> VerdictVersion:
            return workflow.publish(version=draft, digest=draft.digest, by=editors[0], at=AT)

        attempts(take_back, publish)
        states = list(live.verdict.versions.order_by("number").values_list("state", flat=True))
        row = Published.objects.get(verdict=live.verdict)
        shown = json.loads(row.body)
        # Whoever came first decided; what partners read says the same as the versions.
        assert states in (
            ["withdrawn", "approved"],
            ["superseded", "published"],
            ["superseded", "withdrawn"],
        )
        assert shown["state"] == ("withdrawn" if "withdrawn" in states else "published")
        assert row.seq == Change.objects.filter(verdict=live.verdict).latest("seq").seq


def test_a_correction_is_published_but_once() -> None:
    checker, editor = factories.person("checker"), factories.person("editor")
    live = published(checker, editor)
    draft = factories.correction(of=live, by=checker)
    draft = workflow.submit(version=draft, revision=draft.revision, by=checker, at=AT)
    draft = workflow.approve(version=draft, digest=draft.digest, by=editor, at=AT)
    results = attempts(
        *(
            lambda: workflow.publish(version=draft, digest=draft.digest, by=editor, at=AT)
            for _ in range(4)
        )
    )
    assert {result.state for result in results} == {"published"}
    assert Change.objects.filter(verdict=live.verdict).count() == 2


def test_two_editors_confirm_and_cancel_a_withdrawal_at_once() -> None:
    checker = factories.person("checker")
    editors = [factories.person("editor") for _ in range(3)]
    for _ in range(4):
        live = published(checker, editors[0])
        asked = workflow.propose_withdrawal(
            verdict=live.verdict, reason="Why.", by=editors[0], at=AT
        )
        attempts(
            partial(workflow.withdraw, withdrawal=asked, by=editors[1], at=AT),
            partial(workflow.cancel_withdrawal, withdrawal=asked, by=editors[2], at=AT),
            partial(workflow.withdraw, withdrawal=asked, by=editors[2], at=AT),
        )
        asked.refresh_from_db()
        live.refresh_from_db()
        assert (live.state == "withdrawn") == (asked.confirmed_at is not None)
        assert (asked.confirmed_at is None) == (asked.cancelled_at is not None)


def test_marks_and_corrections_at_once_leave_no_hole() -> None:
    checker = factories.person("checker")
    editors = [factories.person("editor"), factories.person("editor")]
    live = published(checker, editors[0])
    draft = factories.correction(of=live, by=checker)
    draft = workflow.submit(version=draft, revision=draft.revision, by=checker, at=AT)
    draft = workflow.approve(version=draft, digest=draft.digest, by=editors[0], at=AT)
    attempts(
        lambda: workflow.publish(version=draft, digest=draft.digest, by=editors[0], at=AT),
        lambda: workflow.mark_under_review(
            verdict=live.verdict, reason="Why.", by=editors[1], at=AT
        ),
    )
    shown = json.loads(Published.objects.get(verdict=live.verdict).body)
    assert shown["version"] == 2
    assert shown["under_review"]["reason"] == ReviewMark.objects.get().reason
    assert [item["kind"] for item in shown["corrections"]] == ["clarification"]


def test_two_processes_write_receipts_at_once() -> None:
    checker, editor = factories.person("checker"), factories.person("editor")
    verdicts = [published(checker, editor).verdict_id for _ in range(6)]
    made = [keys.issue(partner=f"P{n}", by=None, at=timezone.now())[0].pk for n in range(4)]

    def write(order: int) -> None:
        at = timezone.now()
        notes = [receipts.Served(key, verdict, 1, at) for key in made for verdict in verdicts]
        receipts._write(receipts._each_once(notes[::order]), [])

    in_threads(*(lambda order=order: write(order) for order in (1, -1, 1, -1)))
    assert Receipt.objects.count() == len(made) * len(verdicts)
