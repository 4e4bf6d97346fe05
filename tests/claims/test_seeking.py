import pytest
from pytest_django import DjangoAssertNumQueries

from claims import seeking
from claims.seeking import seek
from factcheck.accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def texts(question: str, **options: object) -> list[str]:
    return [hit.earlier.text for hit in seek(question, **options)]  # type: ignore[arg-type]


def test_rare_words_count_more_than_common_ones() -> None:
    for number in range(5):
        factories.earlier(f"The ferry company says {number} things.")
    factories.earlier("A walrus was seen.")
    assert texts("The ferry company saw a walrus")[0] == "A walrus was seen."


def test_the_same_wording_is_found_by_its_hash_and_stands_first() -> None:
    factories.earlier("Ferry, ferry, ferry: ferry!")
    factories.earlier("The and of it.")
    hits = seek("the AND of it")
    assert [(hit.earlier.text, hit.identical) for hit in hits] == [("The and of it.", True)]
    assert seek("ferry ferry ferry, ferry")[0].identical


def test_nothing_is_found_in_an_empty_table_or_by_no_words() -> None:
    assert seek("The ferry sank.") == []
    factories.earlier("The ferry sank.")
    assert seek("") == []
    assert seek("… \\ ' \x00 !".replace("\x00", "")) == []


def test_hostile_words_are_words() -> None:
    factories.earlier("The ferry sank.")
    for question in ("ferry' | !x", "ferry:*", "ferry\\", "(ferry", "%s %(words)s ferry"):
        assert texts(question) == ["The ferry sank."]


def test_common_words_are_cut_off_and_the_rest_still_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(6):
        factories.earlier(f"Ferry number {number} sank near Lismore.")
    monkeypatch.setattr(seeking, "MOST_ROWS", 3)
    assert 1 <= len(seek("ferry Lismore")) <= 6
    assert "Ferry number 4 sank near Lismore." in texts("ferry Lismore 4")


def test_a_long_question_is_answered() -> None:
    factories.earlier("The ferry sank.")
    assert texts("ferry " + " ".join(f"word{n}" for n in range(3000))) == ["The ferry sank."]


def test_another_language_is_searched_as_it_is_written() -> None:
    factories.earlier("Die Fähren sanken.", language="de")
    assert texts("Fähren", language="de") == ["Die Fähren sanken."]


def test_a_country_makes_no_other_language() -> None:
    factories.earlier("The ferries sank.")
    assert texts("a ferry", language="en-GB") == ["The ferries sank."]


def test_one_source_alone_and_never_the_own_verdict(checker: User, editor: User) -> None:
    version = factories.published(by=checker, editor=editor)
    claim = version.verdict.claim
    factories.earlier(claim.text)
    assert len(seek(claim.text)) == 2
    (own,) = seek(claim.text, only="own")
    assert own.earlier.verdict == version.verdict
    (other,) = seek(claim.text, leaving_out=claim.pk)
    assert other.earlier.source == "imported"


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_three_queries(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        factories.earlier(f"The ferry number {number} sank.")
    with django_assert_num_queries(3):
        assert len(seek("the ferry")) == rows
