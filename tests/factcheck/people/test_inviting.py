from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.errors import FactcheckError, NotAllowedError
from factcheck.people import inviting, mailing
from factcheck.people.inviting import (
    InvitationAcceptedError,
    InvitationExpiredError,
    InvitationRevokedError,
    InvitationUnknownError,
    InvitationWaitingError,
)
from factcheck.people.joining import EmailTakenError, NameTakenError
from factcheck.people.models import Invitation
from factcheck.people.states import InvitationState
from tests import factories

pytestmark = pytest.mark.django_db
LATER = timedelta(days=8)


def invite(admin: User, at: datetime, email: str = "new@example.org") -> tuple[Invitation, str]:
    return inviting.invite(email=email, role="editor", by=admin, at=at)


def accept(token: str, at: datetime, username: str = "newcomer") -> User:
    return inviting.accept(
        token=token, username=username, name="New Comer", password="a fine password", at=at
    )


def actions() -> list[str]:
    return list(Event.objects.order_by("id").values_list("action", flat=True))


def test_an_invited_person_joins_with_the_role(admin: User, at: datetime) -> None:
    invitation, token = invite(admin, at)
    person = accept(token, at)
    assert (person.role, person.email, person.name) == ("editor", "new@example.org", "New Comer")
    assert person.check_password("a fine password")
    invitation.refresh_from_db()
    assert (invitation.state(at), invitation.person) == (InvitationState.ACCEPTED, person)
    assert actions() == ["invitation.sent", "person.added", "invitation.accepted"]


def test_only_the_digest_of_the_link_is_kept(admin: User, at: datetime) -> None:
    invitation, token = invite(admin, at)
    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values().get())
    assert token not in str(list(Event.objects.values()))


@pytest.mark.parametrize("role", ["checker", "editor"])
def test_only_an_admin_invites(role: str, at: datetime) -> None:
    with pytest.raises(NotAllowedError):
        invite(factories.person(role), at)


def test_a_link_works_once(admin: User, at: datetime) -> None:
    _, token = invite(admin, at)
    accept(token, at)
    with pytest.raises(InvitationAcceptedError):
        accept(token, at, username="somebody")
    assert not User.objects.filter(username="somebody").exists()


def test_a_link_ends(admin: User, at: datetime) -> None:
    _, token = invite(admin, at)
    with pytest.raises(InvitationExpiredError):
        accept(token, at + LATER)


def test_a_link_that_was_never_made_is_unknown(at: datetime) -> None:
    with pytest.raises(InvitationUnknownError):
        inviting.opened(token="made up", at=at)


def test_what_is_taken_back_opens_nothing(admin: User, at: datetime) -> None:
    invitation, token = invite(admin, at)
    inviting.revoke(invitation=invitation, by=admin, at=at)
    inviting.revoke(invitation=invitation, by=admin, at=at)
    with pytest.raises(InvitationRevokedError):
        inviting.opened(token=token, at=at)
    assert actions().count("invitation.revoked") == 1


def test_sent_again_the_earlier_link_opens_nothing(admin: User, at: datetime) -> None:
    invitation, first = invite(admin, at)
    _, second = inviting.send_again(invitation=invitation, by=admin, at=at)
    with pytest.raises(InvitationRevokedError):
        inviting.opened(token=first, at=at)
    assert accept(second, at).role == "editor"


def test_an_expired_invitation_can_be_sent_again(admin: User, at: datetime) -> None:
    invitation, _ = invite(admin, at)
    _, token = inviting.send_again(invitation=invitation, by=admin, at=at + LATER)
    assert accept(token, at + LATER)


def test_an_accepted_one_cannot_be_sent_again_or_taken_back(admin: User, at: datetime) -> None:
    invitation, token = invite(admin, at)
    accept(token, at)
    for verb in (inviting.send_again, inviting.revoke):
        with pytest.raises(InvitationAcceptedError):
            verb(invitation=invitation, by=admin, at=at)


def test_one_address_has_one_open_invitation(admin: User, at: datetime) -> None:
    invite(admin, at)
    with pytest.raises(InvitationWaitingError):
        invite(admin, at, email="NEW@example.org")
    invite(admin, at + LATER)
    assert [found.state(at + LATER) for found in Invitation.objects.order_by("id")] == [
        InvitationState.REVOKED,
        InvitationState.OPEN,
    ]


def test_nobody_at_the_desk_is_invited(admin: User, at: datetime) -> None:
    with pytest.raises(EmailTakenError):
        invite(admin, at, email=admin.email.upper())


def test_a_taken_name_leaves_the_link_open(admin: User, at: datetime) -> None:
    _, token = invite(admin, at)
    with pytest.raises(NameTakenError):
        accept(token, at, username=admin.username.upper())
    assert accept(token, at).username == "newcomer"


def test_a_closed_link_is_written_down_once_an_hour(admin: User, at: datetime) -> None:
    _, token = invite(admin, at)
    accept(token, at)
    for minutes in (1, 2, 59, 70):
        with pytest.raises(FactcheckError):
            inviting.opened(token=token, at=at + timedelta(minutes=minutes))
    assert actions().count("invitation.link_refused") == 2


def test_the_mail_holds_the_link(admin: User, at: datetime) -> None:
    invitation, token = invite(admin, at)
    assert mailing.send(invitation, token)
    (sent,) = mail.outbox
    assert sent.to == ["new@example.org"]
    assert f"/account/join/{token}/" in sent.body
    assert "as editor" in sent.body


def test_a_mail_server_that_is_away_loses_nothing(
    admin: User, at: datetime, settings: pytest.FixtureRequest
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # type: ignore[attr-defined]
    invitation, token = invite(admin, at)
    assert not mailing.send(invitation, token)
    assert accept(token, at)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"role": "owner"}, "invitation_role_known"),
        ({"accepted_at": datetime.fromisoformat("2026-03-02T10:00:00Z")}, "accepted_by_somebody"),
        ({"expires_at": datetime.fromisoformat("2020-03-02T10:00:00Z")}, "ends_after_it_began"),
    ],
)
def test_the_database_refuses_nonsense(
    admin: User, at: datetime, change: dict[str, object], name: str
) -> None:
    invitation, _ = invite(admin, at)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(**change)
