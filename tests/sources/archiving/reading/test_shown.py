from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.archiving.reading.tables.shown import shown

MOMENT = datetime(2019, 3, 5, 14, 7, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (None, "General", ""),
        (True, "General", "TRUE"),
        ("36 %", "@", "36 %"),
        (0.344, "General", "0.344"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "General", "100000000000000000000"),
        (0.344, "0.0%", "34.4%"),
        (3.44, "0%", "344%"),
        (36.4, '0.0" %"', "36.4 %"),
        (12345.678, "#,##0.00", "12,345.68"),
        (2.5, "0", "3"),
        (-2.5, "0", "-3"),
        (0, "#,##0", "0"),
        (0.5, "#.##", ".5"),
        (1.5, "0.0#", "1.5"),
        (42, "00000", "00042"),
        (1234567, '#,##0,"k"', "1,235k"),
        (1234, '"€"#,##0', "€1,234"),
        (-3.25, "[$€-407] #,##0.0", "-€ 3.3"),
        (-1234, "#,##0;[Red]-#,##0", "-1,234"),
        (-3, "0.0;(0.0)", "(3.0)"),
        (2, "+0.0;-0.0;0.0", "+2.0"),
        (0, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "-"),
        (0.5, "# ?/?", "0.5"),
        (12345.0, "0.00E+00", "12345"),
        (float("inf"), "0", "inf"),
    ],
)
def test_a_value_is_shown_in_its_format(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format).strip() == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (MOMENT, "yyyy-mm-dd", "2019-03-05"),
        (MOMENT, "dd/mm/yyyy", "05/03/2019"),
        (MOMENT, "d. mmmm yyyy", "5. March 2019"),
        (MOMENT, "[$-409]d mmm yyyy;@", "5 Mar 2019"),
        (MOMENT, "mmm-yy", "Mar-19"),
        (MOMENT, "h:mm AM/PM", "2:07 PM"),
        (MOMENT, "hh:mm:ss", "14:07:09"),
        (MOMENT, "mm:ss", "07:09"),
        (date(2019, 3, 5), "yyyy\\-mm", "2019-03"),
        (time(9, 5), "h:mm", "9:05"),
        (timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
        (date(2019, 3, 5), "General", "2019-03-05"),
    ],
)
def test_a_day_is_shown_in_its_format(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@given(st.floats(allow_nan=False) | st.integers(), st.text(max_size=20))
def test_any_format_gives_a_text(value: float, number_format: str) -> None:
    assert isinstance(shown(value, number_format), str)


@given(st.datetimes(), st.text(alphabet='ymdhs:[]-/. "\\AMP;', max_size=20))
def test_any_format_of_a_day_gives_a_text(value: datetime, number_format: str) -> None:
    assert shown(value, number_format)
