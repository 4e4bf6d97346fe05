"""Acronyms and nouns that stand for the one name that bears them."""

from claims.extraction import split


def _last(text: str) -> str:
    return split(text).claims[-1].text


def test_an_acronym_that_the_article_explains_is_spelt_out() -> None:
    text = "The European Central Bank (ECB) met in 2011. The ECB cut rates by 0.5 points."
    assert _last(text) == "The European Central Bank cut rates by 0.5 points."


def test_an_acronym_that_its_words_do_not_spell_stays() -> None:
    text = "The Italian Bishops (CEI) met in 2011. The CEI spent 3 million euros."
    assert _last(text) == "The CEI spent 3 million euros."


def test_the_only_bank_is_named() -> None:
    text = "The European Central Bank met in 2011. The bank owns 40 buildings."
    assert _last(text) == "The European Central Bank owns 40 buildings."


def test_one_of_two_banks_is_not() -> None:
    text = (
        "The European Central Bank met in 2011. The Bank of Spain did too. The bank owns 40 cars."
    )
    assert _last(text) == "The bank owns 40 cars."


def test_the_only_minister_is_named() -> None:
    text = "Energy Minister Tor Lind resigned in 2019. The minister owned 40 shares."
    assert _last(text) == "Tor Lind owned 40 shares."


def test_another_minister_leaves_the_minister_open() -> None:
    text = "Minister Tor Lind resigned in 2019. A minister fell ill. The minister owned 40 shares."
    assert _last(text) == "The minister owned 40 shares."
