"""Dates as people write them."""

import pytest

from claims.extraction.dates_in_words import addition, in_words
from claims.extraction.records import DateSpan


@pytest.mark.parametrize(
    ("before", "written", "iso", "added"),
    [
        ("in ", "February", "2024-02", " 2024"),
        ("", "last spring", "2023-03~", " (about March 2023)"),
        ("", "last year", "2023", " (2023)"),
        ("on ", "Tuesday", "2015-05-05", " (5 May 2015)"),
        ("on ", "May 16", "2015-05-16", ", 2015"),
        ("on ", "16 May", "2015-05-16", " 2015"),
        ("the following ", "May", "2019-05", " (May 2019)"),
        ("in ", "the 1990s", "1990/1999", ""),
        ("in ", "May 2019", "2019-05", ""),
        ("", "yesterday", "", ""),
    ],
)
def test_what_is_written_behind_a_date(before: str, written: str, iso: str, added: str) -> None:
    text = before + written
    assert addition(text, DateSpan(len(before), len(text), iso)) == added


def test_an_interval_is_written_with_to() -> None:
    assert in_words("2018-05-21/2018-05-27") == "21 May 2018 to 27 May 2018"
