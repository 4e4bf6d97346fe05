from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from factcheck.accounts import second_factor
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.errors import TEXTS
from tests.claims.views.conftest import said
from tests.codes import code

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, 5, tzinfo=UTC)
DOOR = "/account/sign-in/"
PASSWORD = "a fine password"


@pytest.fixture
def secret(checker: User) -> str:
    made = str(generate_totp_secret())
    TOTP.activate(checker, made)
    return made


def shown(secret: str, at: datetime) -> str:
    return code(secret, at.timestamp())


def found(person: User, written: str, at: datetime = AT) -> str:
    row = second_factor.of_code(person=person, code=written, at=at)
    return str(row.type) if row else ""


def at_the_door(person: User) -> Client:
    client = Client()
    answer = client.post(DOOR, {"username": person.username, "password": PASSWORD})
    assert answer["Location"] == "/account/second-factor/code/"
    return client


def test_rfc_6238_s_own_example() -> None:
    assert code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59) == "287082"


def test_the_app_s_code_is_right_also_half_a_minute_off(checker: User, secret: str) -> None:
    for seconds in (-30, 0, 30):
        Authenticator.objects.filter(user=checker).update(
            data=Authenticator.objects.get(user=checker).data | {"last_counter": 0}
        )
        assert found(checker, shown(secret, AT + timedelta(seconds=seconds))) == "totp"


def test_an_old_code_is_wrong(checker: User, secret: str) -> None:
    assert not found(checker, shown(secret, AT - timedelta(minutes=2)))


def test_a_code_works_once_and_none_before_it(checker: User, secret: str) -> None:
    before = shown(secret, AT - timedelta(seconds=30))
    assert found(checker, f" {shown(secret, AT)[:3]} {shown(secret, AT)[3:]} ") == "totp"
    assert not found(checker, shown(secret, AT))
    assert not found(checker, before)
    later = AT + timedelta(seconds=30)
    assert found(checker, shown(secret, later), later) == "totp"


def test_a_recovery_code_works_once(checker: User, secret: str) -> None:
    spare = RecoveryCodes.activate(checker).get_unused_codes()[0]
    assert found(checker, spare) == "recovery_codes"
    assert not found(checker, spare)


def test_the_secret_is_not_readable_in_the_database(checker: User, secret: str) -> None:
    assert secret not in str(Authenticator.objects.filter(user=checker).values().get())


def test_under_another_key_no_code_is_right(checker: User, secret: str, settings: Any) -> None:
    settings.SECRET_KEY = "another key"
    assert not found(checker, shown(secret, AT))


def test_the_password_alone_opens_nothing(checker: User, secret: str) -> None:
    client = at_the_door(checker)
    assert client.get("/").status_code == 302
    page = client.post("/account/second-factor/code/", {"code": "000000x"})
    assert TEXTS["code_wrong"] in said(page)
    now = shown(secret, timezone.now())
    assert client.post("/account/second-factor/code/", {"code": now})["Location"] == "/"
    assert client.get("/").status_code == 200


def test_guessing_codes_ends_and_is_written_down_once(checker: User, secret: str) -> None:
    client = at_the_door(checker)
    for _ in range(12):
        page = client.post("/account/second-factor/code/", {"code": "not it"})
    assert "Too many attempts." in said(page)
    now = shown(secret, timezone.now())
    assert "Too many" in said(client.post("/account/second-factor/code/", {"code": now}))
    (event,) = Event.objects.filter(action="sign_in.burst")
    assert event.target_id == str(checker.pk)
    assert event.data == {"limit": "codes", "address": "127.0.0.1"}


def test_a_burst_at_the_door_names_a_person_but_never_what_was_typed(checker: User) -> None:
    for name in (checker.username, "my secret pass phrase"):
        for _ in range(13):
            Client().post(DOOR, {"username": name, "password": "wrong"})
    events = Event.objects.filter(action="sign_in.burst").order_by("id")
    assert [event.target_type for event in events] == ["accounts.user", "accounts.attempts"]
    assert "secret" not in str(list(events.values()))


def test_where_the_desk_asks_for_one_it_comes_first(checker: User, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client = Client()
    client.post(DOOR, {"username": checker.username, "password": PASSWORD})
    for address in ("/", "/articles/", "/claims/"):
        assert client.get(address)["Location"] == "/account/second-factor/"
    fragment = client.get("/claims/", headers={"hx-request": "true"})
    assert fragment["HX-Redirect"] == "/account/second-factor/"
    assert client.get("/account/").status_code == 200
    # The password of just now is not asked for again.
    assert client.get("/account/second-factor/app/").status_code == 200
    TOTP.activate(checker, generate_totp_secret())
    assert client.get("/articles/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(checker: User, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    RecoveryCodes.activate(checker)
    assert second_factor.is_wanting(checker)
