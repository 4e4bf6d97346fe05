import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import sealing
from sources.anchoring import Grid
from sources.models import ExtractedTable, ExtractedText
from sources.views.gridding import MOST_ROWS, place_of, table_page
from tests import factories


def of(grid: Grid) -> ExtractedTable:
    return sealing.table_row(ExtractedText(pk=1), 1, grid)


POVERTY = of(Grid("", factories.ROWS, 2, 1, ((0, 0, 2, 1), (0, 1, 1, 2))))
LONG = of(
    Grid("", (("year", "n"), *((str(n), str(n)) for n in range(250))), 1, 1, ((50, 0, 120, 1),))
)


def test_spanning_cells_are_shown_once() -> None:
    page = table_page(POVERTY)
    assert [[(c.text, c.down, c.along) for c in row] for row in page.head] == [
        [("Country", 2, 1), ("Share", 1, 2)],
        [("2019", 1, 1), ("2020", 1, 1)],
    ]
    assert [[c.text for c in row] for row in page.body] == [
        ["Bolivia", "36 %", "39 %"],
        ["Peru", "20 %", "30 %"],
    ]
    assert [c.is_heading for c in page.body[0]] == [True, False, False]


def test_a_long_table_is_shown_page_by_page() -> None:
    first, second, third = (table_page(LONG, page=page) for page in ("", "2", "9"))
    assert (first.first, first.last, first.previous, first.following) == (2, 101, 0, 2)
    assert (second.first, second.last, second.previous, second.following) == (102, 201, 1, 3)
    assert (third.first, third.last, third.following) == (202, 251, 0)
    assert len(first.body) == MOST_ROWS


def test_a_cell_that_reaches_over_the_page_s_edge_is_cut_there() -> None:
    first, second = (table_page(LONG, page=page) for page in ("1", "2"))
    reaching = [c for row in first.body for c in row if c.down > 1]
    assert [(c.place, c.down) for c in reaching] == [("50-0", 51)]
    assert (second.body[0][0].place, second.body[0][0].down) == ("50-0", 69)


def test_the_page_of_a_chosen_cell_is_opened() -> None:
    page = table_page(LONG, cell="240-1")
    assert page.number == 3
    assert page.chosen is not None
    assert (page.chosen.text, page.chosen.headings) == ("239", ("239", "n"))
    assert [c.place for row in page.body for c in row if c.is_chosen] == ["240-1"]


@pytest.mark.parametrize(
    "cell", ["", "x", "1", "1-x", "-1-0", "99-0", "0-99", "٣-1", "9" * 40 + "-1"]
)
def test_a_place_that_is_none_chooses_nothing(cell: str) -> None:
    assert table_page(POVERTY, cell=cell).chosen is None


@given(st.text(max_size=20))
def test_any_place_is_read_or_passed_over(cell: str) -> None:
    place = place_of(cell)
    assert place is None or f"{place[0]}-{place[1]}" == "-".join(
        part.lstrip("0") or "0" for part in cell.split("-")
    )
