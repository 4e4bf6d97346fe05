from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from factcheck.accounts.models import User
from factcheck.audit.models import Event
from sources import publishers
from sources.models import Publisher, PublisherDomain, Source
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.AT


def add(name: str, domain: str = "", *, owner: Publisher | None = None) -> Publisher:
    by = factories.person()
    made = publishers.add(name=name, domain=domain, by=by, at=AT)
    return publishers.set_owner(publisher=made, owner=owner, by=by, at=AT)


def actions() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def test_a_publisher_is_confirmed_by_somebody_and_known_by_any_spelling(checker: User) -> None:
    made = publishers.add(
        name="  Harbour\nBoard ", domain="https://www.harbour.example/x", by=checker, at=AT
    )
    again = publishers.add(name="HARBOUR BOARD", by=factories.person(), at=AT)
    assert again == made
    assert (made.name, made.confirmed_by, made.confirmed_at) == ("Harbour Board", checker, AT)
    assert [row.domain for row in made.domains.all()] == ["harbour.example"]
    assert actions() == ["publisher.added", "publisher.domain_added"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 501])
def test_a_name_that_is_none_is_refused(name: str, checker: User) -> None:
    with pytest.raises(publishers.PublisherNameError):
        publishers.add(name=name, by=checker, at=AT)


def test_a_renamed_publisher_keeps_its_old_spelling(checker: User) -> None:
    made, other = add("Harbour Board"), add("Harbour Trust")
    renamed = publishers.rename(publisher=made, name="Harbour Authority", by=checker, at=AT)
    assert renamed.name == "Harbour Authority"
    assert sorted(row.words for row in renamed.spellings.all()) == [
        "Harbour Authority",
        "Harbour Board",
    ]
    with pytest.raises(publishers.PublisherTakenError, match="Harbour Trust"):
        publishers.rename(publisher=made, name="harbour trust", by=checker, at=AT)
    before = Event.objects.count()
    publishers.rename(publisher=other, name="Harbour Trust", by=checker, at=AT)
    assert Event.objects.count() == before


def test_a_domain_has_one_publisher(checker: User) -> None:
    made, other = add("Harbour Board", "harbour.example"), add("Harbour Trust")
    with pytest.raises(publishers.PublisherTakenError, match="Harbour Board"):
        publishers.add_domain(publisher=other, domain="sub.harbour.example", by=checker, at=AT)
    with pytest.raises(publishers.PublisherDomainError):
        publishers.add_domain(publisher=other, domain="co.uk", by=checker, at=AT)
    for _ in range(2):
        publishers.drop_domain(publisher=made, domain="harbour.example", by=checker, at=AT)
    publishers.add_domain(publisher=other, domain="harbour.example", by=checker, at=AT)
    assert PublisherDomain.objects.get().publisher == other
    assert actions().count("publisher.domain_dropped") == 1


def test_owners_form_no_circle(checker: User) -> None:
    group = add("Group")
    house = add("House", owner=group)
    paper = add("Paper", owner=house)
    for owner in (group, house, paper):
        with pytest.raises(publishers.PublisherOwnerError):
            publishers.set_owner(publisher=group, owner=owner, by=checker, at=AT)
    assert publishers.chain(paper) == [paper, house, group]
    freed = publishers.set_owner(publisher=house, owner=None, by=checker, at=AT)
    paper.refresh_from_db()
    assert publishers.chain(paper) == [paper, freed]
    last = Event.objects.order_by("-pk").first()
    assert last is not None
    assert last.data == {"name": "House", "owner": "", "before": "Group"}


