"""Passages that are no sentences, put into the shape of one."""

from datetime import date

import pytest

from claims.extraction import split


def _texts(text: str) -> list[str]:
    return [claim.text for claim in split(text, published_on=date(2024, 3, 12)).claims]


@pytest.mark.parametrize(
    ("text", "restated"),
    [
        (
            "The governor of the Bank of Spain, who was appointed in 2018, spent 4 million.",
            "The governor of the Bank of Spain was appointed in 2018.",
        ),
        (
            "The plant, closed by the court in 2011, employed 400 workers.",
            "The plant was closed by the court in 2011.",
        ),
        (
            "Christine Lagarde, the bank's first woman president, said that prices fell by 3%.",
            "Christine Lagarde is the bank's first woman president.",
        ),
        (
            "Unemployment rose by 1.2 percentage points to 6.4%, the highest rate since 2009.",
            "Unemployment rose by 1.2 percentage points to 6.4%, the highest rate since 2009.",
        ),
        ("Will they repay the loan they took last spring?",
         "They took the loan last spring (about March 2023)."),
        (
            "The wall, which the county had inspected in 2016, fell on 3 May 2019.",
            "The county had inspected the wall in 2016.",
        ),
        (
            "Half of the power comes from dams in the north, which are linked by only two lines.",
            "Dams in the north are linked by only two lines.",
        ),
        (
            "The dispute began in May when Tesk extended its fishing zone from 12 to 40 miles.",
            "Tesk extended its fishing zone from 12 to 40 miles.",
        ),
        (
            "The editor was kept for 40 days at the base in 2010 and then transferred in May 2011.",
            "The editor was transferred in May 2011.",
        ),
    ],
)  # fmt: skip
def test_a_passage_becomes_a_sentence(text: str, restated: str) -> None:
    assert restated in _texts(text)


def test_a_subject_before_an_aside_is_found() -> None:
    text = "The government, I gladly acknowledge, kept 40 schools open in 2019."
    assert _texts(text) == ["The government kept 40 schools open in 2019."]


def test_a_second_verb_that_may_belong_to_either_is_not_given_a_subject() -> None:
    text = (
        "Engineers strapped engines onto a design that had first flown in 1967 and hid 40 faults."
    )
    assert not any(restated.startswith("A design hid") for restated in _texts(text))
