from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.worth.features import marks_of, pieces_of, pieces_of_word, words_of


def test_words_are_lowered_and_numbers_are_alike() -> None:
    assert words_of("Prices rose 2.5% in May") == ["prices", "rose", "0", "%", "in", "may"]


def test_a_long_sentence_is_read_up_to_sixty_words() -> None:
    assert len(words_of("word " * 100)) == 60


def test_pieces_are_words_pairs_with_the_ends_and_parts() -> None:
    assert pieces_of(["jobs", "fell"]) == [
        "jobs", "fell", "^ jobs", "jobs fell", "fell $", "~obs", "~ell",
    ]  # fmt: skip


def test_related_words_share_a_beginning() -> None:
    shared = set(pieces_of_word("employment")) & set(pieces_of_word("employers"))
    assert shared == {"empl~", "employ~"}


def test_marks_tell_numbers_money_and_the_past() -> None:
    text = "They cut $5 billion more than in 1999."
    marks = marks_of(text, words_of(text))
    assert {"numbers3", "money", "year", "than"} <= set(marks)
    assert "question" not in marks


@given(st.text())
def test_any_text_has_marks_and_pieces(text: str) -> None:
    words = words_of(text)
    assert marks_of(text, words) == marks_of(text, words)
    assert len(pieces_of(words)) >= len(words)
