from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.comparing import Comparison, Statement, compare
from claims.comparing.agreement import read

DAY = date(2020, 5, 1)
FERRY = "The ferry to Lismore carried 41,200 passengers in 2019."


def between(ours: str, theirs: str) -> Comparison:
    return compare(Statement(ours, DAY), Statement(theirs, DAY))


@pytest.mark.parametrize(
    ("ours", "theirs", "relation"),
    [
        (FERRY, "In 2019 the Lismore ferry carried 41,200 passengers.", "same"),
        (FERRY, "The Lismore ferry carried 41,200 people in 2019.", "same"),
        (FERRY, "In 2019 the Lismore ferry carried 14,200 passengers.", "contrary_number"),
        (FERRY, "The Lismore ferry carried 41,200 passengers in 2018.", "other_date"),
        (FERRY, "The Lismore ferry carried 41,200 cars in 2019.", "contrary_number"),
        (FERRY, "The Lismore ferry did not carry 41,200 passengers in 2019.", "opposite"),
        (FERRY, "The Lismore ferry carried passengers in 2019.", "similar"),
        (FERRY, "A whale was seen off Lismore in 2019.", "related"),
        ("Fares rose by 12%.", "Fares fell by 12%.", "opposite"),
        ("Fares rose by 12%.", "Fares rose by 12 percentage points.", "contrary_number"),
        ("The road is 100 km long.", "The road is 62 miles long.", "same"),
        ("The road is 100 km long.", "The road is 100 miles long.", "contrary_number"),
        ("Unemployment was about 5% in March.", "Unemployment was 5.1% in March 2020.", "same"),
        ("The debt is $4.4 billion.", "The debt is 4,400,000,000 dollars.", "same"),
        ("The debt is $4.4 billion.", "The debt is $4.4 million.", "contrary_number"),
        ("The debt is $4.4 billion.", "The debt is €4.4 billion.", "contrary_number"),
        ("The mayor was arrested.", "Mayor arrested", "same"),
    ],
)
def test_how_two_claims_stand_to_each_other(ours: str, theirs: str, relation: str) -> None:
    assert between(ours, theirs).relation == relation
    assert between(theirs, ours).relation == relation


def test_every_point_is_named_with_the_words_of_both() -> None:
    found = between(FERRY, "The Lismore ferry carried 14,200 passengers.")
    assert [(p.kind, p.standing, p.ours, p.theirs) for p in found.points] == [
        ("number", "contrary", "41,200 passengers", "14,200 passengers"),
        ("date", "only_ours", "2019", ""),
    ]
    assert found.contrary


def test_a_statement_without_words_shares_none() -> None:
    assert between("…", "!").overlap == 0
    assert between("", FERRY).relation == "related"


amounts = st.integers(min_value=2, max_value=999_999)


@given(amounts, amounts)
def test_another_number_is_never_the_same_proposition(ours: int, theirs: int) -> None:
    sentence = "The ferry to Lismore carried {:,} passengers."
    found = between(sentence.format(ours), sentence.format(theirs))
    assert (found.relation == "same") == (ours == theirs)
    assert found.contrary == (ours != theirs)


@given(amounts, st.sampled_from([">", "<", "about"]))
def test_a_bound_agrees_with_its_own_number(amount: int, bound: str) -> None:
    words = {">": "more than", "<": "fewer than", "about": "about"}[bound]
    found = between(f"It sank {words} {amount:,} ships.", f"It sank {amount:,} ships.")
    assert not found.contrary


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_compared(ours: str, theirs: str) -> None:
    found = between(ours, theirs)
    assert 0 <= found.overlap <= 1
    assert not (found.relation == "same" and found.contrary)


def test_what_is_read_once_need_not_be_read_again() -> None:
    ours = read(Statement(FERRY, DAY))
    assert ours.numbers[0].value == Decimal(41200)
    assert compare(ours, read(Statement(FERRY, DAY))).relation == "same"
