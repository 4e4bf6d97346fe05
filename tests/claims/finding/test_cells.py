"""Cells of tables beside passages: found by their headings, numbers, units and years."""

import random
import time
import tracemalloc
from dataclasses import replace

import pytest

from claims.finding import Cell, Finding, Table, Text, find
from claims.finding.shortlist import KEPT, MOST_CELLS
from sources.anchoring import Grid
from tests.claims.finding.tables import ASKED, Asked, grids

GRIDS = grids()
TABLES = [Table(key, grid) for key, grid in GRIDS.items()]
POVERTY = Grid(
    "Poverty in Latin America",
    (
        ("Country", "Share of people (%)", "Share of people (%)"),
        ("Country", "2019", "2020"),
        ("Bolivia", "36.1", "39.0"),
        ("Peru", "20.2", "30.1"),
    ),
    2,
    1,
    ((0, 0, 2, 1), (0, 1, 1, 2)),
)
CLAIM = "In 2019, 36.1% of the people of Bolivia were poor."


def found(claim: str, *tables: Grid, text: str = "") -> Finding:
    texts = [Text("text", text)] if text else []
    return find(claim, texts, [Table(str(n), grid) for n, grid in enumerate(tables)])


def best(claim: str, *tables: Grid) -> Cell:
    return found(claim, *tables).cells[0]


def place(cell: Cell) -> tuple[str, int, int]:
    return cell.key, cell.row, cell.column


def rank(asked: Asked) -> int:
    """Return the rank of the right cell among all tables of the set; 0 where it is not found."""
    cells = find(asked.claim, [], TABLES, language=asked.language).cells
    wanted = asked.table, asked.row, asked.column
    return next((n for n, cell in enumerate(cells, 1) if place(cell) == wanted), 0)


def test_the_right_cell_comes_first_for_nearly_all_claims_of_the_set() -> None:
    ranks = [rank(asked) for asked in ASKED]
    assert ranks.count(1) >= 0.9 * len(ASKED)
    assert all(1 <= each <= 3 for each in ranks)


def test_a_cell_says_what_of_the_claim_stands_there() -> None:
    cell = best(CLAIM, POVERTY)
    assert (cell.row, cell.column) == (2, 1)
    assert cell.line == "Poverty in Latin America: Bolivia, Share of people (%), 2019: 36.1 %"
    assert [(f.found, f.claimed) for f in cell.agreeing] == [("36.1", "36.1%"), ("2019", "2019")]
    assert [cell.line[start:end] for start, end in cell.words] == [
        "Bolivia",
        "people",
        "2019",
        "36.1",
    ]
    assert [(part.kind, part.text) for part in cell.parts] == [
        ("caption", "Poverty in Latin America"),
        ("name", "Bolivia"),
        ("head", "Share of people (%)"),
        ("head", "2019"),
        ("value", "36.1"),
    ]
    for part in cell.parts[:-1]:
        assert cell.line[part.start : part.end] == part.text


def test_another_number_under_the_same_headings_is_contrary() -> None:
    cell = best(CLAIM.replace("36.1%", "63%"), POVERTY)
    assert (cell.row, cell.column) == (2, 1)
    assert [(f.found, f.claimed) for f in cell.contrary] == [("36.1", "63%")]


def test_either_end_of_a_change_is_a_cell_of_its_own() -> None:
    claim = "In Bolivia the share of poor people rose from 36.1% in 2019 to 39% in 2020."
    first, second = found(claim, POVERTY).cells[:2]
    assert {(first.row, first.column), (second.row, second.column)} == {(2, 1), (2, 2)}
    assert all(any(f.kind == "number" for f in cell.agreeing) for cell in (first, second))


def test_names_and_years_of_a_row_tell_it_from_others_of_the_same_name() -> None:
    cell = best("Inflation in Germany was 6% in 2023.", GRIDS["prices"])
    assert (cell.row, cell.column) == (6, 2)
    assert cell.line == "Consumer prices: Germany, 2023, Annual inflation (%): 6 %"


