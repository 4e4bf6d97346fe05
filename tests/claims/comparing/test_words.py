import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.comparing import asked, hash_of, readings, searchable


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ferry’s 41,200 passengers!", "the ferry 41200 passengers"),
        ("See https://example.org/a?b=1 now", "see now"),
        ("#AustralianFires spread", "australianfires australian fires spread"),
        ("It rose 3.5% to $1,000,000.", "it rose 3.5% to 1000000"),
        ("Stop — Anna Smith (@anna) January 4, 2020", "stop"),
        ("don't", "don't"),
        ("… !", ""),
    ],
)
def test_words_as_they_are_searched_for(text: str, words: str) -> None:
    assert searchable(text) == words


def test_the_same_wording_has_one_hash() -> None:
    assert hash_of("The ferry carried 41,200!") == hash_of("the  ferry carried 41200")
    assert hash_of("The ferry carried 41,200") != hash_of("The ferry carried 41,300")


@given(st.text(max_size=500))
def test_any_text_has_words(text: str) -> None:
    assert "  " not in searchable(text)
    assert len(hash_of(text)) == 64


def test_who_posted_it_is_looked_up_too() -> None:
    post = "Is it so? https://t.co/x #BigNews — Anna Smith (@annas) January 4, 2020"
    assert asked(post) == "is it so bignews big news anna smith annas"
    assert readings(post) == ("Is it so? Big News", "Anna Smith: Is it so? Big News")
    assert asked("Is it so?") == "is it so"
    assert readings("Is it so?") == ("Is it so?",)


@given(st.text(max_size=300))
def test_any_text_can_be_asked_for(text: str) -> None:
    assert asked(text).startswith(searchable(text))
    assert 1 <= len(readings(text)) <= 2
