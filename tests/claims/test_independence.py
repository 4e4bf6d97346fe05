import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import sealing
from claims.independence import independent_sources, voices
from claims.models import Claim, Evidence
from factcheck.accounts.models import User
from sources import describing, publishers
from sources.models import Source
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.AT


@pytest.fixture
def claim() -> Claim:
    return factories.claim()


def quoted(claim: Claim, url: str, by: User, *, words: str = "") -> Evidence:
    """A quote of a page whose bytes are its own, unless `words` says what stands on it."""
    page = words or f"{url} says 41,200 passengers."
    return factories.evidence(on=claim, by=by, page=page, url=url)


def named(item: Evidence, publisher: str) -> None:
    source = item.extracted.capture.source
    describing.confirm(
        source=source, field="publisher", value=publisher, by=factories.person(), at=AT
    )


def counted(claim: Claim) -> list[list[str]]:
    return [
        [item.extracted.capture.url for item in group]
        for group in independent_sources(sealing.live_evidence(claim))
    ]


def test_nothing_is_no_source() -> None:
    assert independent_sources([]) == []


def test_pages_of_one_domain_count_once(claim: Claim, checker: User) -> None:
    one, two, three = "https://a.example/1", "https://b.example/", "https://www.a.example/2"
    for url in (one, two, three):
        quoted(claim, url, checker)
    assert sorted(map(sorted, counted(claim))) == [[one, three], [two]]


def test_groups_and_members_keep_their_order(claim: Claim, checker: User) -> None:
    items = [
        quoted(claim, f"https://{name}.example/{number}", checker)
        for number, name in enumerate("abcab")
    ]
    groups = independent_sources(items)
    assert [[items.index(item) for item in group] for group in groups] == [[0, 3], [1, 4], [2]]
    assert independent_sources(items[::-1]) == [
        [items[4], items[1]],
        [items[3], items[0]],
        [items[2]],
    ]


def test_pages_of_one_owner_count_once(claim: Claim, checker: User) -> None:
    group = publishers.add(name="Group", by=checker, at=AT)
    for name in ("a", "b"):
        paper = publishers.add(name=name, domain=f"{name}.example", by=checker, at=AT)
        publishers.set_owner(publisher=paper, owner=group, by=checker, at=AT)
    for name in ("a", "b", "c"):
        quoted(claim, f"https://{name}.example/", checker)
    assert sorted(map(len, counted(claim))) == [1, 2]
    found = voices(sealing.live_evidence(claim))
    assert sorted((len(voice.items), voice.label) for voice in found) == [
        (1, "c.example"),
        (2, "Group"),
    ]


def test_one_agency_on_two_pages_counts_once(claim: Claim, checker: User) -> None:
    for name in ("a", "b"):
        named(quoted(claim, f"https://{name}.example/", checker), "The Wire")
    assert len(counted(claim)) == 1


def test_a_page_that_nobody_named_counts_with_its_domain(claim: Claim, checker: User) -> None:
    quoted(claim, "https://a.example/1", checker)
    named(quoted(claim, "https://a.example/2", checker), "Harbour Board")
    named(quoted(claim, "https://a.example/3", checker), "The Wire")
    assert sorted(map(len, counted(claim))) == [1, 2]


def test_the_same_bytes_count_once_wherever_they_lie(claim: Claim, checker: User) -> None:
    for name in ("a", "b"):
        quoted(claim, f"https://{name}.example/", checker, words="41,200 passengers in 2019")
    assert len(counted(claim)) == 1


def test_a_kept_copy_of_a_page_counts_with_the_page(claim: Claim, checker: User) -> None:
    quoted(claim, "https://a.example/1", checker)
    quoted(claim, "https://web.archive.org/web/2019/https://a.example/2", checker)
    assert len(counted(claim)) == 1


def test_counting_takes_three_queries_however_much_there_is(claim: Claim, checker: User) -> None:
    def queries(count: int) -> int:
        evidence = sealing.live_evidence(claim)[:count]
        with CaptureQueriesContext(connection) as caught:
            independent_sources(evidence)
        return len(caught)

    for number in range(8):
        domain = f"paper{number}.example"
        publishers.add(name=domain, domain=domain, by=checker, at=AT)
        named(quoted(claim, f"https://{domain}/", checker), domain)
    assert Source.objects.count() == 8
    assert queries(8) == queries(2) <= 3