def test_the_database_refuses_a_circle_in_raw_sql() -> None:
    group = add("Group")
    house = add("House", owner=group)
    with (
        pytest.raises(DatabaseError, match="no circle"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE sources_publisher SET owner_id = %s WHERE id = %s", [house.pk, group.pk]
        )


def test_two_spellings_of_one_are_merged_with_all_that_belongs_to_them(checker: User) -> None:
    group = add("Group")
    kept = add("Harbour Board", "harbour.example")
    gone = add("Port Authority", "port.example", owner=group)
    owned = add("Harbour News", owner=gone)
    source = factories.extracted_text().capture.source
    publishers.choose(source=source, publisher=gone, by=checker, at=AT)
    merged = publishers.merge(kept=kept, gone=gone, by=checker, at=AT)
    assert not Publisher.objects.filter(pk=gone.pk).exists()
    assert (merged.name, merged.owner) == ("Harbour Board", group)
    assert sorted(row.domain for row in merged.domains.all()) == ["harbour.example", "port.example"]
    assert sorted(row.words for row in merged.spellings.all()) == [
        "Harbour Board",
        "Port Authority",
    ]
    owned.refresh_from_db()
    assert owned.owner == merged
    assert Source.objects.get(pk=source.pk).chosen_publisher == merged
    last = Event.objects.order_by("-pk").first()
    assert last is not None
    assert last.action == "publisher.merged"
    assert last.data["merged"] == "Port Authority"
    assert last.data["domains"] == ["port.example"]


def test_a_publisher_can_be_merged_with_its_owner_either_way(checker: User) -> None:
    top = add("Top")
    house = add("House", owner=top)
    paper = add("Paper", owner=house)
    merged = publishers.merge(kept=paper, gone=house, by=checker, at=AT)
    assert publishers.chain(merged) == [merged, top]
    assert publishers.merge(kept=top, gone=merged, by=checker, at=AT).owner is None
    assert Publisher.objects.count() == 1


def test_a_merge_that_would_close_a_circle_is_refused(checker: User) -> None:
    gone = add("Port Authority")
    between = add("Between", owner=gone)
    kept = add("Harbour Board", owner=between)
    with pytest.raises(publishers.PublisherOwnerError):
        publishers.merge(kept=kept, gone=gone, by=checker, at=AT)
    assert Publisher.objects.count() == 3


def test_a_merge_is_undone_by_parting_the_spelling(checker: User) -> None:
    kept, gone = add("Harbour Board"), add("Port Authority")
    merged = publishers.merge(kept=kept, gone=gone, by=checker, at=AT)
    name, spelling = (
        merged.spellings.get(words=words).pk for words in ("Harbour Board", "Port Authority")
    )
    with pytest.raises(publishers.PublisherLastSpellingError):
        publishers.part_spelling(publisher=merged, spelling=name, by=checker, at=AT)
    parted = publishers.part_spelling(publisher=merged, spelling=spelling, by=checker, at=AT)
    assert (parted.name, parted == merged) == ("Port Authority", False)
    again = publishers.part_spelling(publisher=merged, spelling=spelling, by=checker, at=AT)
    assert again == merged


def test_a_publisher_that_nothing_belongs_to_is_taken_away(checker: User) -> None:
    group = add("Group", "group.example")
    house = add("House", owner=group)
    with pytest.raises(publishers.PublisherUsedError):
        publishers.remove(publisher=group, by=checker, at=AT)
    publishers.remove(publisher=house, by=checker, at=AT)
    publishers.remove(publisher=group, by=checker, at=AT)
    assert not PublisherDomain.objects.exists()
    assert actions()[-2:] == ["publisher.removed", "publisher.removed"]


def test_a_choice_is_made_once_and_taken_back(checker: User) -> None:
    source, made = factories.extracted_text().capture.source, add("Harbour Board")
    choices: list[Publisher | None] = [made, made, None, None]
    for choice in choices:
        source = publishers.choose(source=source, publisher=choice, by=checker, at=AT)
    assert source.chosen_publisher is None
    events = Event.objects.filter(action="source.publisher_chosen").order_by("pk")
    assert [event.data for event in events] == [
        {"publisher": "Harbour Board", "before": ""},
        {"publisher": "", "before": "Harbour Board"},
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda made: Publisher.objects.filter(pk=made.pk).update(name=""),
        lambda made: Publisher.objects.filter(pk=made.pk).update(owner=made.pk),
        lambda made: made.domains.create(domain="no domain"),
        lambda made: made.spellings.create(words="", key="x"),
        lambda made: made.spellings.create(words="x", key="harbour board"),
    ],
)
def test_the_database_refuses_nonsense(change: Callable[[Publisher], object]) -> None:
    made = add("Harbour Board")
    with pytest.raises(DatabaseError), transaction.atomic():
        change(made)
