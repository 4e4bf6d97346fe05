from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, transaction
from django.test import Client

from factcheck.accounts.models import Role, User
from factcheck.audit.models import Event
from factcheck.errors import NotAllowedError
from factcheck.people import joining, managing
from factcheck.people.joining import EmailTakenError
from factcheck.people.managing import (
    LastAdminError,
    OnlyEditorsAloneError,
    OwnAccountError,
    PersonLeftError,
)
from tests import factories

pytestmark = pytest.mark.django_db
VERBS = (
    managing.deactivate,
    managing.reactivate,
    managing.end_sessions,
    managing.reset_second_factor,
)


def last_event() -> tuple[str, str, dict[str, object]]:
    event = Event.objects.latest("id")
    return event.action, event.target_id, event.data


def test_a_role_changes_and_is_written_down(admin: User, checker: User, at: datetime) -> None:
    managing.change_role(person=checker, role="editor", by=admin, at=at)
    checker.refresh_from_db()
    assert checker.role == Role.EDITOR
    data = {"from": "checker", "to": "editor"}
    assert last_event() == ("person.role_changed", str(checker.pk), data)


def test_the_same_role_is_no_event(admin: User, checker: User, at: datetime) -> None:
    managing.change_role(person=checker, role="checker", by=admin, at=at)
    assert not Event.objects.exists()


@pytest.mark.parametrize("role", ["checker", "editor"])
def test_only_an_admin_manages(role: str, checker: User, at: datetime) -> None:
    by = factories.person(role)
    for verb in VERBS:
        with pytest.raises(NotAllowedError):
            verb(person=checker, by=by, at=at)
    with pytest.raises(NotAllowedError):
        managing.change_role(person=checker, role="admin", by=by, at=at)
    with pytest.raises(NotAllowedError):
        managing.let_publish_alone(person=checker, allowed=True, by=by, at=at)


def test_nobody_changes_themselves(admin: User, second_admin: User, at: datetime) -> None:
    for verb in VERBS:
        with pytest.raises(OwnAccountError):
            verb(person=admin, by=admin, at=at)
    with pytest.raises(OwnAccountError):
        managing.change_role(person=admin, role="editor", by=admin, at=at)


def test_the_last_admin_stays(admin: User, second_admin: User, at: datetime) -> None:
    managing.deactivate(person=admin, by=second_admin, at=at)
    # The one who left still holds a page open; what they send is refused by their own access.
    admin.refresh_from_db()
    with pytest.raises(NotAllowedError):
        managing.deactivate(person=second_admin, by=admin, at=at)
    # Even where that check were passed, the last one stays.
    admin.is_active = True
    with pytest.raises(LastAdminError):
        managing.change_role(person=second_admin, role="checker", by=admin, at=at)
    with pytest.raises(LastAdminError):
        managing.deactivate(person=second_admin, by=admin, at=at)


@pytest.mark.parametrize("change", [{"role": "checker"}, {"is_active": False}])
def test_the_database_keeps_the_last_admin(admin: User, change: dict[str, object]) -> None:
    with pytest.raises(DatabaseError, match="the desk needs an admin"), transaction.atomic():
        User.objects.filter(pk=admin.pk).update(**change)
    factories.person("admin")
    User.objects.filter(pk=admin.pk).update(**change)


def test_the_database_keeps_one_of_two_at_once(admin: User, second_admin: User) -> None:
    with pytest.raises(DatabaseError, match="the desk needs an admin"), transaction.atomic():
        User.objects.update(role="checker")
    with pytest.raises(DatabaseError, match="the desk needs an admin"), transaction.atomic():
        User.objects.all().delete()


def test_who_leaves_is_out_at_once_and_keeps_the_name(
    admin: User, editor: User, at: datetime
) -> None:
    client = Client()
    client.force_login(editor)
    assert client.get("/").status_code == 200
    managing.deactivate(person=editor, by=admin, at=at)
    assert client.get("/")["Location"].startswith("/account/sign-in/")
    managing.reactivate(person=editor, by=admin, at=at)
    # The old session stays dead.
    assert client.get("/").status_code == 302
    actions = list(Event.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["person.deactivated", "person.reactivated"]


def test_sessions_end_everywhere_but_nobody_else_s(
    admin: User, editor: User, checker: User, at: datetime
) -> None:
    browsers = [Client(), Client(), Client()]
    for client, person in zip(browsers, (editor, editor, checker), strict=True):
        client.force_login(person)
    managing.end_sessions(person=editor, by=admin, at=at)
    assert [client.get("/").status_code for client in browsers] == [302, 302, 200]
    editor.refresh_from_db()
    again = Client()
    again.force_login(editor)
    assert again.get("/").status_code == 200


def test_a_lost_device_can_be_replaced(admin: User, editor: User, at: datetime) -> None:
    for kind in ("totp", "webauthn", "recovery_codes"):
        Authenticator.objects.create(user=editor, type=kind, data={})
    managing.reset_second_factor(person=editor, by=admin, at=at)
    assert not Authenticator.objects.filter(user=editor).exists()
    kinds = {"kinds": ["recovery_codes", "totp", "webauthn"]}
    assert last_event() == ("second_factor.reset", str(editor.pk), kinds)


def test_publishing_alone_ends_with_the_role(admin: User, editor: User, at: datetime) -> None:
    managing.let_publish_alone(person=editor, allowed=True, by=admin, at=at)
    assert User.objects.get(pk=editor.pk).may_publish_alone
    managing.let_publish_alone(person=editor, allowed=True, by=admin, at=at)
    assert Event.objects.count() == 1
    managing.change_role(person=editor, role="checker", by=admin, at=at)
    assert not User.objects.get(pk=editor.pk).may_publish_alone


def test_publishing_alone_is_for_editors_who_are_here(
    admin: User, editor: User, checker: User, at: datetime
) -> None:
    with pytest.raises(OnlyEditorsAloneError):
        managing.let_publish_alone(person=checker, allowed=True, by=admin, at=at)
    managing.deactivate(person=editor, by=admin, at=at)
    with pytest.raises(PersonLeftError):
        managing.let_publish_alone(person=editor, allowed=True, by=admin, at=at)


def test_one_s_own_name_and_address(checker: User, editor: User, at: datetime) -> None:
    managing.rename(person=checker, name="Carla Vega", email="carla@example.org", at=at)
    assert last_event()[2] == {"changed": ["email", "name"]}
    with pytest.raises(EmailTakenError):
        managing.rename(person=checker, name="Carla", email=editor.email, at=at)
    count = Event.objects.count()
    managing.rename(person=checker, name="Carla Vega", email="carla@example.org", at=at)
    assert Event.objects.count() == count


def test_a_person_is_added_with_an_event(at: datetime) -> None:
    person = joining.add(username="anna", role="checker", by=None, at=at + timedelta(hours=1))
    assert not person.has_usable_password()
    assert last_event() == (
        "person.added",
        str(person.pk),
        {"username": "anna", "role": "checker"},
    )
