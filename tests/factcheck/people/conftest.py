import pytest
from django.test import Client

from factcheck.accounts.models import User
from tests import factories


@pytest.fixture
def second_admin(db: None) -> User:
    return factories.person("admin")


@pytest.fixture
def office(admin: User) -> Client:
    """A browser in which the admin is signed in."""
    client = Client()
    client.force_login(admin)
    return client
