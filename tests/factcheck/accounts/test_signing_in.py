from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from factcheck.accounts.models import Attempts, User
from factcheck.accounts.signing_in import SignInFailedError, prove
from factcheck.accounts.throttling import ADDRESS, SignInThrottledError
from factcheck.errors import TEXTS
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DOOR = "/account/sign-in/"
RIGHT = "a fine password"
WRONG = "a wrong password"


def attempt(username: str, password: str = WRONG, address: str = "192.0.2.1") -> User:
    return prove(username=username, password=password, address=address, at=AT)


def fail(username: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(SignInFailedError):
            attempt(username)


def test_the_right_password_proves_the_person(checker: User) -> None:
    assert attempt(checker.username, RIGHT) == checker


@pytest.mark.parametrize("username", ["nobody", "", "x" * 1000, "a\x00b"])
def test_an_unknown_name_is_no_other_failure_than_a_wrong_password(username: str) -> None:
    with pytest.raises(SignInFailedError):
        attempt(username.replace("\x00", ""))


def test_a_person_who_left_is_refused(checker: User) -> None:
    checker.is_active = False
    checker.save()
    with pytest.raises(SignInFailedError):
        attempt(checker.username, RIGHT)


def test_guessing_ends_after_ten_failures_also_with_the_right_word(checker: User) -> None:
    fail(checker.username, 10)
    with pytest.raises(SignInThrottledError) as refused:
        attempt(checker.username, RIGHT)
    assert refused.value.text == "Too many attempts. Wait 15 minutes and try again."


def test_a_guesser_elsewhere_locks_nobody_out(checker: User) -> None:
    fail(checker.username, 10)
    assert attempt(checker.username, RIGHT, address="192.0.2.2") == checker


def test_the_next_window_starts_anew(checker: User) -> None:
    fail(checker.username, 10)
    later = AT + timedelta(minutes=15)
    assert prove(username=checker.username, password=RIGHT, address="192.0.2.1", at=later)


def test_success_forgets_the_failures(checker: User) -> None:
    fail(checker.username, 9)
    attempt(checker.username, RIGHT)
    fail(checker.username, 9)


def test_a_restart_of_the_broker_forgets_nothing(checker: User) -> None:
    fail(checker.username, 10)
    cache.clear()
    with pytest.raises(SignInThrottledError):
        attempt(checker.username, RIGHT)


def test_a_guesser_who_changes_names_is_stopped_by_address(checker: User) -> None:
    for number in range(ADDRESS.attempts):
        with pytest.raises(SignInFailedError):
            attempt(f"nobody{number}")
    with pytest.raises(SignInThrottledError):
        attempt(checker.username, RIGHT)
    assert attempt(checker.username, RIGHT, address="192.0.2.2") == checker


def test_where_no_address_is_known_nobody_is_locked_out_by_others(checker: User) -> None:
    for number in range(ADDRESS.attempts + 1):
        with pytest.raises(SignInFailedError):
            attempt(f"nobody{number}", address="")
    assert attempt(checker.username, RIGHT, address="") == checker


def test_what_is_right_counts_for_no_limit(checker: User) -> None:
    for _ in range(ADDRESS.attempts + 1):
        attempt(checker.username, RIGHT)


def test_old_windows_are_cleared_away(checker: User) -> None:
    fail("nobody", 1)
    later = AT + timedelta(hours=1)
    prove(username=checker.username, password=RIGHT, address="192.0.2.9", at=later)
    assert not Attempts.objects.filter(window_ends_at__lte=later).exists()


def test_the_door_leads_to_where_somebody_wanted_to_go(checker: User) -> None:
    data = {"username": checker.username, "password": RIGHT, "next": "/claims/?list=mine"}
    assert Client().post(DOOR, data)["Location"] == "/claims/?list=mine"


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_the_door_leads_nowhere_else(checker: User, away: str) -> None:
    data = {"username": checker.username, "password": RIGHT, "next": away}
    assert Client().post(DOOR, data)["Location"] == "/"


def test_a_wrong_password_is_said_in_words_and_the_name_is_kept(checker: User) -> None:
    page = Client().post(DOOR, {"username": checker.username, "password": WRONG})
    assert page.status_code == 422
    assert TEXTS["sign_in_failed"] in page.text
    assert f'value="{checker.username}"' in page.text
    assert WRONG not in page.text


def test_an_empty_form_asks_for_both(db: None) -> None:
    page = Client().post(DOOR, {})
    assert "Give your name." in page.text
    assert "Give your password." in page.text


def test_whoever_is_in_goes_on(checker: User) -> None:
    client = Client()
    client.force_login(checker)
    assert client.get(DOOR)["Location"] == "/"


def test_signing_out_takes_a_form(checker: User) -> None:
    client = Client()
    client.force_login(checker)
    client.get("/account/sign-out/")
    assert client.get("/").status_code == 200
    page = client.post("/account/sign-out/", follow=True)
    assert "You are signed out." in page.text
    assert client.get("/").status_code == 302


def test_names_are_not_told_by_case(checker: User) -> None:
    for name in (checker.username, checker.username.upper()) * 5:
        with pytest.raises(SignInFailedError):
            attempt(name)
    with pytest.raises(SignInThrottledError):
        attempt(checker.username, RIGHT)


def test_the_person_of_a_factory_can_sign_in() -> None:
    assert Client().login(username=factories.person().username, password=RIGHT)
