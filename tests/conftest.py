"""Fixtures that the whole suite shares."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker

from factcheck.accounts.models import User
from factcheck.api import receipts
from tests import factories

# Filled by migrations; everything else is emptied between tests that commit.
SEEDED = {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "claims_ratingscale",
    "claims_rating",
    "claims_ratinglabel",
    "claims_changecounter",
}
# Whatever a test made of the scale goes; the one of the migrations is current again.
FIRST_SCALE = (
    (
        "DELETE FROM claims_ratinglabel WHERE language <> 'es' OR scale_id IN"
        " (SELECT id FROM claims_ratingscale WHERE version > 1)"
    ),
    (
        "DELETE FROM claims_rating WHERE scale_id IN"
        " (SELECT id FROM claims_ratingscale WHERE version > 1)"
    ),
    "DELETE FROM claims_ratingscale WHERE version > 1",
    "UPDATE claims_ratingscale SET is_current = true WHERE NOT is_current",
)


@pytest.fixture
def at() -> datetime:
    """A moment that stands still."""
    return datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The test database, always: pytest-django makes none when every picked test commits."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        # A server process that was just stopped may still be closing its connection.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        teardown_databases(made, verbosity=0)


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database whose transactions commit, for tests with several connections or processes.

    Append-only tables refuse TRUNCATE, so the cleaning runs as a superuser who switches their
    triggers off; the application's role cannot (see test_database_roles).
    """
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            _empty_database()


def _empty_database() -> None:
    if connection.in_atomic_block:
        raise RuntimeError("a test that commits must not run inside a transaction")
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names(cursor) if t not in SEEDED]
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
        cursor.execute("UPDATE claims_changecounter SET value = 0")
        for statement in FIRST_SCALE:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture(autouse=True)
def _no_leftover_counts() -> Iterator[None]:
    """Throttling counts and receipts must not leak from one test into the next."""
    yield
    cache.clear()
    receipts.forget()


@pytest.fixture
def checker(db: None) -> User:
    return factories.person("checker")


@pytest.fixture
def editor(db: None) -> User:
    return factories.person("editor")


@pytest.fixture
def admin(db: None) -> User:
    return factories.person("admin")
