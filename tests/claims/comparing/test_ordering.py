from collections.abc import Sequence
from dataclasses import replace

from claims.comparing import Candidate, Statement, compare, covered, in_order, stems

OURS = "The ferry carried 41,200 passengers."


class Letters:
    """A tiny embedding: how often each letter stands in a text."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        alphabet = "abcdefghijklmnopqrstuvwxyz"
        return [[float(text.lower().count(letter)) for letter in alphabet] for text in texts]


def candidate(text: str, score: float, *, identical: bool = False) -> Candidate[str]:
    return Candidate(text, text, score, compare(Statement(OURS), Statement(text)), identical)


def keys(found: list[Candidate[str]]) -> list[str]:
    return [one.key for one in found]


def test_the_same_wording_stands_first() -> None:
    others = [candidate("The ferry sank.", 9.0), candidate(OURS, 1.0, identical=True)]
    assert keys(in_order(OURS, others)) == [OURS, "The ferry sank."]


def test_another_number_stands_below_the_same_one() -> None:
    contrary, same = "The ferry carried 14,200 passengers.", "Passengers carried: 41,200, by ferry."
    found = in_order(OURS, [candidate(contrary, 5.0), candidate(same, 4.9)])
    assert keys(found) == [same, contrary]


def test_what_is_repeated_whole_counts_more() -> None:
    part, whole = candidate("The ferry sank in a storm.", 5.0), candidate("A ferry carried.", 4.0)
    assert keys(in_order(OURS, [part, whole])) == [part.key, whole.key]
    said = replace(whole, covered=covered(stems(OURS), whole.text))
    assert said.covered == 1
    assert keys(in_order(OURS, [part, said])) == [whole.key, part.key]


def test_nothing_is_covered_of_nothing() -> None:
    assert covered(stems(OURS), "", "…") == 0
    assert covered(frozenset(), OURS) == 0


def test_meaning_counts_where_it_can_be_read() -> None:
    far, near = "Zzz xyz qqq.", "The ferries carry 41,200 passengers."
    found = [candidate(far, 5.0), candidate(near, 4.0)]
    assert keys(in_order(OURS, found)) == [far, near]
    assert keys(in_order(OURS, found, embedder=Letters())) == [near, far]


def test_nothing_has_an_order() -> None:
    assert in_order(OURS, [], embedder=Letters()) == []
    assert keys(in_order(OURS, [candidate("Rain.", 0.0)])) == ["Rain."]
