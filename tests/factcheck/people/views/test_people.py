from typing import Any

import pytest
from django.test import Client

from factcheck.accounts.models import User
from factcheck.people import inviting
from tests import factories
from tests.claims.views.conftest import Count, count_queries, said
from tests.factcheck.people.conftest import office, second_admin

pytestmark = pytest.mark.django_db
__all__ = ["count_queries", "office", "second_admin"]


def press(office: Client, person: User, what: str, **data: str) -> str:
    return said(office.post(f"/people/{person.pk}/{what}/", data, follow=True))


def test_everybody_is_listed_and_can_be_found(office: Client, checker: User) -> None:
    factories.person("editor", username="edda", name="Edda Holm")
    assert checker.username in said(office.get("/people/"))
    found = said(office.get("/people/?search=holm"))
    assert "Edda Holm" in found
    assert checker.username not in found
    assert "Nobody is found" in said(office.get("/people/?search=nobody+here"))


def test_the_list_goes_by_pages_and_keeps_the_search(office: Client) -> None:
    for number in range(35):
        factories.person("checker", username=f"many{number:02}")
    first = said(office.get("/people/?search=many"))
    assert "many29" in first
    assert "many30" not in first
    second = said(office.get("/people/?search=many&after=many29"))
    assert "many34" in second
    assert "many29" not in second.replace("after=many29", "")
    assert 'rel="next"' in first
    assert 'rel="next"' not in second


@pytest.mark.parametrize("address", ["/people/", "/people/invitations/", "/settings/"])
def test_a_long_list_takes_no_more_queries(
    office: Client, admin: User, count_queries: Count, address: str
) -> None:
    fill(office, admin, "a", 2)
    few = count_queries(office, address)
    fill(office, admin, "b", 12)
    assert count_queries(office, address) == few


def fill(office: Client, admin: User, letter: str, number: int) -> None:
    for n in range(number):
        factories.person("checker", username=f"{letter}{n}")
        inviting.invite(email=f"{letter}{n}@x.example", role="editor", by=admin, at=factories.AT)
        office.post("/settings/keys/", {"partner": f"{letter}{n}"})


@pytest.mark.parametrize("words", ["\x00", "%", "x" * 5000, "'; --"])
def test_any_search_is_answered(office: Client, words: str) -> None:
    assert office.get("/people/", {"search": words, "after": words}).status_code == 200


def test_a_role_is_changed_and_told(office: Client, checker: User) -> None:
    page = press(office, checker, "role", role="editor")
    assert f"{checker} is editor now." in page
    assert "From checker to editor by" in page


def test_a_role_that_is_none_is_refused(office: Client, checker: User) -> None:
    assert "Choose a role." in press(office, checker, "role", role="owner")
    checker.refresh_from_db()
    assert checker.role == "checker"


def test_access_is_taken_and_given_back(office: Client, checker: User) -> None:
    theirs = Client()
    theirs.force_login(checker)
    assert "has no access any more" in press(office, checker, "deactivate")
    assert theirs.get("/").status_code == 302
    assert "Give access back" in said(office.get(f"/people/{checker.pk}/"))
    assert "has access again" in press(office, checker, "reactivate")


def test_an_editor_is_let_publish_alone(office: Client, editor: User, checker: User) -> None:
    assert "may publish alone in an emergency." in press(office, editor, "alone/allow")
    assert "may not publish alone any more." in press(office, editor, "alone/withdraw")
    assert "Only an editor can be allowed" in press(office, checker, "alone/allow")


def test_sessions_end_and_a_second_factor_is_taken(office: Client, editor: User) -> None:
    assert "signed out everywhere" in press(office, editor, "sessions/end")
    assert "no second factor any more" in press(office, editor, "second-factor/reset")


def test_one_s_own_page_offers_nothing(office: Client, admin: User) -> None:
    page = said(office.get(f"/people/{admin.pk}/"))
    assert "This is you." in page
    assert "Change the role" not in page
    assert "You cannot do this to your own account." in press(office, admin, "deactivate")


def test_an_invitation_is_sent_shown_once_and_listed(office: Client) -> None:
    data = {"email": "new@example.org", "role": "checker"}
    page = said(office.post("/people/invitations/", data))
    assert "/account/join/" in page
    listed = said(office.get("/people/invitations/"))
    assert "new@example.org" in listed
    assert "/account/join/" not in listed
    again = office.post("/people/invitations/", data)
    assert again.status_code == 422
    assert "is open already" in said(again)


def test_an_invitation_is_sent_again_and_taken_back(office: Client, admin: User) -> None:
    made, _ = inviting.invite(email="n@x.example", role="checker", by=admin, at=factories.AT)
    page = said(office.post(f"/people/invitations/{made.pk}/again/"))
    assert "/account/join/" in page
    newest = made.pk + 1
    page = said(office.post(f"/people/invitations/{newest}/revoke/", follow=True))
    assert "The invitation to n@x.example is taken back." in page


@pytest.mark.parametrize(
    ("has_server", "words"),
    [(False, "This desk has no mail server."), (True, "The link went to")],
)
def test_it_says_whether_a_mail_went_out(
    office: Client,
    settings: Any,
    has_server: bool,  # noqa: FBT001 (a case of the test)
    words: str,
) -> None:
    settings.HAS_MAIL_SERVER = has_server
    data = {"email": "new@example.org", "role": "checker"}
    assert words in said(office.post("/people/invitations/", data))


def test_an_empty_invitation_says_what_is_missing(office: Client) -> None:
    page = said(office.post("/people/invitations/", {"email": "no address", "role": ""}))
    assert "That is not an e-mail address." in page
    assert "Choose a role." in page


def test_a_key_is_shown_once_works_and_is_revoked(office: Client) -> None:
    page = said(office.post("/settings/keys/", {"partner": "The Example Post"}))
    key = page.split('id="key" value="')[1].split('"')[0]
    reader = Client(headers={"authorization": f"Bearer {key}"})
    assert reader.get("/api/v1/verdicts/").status_code == 200
    listed = said(office.get("/settings/"))
    assert key not in listed
    place = listed.split('action="/settings/keys/')[1].split('"')[0]
    assert "is revoked." in said(office.post(f"/settings/keys/{place}", follow=True))
    assert reader.get("/api/v1/verdicts/").status_code == 401


def test_a_key_needs_a_partner(office: Client) -> None:
    page = office.post("/settings/keys/", {"partner": " "})
    assert page.status_code == 422
    assert "Say who will use the key." in said(page)
