import pytest

from claims.finding.figures import compared, same_date
from claims.finding.question import question


def relations(claim: str, passage: str) -> list[tuple[str, str, str]]:
    found = compared(question(claim), passage, 0, len(passage))
    return [(figure.relation, figure.claimed, figure.found) for figure in found]


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("Poverty was 36 %.", "Poverty stood at 36 percent.", ("same", "36 %", "36 percent")),
        ("Poverty was 36 %.", "Poverty stood at 34.4 %.", ("contrary", "36 %", "34.4 %")),
        ("Jobs rose by 344 %.", "Jobs rose by 34.4 %.", ("contrary", "344 %", "34.4 %")),
        ("It has 26 million users.", "It has 26.2 million users.", ("same",)),
        ("It has 26 million users.", "It has 26.8 million users.", ("contrary",)),
        ("More than 5,000 people came.", "Some 5,430 people came.", ("same",)),
        ("More than 5,000 people came.", "Some 4,900 people came.", ("contrary",)),
        ("Rents rose by 9 %.", "Rents fell by 9 %.", ("contrary",)),
        ("Poverty fell from 60% to 36%.", "Poverty fell from 60% to 36%.", ("same",)),
        ("Poverty fell from 60% to 36%.", "Poverty fell from 60% to 38%.", ("contrary",)),
        ("It happened in May 2019.", "On 3 May 2019 it happened.", ("same",)),
        ("It happened in May 2019.", "On 3 June 2019 it happened.", ("contrary",)),
        ("It cost $5 million.", "It cost five million dollars.", ("same",)),
    ],
)
def test_a_figure_of_the_claim_beside_the_passage_s(
    claim: str, passage: str, expected: tuple[str, ...]
) -> None:
    (found,) = relations(claim, passage)
    assert found[: len(expected)] == expected


@pytest.mark.parametrize(
    "passage",
    ["Poverty stood high.", "Poverty cost 36 million dollars.", "There were 34 schools."],
)
def test_other_units_say_nothing(passage: str) -> None:
    assert relations("Poverty was 36 %.", passage) == []


def test_each_figure_of_the_passage_answers_for_one_of_the_claim_s() -> None:
    found = relations("It rose from 12 % in 2018.", "It was 12 % in 2018 and 15 % in 2019.")
    assert [item[0] for item in found] == ["same", "same"]


def test_a_claim_without_figures_compares_none() -> None:
    assert relations("The ferry sank.", "In 2019, 12 % sank.") == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2019", "2019-05-03", True),
        ("2019-05", "2019-06", False),
        ("2018/2020", "2019", True),
        ("2019", "2018/2020", True),
        ("2021", "2018/2020", False),
        ("2018/2020", "2018/2020", True),
        ("2018/2020", "2018/2021", False),
        ("", "2019", False),
    ],
)
def test_dates_are_the_same_when_one_lies_in_the_other(one: str, other: str, *, same: bool) -> None:
    assert same_date(one, other) is same
