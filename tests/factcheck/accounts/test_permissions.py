import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_publish_alone
from tests import factories

pytestmark = pytest.mark.django_db


def test_publishing_alone_is_granted_to_one_editor_not_to_the_role(editor: User) -> None:
    assert not may_publish_alone(editor)
    editor.may_publish_alone = True
    assert may_publish_alone(editor)


def test_an_editor_who_left_publishes_nothing_alone(editor: User) -> None:
    editor.may_publish_alone, editor.is_active = True, False
    assert not may_publish_alone(editor)


def test_nobody_publishes_nothing_alone() -> None:
    assert not may_publish_alone(AnonymousUser())


@pytest.mark.parametrize("role", ["checker", "admin"])
def test_the_database_grants_it_to_editors_only(role: str) -> None:
    person = factories.person(role)
    person.may_publish_alone = True
    with pytest.raises(IntegrityError, match="accounts_user_only_editors_alone"):
        person.save()
