"""docs/reference/calculations.md against the operations, the verdicts and the caveats."""

from claims.calculating import OPERATIONS, VERDICTS
from claims.calculating.caveats import CODES
from tests.docs.pages import reference, rows, sections

PAGE = sections(reference("calculations.md"))


def listed(title: str) -> list[tuple[str, ...]]:
    return [(row[0].strip("`"), *row[1:]) for row in rows(PAGE[title])]


def test_every_operation_with_its_words_and_its_formula() -> None:
    assert listed("Operations") == [(op.code, op.label, op.words) for op in OPERATIONS.values()]


def test_every_verdict_of_a_sum() -> None:
    assert listed("Verdicts of a sum") == list(VERDICTS.items())


def test_every_caveat() -> None:
    assert listed("Caveats") == list(CODES.items())
