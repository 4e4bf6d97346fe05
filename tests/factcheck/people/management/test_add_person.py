import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from factcheck.accounts.models import User
from factcheck.audit.models import Event
from factcheck.demo import loading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_NEW_PASSWORD", "a fine password")


def added() -> list[dict[str, str]]:
    return list(Event.objects.filter(action="person.added").values_list("data", flat=True))


def test_a_person_is_added_and_written_down() -> None:
    call_command("add_person", "ada", "--role", "admin", "--email", "ada@example.org")
    assert User.objects.get(username="ada").check_password("a fine password")
    assert added() == [{"username": "ada", "role": "admin"}]


@pytest.mark.parametrize("name", ["ada", "ADA"])
def test_a_name_is_given_once(name: str) -> None:
    call_command("add_person", "ada", "--role", "admin")
    with pytest.raises(CommandError, match="already"):
        call_command("add_person", name, "--role", "checker")


def test_an_address_is_one_and_one_person_s() -> None:
    call_command("add_person", "ada", "--role", "admin", "--email", "ada@example.org")
    with pytest.raises(CommandError, match="e-mail address already"):
        call_command("add_person", "bea", "--role", "admin", "--email", "Ada@example.org")
    with pytest.raises(CommandError, match="valid email"):
        call_command("add_person", "bea", "--role", "admin", "--email", "nothing")


def test_a_weak_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_NEW_PASSWORD", "ada-lovelace")
    with pytest.raises(CommandError, match="too similar"):
        call_command("add_person", "ada-lovelace", "--role", "admin")


def test_the_sample_s_people_are_written_down_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_DEMO_CHECKER_PASSWORD", "a fine password")
    for _ in range(2):
        loading.load(sources_url="http://127.0.0.1:9/", at=timezone.now())
    assert added() == [
        {"username": "checker", "role": "checker"},
        {"username": "editor", "role": "editor"},
    ]
    assert User.objects.get(username="checker").check_password("a fine password")
    assert not User.objects.get(username="editor").has_usable_password()
