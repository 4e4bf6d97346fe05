import pytest

from tests.claims.extraction.reading import rows


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Unemployment rose by 1.2 percentage points to 6.4%.",
            ["= 6.4 percent; increase to 6.4 by 1.2 percentage_point"],
        ),
        (
            "Unemployment rose 1.2 points to 6.4 percent.",
            ["= 6.4 percent; increase to 6.4 by 1.2 point"],
        ),
        (
            "The rate fell to 4.1%, down from 4.5% a year earlier.",
            ["= 4.1 percent; decrease from 4.5 to 4.1", "= 4.5 percent"],
        ),
        (
            "The population reached 1.3 million people, up from 1.1 million in 2010.",
            ["= 1300000 people; increase from 1100000 to 1300000", "= 1100000 people"],
        ),
        ("Sales grew by 344% in ten years.", ["= 344 percent; increase by 344", "= 10 year"]),
        ("Sales grew to 344% of the target.", ["= 344 percent; increase to 344"]),
        ("The number of cases doubled to 40.", ["= 40; increase to 40"]),
        ("The number of beds halved to 200.", ["= 200; decrease to 200"]),
        ("Exports rose fivefold.", ["= 5 times; increase by 5"]),
        ("Approval fell from 60% to 36%.", ["= 36 percent; decrease from 60 to 36"]),
        ("The temperature fell to minus 4 degrees.", ["= -4 degree; decrease to -4"]),
        ("The economy shrank, with growth of -0.3%.", ["= -0.3 percent; decrease by 0.3"]),
        ("The bank cut rates by 25 basis points.", ["= 25 basis_point; decrease by 25"]),
        (
            "The bank raised rates by a quarter point to 5.25%.",
            ["= 5.25 percent; increase to 5.25 by 0.25 point"],
        ),
        ("It fell 0.3 per cent in the first quarter.", ["= 0.3 percent; decrease by 0.3"]),
        ("A 3% rise was announced.", ["= 3 percent; increase by 3"]),
        (
            "The turnout was 71%, a drop of 3 points from 2010.",
            ["= 71 percent", "= 3 point; decrease by 3"],
        ),
        (
            "Inflation slowed from 8.1% in May to 7.4% in June.",
            ["= 7.4 percent; decrease from 8.1 to 7.4"],
        ),
        (
            "Wages increased 5 percent year on year to 2,100 euros.",
            ["= 2100 EUR; increase to 2100 by 5 percent"],
        ),
        (
            "Spending would increase by between 2 and 3 percent.",
            ["range 2 to 3 percent; increase by 2"],
        ),
        ("It rose by up to 5%.", ["<= 5 percent; increase by 5"]),
        ("It rose more than 5%.", ["> 5 percent; increase by 5"]),
        ("Crime is down 12% since 2010.", ["= 12 percent; decrease by 12"]),
        ("Crime was up 12 per cent on last year.", ["= 12 percent; increase by 12"]),
        ("Crime was 12% lower than in 2010.", ["= 12 percent; decrease by 12"]),
        ("There were 12% more crimes than in 2010.", ["= 12 percent; increase by 12"]),
        ("The number of jobs fell by 300,000.", ["= 300000; decrease by 300000"]),
        ("The share price tripled to $30.", ["= 30 USD; increase to 30"]),
        ("Emissions were cut by half.", ["= 50 percent; decrease by 50"]),
        ("Emissions fell by a third.", ["= 33.33 percent; decrease by 33.33"]),
        ("Emissions fell by two thirds.", ["= 66.67 percent; decrease by 66.67"]),
        (
            "Emissions fell by one fifth to 40 million tonnes.",
            ["= 40000000 tonne; decrease to 40000000 by 20"],
        ),
        (
            "It rose from 4 million in 2010 to 6 million in 2020.",
            ["= 6000000; increase from 4000000 to 6000000"],
        ),
        ("It went from 4 to 6 million.", ["= 6000000; increase from 4000000 to 6000000"]),
        ("The S&P 500 rose 1.2%.", ["= 1.2 percent; increase by 1.2"]),
        ("The euro fell to $1.08.", ["= 1.08 USD; decrease to 1.08"]),
        ("Rates rose by half a percentage point.", ["= 0.5 percentage_point; increase by 0.5"]),
        (
            "Revenue was $4.2 billion, compared with $3.9 billion a year earlier.",
            ["= 4200000000 USD; increase from 3900000000 to 4200000000", "= 3900000000 USD"],
        ),
        (
            "The share fell by 5 points, from 40% to 35%.",
            ["= 35 percent; decrease from 40 to 35 by 5 point"],
        ),
        ("Deaths rose from 40 to 52.", ["= 52; increase from 40 to 52"]),
        (
            "The fund lost 3.4%, or $2 million.",
            ["= 3.4 percent; decrease by 3.4", "= 2000000 USD; decrease by 2000000"],
        ),
    ],
)
def test_how_a_measure_moved(text: str, found: list[str]) -> None:
    assert rows(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Unemployment jumped from 4.4 percent in March to 14.7 percent in April.",
            ["= 14.7 percent; increase from 4.4 to 14.7"],
        ),
        (
            "The population grew from 3.2 million to 4.1 million, an increase of 28%.",
            ["= 4100000; increase from 3200000 to 4100000", "= 28 percent; increase by 28"],
        ),
        (
            "Profits rose 12% to $1.2bn, up from $1.07bn a year earlier.",
            [
                "= 1200000000 USD; increase from 1070000000 to 1200000000 by 12 percent",
                "= 1070000000 USD",
            ],
        ),
        (
            "The rate of inflation was 2.1% in May, compared with 1.8% in April.",
            ["= 2.1 percent; increase from 1.8 to 2.1", "= 1.8 percent"],
        ),
        (
            "It is the first time since 2010 that the rate fell below 4%.",
            ["< 4 percent; decrease to 4"],
        ),
        ("The deficit narrowed to 3.1% of GDP.", ["= 3.1 percent; decrease to 3.1"]),
        (
            "He received 2.3 million votes, 400,000 more than in 2015.",
            ["= 2300000 vote", "= 400000; increase by 400000"],
        ),
        (
            "The gap widened by 0.4 percentage points to 2.1 points.",
            ["= 2.1 point; increase to 2.1 by 0.4 percentage_point"],
        ),
        (
            "The minimum wage will rise to €12 an hour in October.",
            ["= 12 EUR per hour; increase to 12"],
        ),
        ("Rent went up $200 a month.", ["= 200 USD per month; increase by 200"]),
        ("It shrank by as much as 9.5 per cent.", ["<= 9.5 percent; decrease by 9.5"]),
        ("The figure is 3 to 5 times higher.", ["range 3 to 5 times; increase by 3"]),
        ("Sales fell 3.2% year-on-year in Q2.", ["= 3.2 percent; decrease by 3.2"]),
        ("The index closed up 1.3% at 3,756.", ["= 3756; increase to 3756 by 1.3 percent"]),
        (
            "The tax on incomes over £150,000 rose from 45p to 50p.",
            ["> 150000 GBP", "= 50 penny; increase from 45 to 50"],
        ),
        (
            "The temperature rose 1.1°C above pre-industrial levels.",
            ["= 1.1 degree Celsius; increase by 1.1"],
        ),
        ("The third quarter saw 2% growth.", ["= 2 percent; increase by 2"]),
    ],
)
def test_moves_in_longer_sentences(text: str, found: list[str]) -> None:
    assert rows(text) == found
