"""The application's own database role, with raw SQL, cannot do what the product forbids."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from factcheck.accounts.models import User
from factcheck.grants import grant_application_role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_application() -> Iterator[None]:
    """Become the application's role for the rest of the transaction."""
    grant_application_role()
    with connection.cursor() as cursor:
        cursor.execute(
            psycopg.sql.SQL("SET LOCAL ROLE {}").format(psycopg.sql.Identifier(settings.APP_ROLE))
        )
        yield
        cursor.execute("RESET ROLE")


def sqlstate(sql: str, parameters: tuple[object, ...] = ()) -> str | None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)  # type: ignore[arg-type]
    except Exception as error:  # noqa: BLE001 (the state of whatever the database says)
        return getattr(error.__cause__, "sqlstate", None)
    return "no error"


def test_the_product_works_under_the_application_role(
    as_application: None, checker: User, editor: User
) -> None:
    factories.published(by=checker, editor=editor)


NO_PRIVILEGE = "42501"


@pytest.mark.parametrize(
    "table",
    [
        "audit_event",
        "audit_link",
        "claims_articlerevision",
        "claims_approval",
        "claims_changesrequest",
        "claims_commentwording",
        "claims_versioncontributor",
        "sources_blob",
        "sources_capture",
        "sources_extractedtext",
    ],
)
def test_append_only_tables_cannot_be_changed(as_application: None, table: str) -> None:
    column = {"audit_link": "number", "sources_blob": "digest"}.get(table, "id")
    assert sqlstate(f"UPDATE {table} SET {column} = {column}") == NO_PRIVILEGE
    assert sqlstate(f"DELETE FROM {table}") == NO_PRIVILEGE
    assert sqlstate(f"TRUNCATE {table}") == NO_PRIVILEGE


def test_a_time_stamp_cannot_be_removed(as_application: None) -> None:
    assert sqlstate("UPDATE sources_daystamp SET attempts = 0") == "no error"
    assert sqlstate("DELETE FROM sources_daystamp") == NO_PRIVILEGE
    assert sqlstate("TRUNCATE sources_daystamp") == NO_PRIVILEGE


def test_the_audit_chain_cannot_be_forged(as_application: None) -> None:
    forged = (
        "INSERT INTO audit_link (number, event_id, previous_digest, digest) VALUES (1, 1, '', '')"
    )
    assert sqlstate(forged) == NO_PRIVILEGE


def test_an_approval_of_ones_own_work_is_refused(as_application: None, editor: User) -> None:
    version = factories.in_review(by=editor)
    insert = (
        "INSERT INTO claims_approval (version_id, editor_id, digest, at) VALUES (%s, %s, %s, now())"
    )
    assert sqlstate(insert, (version.pk, editor.pk, version.digest)) == "FC002"


def test_triggers_cannot_be_switched_off(as_application: None) -> None:
    assert sqlstate("SET session_replication_role = replica") == NO_PRIVILEGE
    disable = "ALTER TABLE claims_approval DISABLE TRIGGER ALL"
    assert sqlstate(disable) == NO_PRIVILEGE
