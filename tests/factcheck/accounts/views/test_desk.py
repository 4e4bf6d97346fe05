"""The door in front of every page, and the pages of what goes wrong."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from factcheck.accounts.models import User
from factcheck.accounts.views.desk import DeskRequest, desk
from factcheck.errors import Retryable

pytestmark = pytest.mark.django_db
EMPTY = "6f0b7c9e-0000-4000-8000-000000000000"


class NotNowError(Retryable):
    code = "throttled"


def test_after_a_lost_session_a_form_leads_back_to_its_page() -> None:
    client = Client(headers={"referer": f"http://testserver/claims/{EMPTY}/"})
    answer = client.post(f"/claims/{EMPTY}/verdict/")
    assert answer["Location"] == f"/account/sign-in/?next=/claims/{EMPTY}/"


def test_a_referer_of_elsewhere_leads_to_the_desk() -> None:
    client = Client(headers={"referer": "https://evil.example/x"})
    answer = client.post(f"/claims/{EMPTY}/verdict/")
    assert answer["Location"] == "/account/sign-in/?next=/"


def test_a_fragment_makes_the_whole_page_go_to_the_door() -> None:
    client = Client(headers={"hx-request": "true", "referer": "http://testserver/claims/"})
    answer = client.get(f"/claims/{EMPTY}/sources/rows/")
    assert (answer.status_code, answer["HX-Redirect"]) == (
        204,
        "/account/sign-in/?next=/claims/",
    )


def test_a_person_who_left_is_a_stranger(checker: User) -> None:
    client = Client()
    client.force_login(checker)
    User.objects.filter(pk=checker.pk).update(is_active=False)
    assert client.get("/").status_code == 302


def test_an_expected_error_becomes_a_page_with_its_words(checker: User, rf: RequestFactory) -> None:
    @desk()
    def view(_request: DeskRequest, /) -> HttpResponse:
        raise NotNowError(seconds=5)

    request = rf.get("/")
    request.user = checker
    page = view(request)
    assert page.status_code == 503
    assert b"Try again in 5 seconds." in page.content


def test_a_form_of_another_session_is_refused_in_words(checker: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(checker)
    page = client.post("/articles/new/", {"text": "Words."})
    assert page.status_code == 403
    assert "what you typed is still there" in page.text


def test_a_fault_has_a_page_that_needs_nothing() -> None:
    page = server_error(RequestFactory().get("/"))
    assert page.status_code == 500
    assert b"Something broke on our side" in page.content


@pytest.mark.parametrize("address", ["/", "/articles/new/", "/account/sign-in/"])
def test_no_page_holds_a_script_or_a_style_of_its_own(checker: User, address: str) -> None:
    client = Client()
    client.force_login(checker)
    page = client.get(address, follow=True)
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", page.text)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
