from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from claims import attributing, replies
from claims.editing import ClaimSealedError
from claims.models import Claim, ReplyEntry
from claims.replies import ReplyCorrectedError, ReplyIncompleteError, ReplyTooLongError
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.errors import NotAllowedError
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db
ASKED = {"kind": "asked", "on": AT.date(), "means": "e-mail", "whom": "The press office"}


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.claim(by=checker)


def log(claim: Claim, by: User | None, **given: Any) -> ReplyEntry:
    return replies.log_reply(claim=claim, by=by, at=AT, **{**ASKED, **given})


def test_the_log_grows_and_readers_do_not_learn_whom_the_desk_wrote_to(
    claim: Claim, checker: User
) -> None:
    assert log(claim, checker) == log(claim, checker)
    log(claim, None, kind="answered", whom="", means="our link", words="It is true.")
    assert replies.sealed_form(replies.current(claim)) == [
        {"kind": "asked", "on": "2026-03-02", "means": "e-mail", "words": ""},
        {"kind": "answered", "on": "2026-03-02", "means": "our link", "words": "It is true."},
    ]
    assert Event.objects.filter(action="reply.logged").count() == 2


def test_a_line_is_corrected_once_by_a_new_one(claim: Claim, checker: User) -> None:
    first = log(claim, checker)
    second = log(claim, checker, means="telephone", corrects=first)
    assert list(replies.current(claim)) == [second]
    with pytest.raises(ReplyCorrectedError):
        log(claim, checker, means="letter", corrects=first)
    elsewhere = log(factories.claim(by=checker), checker)
    with pytest.raises(ReplyCorrectedError):
        log(claim, checker, means="letter", corrects=elsewhere)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "shrugged"}, "choose what happened"),
        ({"on": AT.date() + timedelta(days=1)}, "a day that has come"),
        ({"means": " "}, "say how"),
        ({"whom": ""}, "say who was asked"),
        ({"kind": "answered"}, "write the answer"),
        ({"kind": "not_asked", "means": ""}, "say why nobody was asked"),
    ],
)
def test_a_line_says_what_its_kind_needs(
    claim: Claim, checker: User, given: dict[str, Any], words: str
) -> None:
    with pytest.raises(ReplyIncompleteError, match=words):
        log(claim, checker, **given)
    assert not ReplyEntry.objects.exists()


def test_nobody_but_the_claimant_writes_without_a_name(claim: Claim) -> None:
    with pytest.raises(ReplyIncompleteError, match="only an answer"):
        log(claim, None)
    with pytest.raises(NotAllowedError):
        log(claim, factories.person("admin"))
    with pytest.raises(ReplyTooLongError):
        log(claim, None, kind="answered", words="x" * 5001)


@pytest.mark.parametrize("change", [{"words": "Other."}, {"corrects": None, "kind": "silent"}])
def test_the_database_keeps_the_log(claim: Claim, checker: User, change: dict[str, Any]) -> None:
    row = log(claim, checker)
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        ReplyEntry.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        row.delete()


def test_the_database_refuses_a_correction_of_another_claim(claim: Claim, checker: User) -> None:
    elsewhere = log(factories.claim(by=checker), checker)
    with pytest.raises(DatabaseError, match="same claim"), transaction.atomic():
        ReplyEntry.objects.create(claim=claim, by=checker, at=AT, corrects=elsewhere, **ASKED)


def test_the_claimant_is_named_until_a_verdict_rests_on_it(claim: Claim, checker: User) -> None:
    named = attributing.name_claimant(claim=claim, claimant=" The  minister ", by=checker, at=AT)
    assert named.claimant == "The minister"
    attributing.name_claimant(claim=claim, claimant="The minister", by=checker, at=AT)
    assert Event.objects.filter(action="claim.claimant_named").count() == 1
    with pytest.raises(attributing.ClaimantTooLongError):
        attributing.name_claimant(claim=claim, claimant="x" * 201, by=checker, at=AT)
    version = factories.in_review(by=checker, on=named)
    assert (version.manifest or {})["claim"]["claimant"] == "The minister"
    with pytest.raises(ClaimSealedError):
        attributing.name_claimant(claim=claim, claimant="Nobody", by=checker, at=AT)
