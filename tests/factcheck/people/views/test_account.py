import pytest
from django.core import mail
from django.test import Client

from factcheck.accounts.models import User
from factcheck.audit.models import Event
from tests.claims.views.conftest import said

pytestmark = pytest.mark.django_db
DOOR = "/account/sign-in/"
PASSWORD = "a fine password"


def signed_in(person: User) -> Client:
    client = Client()
    client.post(DOOR, {"username": person.username, "password": PASSWORD})
    return client


def actions() -> list[str]:
    return list(Event.objects.order_by("id").values_list("action", flat=True))


def test_one_s_name_is_changed(checker: User) -> None:
    client = signed_in(checker)
    data = {"name": "Carla Vega", "email": "carla@example.org"}
    assert "Your account is changed." in said(client.post("/account/", data, follow=True))
    checker.refresh_from_db()
    assert (checker.name, checker.email) == ("Carla Vega", "carla@example.org")
    assert actions() == ["person.renamed"]


def test_an_address_of_somebody_else_is_refused(checker: User, editor: User) -> None:
    page = signed_in(checker).post("/account/", {"name": "Carla", "email": editor.email})
    assert page.status_code == 422
    assert "has that e-mail address already" in said(page)


def test_after_a_while_one_proves_oneself_once_more(checker: User) -> None:
    client = Client()
    client.force_login(checker)
    answer = client.post("/account/", {"name": "Carla", "email": "carla@example.org"})
    assert answer["Location"].startswith("/account/again/")
    wrong = client.post(answer["Location"], {"password": "a wrong one", "next": "/account/"})
    assert "Incorrect password." in said(wrong) or "not your password" in said(wrong)
    client.post(answer["Location"], {"password": PASSWORD, "next": "/account/"})
    checker.refresh_from_db()
    assert checker.name == "Carla"


def test_other_sessions_end(checker: User) -> None:
    here, there = signed_in(checker), signed_in(checker)
    page = said(here.get("/account/"))
    assert "This session" in page
    assert "Another session" in page
    assert "1 other session ended." in said(here.post("/account/sessions/end/", follow=True))
    assert there.get("/").status_code == 302
    assert "No other session was open." in said(here.post("/account/sessions/end/", follow=True))


def test_nobody_ends_somebody_else_s_session(checker: User, editor: User) -> None:
    here, there = signed_in(checker), signed_in(editor)
    place = said(signed_in(editor).get("/account/")).split("/account/sessions/")[1].split("/")[0]
    here.post(f"/account/sessions/{place}/end/")
    assert there.get("/").status_code == 200


def test_the_password_is_changed_and_told_by_mail(checker: User) -> None:
    here, there = signed_in(checker), signed_in(checker)
    new = "another fine password"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    page = here.post("/account/password/", data, follow=True)
    assert "Your password is changed." in said(page)
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    assert "password.changed" in actions()
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        ([checker.email], "Your password was changed")
    ]


def test_a_wrong_old_password_is_refused(checker: User) -> None:
    new = "another fine password"
    data = {"oldpassword": "wrong", "password1": new, "password2": new}
    assert "That is not your password." in said(signed_in(checker).post("/account/password/", data))


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(checker: User) -> None:
    Client().post("/account/password/forgotten/", {"email": checker.email})
    (sent,) = mail.outbox
    link = next(line for line in sent.body.splitlines() if "/account/password/new/" in line)
    client, new = Client(), "another fine password"
    form = client.get(link, follow=True).request["PATH_INFO"]
    page = client.post(form, {"password1": new, "password2": new}, follow=True)
    assert "Your password is changed" in said(page)
    assert actions() == ["password.reset"]
    assert "This link does not work any more" in said(Client().get(link, follow=True))
    assert Client().login(username=checker.username, password=new)


def test_an_unknown_address_gets_the_same_answer(checker: User) -> None:
    known = Client().post("/account/password/forgotten/", {"email": checker.email}, follow=True)
    unknown = Client().post("/account/password/forgotten/", {"email": "x@y.example"}, follow=True)
    assert said(known).split("<main")[1] == said(unknown).split("<main")[1]
    assert [sent.to for sent in mail.outbox] == [[checker.email], ["x@y.example"]]


def test_mails_are_not_asked_for_without_end(checker: User) -> None:
    answers = [
        Client().post("/account/password/forgotten/", {"email": checker.email}).status_code
        for _ in range(6)
    ]
    assert answers == [302] * 5 + [200]
    assert len(mail.outbox) == 5


def test_a_mail_server_that_is_away_breaks_no_page(
    checker: User, settings: pytest.FixtureRequest
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # type: ignore[attr-defined]
    page = Client().post("/account/password/forgotten/", {"email": checker.email}, follow=True)
    assert "Look into your mail" in said(page)
