import pytest

from claims.views.dates import DateWords, date_words


@pytest.mark.parametrize(
    ("iso", "read"),
    [
        ("2019", "2019"),
        ("2019-03", "March 2019"),
        ("2019-03-02", "2 March 2019"),
        ("2019~", "about 2019"),
        ("2019-03/2020-01-05", "March 2019 to 5 January 2020"),
        ("2019/..", "since 2019"),
        ("../2019-03", "until March 2019"),
        ("2019-21", "2019-21"),
        ("P3Y", "P3Y"),
        ("", ""),
    ],
)
def test_a_date_reads_as_people_say_it(iso: str, read: str) -> None:
    assert date_words("last\n March", iso) == DateWords("last March", read)
