"""What the database refuses of renderings, also to raw SQL."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from factcheck.audit.immutability import REFUSED_SQLSTATE
from sources import blobs
from sources.models import Capture, Rendering
from tests import factories

from .test_guards import refuses

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def capture() -> Capture:
    return factories.extracted_text().capture


def row(capture: Capture, **fields: Any) -> Rendering:
    given = {"requested_at": AT, "not_before": AT} | fields
    return Rendering.objects.create(capture=capture, **given)


def drawn(capture: Capture) -> Rendering:
    picture, document = blobs.keep(b"picture", at=AT), blobs.keep(b"document", at=AT)
    return row(capture, state="done", picture=picture, document=document, finished_at=AT)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": "lost", "finished_at": AT}, "sources_rendering_state_known"),
        ({"state": "running"}, "sources_rendering_leased_while_running"),
        ({"lease_token": uuid4(), "lease_until": AT}, "sources_rendering_leased_while_running"),
        ({"state": "done", "finished_at": AT}, "sources_rendering_drawn_when_done"),
        ({"finished_at": AT}, "sources_rendering_finished_when_closed"),
        ({"state": "failed", "error_code": "x"}, "sources_rendering_finished_when_closed"),
        ({"state": "failed", "finished_at": AT}, "sources_rendering_failure_has_code"),
    ],
)
def test_a_row_without_sense_is_refused(
    capture: Capture, fields: dict[str, Any], name: str
) -> None:
    assert refuses(lambda: row(capture, **fields)) == name


def test_a_picture_before_it_is_drawn_is_refused(capture: Capture) -> None:
    picture = blobs.keep(b"picture", at=AT)
    change = refuses(lambda: row(capture, picture=picture))
    assert change == "sources_rendering_drawn_when_done"


def test_a_second_open_row_is_refused(capture: Capture) -> None:
    row(capture)
    assert refuses(lambda: row(capture)) == "sources_rendering_one_open"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sources_rendering SET browser = 'another'",
        "UPDATE sources_rendering SET state = 'queued'",
        "DELETE FROM sources_rendering",
        "TRUNCATE sources_rendering CASCADE",
    ],
)
def test_what_was_drawn_never_changes(capture: Capture, statement: str) -> None:
    drawn(capture)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            cursor.execute(statement)
    cause = caught.value.__cause__
    assert isinstance(cause, psycopg.Error)
    assert cause.sqlstate == REFUSED_SQLSTATE
