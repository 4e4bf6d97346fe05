import uuid
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail

from claims import complaining, letters, reply_links, tokens, triaging
from claims.complaining import Report
from claims.models import Complaint, Letter
from claims.tasks import run_letter
from factcheck.accounts.models import User
from factcheck.errors import NotAllowedError
from factcheck.sweeping import QUEUES
from sources.queueing import WorkNotFailedError
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_is_on(settings: Any) -> None:
    settings.EMAIL_ON = True
    settings.PUBLIC_URL = "https://desk.example"


@pytest.fixture
def complaint(checker: User, editor: User) -> Complaint:
    """A report that was decided, with a letter that waits."""
    verdict = factories.published(by=checker, editor=editor).verdict
    report = Report(what="Wrong.", email="rita@reader.example")
    found, _ = complaining.receive(verdict=verdict, report=report, key=uuid.uuid4(), at=AT)
    triaging.begin(complaint=found, by=checker, at=AT)
    triaging.recommend(complaint=found, outcome="upheld", reason="So.", by=checker, at=AT)
    second = factories.person("editor")
    return triaging.decide(
        complaint=found, outcome="upheld", answer="Mended.\n\nThank you.", by=second, at=AT
    )


def send(minutes: int = 0) -> Letter:
    letter = Letter.objects.get()
    return letters.run(letter_id=letter.pk, clock=lambda: AT + timedelta(minutes=minutes))


def breaks(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """The mail server's end of the line fails as a server does."""

    def send_messages(*_: object) -> int:
        raise error

    monkeypatch.setattr(
        "django.core.mail.backends.locmem.EmailBackend.send_messages", send_messages
    )


def test_the_reader_gets_the_answer_once(complaint: Complaint) -> None:
    assert [queue.due(AT) for queue in QUEUES if queue.name == "letters"] == [
        [Letter.objects.get().pk]
    ]
    assert send().state == send(minutes=60).state == "done"
    (message,) = mail.outbox
    assert message.to == ["rita@reader.example"]
    assert message.subject == f"[Factcheck desk] Your report {complaint.reference}"
    assert "You were right. Our answer:\n\nMended.\n\nThank you.\n" in message.body
    assert f"https://desk.example/verdicts/{complaint.verdict_id}/" in message.body


def test_the_task_sends_it_and_again_finds_nothing(complaint: Complaint) -> None:
    Letter.objects.update(not_before=AT)
    run_letter(str(Letter.objects.get().pk))
    run_letter(str(Letter.objects.get().pk))
    assert len(mail.outbox) == 1


def test_a_server_that_is_away_loses_nothing(
    complaint: Complaint, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        breaks(patch, SMTPServerDisconnected("gone"))
        letter = send()
        assert (letter.state, letter.error_code) == ("queued", "mail_refused")
        assert "SMTPServerDisconnected" in letter.error_text
        assert send(minutes=1).attempts == 1
    assert send(minutes=3).state == "done"
    complaint.refresh_from_db()
    assert complaint.answer == "Mended.\n\nThank you."


def test_an_address_that_nobody_has_fails_until_somebody_sends_it_again(
    complaint: Complaint, checker: User, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        breaks(patch, SMTPRecipientsRefused({}))
        letter = send()
    assert (letter.state, letter.error_text) == (
        "failed",
        "The mail server did not take it: it knows no such address.",
    )
    with pytest.raises(NotAllowedError):
        letters.retry(letter=letter, by=admin, at=AT)
    letters.retry(letter=letter, by=checker, at=AT)
    with pytest.raises(WorkNotFailedError):
        letters.retry(letter=letter, by=checker, at=AT)
    assert send().state == "done"


def test_a_desk_without_mail_says_so(complaint: Complaint, settings: Any) -> None:
    settings.EMAIL_ON = False
    letter = send()
    assert (letter.state, letter.error_code) == ("failed", "mail_off")
    assert mail.outbox == []


def test_a_claimant_s_link_is_in_the_letter_and_nowhere_else(checker: User) -> None:
    claim = factories.claim(by=checker)
    _, token = reply_links.make(
        claim=claim, asks="Why?", key=uuid.uuid4(), email="ana@party.example", by=checker, at=AT
    )
    assert token not in str(Letter.objects.values().get())
    assert send().state == "done"
    (message,) = mail.outbox
    assert f"https://desk.example/answer/{token}/" in message.body
    assert "until 16 March 2026, 09:30 UTC" in message.body


@pytest.mark.parametrize("how", ["revoked", "another key"])
def test_a_link_that_is_no_good_is_not_sent(checker: User, settings: Any, how: str) -> None:
    link, token = reply_links.make(
        claim=factories.claim(by=checker),
        asks="Why?",
        key=uuid.uuid4(),
        email="ana@party.example",
        by=checker,
        at=AT,
    )
    if how == "revoked":
        reply_links.revoke(link=link, by=checker, at=AT)
    else:
        settings.SECRET_KEY = "another one"
        assert tokens.token_for("reply", str(link.pk)) != token
    letter = send()
    assert (letter.state, letter.error_code) == ("failed", "mail_link_lost")
    assert mail.outbox == []
