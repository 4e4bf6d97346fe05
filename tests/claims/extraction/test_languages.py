"""What is read of a language that is known, and of one that is not."""

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import DateSpan, QuantitySpan
from claims.extraction.facts import facts_in
from claims.extraction.languages import ENGLISH, SPANISH, vocabulary
from claims.extraction.vocabulary import Vocabulary
from tests.claims.extraction.reading import PUBLISHED, dates, reads, rows
from tests.claims.extraction.test_properties import TEXTS


@pytest.mark.parametrize(
    ("code", "found"),
    [("en", ENGLISH), ("en-GB", ENGLISH), ("ES", SPANISH), ("es_MX", SPANISH)],
)
def test_a_language_is_found_by_its_code(code: str, found: Vocabulary) -> None:
    assert vocabulary(code) is found


def test_every_known_language_fills_every_table() -> None:
    empty = Vocabulary(code="")
    for known in (ENGLISH, SPANISH):
        for table in ("numbers", "units", "comparators", "changes", "dates"):
            own, bare = getattr(known, table), getattr(empty, table)
            filled = [f.name for f in fields(own) if getattr(own, f.name) != getattr(bare, f.name)]
            assert len(filled) > len(fields(own)) / 2, (known.code, table)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Der Preis stieg um 12 % auf 3,5 €.", ["= 12 percent", "= 3.5 EUR"]),
        ("Es kamen zwölf Leute und 1.234 Gäste.", ["= 1234"]),
        ("Das kostet 1.234.567,8 EUR.", ["= 1234567.8 EUR"]),
        ("Der Weg ist 12 km lang und 2½ m breit.", ["= 12 kilometre", "= 2.5 metre"]),
        ("Twelve people came.", []),
        ("Es waren -4 °C.", ["= -4 degree Celsius"]),
    ],
)
def test_of_an_unknown_language_only_digits_and_signs_are_read(text: str, found: list[str]) -> None:
    assert rows(text, "de") == found


def test_an_unknown_language_has_no_dates() -> None:
    assert dates("Am 3. Mai 2021 und am 2021-05-03.", "de") == []


def _places(
    quantities: tuple[QuantitySpan, ...], found: tuple[DateSpan, ...]
) -> list[tuple[int, int]]:
    return [(q.start, q.end) for q in quantities] + [(d.start, d.end) for d in found]


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, language=st.sampled_from(["en", "es", "de"]))
def test_offsets_hold_and_nothing_changes_on_a_second_reading(text: str, language: str) -> None:
    first = reads(text, language)
    for read in first:
        start, end = read.span
        for first_at, last_at in _places(read.quantities, read.dates):
            assert start <= first_at < last_at <= end
        for quantity in read.quantities:
            assert text[quantity.start : quantity.end].strip()
            assert quantity.upper is None or quantity.vague or quantity.value <= quantity.upper
        assert [q.start for q in read.quantities] == sorted(q.start for q in read.quantities)
    assert first == reads(text, language)


@settings(max_examples=20, deadline=None)
@given(text=TEXTS, language=st.sampled_from(["es", "zz"]))
def test_facts_of_a_passage_lie_inside_it(text: str, language: str) -> None:
    middle = len(text) // 2
    found = facts_in(text, 0, middle, published_on=PUBLISHED, language=language)
    assert all(end <= middle for _, end in _places(found.quantities, found.dates))
