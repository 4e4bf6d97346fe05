import html
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factcheck.accounts.models import User

Desk = Callable[[User], Client]
Count = Callable[[Client, str], int]


def said(page: HttpResponseBase) -> str:
    """What the page says, its HTML escapes undone."""
    return html.unescape(page.text)  # type: ignore[attr-defined]


@pytest.fixture
def desk() -> Desk:
    """A browser in which somebody is signed in."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def count_queries() -> Count:
    """How many queries a page takes; the page must answer 200."""

    def count(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count
