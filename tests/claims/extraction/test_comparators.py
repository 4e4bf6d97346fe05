import pytest

from tests.claims.extraction.reading import rows


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("About 23 500 people came.", ["~ 23500 people"]),
        ("At least 14 people died.", [">= 14 people"]),
        ("At most 14 people died.", ["<= 14 people"]),
        ("Up to 14 people died.", ["<= 14 people"]),
        ("As many as 14 people died.", ["<= 14 people"]),
        ("Fewer than 14 people died.", ["< 14 people"]),
        ("Nearly 14 people died.", ["< 14 people"]),
        ("Some 14 people died.", ["~ 14 people"]),
        ("Around 14 people died.", ["~ 14 people"]),
        ("More than 14 people died.", ["> 14 people"]),
        ("Over 14 people died.", ["> 14 people"]),
        ("Under 14 people died.", ["< 14 people"]),
        ("Just under 14 people died.", ["< 14 people"]),
        ("Well over 140 people died.", ["> 140 people"]),
        ("More than a third of women work.", ["> 33.33 percent"]),
        ("Less than half of voters agreed.", ["< 50 percent"]),
        ("More than half the voters agreed.", ["> 50 percent"]),
        ("Over two million people have been displaced.", ["> 2000000 people"]),
        ("There are 12 million-plus users.", [">= 12000000 user"]),
        ("About 10,000-odd people came.", ["~ 10000 people"]),
        ("40+ people came.", [">= 40 people"]),
        ("People aged 65 and over got it.", [">= 65"]),
        ("People over 65 got it.", ["> 65"]),
        ("Some 40 or so people came.", ["~ 40 people"]),
        ("An estimated 40 people came.", ["~ 40 people"]),
        ("There were roughly 40 people.", ["~ 40 people"]),
        ("No fewer than 40 people came.", [">= 40 people"]),
        ("No more than 40 people came.", ["<= 40 people"]),
        ("The figure was ~40%.", ["~ 40 percent"]),
        ("The figure was >40%.", ["> 40 percent"]),
        ("Nearly $3 trillion was spent.", ["< 3000000000000 USD"]),
    ],
)
def test_what_bounds_a_number(text: str, found: list[str]) -> None:
    assert rows(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It costs $3-4 million.", ["range 3000000 to 4000000 USD"]),
        ("It costs $3 million to $4 million.", ["range 3000000 to 4000000 USD"]),
        ("Between 300 and 400 people came.", ["range 300 to 400 people"]),
        ("300 to 400 people came.", ["range 300 to 400 people"]),
        ("The figure was 40-50%.", ["range 40 to 50 percent"]),
        ("The figure was 40%–50%.", ["range 40 to 50 percent"]),
        ("The figure was 40 to 50 per cent.", ["range 40 to 50 percent"]),
        ("The figure was 1.5-2 million.", ["range 1500000 to 2000000"]),
        ("Prices range from $2 to $5.", ["range 2 to 5 USD"]),
        ("Children aged 5 to 11 got it.", ["range 5 to 11"]),
        ("The virus killed between 1 and 2 percent of patients.", ["range 1 to 2 percent"]),
        ("The budget is between €4m and €5m.", ["range 4000000 to 5000000 EUR"]),
        ("He spoke for three or four hours.", ["range 3 to 4 hour"]),
    ],
)
def test_a_range_is_one_quantity_with_two_bounds(text: str, found: list[str]) -> None:
    assert rows(text) == found
