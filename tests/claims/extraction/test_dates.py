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


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("It opened this week.", ["2015-05-04/2015-05-10"]),
        ("It opened last spring.", ["2014-03~"]),
        ("It fell over the past decade.", ["2005-05-07/2015-05-07"]),
        ("It opened three years ago.", ["2012~"]),
        ("It opened in mid-2019.", ["2019-06~"]),
        ("It opened in early March.", ["2015-03~"]),
        ("It opened early in March 2014.", ["2014-03~"]),
        ("She has led it since 2009.", ["2009"]),
        ("It ran between 1990 and 2015.", ["1990/2015"]),
        ("It ran 12 to 14 May.", ["2014-05-12/2014-05-14"]),
        ("It ran on May 5-7.", ["2015-05-05/2015-05-07"]),
        ("It was attacked in the night of 3 to 4 March.", ["2015-03-03/2015-03-04"]),
        ("It closes at year end.", ["2015-12-31"]),
        ("It fell in the first quarter of 2023.", ["2023-01-01/2023-03-31"]),
        ("It fell in Q3.", ["2014-07-01/2014-09-30"]),
        ("It fell in Q3 2022.", ["2022-07-01/2022-09-30"]),
        ("It fell in fiscal 2022/23.", ["2022/2023"]),
        ("It fell in fiscal 2023.", ["2023"]),
        ("It opened on New Year's Eve.", ["2014-12-31"]),
        ("It opened on Christmas Day.", ["2014-12-25"]),
        ("It opened on Christmas Day 2012.", ["2012-12-25"]),
        ("It opened at the turn of the century.", ["2000~"]),
        ("Two weeks later, it closed.", [""]),
        ("It closed two weeks later.", [""]),
        ("It will be built by 2030.", ["2030"]),
        ("It began at 9:30 p.m. on Friday.", ["2015-05-01"]),
        ("It opened last night.", ["2015-05-06"]),
        ("It will open next month.", ["2015-06"]),
        ("It closed the previous day.", [""]),
        ("It closed the next day.", [""]),
        ("It closed the following week.", [""]),
        ("It closed a week earlier.", [""]),
        ("It opened a year ago today.", ["2014~", "2015-05-07"]),
        ("It opened half a century ago.", ["1965~"]),
        ("It opened twenty-five years ago.", ["1990~"]),
        ("It opened in the early 1980s.", ["1980/1989"]),
        ("It opened in the eighties.", ["1980/1989"]),
        ("It opened in the '90s.", ["1990/1999"]),
        ("It opened in the late 19th century.", ["1801/1900"]),
        ("It opened on the 5th of May 2013.", ["2013-05-05"]),
        ("It opened on 5th May 2013.", ["2013-05-05"]),
        ("It opened on Tuesday, 5 May.", ["2015-05-05"]),
        ("It opened on Tuesday, May 5, 2015.", ["2015-05-05"]),
        ("It opened on Sept. 11, 2001.", ["2001-09-11"]),
        ("It opened on 11 September 2001.", ["2001-09-11"]),
        ("It opened in September 2001.", ["2001-09"]),
        ("It opened in the summer of 2012.", ["2012-06~"]),
        ("It opened in summer 2012.", ["2012-06~"]),
        ("It opened this spring.", ["2015-03~"]),
        ("It opened last summer.", ["2014-06~"]),
        ("It will open next spring.", ["2016-03~"]),
        ("It opened last Friday.", ["2015-05-01"]),
        ("It will open next Friday.", ["2015-05-08"]),
        ("It opened last weekend.", ["2015-05-02/2015-05-03"]),
        ("It opened this morning.", ["2015-05-07"]),
        ("It opened earlier this year.", ["2015"]),
        ("It opened late last year.", ["2014"]),
        ("It opened earlier this month.", ["2015-05"]),
        ("It opened in the last three years.", ["2012-05-07/2015-05-07"]),
        ("It opened in the past few days.", ["2015-05-04~"]),
        ("It opened on 13/05/2014.", ["2014-05-13"]),
        ("It opened on 5/6/2014.", [""]),
        ("It opened on 13.05.2014.", ["2014-05-13"]),
        ("It opened on 2014-05-13.", ["2014-05-13"]),
        ("It ran from 28 February to 3 March.", ["2015-02-28/2015-03-03"]),
        ("It ran from March to May 2014.", ["2014-03/2014-05"]),
        ("It ran from March 2013 to May 2014.", ["2013-03/2014-05"]),
        ("It opened in March this year.", ["2015-03"]),
        ("It opened in November last year.", ["2014-11"]),
        ("It opened in the second half of 2014.", ["2014-07-01/2014-12-31"]),
        ("It opened in the first half of the year.", ["2015-01-01/2015-06-30"]),
        ("It fell in the fourth quarter.", ["2014-10-01/2014-12-31"]),
        ("It fell last quarter.", ["2015-01-01/2015-03-31"]),
        ("It opened by the end of 2016.", ["2016-12~"]),
        ("It opened at the end of March.", ["2015-03~"]),
        ("It opened at the beginning of 2014.", ["2014-01~"]),
        ("It opened in 2014 and closed in 2015.", ["2014", "2015"]),
        ("It opened in 2014-15.", ["2014/2015"]),
        ("Since last year it grew.", ["2014"]),
        ("It will vote on May 7.", ["2015-05-07"]),
        ("Elections are held on 12 July.", ["2015-07-12"]),
        ("He was born on 4 July 1776.", ["1776-07-04"]),
        ("In the 2020s it grew.", ["2020/2029"]),
        ("It opened on May Day.", ["2015-05-01"]),
        ("It opened the day before.", [""]),
        ("They may win in May.", ["2015-05"]),
        ("He marched in March.", ["2015-03"]),
        ("It rose on Monday and Tuesday.", ["2015-05-04", "2015-05-05"]),
        ("It opened on Monday night.", ["2015-05-04"]),
        ("It opened on Halloween.", ["2014-10-31"]),
        ("It opened several months ago.", ["2015-02~"]),
        ("It opened some 20 years ago.", ["1995~"]),
        ("It opened more than ten years ago.", ["2005~"]),
        ("It opened nearly a decade ago.", ["2005~"]),
    ],
)
def test_more_ways_to_tell_a_date(text: str, iso: list[str]) -> None:
    assert _iso(text) == iso
