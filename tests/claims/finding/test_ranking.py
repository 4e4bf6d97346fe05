from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.finding import Passage, Text, find
from claims.finding.windows import MOST_CHARACTERS, MOST_CHARACTERS_TOGETHER

REPORT = (
    "Harbour board, annual report\n\n"
    "The board met eleven times. It thanks its staff for a difficult year.\n"
    "In 2019 the Lismore ferry carried 39,800 passengers. "
    "The car deck was closed for repairs until March. "
    "Fares to Lismore rose by 9 % in May.\n"
    "The next meeting is public."
)
CLAIM = "The ferry to Lismore carried 41,200 passengers in 2019."


def words(passage: Passage, text: str = REPORT) -> str:
    return text[passage.start : passage.end]


def best(claim: str, text: str, **more: object) -> Passage:
    return find(claim, [Text("one", text)], **more).passages[0]  # type: ignore[arg-type]


def test_the_passage_that_settles_the_claim_comes_first() -> None:
    found = best(CLAIM, REPORT)
    assert words(found) == "In 2019 the Lismore ferry carried 39,800 passengers."
    assert [REPORT[start:end] for start, end in found.words] == [
        "2019",
        "Lismore",
        "ferry",
        "carried",
        "passengers",
    ]


def test_a_contrary_number_is_said_and_not_taken_for_the_same() -> None:
    found = best(CLAIM, REPORT)
    (figure,) = found.contrary
    assert (figure.claimed, figure.found) == ("41,200 passengers", "39,800 passengers")
    assert REPORT[figure.start : figure.end] == "39,800 passengers"
    assert [figure.found for figure in found.agreeing] == ["2019"]


def test_words_match_by_their_stems() -> None:
    text = "The council closes schools. Nothing else happened there."
    assert words(best("Closing of a school by the councils", text), text).startswith("The council")


def test_other_languages_have_their_own_stems() -> None:
    text = "Das Wetter blieb schön. Die Häuser wurden verkauft."
    assert words(best("Ein Haus wird verkauft", text, language="de"), text).startswith("Die Häu")


def test_sentences_without_a_shared_word_are_not_listed() -> None:
    assert find("Whales sing", [Text("one", REPORT)]).passages == ()


@pytest.mark.parametrize("claim", ["", "   ", "the of and", "?!", "((", "\\d+ [", "'s ’"])
def test_a_claim_of_nothing_finds_little_and_breaks_nothing(claim: str) -> None:
    assert len(find(claim, [Text("one", REPORT)]).passages) <= 20


@pytest.mark.parametrize("text", ["", " \n\n ", "x", "…", "\u0130stanbul ferry\u0301", "a" * 5000])
def test_odd_texts_break_nothing(text: str) -> None:
    for passage in find("The ferry to İstanbul", [Text("one", text)]).passages:
        assert text[passage.start : passage.end].strip()


def test_a_sentence_that_stands_in_two_texts_is_listed_once() -> None:
    found = find(CLAIM, [Text("one", REPORT), Text("two", REPORT.replace("\n", "\n\n"))])
    assert {passage.key for passage in found.passages} == {"one"}


def test_passages_say_which_text_they_stand_in() -> None:
    found = find(CLAIM, [Text("one", "Nothing to see."), Text("two", REPORT)])
    assert found.passages[0].key == "two"


def test_the_neighbour_of_a_good_sentence_is_worth_more_than_a_lonely_one() -> None:
    text = (
        "Rents in Lismore were frozen by the council in 2019. It called the freeze of rents fair.\n"
        + "The gallery was painted. The harbour sleeps in winter.\n" * 4
        + "Rents elsewhere in the region did as they pleased. Birds came."
    )
    found = find("Lismore council froze rents in 2019", [Text("one", text)]).passages
    assert [words(p, text)[:9] for p in found[:2]] == ["Rents in ", "It called"]


def test_a_fact_check_s_finding_stands_above_the_claim_that_it_quotes() -> None:
    text = (
        "A viral post claims that the mayor of Lismore sold the ferry to a bank in 2019. "
        "“The mayor of Lismore sold the ferry to a bank,” the post says.\n"
        "We asked the land registry. The claim rests on a photo of another town. "
        "The ferry was never sold, the registry told us, and still belongs to Lismore. "
        "Thank you for reading."
    )
    claim = "The mayor of Lismore sold the ferry to a bank in 2019."
    found = find(claim, [Text("one", text)]).passages
    assert words(found[0], text).startswith("The ferry was never sold")
    assert [p.restates for p in found if "A viral post" in words(p, text)] == [True]


def test_relative_dates_count_from_the_day_that_is_given() -> None:
    claim = "Last year the Lismore ferry carried 39,800 passengers."
    found = best(claim, REPORT, on=date(2020, 6, 1))
    assert ("Last year", "2019") in [(figure.claimed, figure.found) for figure in found.agreeing]


def test_a_list_is_no_longer_than_asked_for() -> None:
    text = "\n".join(f"The ferry number {number} sailed." for number in range(200))
    assert len(find("The ferry sailed", [Text("one", text)], limit=7).passages) == 7


def test_what_lies_behind_the_bound_is_not_read_and_that_is_said() -> None:
    text = "a b.\n" * (MOST_CHARACTERS // 5) + "The Lismore ferry sank."
    found = find("The Lismore ferry sank", [Text("one", text)])
    assert (found.passages, found.cut) == ((), True)


def test_texts_behind_the_bound_on_all_of_them_are_passed_over() -> None:
    long = Text("long", " " * MOST_CHARACTERS)
    count = MOST_CHARACTERS_TOGETHER // MOST_CHARACTERS
    found = find(CLAIM, [*[long] * (count - 1), Text("one", REPORT), long, Text("two", REPORT)])
    assert (found.cut, found.passages[0].key) == (True, "one")


class Likeness:
    """A small real embedder: a vector of how often each letter occurs."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        self.asked.append(len(texts))
        counted = [[text.lower().count(chr(97 + at)) + 0.01 for at in range(26)] for text in texts]
        lengths = [sum(value * value for value in row) ** 0.5 for row in counted]
        return [[v / n for v in row] for row, n in zip(counted, lengths, strict=True)]


def test_meaning_is_asked_of_the_best_fifty_alone_and_moves_them() -> None:
    pad = "".join(f"Row {number} of the ferry is zzzzzzzzzzzzzzzz qqqq.\n" for number in range(120))
    text = f"{pad}The ferry is xxxxxxxxxxxxxxxxxxxx.\n"
    model = Likeness()
    found = find("xxxxxxxxxxxxxxxxx is the ferry", [Text("one", text)], embedder=model)
    assert model.asked == [51]
    assert words(found.passages[0], text) == "The ferry is xxxxxxxxxxxxxxxxxxxx."


@given(
    claim=st.text(max_size=80),
    texts=st.lists(st.text(max_size=300), max_size=3),
    more=st.sampled_from(["", " 12 % in 2019.\n", "“the claim” is false, we found.\n"]),
)
def test_every_passage_is_a_piece_of_its_text(claim: str, texts: list[str], more: str) -> None:
    kept = [Text(str(number), f"{text}{more}{claim}") for number, text in enumerate(texts)]
    found = find(claim, kept)
    for passage in found.passages:
        text = kept[int(passage.key)].text
        assert 0 <= passage.start < passage.end <= len(text)
        assert all(passage.start <= a < b <= passage.end for a, b in passage.words)
        assert all(text[f.start : f.end] == f.found for f in passage.figures)
    scores = [passage.score for passage in found.passages]
    assert scores == sorted(scores, reverse=True)
