"""What the database refuses of time stamps and replicas, also to raw SQL."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from sources.models import Blob, DayStamp, Replica, Source, Work
from tests import factories
from tests.factories import AT
from tests.sources.models.test_guards import refuses

pytestmark = pytest.mark.django_db
URL = "https://archive.example/1"


def source() -> Source:
    return Source.objects.create(url=f"http://a.example/{uuid.uuid4()}", created_at=AT)


def replica(**fields: Any) -> Replica:
    given = {"kind": "lookup", "service": "a.example", "requested_at": AT, "not_before": AT}
    given |= {"source": fields.pop("source", None) or source()}
    return Replica.objects.create(**given | fields)


def stamp(**fields: Any) -> DayStamp:
    capture = fields.pop("capture", None) or factories.capture(source(), uuid.uuid4().bytes)
    given = {"day": AT.date(), "digest": "0" * 64, "requested_at": AT, "not_before": AT}
    return DayStamp.objects.create(capture=capture, **given | fields)


@pytest.mark.parametrize(("make", "name"), [(replica, "replica"), (stamp, "daystamp")])
@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"state": "lost", "finished_at": AT}, "state_known"),
        ({"state": "running"}, "leased_while_running"),
        ({"lease_token": uuid.uuid4()}, "leased_while_running"),
        ({"lease_until": AT}, "leased_while_running"),
        ({"state": "failed", "error_code": "x"}, "finished_when_closed"),
        ({"finished_at": AT}, "finished_when_closed"),
        ({"state": "failed", "finished_at": AT}, "failure_has_code"),
    ],
)
def test_a_forged_state_is_refused(
    make: Callable[[], Work], name: str, values: dict[str, Any], rule: str
) -> None:
    row = make()
    rows = type(row)._default_manager.filter(pk=row.pk)
    assert refuses(lambda: rows.update(**values)) == f"sources_{name}_{rule}"


DONE = {"state": "done", "finished_at": AT}
COPY = {"address": URL, "archived_at": AT}


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"kind": "guess"}, "kind_known"),
        ({"address": URL}, "address_has_a_time"),
        ({"archived_at": AT}, "address_has_a_time"),
        ({**DONE, "address": "javascript:x", "archived_at": AT, "copies": 1}, "address_has_a_time"),
        ({"job": "x"}, "job_has_a_time"),
        ({"job_at": AT}, "job_has_a_time"),
        (COPY, "copy_when_done"),
        ({"copies": 0}, "copy_when_done"),
        ({**DONE}, "copy_when_done"),
        ({**DONE, "copies": 2}, "copy_when_done"),
        ({**DONE, **COPY, "copies": 0}, "copy_when_done"),
        ({**DONE, "kind": "submission"}, "copy_when_done"),
        ({**DONE, **COPY, "kind": "submission", "copies": 1}, "copy_when_done"),
    ],
)
def test_a_forged_replica_is_refused(fields: dict[str, Any], rule: str) -> None:
    assert refuses(lambda: replica(**fields)) == f"sources_replica_{rule}"


def test_a_source_has_one_open_replica_of_a_kind() -> None:
    first = replica()
    assert refuses(lambda: replica(source=first.source)) == "sources_replica_one_open"
    assert replica(source=first.source, kind="submission").pk
    assert replica(source=first.source, **DONE, copies=0).pk


def test_a_capture_is_replicated_by_itself_but_once() -> None:
    of = source()
    capture = factories.capture(of, b"body")
    replica(source=of, capture=capture, **DONE, copies=0)
    again = {"source": of, "capture": capture}
    assert refuses(lambda: replica(**again)) == "sources_replica_one_by_itself"
    assert replica(**again, requested_by=factories.person()).pk


def test_a_forged_stamp_is_refused() -> None:
    assert refuses(lambda: stamp(digest="x")) == "sources_daystamp_digest_is_sha256"
    assert refuses(lambda: stamp(**DONE)) == "sources_daystamp_token_when_done"
    assert refuses(lambda: stamp(stamped_at=AT)) == "sources_daystamp_token_when_done"
    token = Blob.objects.create(digest="1" * 64, size=1, stored_at=AT)
    assert refuses(lambda: stamp(token=token)) == "sources_daystamp_token_when_done"


def test_a_day_and_a_capture_have_one_stamp() -> None:
    first = stamp()
    assert refuses(stamp) == "sources_daystamp_day_key"
    other = AT.date().replace(year=2000)
    assert refuses(lambda: stamp(capture=first.capture, day=other)) == (
        "sources_daystamp_capture_id_key"
    )
