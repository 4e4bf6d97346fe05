from typing import Any

import pytest
from django.test import RequestFactory

from factcheck.accounts.signing_in import address_of


def asked(rf: RequestFactory, forwarded: str) -> str:
    return address_of(rf.get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="192.0.2.9"))


def test_nobody_names_their_own_address(rf: RequestFactory) -> None:
    assert asked(rf, "203.0.113.5") == "192.0.2.9"


def test_a_trusted_proxy_does(rf: RequestFactory, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    # What the visitor wrote stands before what the proxy appended.
    assert asked(rf, "198.51.100.1, 203.0.113.5") == "203.0.113.5"


@pytest.mark.parametrize("known", ["", None])
def test_a_server_on_a_socket_knows_none(rf: RequestFactory, known: str | None) -> None:
    request = rf.get("/")
    request.META["REMOTE_ADDR"] = known
    assert address_of(request) == ""


@pytest.mark.parametrize("words", ["nonsense", " ", "1.2.3.4.5", "x" * 3000])
def test_a_proxy_s_nonsense_is_no_address(rf: RequestFactory, settings: Any, words: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert address_of(rf.get("/", headers={"x-forwarded-for": words})) in ("", "127.0.0.1")
