from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from factcheck.accounts.models import User
from factcheck.people import inviting
from tests.claims.views.conftest import said

pytestmark = pytest.mark.django_db
GIVEN = {"username": "newcomer", "name": "New Comer", "password": "a fine password"}


@pytest.fixture
def token(admin: User) -> str:
    made, token = inviting.invite(email="n@x.example", role="editor", by=admin, at=timezone.now())
    assert made.pk
    return token


def test_the_invited_person_is_in_at_once(token: str) -> None:
    client = Client()
    assert "join as <b>editor</b>" in said(client.get(f"/account/join/{token}/"))
    page = client.post(f"/account/join/{token}/", GIVEN, follow=True)
    assert "Welcome to the desk, New Comer." in said(page)
    assert client.get("/articles/new/").status_code == 200


def test_a_refused_name_keeps_what_was_typed(token: str, admin: User) -> None:
    page = Client().post(f"/account/join/{token}/", GIVEN | {"username": admin.username})
    assert page.status_code == 422
    assert "has the username" in said(page)
    assert 'value="New Comer"' in said(page)
    assert GIVEN["password"] not in said(page)


@pytest.mark.parametrize("word", ["short", "password", "31415926535", "newcomer"])
def test_a_weak_password_is_refused(token: str, word: str) -> None:
    page = Client().post(f"/account/join/{token}/", GIVEN | {"password": word})
    assert page.status_code == 422
    assert not User.objects.filter(username="newcomer").exists()


def test_a_used_link_says_so(token: str) -> None:
    Client().post(f"/account/join/{token}/", GIVEN)
    page = Client().get(f"/account/join/{token}/")
    assert page.status_code == 409
    assert "This link has been used." in said(page)


def test_an_old_link_and_a_wrong_one_say_so(admin: User) -> None:
    long_ago = timezone.now() - timedelta(days=30)
    _, old = inviting.invite(email="n@x.example", role="editor", by=admin, at=long_ago)
    assert "This link has expired." in said(Client().get(f"/account/join/{old}/"))
    assert "none of the desk's" in said(Client().get("/account/join/made-up/"))


def test_whoever_is_in_does_not_use_up_somebody_s_link(token: str, admin: User) -> None:
    client = Client()
    client.force_login(admin)
    assert "You are signed in already" in said(client.post(f"/account/join/{token}/", GIVEN))
    assert Client().get(f"/account/join/{token}/").status_code == 200
