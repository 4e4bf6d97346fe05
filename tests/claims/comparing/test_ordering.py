from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.comparing import (
    Candidate,
    Statement,
    compare,
    covered,
    in_order,
    likeness,
    standing,
    stems,
)

OURS = "The ferry carried 41,200 passengers."


def candidate(text: str, score: float, *, identical: bool = False) -> Candidate[str]:
    return Candidate(text, text, score, compare(Statement(OURS), Statement(text)), identical)


def keys(found: list[Candidate[str]]) -> list[str]:
    return [one.key for one in found]


def test_the_same_wording_stands_first() -> None:
    others = [candidate("The ferry sank.", 9.0), candidate(OURS, 1.0, identical=True)]
    assert keys(in_order(others)) == [OURS, "The ferry sank."]


def test_another_number_stands_below_the_same_one() -> None:
    contrary, same = "The ferry carried 14,200 passengers.", "Passengers carried: 41,200, by ferry."
    found = in_order([candidate(contrary, 5.0), candidate(same, 4.9)])
    assert keys(found) == [same, contrary]


def test_what_is_repeated_whole_counts_more() -> None:
    part, whole = candidate("The ferry sank in a storm.", 5.0), candidate("A ferry carried.", 4.0)
    assert keys(in_order([part, whole])) == [part.key, whole.key]
    said = replace(whole, covered=covered(stems(OURS), whole.text))
    assert said.covered == 1
    assert keys(in_order([part, said])) == [whole.key, part.key]


def test_nothing_is_covered_of_nothing() -> None:
    assert covered(stems(OURS), "", "…") == 0
    assert covered(frozenset(), OURS) == 0


def test_meaning_counts_where_it_was_read() -> None:
    far, near = candidate("Zzz xyz qqq.", 5.0), candidate("The boats moved 41,200 people.", 4.0)
    assert keys(in_order([far, near])) == [far.key, near.key]
    read = [replace(far, meaning=0.1), replace(near, meaning=0.7)]
    assert keys(in_order(read)) == [near.key, far.key]
    first, second = standing(read)
    assert second > first


def test_a_contrary_number_stands_below_however_alike_it_is() -> None:
    contrary = candidate("The ferry carried 14,200 passengers.", 5.0)
    same = candidate("Passengers carried: 41,200, by ferry.", 4.9)
    read = [replace(contrary, meaning=0.97), replace(same, meaning=0.95)]
    assert keys(in_order(read)) == [same.key, contrary.key]


@given(
    st.lists(st.floats(-100, 100), min_size=3, max_size=3).filter(lambda v: sum(map(abs, v)) > 1)
)
def test_likeness_is_a_cosine(vector: list[float]) -> None:
    assert likeness(vector, vector) == pytest.approx(1)
    assert likeness(vector, [-value for value in vector]) == pytest.approx(-1)
    assert likeness(vector, [0.0, 0.0, 0.0]) == 0


def test_nothing_has_an_order() -> None:
    assert in_order([]) == []
    assert keys(in_order([candidate("Rain.", 0.0)])) == ["Rain."]
