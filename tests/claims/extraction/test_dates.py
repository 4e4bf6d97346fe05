from datetime import date

import pytest

from claims.extraction.dates import find_dates

PUBLISHED = date(2015, 5, 7)  # a Thursday


def _iso(text: str, published_on: date | None = PUBLISHED) -> list[str]:
    return [found.iso for found in find_dates(text, (0, len(text)), published_on)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("It opened on 18 October 2020.", "2020-10-18"),
        ("It opened on October 18, 2020.", "2020-10-18"),
        ("It opened on 2020-10-18.", "2020-10-18"),
        ("It opened in October 2020.", "2020-10"),
        ("It opened in 2020.", "2020"),
        ("It opened on Tuesday.", "2015-05-05"),
        ("It opened yesterday.", "2015-05-06"),
        ("It opened last March.", "2015-03"),
        ("It opened last November.", "2014-11"),
        ("It opened in June.", "2014-06"),
        ("It will open in June.", "2015-06"),
        ("It opened last year.", "2014"),
        ("It opened the year before.", "2014"),
        ("It opened on May 16.", "2014-05-16"),
        ("It opens on May 16.", "2015-05-16"),
        ("It opened on July 8 last year.", "2014-07-08"),
        ("It opened ten years ago.", "2005~"),
        ("It opened early in 2016.", "2016-01~"),
        ("It ran from 2004 to 2009.", "2004/2009"),
        ("It ran from November 20 to December 11.", "2014-11-20/2014-12-11"),
        ("It opened in the 1990s.", "1990/1999"),
        ("It opened in the first quarter of 2016.", "2016-01-01/2016-03-31"),
        ("It grew over the past 30 days.", "2015-04-07/2015-05-07"),
        ("It ends on 31 February 2016.", "2016-02"),
        ("It ends on 2016-02-30.", "2016-02"),
        ("It ends on 2016-00-10.", ""),
    ],
)
def test_expressions_are_resolved_against_the_day_of_publication(text: str, iso: str) -> None:
    assert _iso(text) == [iso]


@pytest.mark.parametrize(
    "text", ["It opened on Tuesday.", "It opened last March.", "In June it opened."]
)
def test_without_a_day_of_publication_nothing_is_made_up(text: str) -> None:
    assert _iso(text, None) == [""]


@pytest.mark.parametrize(
    "text", ["They may win.", "The march went on.", "About 2000 people came.", "Room 2015% of it."]
)
def test_what_is_no_date(text: str) -> None:
    assert _iso(text) == []
