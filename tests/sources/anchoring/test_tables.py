"""A cell looked up in the tables of a newer text: by its headings, caption and the row's names."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.anchoring import CellDrift, Grid, Origin, extent, look_up_cell, make_cell_anchor

WIDE = Grid(
    "Poverty",
    (("Country", "2019", "2020"), ("Bolivia", "36 %", "39 %"), ("Peru", "20 %", "30 %")),
    1,
    1,
)
LONG = Grid(
    "",
    (
        ("Country", "Year", "Share"),
        ("Bolivia", "2018", "38 %"),
        ("Bolivia", "2019", "36 %"),
        ("Peru", "2019", "20 %"),
    ),
    1,
    1,
)


def look(
    old: Grid, *new: Grid, place: tuple[int, int], number: int = 0, tables: int = 1
) -> CellDrift:
    return look_up_cell(make_cell_anchor(old, *place), Origin(old, number, tables), new)


def rows(grid: Grid, *new: tuple[str, ...]) -> Grid:
    return replace(grid, rows=(grid.rows[0], *new))


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (WIDE, CellDrift("unchanged", 0, 1, 1, "36 %")),
        (
            rows(WIDE, ("Chile", "9 %", "8 %"), *WIDE.rows[1:]),
            CellDrift("moved", 0, 2, 1, "36 %"),
        ),
        (
            rows(WIDE, WIDE.rows[2], ("Bolivia", "37 %", "39 %")),
            CellDrift("altered", 0, 2, 1, "37 %"),
        ),
        (rows(WIDE, WIDE.rows[2]), CellDrift("missing")),
        (
            rows(WIDE, WIDE.rows[1], ("Bolivia", "36 %", "1 %")),
            CellDrift("ambiguous"),
        ),
        (
            rows(WIDE, ("Chile", "36 %", "1 %"), WIDE.rows[2]),
            CellDrift("context_changed", 0, 1, 1, "36 %"),
        ),
    ],
)
def test_a_cell_is_known_by_its_headings(new: Grid, expected: CellDrift) -> None:
    assert look(WIDE, new, place=(1, 1)) == expected


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (LONG, CellDrift("unchanged", 0, 2, 2, "36 %")),
        (
            rows(LONG, LONG.rows[2], LONG.rows[1], LONG.rows[3]),
            CellDrift("moved", 0, 1, 2, "36 %"),
        ),
        (
            rows(LONG, LONG.rows[1], ("Bolivia", "2019", "37 %")),
            CellDrift("altered", 0, 2, 2, "37 %"),
        ),
        # The value of another year is not taken for it, though all headings are the same.
        (rows(LONG, LONG.rows[1], LONG.rows[3]), CellDrift("missing")),
        (
            rows(LONG, LONG.rows[1], ("Bolivia", "2020", "36 %")),
            CellDrift("missing"),
        ),
        (rows(LONG, LONG.rows[2], LONG.rows[2]), CellDrift("ambiguous")),
    ],
)
def test_rows_with_the_same_headings_are_told_apart_by_their_years(
    new: Grid, expected: CellDrift
) -> None:
    assert look(LONG, new, place=(2, 2)) == expected


def test_a_note_in_the_row_may_change_where_the_year_stands() -> None:
    old = rows(LONG, ("Bolivia", "2018", "38 %", "a"), ("Bolivia", "2019", "36 %", "first"))
    new = rows(LONG, ("Bolivia", "2018", "38 %", "a"), ("Bolivia", "2019", "36 %", "final"))
    old, new = (replace(g, rows=((*g.rows[0], "Note"), *g.rows[1:])) for g in (old, new))
    assert look(old, new, place=(2, 2)).how == "unchanged"


def test_rows_that_nothing_tells_apart_are_ambiguous() -> None:
    old = Grid("", (("", "n"), ("x", "1"), ("x", "2")), 1, 1)
    new = Grid("", (("", "n"), ("x", "3"), ("x", "4")), 1, 1)
    assert look(old, new, place=(1, 1)).how == "ambiguous"


def test_the_table_with_its_caption_is_searched_before_others() -> None:
    other = replace(WIDE, caption="Wealth")
    altered = rows(WIDE, ("Bolivia", "37 %", "39 %"), WIDE.rows[2])
    found = look(WIDE, other, altered, place=(1, 1))
    assert (found.how, found.table, found.now) == ("altered", 1, "37 %")


def test_a_sheet_that_was_renamed_is_found_among_all() -> None:
    found = look(WIDE, replace(WIDE, caption="Poverty rates"), place=(1, 1))
    assert (found.how, found.table) == ("unchanged", 0)


def test_like_tables_without_a_caption_are_told_apart_by_their_place_alone() -> None:
    old = replace(WIDE, caption="")
    new = rows(old, ("Bolivia", "37 %", "39 %"), old.rows[2])
    assert look(old, new, old, place=(1, 1), tables=2).now == "37 %"
    assert look(old, new, old, place=(1, 1), number=1, tables=2).how == "unchanged"
    assert look(old, new, old, place=(1, 1)) == CellDrift("ambiguous")


def test_without_tables_a_cell_is_missing() -> None:
    assert look(WIDE, place=(1, 1)) == CellDrift("missing")


@pytest.mark.parametrize(
    ("old", "new", "kind", "reasons"),
    [
        ("36 %", "36%", "cosmetic", ()),
        ("41,200", "41200", "cosmetic", ()),
        ("36 %", "63 %", "materially_altered", ("numbers",)),
        ("36 %", "36 ‰", "materially_altered", ("units",)),
        ("36 %", "", "materially_altered", ("numbers", "units")),
        ("complete", "pending", "materially_altered", ()),
    ],
)
def test_how_far_a_cell_was_altered(
    old: str, new: str, kind: str, reasons: tuple[str, ...]
) -> None:
    found = extent(old, new)
    assert (found.extent, found.reasons) == (kind, reasons)


CELLS = st.text("ab1", max_size=2)
GRIDS = st.builds(
    Grid,
    st.sampled_from(("", "T")),
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4).map(tuple),
    st.integers(0, 1),
    st.integers(0, 1),
)


@given(GRIDS, st.lists(GRIDS, max_size=3), st.integers(0, 2))
def test_what_is_found_stands_there(old: Grid, new: list[Grid], column: int) -> None:
    found = look(old, *new, place=(0, column))
    if found.table is None:
        assert found.now is None
        return
    assert found.row is not None
    assert found.column is not None
    text = new[found.table].text(found.row, found.column)
    assert text == found.now
    assert (text == old.text(0, column)) is (found.how != "altered")
