from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.blocks import BLOCKS
from claims.standards import CHECKS, CODES, Facts, Result, lacking, weigh

WRITTEN = {"summary": "So.", **{block.code: "Words." for block in BLOCKS}}
WHOLE = Facts(
    has_rating=True,
    texts=WRITTEN,
    evidence=2,
    independent=2,
    supports=1,
    refutes=1,
    replies=("asked", "answered"),
    claimant="The minister",
    i_declared=True,
)


def found(facts: Facts, code: str, **levels: Any) -> Result:
    return next(result for result in weigh(facts, levels) if result.code == code)


def test_a_draft_that_meets_everything() -> None:
    assert all(result.holds for result in weigh(WHOLE, {}))
    assert lacking(weigh(WHOLE, {})) == ()


def test_an_empty_draft_lacks_everything_in_words() -> None:
    words = lacking(weigh(Facts(), {}))
    assert words[0] == "choose a rating"
    assert len(words) == sum(check.level == "error" for check in CHECKS)


@pytest.mark.parametrize(
    ("facts", "holds"),
    [
        ({"independent": 2}, True),
        ({"independent": 1}, False),
        ({"independent": 1, "primary": 1}, False),
        ({"independent": 1, "texts": {"sole_source_reason": "It counts."}}, False),
        ({"independent": 1, "primary": 1, "texts": {"sole_source_reason": "It counts."}}, True),
        ({"independent": 0}, False),
    ],
)
def test_two_independent_sources_or_a_primary_one_with_a_reason(
    facts: dict[str, Any],
    holds: bool,  # noqa: FBT001 (a parameter's value)
) -> None:
    assert found(Facts(**facts), "sources").holds is holds


@pytest.mark.parametrize(
    ("facts", "holds"),
    [
        ({"supports": 1, "refutes": 1}, True),
        ({"supports": 2}, False),
        ({"refutes": 1}, False),
        ({"supports": 1, "texts": {"considered": "Looked at the census."}}, True),
        ({}, False),
    ],
)
def test_both_sides_are_considered(
    facts: dict[str, Any],
    holds: bool,  # noqa: FBT001 (a parameter's value)
) -> None:
    assert found(Facts(**facts), "both_sides").holds is holds


@pytest.mark.parametrize(
    ("kinds", "holds"),
    [
        ((), False),
        (("asked",), False),
        (("asked", "silent"), True),
        (("asked", "answered"), True),
        (("not_asked",), True),
    ],
)
def test_asking_alone_is_no_right_of_reply(
    kinds: tuple[str, ...],
    holds: bool,  # noqa: FBT001 (a parameter's value)
) -> None:
    assert found(Facts(replies=kinds), "reply").holds is holds


def test_a_passage_that_no_longer_stands_counts_for_nothing() -> None:
    result = found(replace(WHOLE, unverified=1), "quotes")
    assert not result.holds
    assert "no longer stands" in result.detail


def test_whoever_has_not_declared_is_counted() -> None:
    assert found(replace(WHOLE, undeclared=1), "all_interests").detail == (
        "1 person has not declared."
    )
    assert found(replace(WHOLE, undeclared=2), "all_interests").detail == (
        "2 people have not declared."
    )


@given(st.dictionaries(st.sampled_from(CODES), st.sampled_from(["error", "warning", "off"])))
def test_the_desk_decides_of_all_but_the_fixed(levels: dict[str, Any]) -> None:
    shown = {result.code: result for result in weigh(Facts(), levels)}
    for check in CHECKS:
        level = check.level if check.fixed else levels.get(check.code, check.level)
        assert (check.code in shown) == (level != "off")
        if check.code in shown:
            assert shown[check.code].level == level
            assert shown[check.code].stops == (level == "error" and not shown[check.code].holds)
