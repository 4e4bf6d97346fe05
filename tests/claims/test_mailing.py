from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from pytest_django import Settings

from claims import mailing, noticing
from claims.models import Mail, Notification
from factcheck import mail as addresses
from factcheck.accounts.models import User
from tests import factories
from tests.claims.test_notifying import ALL, tell
from tests.factories import AT

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class Failing(BaseEmailBackend):
    """A mail server that answers as it is told to."""

    answer: Exception = ConnectionRefusedError("nobody there")

    def send_messages(self, email_messages: Any) -> int:
        raise self.answer if email_messages else AssertionError


class Dying(BaseEmailBackend):
    """The mail goes out, and then the worker is killed."""

    sent: list[EmailMessage] = []

    def send_messages(self, email_messages: Any) -> int:
        self.sent.extend(email_messages)
        raise KeyboardInterrupt


@pytest.fixture
def ana(settings: Settings) -> User:
    settings.EMAIL_ON = True
    settings.PUBLIC_URL = "https://desk.example"
    person = factories.person(username="ana")
    noticing.choose(person=person, mail_when="at_once", mail_hour=8, in_app=ALL, by_mail=ALL, at=AT)
    return person


def clock(minutes: int = 0) -> Callable[[], datetime]:
    return lambda: AT + minutes * MINUTE


def send_all(minutes: int = 0) -> list[bool]:
    at = AT + minutes * MINUTE
    mailing.plan(at=at)
    return [mailing.send(mail_id=pk, clock=clock(minutes)) for pk in mailing.due(at=at)]


def test_what_is_due_goes_in_one_mail_once(ana: User) -> None:
    tell(ana, key="one")
    tell(ana, key="two")
    assert send_all() == [True]
    assert send_all(20) == []
    (message,) = outbox.outbox
    row = Notification.objects.order_by("created_at", "id").first()
    assert row is not None
    assert row.mail is not None
    assert message.to == ["ana@example.org"]
    assert message.subject == "[Factcheck desk] 2 notifications"
    assert f"https://desk.example/notifications/{row.pk}/" in message.body
    assert "Something two happened" in message.body
    assert message.extra_headers["Message-ID"] == f"<{row.mail_id}@desk.example>"
    assert row.mail.sent_at == AT


def test_nothing_is_sent_before_its_time(ana: User) -> None:
    noticing.choose(person=ana, mail_when="daily", mail_hour=8, in_app=ALL, by_mail=ALL, at=AT)
    tell(ana)
    assert send_all() == []
    assert send_all(60 * 24) == [True]


def test_what_was_read_is_left_out(ana: User) -> None:
    tell(ana, key="one")
    tell(ana, key="two")
    noticing.read(notification=Notification.objects.get(key="one"), at=AT)
    assert send_all() == [True]
    assert outbox.outbox[0].subject == "[Factcheck desk] Something two happened"
    tell(ana, key="three")
    noticing.read_all(person=ana, at=AT)
    assert send_all() == []


def test_whoever_left_gets_no_mail(ana: User) -> None:
    tell(ana)
    mailing.plan(at=AT)
    tell(ana, key="two")
    ana.is_active = False
    ana.save()
    assert send_all() == [False]
    assert Mail.objects.get().failed_at is not None
    assert outbox.outbox == []


def test_a_server_that_is_away_is_tried_again_less_and_less(ana: User, settings: Settings) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    tell(ana)
    assert send_all() == [False]
    assert send_all(0) == []
    assert send_all(1) == [False]
    assert send_all(2) == []
    settings.EMAIL_BACKEND = working
    assert send_all(3) == [True]
    row = Mail.objects.get()
    assert (row.attempts, row.error) == (3, "")


def test_an_address_that_is_refused_is_given_up(
    ana: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    refused = SMTPRecipientsRefused({"ana@example.org": (550, b"no such user")})
    monkeypatch.setattr(Failing, "answer", refused)
    tell(ana)
    assert send_all() == [False]
    assert Mail.objects.get().failed_at == AT
    assert send_all(600) == []


def test_attempts_are_spent_in_the_end(ana: User, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    tell(ana)
    minutes = 0
    while Mail.objects.filter(failed_at=None).exists() or not Mail.objects.exists():
        send_all(minutes)
        minutes += 120
    assert Mail.objects.get().attempts == mailing.MAX_ATTEMPTS
    assert Notification.objects.get().in_app


def test_a_killed_worker_loses_nothing_and_the_second_mail_says_it_is_the_same(
    ana: User, settings: Settings
) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Dying"
    tell(ana)
    with pytest.raises(KeyboardInterrupt):
        send_all()
    settings.EMAIL_BACKEND = working
    assert send_all(4) == []
    assert send_all(5) == [True]
    assert send_all(600) == []
    both = [*Dying.sent, *outbox.outbox]
    assert len({message.extra_headers["Message-ID"] for message in both}) == 1
    assert len(both) == 2


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", {"EMAIL_ON": False}),
        ("console:", {"EMAIL_ON": True}),
        ("file:///var/mail%20box", {"EMAIL_FILE_PATH": "/var/mail box"}),
        (
            "smtp://desk:p%40ss@mail.example",
            {"EMAIL_HOST_PASSWORD": "p@ss", "EMAIL_PORT": 587, "EMAIL_USE_TLS": True},
        ),
        ("smtps://mail.example:4465", {"EMAIL_PORT": 4465, "EMAIL_USE_SSL": True}),
        ("smtp+plain://localhost", {"EMAIL_PORT": 25, "EMAIL_USE_TLS": False}),
    ],
)
def test_the_address_of_the_mail_server(url: str, expected: dict[str, object]) -> None:
    assert addresses.django_settings(url).items() >= expected.items()


@pytest.mark.parametrize("url", ["smtp://", "mail.example", "https://mail.example", "file:"])
def test_an_address_that_says_nothing(url: str) -> None:
    with pytest.raises(ValueError, match="FACTCHECK_EMAIL_URL"):
        addresses.django_settings(url)
