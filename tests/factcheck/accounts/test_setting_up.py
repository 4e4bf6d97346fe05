"""Setting up and removing a second factor; its events are written when the change commits."""

import html
import time
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client

from factcheck.audit.models import Event
from tests import factories
from tests.codes import code

DOOR = "/account/sign-in/"
PASSWORD = "a fine password"


def test_an_app_is_set_up_and_removed_with_events(
    committed_db: None, mailoutbox: list[Any]
) -> None:
    checker = factories.person("checker")
    client = Client()
    client.post(DOOR, {"username": checker.username, "password": PASSWORD})
    page = html.unescape(client.get("/account/second-factor/app/").text)
    secret = page.split('id="authenticator-key">')[1].split("<")[0]
    given = {"code": code(secret, time.time())}
    answer = client.post("/account/second-factor/app/", given, follow=True)
    assert "Your recovery codes" in answer.text
    client.post("/account/second-factor/app/remove/")
    assert not Authenticator.objects.exists()
    events = Event.objects.filter(action__startswith="second_factor").order_by("id")
    assert sorted((e.action, e.data["kind"]) for e in events) == [
        ("second_factor.added", "recovery_codes"),
        ("second_factor.added", "totp"),
        ("second_factor.removed", "recovery_codes"),
        ("second_factor.removed", "totp"),
    ]
    assert {sent.to[0] for sent in mailoutbox} == {checker.email}
