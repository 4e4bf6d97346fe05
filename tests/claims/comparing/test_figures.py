from datetime import date

import pytest

from claims.comparing.figures import dates_agree, interval


@pytest.mark.parametrize(
    ("iso", "days"),
    [
        ("2019", (date(2019, 1, 1), date(2019, 12, 31))),
        ("2020-02", (date(2020, 2, 1), date(2020, 2, 29))),
        ("~2020-02-03", (date(2020, 2, 3), date(2020, 2, 3))),
        ("2019/2020-06", (date(2019, 1, 1), date(2020, 6, 30))),
        ("2021/2020", None),
        ("2019-13", None),
        ("2019-02-30", None),
        ("", None),
        ("soon", None),
    ],
)
def test_the_days_of_an_expression(iso: str, days: tuple[date, date] | None) -> None:
    assert interval(iso) == days


def test_dates_agree_where_they_share_a_day() -> None:
    year, month, other = interval("2019"), interval("2019-12"), interval("2020-01")
    assert year is not None
    assert month is not None
    assert other is not None
    assert dates_agree(year, month)
    assert not dates_agree(month, other)
