from decimal import Decimal
from typing import Any

import pytest

from claims.models import Quantity
from claims.views.quantities import QuantityWords, quantity_words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": Decimal("55.10"), "unit": "%"}, QuantityWords("55.1 %", "")),
        ({"value": Decimal(41_200), "unit": "passengers"}, QuantityWords("41,200 passengers", "")),
        ({"value": Decimal(2019)}, QuantityWords("2019", "")),
        ({"value": Decimal(2), "unit": "rank"}, QuantityWords("rank 2", "")),
        ({"value": Decimal(12), "unit": "year"}, QuantityWords("12 years", "")),
        ({"value": Decimal(1), "unit": "year"}, QuantityWords("1 year", "")),
        (
            {"value": Decimal("4.9"), "unit": "percent per year"},
            QuantityWords("4.9 % per year", ""),
        ),
        ({"value": Decimal(440), "unit": "BOB per month"}, QuantityWords("440 BOB per month", "")),
        ({"value": Decimal(88), "comparator": ">"}, QuantityWords("more than 88", "")),
        (
            {"value": Decimal(40), "upper": Decimal(50_000), "unit": "%", "comparator": "range"},
            QuantityWords("between 40 and 50,000 %", ""),
        ),
        ({"value": Decimal(-3), "vague": True}, QuantityWords("-3, vague", "")),
        (
            {
                "value": Decimal(36),
                "unit": "%",
                "change_direction": "decrease",
                "change_from": Decimal(60),
                "change_to": Decimal(36),
                "change_unit": "%",
            },
            QuantityWords("36 %", "decrease from 60 % to 36 %"),
        ),
        (
            {
                "value": Decimal("6.4"),
                "unit": "percent",
                "change_direction": "increase",
                "change_to": Decimal("6.4"),
                "change_by": Decimal("1.2"),
                "change_unit": "percentage_point",
            },
            QuantityWords("6.4 %", "increase by 1.2 percentage points to 6.4 %"),
        ),
    ],
)
def test_a_quantity_reads_as_people_say_it(fields: dict[str, Any], words: QuantityWords) -> None:
    assert quantity_words(Quantity(**fields)) == words
