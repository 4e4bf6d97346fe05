import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck.accounts.models import User
from sources import describing, publishers
from sources.belonging import belongings, of_source
from sources.models import Source
from sources.states import BelongsBy
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.AT


def page(url: str, publisher: str = "") -> Source:
    source = Source.objects.create(url=url, created_at=AT)
    if not publisher:
        return source
    return describing.confirm(
        source=source, field="publisher", value=publisher, by=factories.person(), at=AT
    )


def test_a_choice_goes_before_the_name_and_the_name_before_the_domain(checker: User) -> None:
    source = page("https://news.harbour.example/1")
    found = of_source(source)
    assert (found.by, found.publisher, found.publisher_id) == (
        BelongsBy.DOMAIN,
        "harbour.example",
        None,
    )
    home = publishers.add(name="Harbour Board", domain="harbour.example", by=checker, at=AT)
    found = of_source(source)
    assert (found.by, found.publisher, found.publisher_id) == (
        BelongsBy.DOMAIN,
        "Harbour Board",
        home.pk,
    )
    source = describing.confirm(
        source=source, field="publisher", value="The Wire", by=checker, at=AT
    )
    found = of_source(source)
    assert (found.by, found.publisher, found.publisher_id) == (BelongsBy.NAME, "The Wire", None)
    wire = publishers.add(name="the wire", by=checker, at=AT)
    assert of_source(source).publisher_id == wire.pk
    other = publishers.add(name="Somebody else", by=checker, at=AT)
    source = publishers.choose(source=source, publisher=other, by=checker, at=AT)
    found = of_source(source)
    assert (found.by, found.publisher, found.domain) == (
        BelongsBy.CHOICE,
        "Somebody else",
        "harbour.example",
    )


def test_the_owner_is_the_last_of_the_chain(checker: User) -> None:
    group, house, paper = (
        publishers.add(name=name, domain=f"{name}.example", by=checker, at=AT)
        for name in ("group", "house", "paper")
    )
    publishers.set_owner(publisher=house, owner=group, by=checker, at=AT)
    publishers.set_owner(publisher=paper, owner=house, by=checker, at=AT)
    found = [of_source(page(f"https://{name}.example/")) for name in ("paper", "house", "group")]
    assert [(item.publisher, item.owner) for item in found] == [
        ("paper", "group"),
        ("house", "group"),
        ("group", ""),
    ]
    assert len({item.key for item in found}) == 1


def test_the_address_that_answered_decides_over_the_one_that_was_asked() -> None:
    source = page("https://short.example/x")
    assert of_source(source, "https://www.harbour.example/report").domain == "harbour.example"


def test_a_file_stands_for_itself_until_its_publisher_is_confirmed(checker: User) -> None:
    first, second = (
        Source.objects.create(kind="file", url=f"urn:sha256:{digit * 64}", created_at=AT)
        for digit in "ab"
    )
    found = belongings([(first, first.url), (second, second.url)])
    assert [item.by for item in found] == [BelongsBy.ITSELF, BelongsBy.ITSELF]
    assert found[0].key != found[1].key
    first = describing.confirm(source=first, field="publisher", value="INE", by=checker, at=AT)
    assert (of_source(first).by, of_source(first).publisher) == (BelongsBy.NAME, "INE")


def test_many_pages_take_three_queries(checker: User) -> None:
    def queries(pages: list[tuple[Source, str]]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            belongings(pages)
        return len(caught)

    pages = []
    for number in range(8):
        name, domain = f"Paper {number}", f"paper{number}.example"
        made = publishers.add(name=name, domain=domain, by=checker, at=AT)
        publishers.set_owner(
            publisher=made, owner=publishers.add(name="Group", by=checker, at=AT), by=checker, at=AT
        )
        source = page(f"https://{domain}/{number}", name if number % 2 else "")
        pages.append((source, source.url))
    assert queries(pages) == queries(pages[:2]) == 3
    assert queries([]) == 0