@pytest.mark.parametrize(
    ("head", "written", "claim", "read"),
    [
        ("Exports (US$ billion)", "40.9", "Peru exported for $40.9 billion.", "US$40.9 billion"),
        ("Exports, thousand tonnes", "1 234,5", "Peru exported goods.", "1,234.5 thousand"),
        ("Percentage points", "−1.5", "Peru fell by 1.5 points.", "-1.5 percentage points"),
        ("Exports in euros", "40.9", "Peru exported goods.", "40.9 euros"),
        ("Exports", "1.234,5", "Peru exported goods.", "1,234.5"),
        ("Exports (%)", "n/a 3", "Peru exported goods.", "n/a 3"),
        ("Exports (%)", "1,2,34", "Peru exported goods.", "1,2,34"),
    ],
)  # fmt: skip
def test_the_unit_of_a_number_stands_in_its_headings(
    head: str, written: str, claim: str, read: str
) -> None:
    grid = Grid("", (("Country", head), ("Peru", written), ("Chile", "7")), 1, 1)
    cell = best(claim, grid)
    assert cell.line.partition(": ")[2] == read
    assert cell.parts[-1].text == written


def test_a_merged_cell_is_listed_once_with_all_its_headings() -> None:
    merged = replace(
        POVERTY,
        rows=(*POVERTY.rows[:2], ("Bolivia", "36.1", "36.1"), POVERTY.rows[3]),
        merges=(*POVERTY.merges, (2, 1, 1, 2)),
    )
    cells = [cell for cell in found(CLAIM, merged).cells if cell.row == 2]
    assert [(cell.row, cell.column) for cell in cells] == [(2, 1)]
    assert "2019, 2020: 36.1 %" in cells[0].line


def test_cells_and_passages_are_scored_alike() -> None:
    text = "The weather in Bolivia was fine.\nIn 2019, 36.1% of the people of Bolivia were poor."
    passages = found(CLAIM, text=text).passages
    both = found(CLAIM, POVERTY, text=text)
    assert [p.start for p in both.passages] == [p.start for p in passages]
    sentence, weather = both.passages
    assert sentence.score > both.cells[0].score > weather.score


def test_headings_words_and_years_are_no_cells_to_suggest() -> None:
    grid = Grid(
        "", (("Country", "Note", "Share"), ("Bolivia", "poor", "36"), ("Peru", "", "")), 1, 1
    )
    assert [(cell.row, cell.column) for cell in found("Bolivia is poor", grid).cells] == [(1, 2)]


@pytest.mark.parametrize(
    "grid",
    [
        Grid("", ()),
        Grid("Bolivia", ((),)),
        Grid("Bolivia", (("Bolivia", "2019"),), 1, 1),
        Grid("Bolivia", (("36.1", "2019"), ("36.1", "1")), 0, 0, ((0, 0, 9, 9),)),
        Grid("", (("x" * 5000, "36.1" * 1000), ("Bolivia" * 500, "36.1%\u2028")), 1, 1),
    ],
)
def test_odd_tables_break_nothing(grid: Grid) -> None:
    for cell in found(CLAIM, grid).cells:
        assert grid.text(cell.row, cell.column) == cell.parts[-1].text


@pytest.mark.parametrize("claim", ["", "?!", "(( [", "0", "more than 40", "1E999 percent"])
def test_odd_claims_break_nothing(claim: str) -> None:
    assert len(found(claim, POVERTY).cells) <= KEPT


def large(height: int, width: int) -> Grid:
    pick = random.Random(7)  # noqa: S311 (not a secret)
    head = ("Country", *(f"{1800 + n} share of people" for n in range(1, width)))
    body = [
        (f"Land {n}", *(f"{pick.randrange(1000) / 10}" for _ in range(1, width)))
        for n in range(1, height)
    ]
    body[height // 2] = ("Bolivia", *("36.1" if n == 219 else "7.5" for n in range(1, width)))
    return Grid("Poverty (%)", (head, *body), 1, 1)


def test_a_table_of_100_000_cells_is_searched_in_bounded_time_and_memory() -> None:
    grid = large(400, 250)
    began = time.process_time()
    cell = best(CLAIM, grid)
    assert time.process_time() - began < 2
    assert grid.rows[cell.row][0] == "Bolivia"
    assert grid.rows[0][cell.column].startswith("2019")
    tracemalloc.start()
    best(CLAIM, grid)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 2**20


def test_more_cells_than_the_bound_are_passed_over_and_that_is_said() -> None:
    wide = Grid("", (("7",) * 250,) * (MOST_CELLS // 250), 0, 0)
    assert not found(CLAIM, POVERTY).cut
    both = found(CLAIM, POVERTY, wide)
    assert both.cut
    assert {cell.key for cell in both.cells} == {"0"}
