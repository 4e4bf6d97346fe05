"""A whole Spanish article: every sentence and number is found, and waits for a person."""

from datetime import date
from pathlib import Path

import pytest

from claims.extraction import split
from claims.extraction.languages import SPANISH
from claims.extraction.layout import Read, read_block
from claims.extraction.paragraphs import blocks
from tests.claims.extraction.reading import row

FOLDER = Path(__file__).parent / "spanish"
TEXT = (FOLDER / "expo.txt").read_text("utf-8")
SENTENCES = (FOLDER / "expo.sentences.txt").read_text("utf-8").splitlines()
NUMBERS = [
    "= 30 year",
    "= 87.87 percent",
    "= 67.11 percent",
    "= 169 artículo",
    "= 350 diputado",
    "< 14 year",
    "> 100 país",
    "~ 41800000 visita",
    "= 471 kilometre",
    "= 166.386 peseta",
    "= 12 miembro; increase from 10 to 12",
    "= 30 year",
    "= 50 percent",
]
DATES = {
    "20 de abril de 2022": "2022-04-20",
    "El 6 de diciembre de 1978": "1978-12-06",
    "el 29 de diciembre de aquel año": "",
    "hoy": "2022-04-20",
    "el 20 de abril de 1992": "1992-04-20",
    "enero de 2002": "2002-01",
    "el 1 de enero de 1986": "1986-01-01",
    "Treinta años antes": "",
}


@pytest.fixture(name="reads")
def _reads() -> list[Read]:
    published_on = date(2022, 4, 20)
    return [
        read for block in blocks(TEXT) for read in read_block(TEXT, block, published_on, SPANISH)
    ]


def test_its_sentences_are_told_apart() -> None:
    result = split(TEXT, language="es")
    assert [TEXT[s.start : s.end] for s in result.sentences] == SENTENCES


def test_every_sentence_and_number_is_pending() -> None:
    result = split(TEXT, language="es")
    assert result.claims == ()
    assert {s.disposition for s in result.sentences} == {"pending"}
    assert {n.disposition for n in result.numbers} == {"pending"}
    assert len(result.numbers) == len(NUMBERS)


def test_its_numbers_are_read(reads: list[Read]) -> None:
    assert [row(quantity) for read in reads for quantity in read.quantities] == NUMBERS


def test_its_dates_are_resolved_and_none_is_made_up(reads: list[Read]) -> None:
    found = {TEXT[d.start : d.end]: d.iso for read in reads for d in read.dates}
    assert {words: found[words] for words in DATES} == DATES
