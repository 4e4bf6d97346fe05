import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from claims import gating, history, marking, replies, reply_links, tokens
from claims.blocks import Content
from claims.models import Claim, ReplyEntry, ReplyLink
from claims.replies import ReplyIncompleteError, ReplyTooLongError
from claims.reply_links import (
    LinkClosedError,
    LinkExpiredError,
    LinkMadeError,
    LinkNotOpenError,
    LinkQuestionError,
    LinkRevokedError,
    LinkUnknownError,
    LinkUsedError,
)
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.errors import NotAllowedError
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db
LATE = AT + timedelta(days=15)


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.claim(by=checker)


def make(claim: Claim, by: User, **given: Any) -> tuple[ReplyLink, str]:
    words = {"asks": "Where does the number come from?", "key": uuid.uuid4(), **given}
    return reply_links.make(claim=claim, by=by, at=AT, **words)


def refusals() -> list[str]:
    return [event.data["why"] for event in Event.objects.filter(action="reply_link.refused")]


def test_a_claimant_answers_once(claim: Claim, checker: User) -> None:
    link, token = make(claim, checker)
    entry = reply_links.answer(
        token=token, words=" From us.\r\n", name="Ana", role="press officer", at=AT
    )
    assert (entry.words, entry.whom, entry.by) == ("From us.", "Ana, press officer", None)
    assert entry.means == reply_links.MEANS
    assert list(replies.current(claim)) == [entry]
    link.refresh_from_db()
    assert (link.entry, link.state_at(LATE)) == (entry, "used")
    told = [(line.who, line.words) for line in history.of_claim(claim)]
    assert told[:2] == [
        ("The claimant", "answered through the desk's link"),
        (checker.username, "made a link for the claimant to answer, good until 2026-03-16"),
    ]


def test_the_draft_s_checklist_knows_of_the_answer_at_once(claim: Claim, checker: User) -> None:
    def holds() -> bool:
        results = gating.checklist(claim, None, Content(), person=checker)
        return {result.code: result.holds for result in results}["reply"]

    _, token = make(claim, checker)
    assert not holds()
    reply_links.answer(token=token, words="From us.", at=AT)
    assert holds()


def test_a_second_answer_is_refused_and_told(claim: Claim, checker: User) -> None:
    _, token = make(claim, checker)
    first = reply_links.answer(token=token, words="From us.", at=AT)
    # A double click is no second answer.
    assert reply_links.answer(token=token, words="From us.\n", at=AT) == first
    assert refusals() == []
    with pytest.raises(LinkUsedError):
        reply_links.answer(token=token, words="From others.", at=AT)
    assert refusals() == ["used"]
    (line, *_) = history.of_claim(claim)
    assert line.words == "refused an answer through a claimant's link that was used"
    assert ReplyEntry.objects.count() == 1


def test_links_run_out_and_are_taken_back(claim: Claim, checker: User) -> None:
    first, old = make(claim, checker)
    with pytest.raises(LinkExpiredError):
        reply_links.answer(token=old, words="Late.", at=LATE)
    _, new = make(claim, checker)
    with pytest.raises(LinkRevokedError):
        reply_links.answer(token=old, words="Early.", at=AT)
    assert refusals() == ["expired", "revoked"]
    # The last moment still counts.
    reply_links.answer(token=new, words="In time.", at=AT + timedelta(days=14))
    with pytest.raises(LinkNotOpenError):
        reply_links.revoke(link=reply_links.by_token(new), by=checker, at=AT)
    again = reply_links.revoke(link=first, by=checker, at=LATE)
    assert again.revoked_at == AT


def test_only_a_hash_is_kept_and_a_forged_token_opens_nothing(claim: Claim, checker: User) -> None:
    _, token = make(claim, checker)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM claims_replylink l")
        assert token not in str(cursor.fetchall())
    forged = ("", "x" * 43, token[:-1], token + "A", tokens.digest_of(token), "\udce9")
    for wrong in (*forged, tokens.token_for("report", str(uuid.uuid4()))):
        with pytest.raises(LinkUnknownError):
            reply_links.answer(token=wrong, words="Mine.", at=AT)
    assert not ReplyEntry.objects.exists()


def test_a_form_sent_twice_makes_one_link(claim: Claim, checker: User) -> None:
    key = uuid.uuid4()
    make(claim, checker, key=key)
    with pytest.raises(LinkMadeError):
        make(claim, checker, key=key)
    assert ReplyLink.objects.get().revoked_at is None


def test_what_a_link_needs(claim: Claim, checker: User, admin: User) -> None:
    for asks in (" ", "x" * 3001):
        with pytest.raises(LinkQuestionError):
            make(claim, checker, asks=asks)
    with pytest.raises(NotAllowedError):
        make(claim, admin)
    marking.dismiss(claim=claim, reason="trivial", by=checker, at=AT)
    with pytest.raises(LinkClosedError):
        make(claim, checker)


def test_an_answer_needs_words_within_bounds(claim: Claim, checker: User) -> None:
    _, token = make(claim, checker)
    with pytest.raises(ReplyIncompleteError):
        reply_links.answer(token=token, words=" \n", at=AT)
    with pytest.raises(ReplyTooLongError):
        reply_links.answer(token=token, words="x" * 5001, at=AT)
    assert reply_links.by_token(token).used_at is None


@pytest.mark.parametrize(
    "change",
    [
        "asks = 'Else?'",
        "expires_at = expires_at + interval '1 year'",
        "digest = repeat('0', 64)",
        "used_at = now()",
        "revoked_at = NULL, revoked_by_id = NULL",
        "used_at = NULL, entry_id = NULL",
    ],
)
def test_raw_sql_cannot_reopen_a_link(claim: Claim, checker: User, change: str) -> None:
    _, token = make(claim, checker)
    reply_links.answer(token=token, words="From us.", at=AT)
    taken_back, _ = make(factories.claim(by=checker), checker)
    reply_links.revoke(link=taken_back, by=checker, at=AT)
    for sql in (f"UPDATE claims_replylink SET {change}", "DELETE FROM claims_replylink"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_link_leads_to_its_own_claim_s_answer(claim: Claim, checker: User) -> None:
    link, _ = make(claim, checker)
    other = factories.claim(by=checker)
    entry = replies.log_reply(
        claim=other, kind="answered", on=AT.date(), means="x", words="x", by=None, at=AT
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        ReplyLink.objects.filter(pk=link.pk).update(used_at=AT, entry=entry)
