import pytest
from django.test import Client

from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from sources import describing, publishers
from sources.models import Publisher, PublisherDomain, Source
from tests import factories
from tests.factories import AT
from tests.sources.views.test_pages import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(checker: User) -> Client:
    browser = Client()
    browser.force_login(checker)
    return browser


def made(name: str, domain: str = "") -> Publisher:
    return publishers.add(name=name, domain=domain, by=factories.person(), at=AT)


def at(publisher: Publisher, more: str = "") -> str:
    return f"/sources/publishers/{publisher.pk}/{more}"


def test_without_a_publisher_the_list_says_what_holds(client: Client) -> None:
    page = client.get("/sources/publishers/")
    assert "No publisher yet" in page.text
    assert "/sources/publishers/" in client.get("/sources/").text


def test_the_list_is_paged_by_name(client: Client) -> None:
    for number in range(31):
        made(f"Paper {number:02}")
    first = client.get("/sources/publishers/")
    assert [row.name for row in first.context["rows"]] == [f"Paper {n:02}" for n in range(30)]
    second = client.get("/sources/publishers/", {"cursor": first.context["next_cursor"]})
    assert [row.name for row in second.context["rows"]] == ["Paper 30"]
    assert second.context["next_cursor"] == ""
    for cursor in ("nonsense", "WyJcdTAwMDAiLCAieCJd"):
        assert client.get("/sources/publishers/", {"cursor": cursor}).status_code == 422


def test_the_list_is_searched_by_any_spelling(client: Client, checker: User) -> None:
    kept, gone = made("Harbour Board"), made("Port Authority")
    made("The Wire")
    publishers.merge(kept=kept, gone=gone, by=checker, at=AT)
    found = client.get("/sources/publishers/", {"words": "PORT auth"})
    assert [row.name for row in found.context["rows"]] == ["Harbour Board"]
    assert "No publisher is called so" in client.get("/sources/publishers/?words=zzz").text


def test_more_publishers_take_no_more_queries(client: Client, checker: User) -> None:
    def add(number: int) -> None:
        paper = made(f"Paper {number}", f"paper{number}.example")
        publishers.set_owner(publisher=paper, owner=made(f"Group {number}"), by=checker, at=AT)

    add(1)
    first = queries(client, "/sources/publishers/")
    for number in range(2, 8):
        add(number)
    assert queries(client, "/sources/publishers/") == first


def test_a_publisher_is_added_with_its_domain(client: Client) -> None:
    given = {"name": "Harbour Board", "domain": "https://www.harbour.example/report"}
    answer = client.post("/sources/publishers/add/", given, follow=True)
    found = Publisher.objects.get()
    assert answer.redirect_chain[-1][0] == at(found)
    assert "harbour.example" in answer.text
    refused = client.post("/sources/publishers/add/", {"name": "\x00"}, follow=True)
    assert TEXTS["publisher_name"].format(limit=500) in refused.text


def test_an_owner_is_named_and_taken_away(client: Client) -> None:
    paper = made("Paper")
    page = client.post(at(paper, "owner/"), {"name": "Group"}, follow=True)
    assert "Its owner is Group." in page.text
    group = Publisher.objects.get(name="Group")
    refused = client.post(at(group, "owner/"), {"name": "paper"}, follow=True)
    assert TEXTS["publisher_owner_circle"] in refused.text
    client.post(at(paper, "owner/"), {"name": " "})
    paper.refresh_from_db()
    assert paper.owner is None


def test_a_publisher_is_renamed_and_its_spellings_parted(client: Client) -> None:
    paper = made("Paper")
    page = client.post(at(paper, "name/"), {"name": "The Paper"}, follow=True)
    assert "The Paper" in page.text
    old = paper.spellings.get(words="Paper")
    answer = client.post(at(paper, f"part/{old.pk}/"))
    assert answer["Location"] == at(Publisher.objects.get(name="Paper"))


def test_domains_are_added_and_taken_away(client: Client) -> None:
    paper = made("Paper")
    client.post(at(paper, "domains/"), {"domain": "paper.example"})
    assert PublisherDomain.objects.get().publisher == paper
    refused = client.post(at(made("Other"), "domains/"), {"domain": "paper.example"}, follow=True)
    assert "belongs to Paper" in refused.text
    client.post(at(paper, "domains/drop/"), {"domain": "paper.example"})
    assert not PublisherDomain.objects.exists()


def test_two_are_merged_by_name_and_one_is_taken_away(client: Client) -> None:
    kept, gone = made("Harbour Board"), made("Port Authority")
    page = client.post(at(kept, "merge/"), {"name": "port authority"}, follow=True)
    assert "Port Authority is a spelling of Harbour Board now." in page.text
    assert not Publisher.objects.filter(pk=gone.pk).exists()
    again = client.post(at(kept, "merge/"), {"name": "nobody"}, follow=True)
    assert TEXTS["publisher_unknown"] in again.text
    client.post(at(kept, "remove/"))
    assert not Publisher.objects.exists()


def test_a_source_shows_whom_it_belongs_to_and_takes_a_choice(client: Client) -> None:
    source = factories.extracted_text(url="https://news.harbour.example/1").capture.source
    address = f"/sources/{source.pk}/"
    assert "By its domain" in client.get(address).text
    describing.confirm(
        source=source, field="publisher", value="The Wire", by=factories.person(), at=AT
    )
    page = client.get(address)
    assert "By the publisher that was confirmed above" in page.text
    assert "Make it a publisher" in page.text
    client.post("/sources/publishers/add/", {"name": "The Wire"})
    assert "Make it a publisher" not in client.get(address).text
    page = client.post(f"{address}publisher/", {"name": "Harbour Board"}, follow=True)
    assert "The source belongs to Harbour Board." in page.text
    assert "By a person’s choice" in page.text
    board = Publisher.objects.get(name="Harbour Board")
    refused = client.post(at(board, "remove/"), follow=True)
    assert TEXTS["publisher_used"] in refused.text
    client.post(f"{address}publisher/", {"name": ""})
    assert Source.objects.get(pk=source.pk).chosen_publisher is None


def test_who_may_not_check_reads_and_changes_nothing() -> None:
    paper, source = made("Paper", "paper.example"), factories.extracted_text().capture.source
    partner = Client()
    partner.force_login(factories.person("admin"))
    page = partner.get(at(paper))
    assert page.status_code == 200
    assert "<form" not in page.text.split("<main")[1]
    changes = [
        "/sources/publishers/add/",
        *(at(paper, more) for more in ("name/", "owner/", "domains/", "domains/drop/")),
        *(at(paper, more) for more in ("part/1/", "merge/", "remove/")),
        f"/sources/{source.pk}/publisher/",
    ]
    for address in changes:
        assert partner.post(address, {"name": "x", "domain": "paper.example"}).status_code == 403
        assert partner.get(address).status_code == 405
    paper.refresh_from_db()
    assert paper.name == "Paper"
    assert paper.domains.get().domain == "paper.example"
    assert Client().get("/sources/publishers/").status_code == 302
