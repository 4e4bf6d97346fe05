"""Which key was served which version: from real requests to the editors' page."""

import uuid
from typing import Any

import pytest
from django.db import DataError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import VerdictVersion
from factcheck.accounts.models import User
from factcheck.api import holding, keys, receipts
from factcheck.api.models import ApiKey, ListReceipt, Receipt
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/api/v1/verdicts/"


@pytest.fixture
def live(checker: User, editor: User) -> VerdictVersion:
    return factories.published(by=checker, editor=editor)


def partner(name: str) -> tuple[ApiKey, Any]:
    row, key = keys.issue(partner=name, by=None, at=timezone.now())

    def get(address: str, **headers: str) -> Any:
        answer = Client().get(address, headers={"authorization": f"Bearer {key}"} | headers)
        assert answer.status_code in {200, 304}
        receipts.flush()
        return answer

    return row, get


def holders(version: VerdictVersion) -> dict[str, bool]:
    found = holding.of_verdict(version.verdict_id)
    return {row.partner: row.is_wrong for row in found.rows}


def test_who_read_the_old_version_is_known_until_it_reads_the_new_one(
    live: VerdictVersion, checker: User, editor: User
) -> None:
    detail = f"{LIST}{live.verdict_id}/"
    _, one = partner("One")
    _, other = partner("Other")
    _, none = partner("None")
    one(detail)
    other(LIST)
    none("/api/v1/corrections/")
    assert holders(live) == {"One": False, "Other": False}
    factories.corrected(of=live, by=checker, editor=editor)
    assert holders(live) == {"One": True, "Other": True}
    (row, *_) = holding.of_verdict(live.verdict_id).rows
    assert (row.old_version, row.new_at) == (1, None)
    one(detail)
    assert holders(live) == {"One": False, "Other": True}
    other(f"{LIST}?after=1")
    assert holders(live) == {"One": False, "Other": False}


def test_a_304_says_that_the_key_holds_it(live: VerdictVersion) -> None:
    detail = f"{LIST}{live.verdict_id}/"
    tag = Client().get(detail)["ETag"]
    row, get = partner("One")
    assert get(detail, **{"if-none-match": tag}).status_code == 304
    found = Receipt.objects.get(key=row)
    assert (found.verdict_id, found.seq) == (live.verdict_id, 1)


def test_a_version_that_is_served_again_is_one_row(live: VerdictVersion) -> None:
    row, get = partner("One")
    for _ in range(3):
        get(f"{LIST}{live.verdict_id}/")
    found = Receipt.objects.get(key=row)
    assert found.first_at < found.last_at


def test_pages_that_follow_each_other_are_one_run(checker: User, editor: User) -> None:
    for _ in range(5):
        factories.published(by=checker, editor=editor)
    key, _ = partner("One")
    for after in (0, 2, 4):
        receipts.note_page(key=key.pk, after=after, upto=min(after + 2, 5))
    receipts.note_page(key=key.pk, after=9, upto=9)
    receipts.flush()
    assert list(ListReceipt.objects.values_list("after", "upto")) == [(0, 5)]


def test_a_key_that_skipped_the_correction_does_not_hold_it(
    live: VerdictVersion, checker: User, editor: User
) -> None:
    _, get = partner("One")
    get(LIST)
    factories.corrected(of=live, by=checker, editor=editor)
    factories.published(by=checker, editor=editor)
    get(f"{LIST}?after=2")
    assert holders(live) == {"One": True}


def test_requests_without_a_key_leave_nothing(live: VerdictVersion, client: Client) -> None:
    client.get(LIST)
    client.get(f"{LIST}{live.verdict_id}/")
    receipts.flush()
    assert (Receipt.objects.count(), ListReceipt.objects.count()) == (0, 0)


def test_the_request_itself_writes_nothing(live: VerdictVersion) -> None:
    _, key = keys.issue(partner="One", by=None, at=timezone.now())
    with CaptureQueriesContext(connection) as captured:
        Client().get(f"{LIST}{live.verdict_id}/", headers={"authorization": f"Bearer {key}"})
    assert not [each for each in captured if "receipt" in each["sql"]]
    assert len(receipts._served) == 1


def test_nothing_is_lost_while_the_database_is_away(
    live: VerdictVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _ = partner("One")
    receipts.note_verdict(key=key.pk, verdict=live.verdict_id, seq=1)
    receipts.note_page(key=key.pk, after=0, upto=1)
    with monkeypatch.context() as away, transaction.atomic():
        away.setattr(receipts, "SERVED", "SELECT 1 / 0, %s, %s, %s, %s, %s")
        point = transaction.savepoint()
        with pytest.raises(DataError):
            receipts.flush()
        transaction.savepoint_rollback(point)
    receipts.flush()
    assert (Receipt.objects.count(), ListReceipt.objects.count()) == (1, 1)


def test_a_note_of_what_is_not_there_holds_nothing_up(live: VerdictVersion) -> None:
    key, _ = partner("One")
    receipts.note_verdict(key=key.pk, verdict=uuid.uuid4(), seq=1)
    receipts.note_verdict(key=key.pk + 1, verdict=live.verdict_id, seq=1)
    receipts.note_page(key=key.pk + 1, after=0, upto=1)
    receipts.note_verdict(key=key.pk, verdict=live.verdict_id, seq=1)
    receipts.flush()
    assert (Receipt.objects.count(), ListReceipt.objects.count()) == (1, 0)


def test_only_editors_see_who_holds_what(
    live: VerdictVersion, checker: User, editor: User, admin: User
) -> None:
    _, get = partner("The Example Times")
    get(LIST)
    factories.withdrawn(of=live, editor=editor)
    address = f"/verdicts/{live.verdict_id}/receipts/"
    for who, status in ((checker, 403), (admin, 403), (editor, 200)):
        client = Client()
        client.force_login(who)
        answer = client.get(address)
        assert answer.status_code == status
    page = answer.text
    assert "The Example Times" in page
    assert "a wrong version (1)" in page
    assert "not yet" in page


def test_the_page_costs_the_same_for_many_partners(live: VerdictVersion, editor: User) -> None:
    client = Client()
    client.force_login(editor)
    counts = []
    for number in range(3):
        for each in range(number * 5):
            partner(f"Partner {number} {each}")[1](LIST)
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/verdicts/{live.verdict_id}/receipts/")
        counts.append(len(captured))
    assert len(set(counts)) == 1
