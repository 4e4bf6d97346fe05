from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from factcheck.audit.models import Event
from factcheck.errors import FactcheckError
from sources import describing
from sources.models import Source
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.AT


@pytest.fixture
def source() -> Source:
    return Source.objects.create(url="https://ine.example/report", created_at=AT)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("title", "  Poverty\n in Bolivia ", "Poverty in Bolivia"),
        ("author", "Ana Rojas", "Ana Rojas"),
        ("publisher", "INE", "INE"),
        ("published_on", "2019-03-05", date(2019, 3, 5)),
    ],
)
def test_a_detail_is_confirmed_by_somebody(
    source: Source, field: str, value: str, kept: object
) -> None:
    by = factories.person()
    done = describing.confirm(source=source, field=field, value=value, by=by, at=AT)
    assert getattr(done, field) == kept
    assert (done.details_by, done.details_at) == (by, AT)
    event = Event.objects.get()
    assert (event.action, event.actor_name, event.data["field"]) == (
        "source.detail_confirmed",
        by.username,
        field,
    )


def test_the_same_detail_again_changes_nothing(source: Source) -> None:
    for _ in range(2):
        describing.confirm(source=source, field="title", value="x", by=factories.person(), at=AT)
    assert Event.objects.count() == 1


def test_a_detail_can_be_corrected_and_taken_away(source: Source) -> None:
    by = factories.person()
    for value in ("Poverty", "Growth", ""):
        describing.confirm(source=source, field="title", value=value, by=by, at=AT)
    source.refresh_from_db()
    assert source.title == ""
    last = Event.objects.order_by("-pk").first()
    assert last is not None
    assert last.data == {"field": "title", "value": "", "before": "Growth"}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("url", "https://other.example/", "detail_unknown"),
        ("title", "x" * 501, "detail_too_long"),
        ("published_on", "5 March 2019", "detail_day"),
        ("published_on", "2019-02-30", "detail_day"),
    ],
)
def test_a_detail_that_cannot_be_is_refused(
    source: Source, field: str, value: str, code: str
) -> None:
    with pytest.raises(FactcheckError) as caught:
        describing.confirm(source=source, field=field, value=value, by=factories.person(), at=AT)
    assert caught.value.code == code
    assert caught.value.text


@pytest.mark.parametrize(
    "values",
    [
        {"title": "Poverty"},
        {"author": "Ana Rojas"},
        {"publisher": "INE"},
        {"published_on": date(2019, 3, 5)},
        {"details_at": AT},
    ],
)
def test_the_database_refuses_what_nobody_confirmed(source: Source, values: dict[str, Any]) -> None:
    rows = Source.objects.filter(pk=source.pk)
    refused = pytest.raises(IntegrityError, match="sources_source_details_confirmed")
    with refused, transaction.atomic():
        rows.update(**values)


def test_suggestions_stand_beside_what_is_confirmed(source: Source) -> None:
    text = factories.extracted_text()
    text.author, text.published_on = "Ana Rojas", date(2019, 3, 5)
    title, author, publisher, day = describing.details(source, text)
    assert (title.suggested, title.confirmed, title.is_open) == ("Annual report", "", True)
    assert (author.suggested, day.suggested) == ("Ana Rojas", "2019-03-05")
    assert (publisher.suggested, publisher.is_open) == ("", False)
    describing.confirm(
        source=source, field="title", value="Annual report", by=factories.person(), at=AT
    )
    source.refresh_from_db()
    assert not describing.details(source, text)[0].is_open
