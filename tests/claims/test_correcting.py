"""Correcting a published verdict: the verbs, and what partners read of it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from claims import calculations, history, linking, workflow
from claims.models import (
    Change,
    EarlierClaim,
    Evidence,
    Published,
    VerdictVersion,
)
from claims.states import ChangeKind
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


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
    assert (draft.number, draft.state, draft.blocks) == (2, "draft", live.blocks)
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
        ("typo", {"what_we_found": "It states 41,300 passengers."}, "no number"),
        ("correction", {"rating": "false"}, "change of the verdict"),
        ("typo", {"rating": "false"}, "change of the verdict"),
        ("verdict_change", {"summary": "Other."}, "The rating is the same"),
        ("clarification", {"what_we_found": None}, "Nothing differs"),
    ],
)
def test_a_kind_that_does_not_fit_is_refused(
    live: VerdictVersion, checker: User, kind: str, words: dict[str, Any], why: str
) -> None:
    if "rating" in words:
        words = words | {"rating": factories.rating(words["rating"]).pk}
    if words.get("what_we_found", "") is None:
        words = {"what_we_found": live.what_we_found}
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
        of=live,
        by=checker,
        editor=editor,
        kind="verdict_change",
        rating=factories.rating("false").pk,
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
    again = factories.correction(
        of=live, by=checker, kind="typo", what_we_found=live.what_we_found + "!"
    )
    sealed = workflow.submit(version=again, revision=again.revision, by=checker, at=AT)
    assert again.number == 3
    manifest = sealed.manifest or {}
    quotes = [{item["quote"]["exact"] for item in side} for side in (manifest["evidence"], was[0])]
    sums = [[item["figures"] for item in side] for side in (manifest["calculations"], was[1])]
    assert quotes[0] == quotes[1]
    assert sums[0] == sums[1]


def test_every_step_is_in_the_trail(live: VerdictVersion, checker: User, editor: User) -> None:
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
