from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from sources.anchoring import CellConfirmation, Grid, confirm_cell, make_cell_anchor
from sources.anchoring.anchors import digest
from sources.anchoring.grids import from_json

ROWS = (
    ("Country", "Share", "Share"),
    ("Country", "2019", "2020"),
    ("Bolivia", "36 %", "39 %"),
    ("Peru", "20 %", "30 %"),
)
MERGES = ((0, 0, 2, 1), (0, 1, 1, 2))
TABLE = Grid("Poverty", ROWS, header_rows=2, header_columns=1, merges=MERGES)
ANCHOR = make_cell_anchor(TABLE, 2, 1)


def changed(*rows: tuple[str, ...]) -> Grid:
    return replace(TABLE, rows=rows)


def test_an_anchor_holds_the_headings_of_its_cell() -> None:
    assert (ANCHOR.row, ANCHOR.column, ANCHOR.exact) == (2, 1, "36 %")
    assert ANCHOR.column_headers == ("Share", "2019")
    assert ANCHOR.row_headers == ("Bolivia",)
    assert ANCHOR.table_sha256 == TABLE.digest()


def test_a_place_that_a_merged_cell_covers_is_that_cell() -> None:
    anchor = make_cell_anchor(TABLE, 1, 0)
    assert (anchor.row, anchor.column, anchor.exact) == (0, 0, "Country")
    assert confirm_cell(anchor, TABLE) == CellConfirmation("unchanged", 0, 0)


@pytest.mark.parametrize("place", [(4, 0), (0, 3), (-1, 0), (0, -1)])
def test_a_place_outside_the_table_has_no_anchor(place: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="has no cell"):
        make_cell_anchor(TABLE, *place)


@pytest.mark.parametrize(
    ("grid", "expected"),
    [
        (TABLE, CellConfirmation("unchanged", 2, 1)),
        (replace(TABLE, caption="Renamed"), CellConfirmation("unchanged", 2, 1)),
        (
            changed(*ROWS[:2], ("Chile", "9 %", "8 %"), ROWS[2], ROWS[3]),
            CellConfirmation("moved", 3, 1),
        ),
        (
            changed(*ROWS[:2], ("Bolivia", "63 %", "39 %"), ROWS[3]),
            CellConfirmation("altered", 2, 1, now="63 %"),
        ),
        (
            changed(*ROWS[:2], ("Ecuador", "36 %", "39 %"), ROWS[3]),
            CellConfirmation("context_changed", 2, 1),
        ),
        (
            changed(*ROWS[:2], ROWS[3], ("Ecuador", "36 %", "39 %")),
            CellConfirmation("context_changed", 3, 1),
        ),
        (
            changed(*ROWS[:2], ROWS[3], ROWS[2], ROWS[2]),
            CellConfirmation("ambiguous"),
        ),
        (
            changed(*ROWS[:2], ROWS[3], ("Chile", "36 %", "1 %"), ("Ecuador", "36 %", "2 %")),
            CellConfirmation("ambiguous"),
        ),
        (changed(*ROWS[:2], ROWS[3]), CellConfirmation("missing")),
        (Grid("", ()), CellConfirmation("missing")),
    ],
)
def test_a_cell_is_looked_up_in_another_table(grid: Grid, expected: CellConfirmation) -> None:
    found = confirm_cell(ANCHOR, grid)
    assert found == expected
    assert bool(found) is (expected.how in {"unchanged", "moved"})


def test_without_headings_a_cell_is_confirmed_in_its_place_alone() -> None:
    bare = Grid("", (("1", "2"), ("3", "4")))
    anchor = make_cell_anchor(bare, 0, 1)
    assert confirm_cell(anchor, Grid("", (("3", "4"), ("1", "2")))).how == "context_changed"
    assert confirm_cell(anchor, bare)


CELLS = st.text(max_size=4)
GRIDS = st.integers(1, 4).flatmap(
    lambda width: st.builds(
        Grid,
        CELLS,
        st.lists(st.tuples(*[CELLS] * width), min_size=1, max_size=4).map(tuple),
        st.integers(0, 2),
        st.integers(0, 1),
    )
)


@given(GRIDS, st.data())
def test_every_cell_is_confirmed_in_its_own_table(grid: Grid, data: st.DataObject) -> None:
    grid = replace(grid, header_rows=min(grid.header_rows, len(grid.rows)))
    row = data.draw(st.integers(0, len(grid.rows) - 1))
    column = data.draw(st.integers(0, grid.width - 1))
    assert confirm_cell(make_cell_anchor(grid, row, column), grid).how == "unchanged"


@given(GRIDS, GRIDS)
def test_only_the_exact_text_is_ever_confirmed(grid: Grid, other: Grid) -> None:
    anchor = make_cell_anchor(grid, 0, 0)
    found = confirm_cell(anchor, other)
    if found:
        assert found.row is not None
        assert found.column is not None
        assert other.text(found.row, found.column) == anchor.exact


@given(GRIDS)
def test_the_digest_is_of_the_canonical_form(grid: Grid) -> None:
    assert from_json(grid.as_json()) == grid
    assert grid.digest() == digest(rfc8785.dumps(grid.as_json()).decode())
