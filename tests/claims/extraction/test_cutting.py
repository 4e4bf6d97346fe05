"""Where a sentence is cut: one case for each way in which it can hold two verdicts."""

import pytest

from claims.extraction import split


def exacts(sentence: str) -> list[str]:
    return [claim.exact for claim in split(sentence).claims]


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        pytest.param(
            "Soares, a lawyer who had defended prisoners, had been minister for six years.",
            ["Soares, a lawyer", "had defended prisoners", "had been minister for six years"],
            id="a role and a relative clause between subject and verb",
        ),
        pytest.param(
            "Raggi, the city's first woman mayor, said that its debt was 2 billion euros.",
            ["Raggi, the city's first woman mayor", "its debt was 2 billion euros"],
            id="a rank beside a name that is quoted",
        ),
        pytest.param(
            "A house that sold for 240,000 pounds in 2015 was auctioned last month for 85,000.",
            ["A house that sold for 240,000 pounds in 2015", "was auctioned last month for 85,000"],
            id="a restrictive clause with a figure, and the verb behind it",
        ),
        pytest.param(
            "The ferry sank off Lesbos with 63 people on board, killing 41 of them.",
            ["The ferry sank off Lesbos", "63 people on board", "killing 41 of them"],
            id="a count beside what happened, and a deed that followed",
        ),
        pytest.param(
            "The council sold the library, closed two schools and dismissed 40 teachers.",
            ["The council sold the library", "closed two schools", "dismissed 40 teachers"],
            id="several deeds of one subject",
        ),
        pytest.param(
            "By closing its plant in Hull, the company has left 300 people without work.",
            ["By closing its plant in Hull", "the company has left 300 people without work"],
            id="what was done, and what came of it",
        ),
        pytest.param(
            "He flew to Brazil on Thursday, after the court had ordered his arrest.",
            ["He flew to Brazil on Thursday", "after the court had ordered his arrest"],
            id="an event and the one before it",
        ),
        pytest.param(
            "The bridge was opened by the king, in a ceremony watched by 3,000 people, in 1932.",
            ["The bridge was opened by the king, in a ceremony watched by 3,000 people, in 1932"],
            id="an insertion without a verb of its own stays",
        ),
        pytest.param(
            "Inflation fell to 2.6%, down from 10.6% in October 2022.",
            ["Inflation fell to 2.6%, down from 10.6% in October 2022"],
            id="one change, however it is told",
        ),
        pytest.param(
            "She was the first president in 61 years who did not belong to the party.",
            ["She was the first president in 61 years who did not belong to the party"],
            id="a rank is nothing without its clause",
        ),
        pytest.param(
            "The ministry has announced that it will close 12 courts by June.",
            ["The ministry has announced that it will close 12 courts by June"],
            id="an announced plan is checked as announced",
        ),
        pytest.param(
            "The pilots were not told that the system existed.",
            ["The pilots were not told that the system existed"],
            id="that something was not said is the claim",
        ),
        pytest.param(
            "One in five households could not pay its rent in February.",
            ["One in five households could not pay its rent in February"],
            id="inability is no prediction",
        ),
        pytest.param(
            "Will they repay the loan they took last spring?",
            ["the loan they took last spring"],
            id="what a question takes for granted",
        ),
        pytest.param("Will they ever repay it?", [], id="a question that states nothing"),
        pytest.param("Prices will double by 2030.", [], id="a forecast of nobody's"),
        pytest.param(
            "Madam Speaker, the fund paid out 4 million pounds in 2021.",
            ["the fund paid out 4 million pounds in 2021"],
            id="whom one speaks to",
        ),
        pytest.param("He is a liar and a coward.", [], id="an insult"),
        pytest.param("Trains stopped.", ["Trains stopped"], id="a short event"),
    ],
)
def test_sentence_is_cut_into(sentence: str, claims: list[str]) -> None:
    assert exacts(sentence) == claims


def test_a_dateline_inside_the_first_paragraph_dates_the_article() -> None:
    text = (
        "Council closes libraries\n\n"
        "PORTO, May 12, 2021 — The council closed 12 of its libraries last year, officials said.\n"
    )
    (claim,) = split(text).claims
    assert [found.iso for found in claim.dates] == ["2020"]
