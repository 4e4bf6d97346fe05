"""Merged cells of pages and workbooks: picked anywhere, each is its one value with its headings."""

import openpyxl
import pytest

from claims import calculations, linking
from claims.finding import Table, find
from claims.linking import QuoteEmptyError, QuoteMissingError
from claims.models import Calculation, Claim, Evidence
from claims.picking import NumberMissingError, Pick, stated_in
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from sources.anchoring import Grid
from sources.archiving.reading import read
from sources.archiving.reading.parsers import SHEET
from sources.models import ExtractedTable
from tests import factories
from tests.factories import AT
from tests.sources.archiving.reading.workbook import saved

pytestmark = pytest.mark.django_db
# One price for two years, and one route over two rows.
PAGE = (
    "<body><p>Fares.</p><table><caption>Fares</caption>"
    "<tr><th rowspan=2>Route<th rowspan=2>Class<th colspan=2>Price"
    "<tr><th>2018<th>2019"
    "<tr><th rowspan=2>Lismore<th>first<td colspan=2>28.00"
    "<tr><th>second<td>20.00<td>25.00"
    "<tr><th>Oban<th>all<td rowspan=2>9.00<td>9.50"
    "<tr><th>Mull<th>all<td>8.50</table>"
)


def of_page() -> Grid:
    (grid,) = read([PAGE.encode()], media_type="text/html").tables
    return grid


def of_workbook() -> Grid:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Fares"
    for row in (
        ["Route", "Class", "Price", None],
        [None, None, 2018, 2019],
        ["Lismore", "first", 28, None],
        [None, "second", 20, 25],
        ["Oban", "all", 9, 9.5],
        ["Mull", "all", None, 8.5],
    ):
        sheet.append(row)
    for merged in ("A1:A2", "B1:B2", "C1:D1", "A3:A4", "C3:D3", "C5:C6"):
        sheet.merge_cells(merged)
    for cells in sheet["C3:D6"]:
        for cell in cells:
            cell.number_format = "0.00"
    (grid,) = read([saved(book)], media_type=SHEET).tables
    return grid


@pytest.fixture(params=[of_page, of_workbook], ids=["HTML", "XLSX"])
def table(request: pytest.FixtureRequest) -> ExtractedTable:
    return factories.table(grid=request.param())


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.fares(by=checker)


def attach(claim: Claim, table: ExtractedTable, place: tuple[int, int], by: User) -> Evidence:
    return factories.cell(table, *place, on=claim, by=by)


@pytest.mark.parametrize("place", [(2, 2), (2, 3)])
def test_a_cell_over_two_columns_is_one_cell_with_both_headings(
    claim: Claim, table: ExtractedTable, checker: User, place: tuple[int, int]
) -> None:
    item = attach(claim, table, place, checker)
    assert (item.row, item.column, item.exact) == (2, 2, "28.00")
    assert item.column_headers == ["Price", "2018", "2019"]
    assert item.row_headers[0] == "Lismore"
    assert linking.verify(item)
    assert attach(claim, table, (2, 2), checker) == item


@pytest.mark.parametrize("place", [(4, 2), (5, 2)])
def test_a_cell_over_two_rows_is_one_cell_with_both_headings(
    claim: Claim, table: ExtractedTable, checker: User, place: tuple[int, int]
) -> None:
    item = attach(claim, table, place, checker)
    assert (item.row, item.column, item.exact) == (4, 2, "9.00")
    assert {"Oban", "Mull"} <= set(item.row_headers)
    assert item.column_headers == ["Price", "2018"]
    assert linking.verify(item)


def test_what_a_merged_heading_heads_has_it_in_each_row(
    claim: Claim, table: ExtractedTable, checker: User
) -> None:
    item = attach(claim, table, (3, 3), checker)
    assert (item.exact, item.row_headers[0]) == ("25.00", "Lismore")
    assert item.column_headers == ["Price", "2019"]


def test_numbers_of_merged_cells_are_calculated_with(
    claim: Claim, table: ExtractedTable, checker: User
) -> None:
    items = [attach(claim, table, place, checker) for place in ((3, 3), (2, 3))]
    made = calculations.attach(
        claim=claim,
        operation="percent_change",
        claimed=stated_in(claim)[0].pick,
        inputs=[Pick(evidence=item, start=0, end=5) for item in items],
        by=checker,
        at=AT,
    )
    assert (made.value, made.verdict) == ("12", "agrees")


def test_a_merged_cell_is_suggested_once_and_where_it_begins(table: ExtractedTable) -> None:
    found = find("The Lismore first class price was 28.00 in 2019.", [], [Table("t", table.grid)])
    places = [(cell.row, cell.column) for cell in found.cells]
    assert places.count((2, 2)) == 1
    assert (2, 3) not in places
    assert places[0] == (2, 2)


@pytest.mark.parametrize(
    ("place", "exact"), [((2, 3), "25.00"), ((2, 9), "28.00"), ((9, 2), "28.00")]
)
def test_another_text_than_the_merged_cell_s_is_refused_and_nothing_attached(
    claim: Claim,
    table: ExtractedTable,
    checker: User,
    place: tuple[int, int],
    exact: str,
) -> None:
    row, column = place
    with pytest.raises(QuoteMissingError) as caught:
        linking.attach_cell(
            claim=claim,
            table=table,
            row=row,
            column=column,
            exact=exact,
            stance="supports",
            note="",
            by=checker,
            at=AT,
        )
    assert caught.value.text == TEXTS["quote_not_in_capture"]
    assert not Evidence.objects.exists()


def test_merged_cells_that_overlap_and_disagree_attach_nothing(claim: Claim, checker: User) -> None:
    rows = (("a", "b", "c"), ("1", "2", "3"))
    table = factories.table(grid=Grid("", rows, 1, 0, ((1, 0, 1, 2), (1, 1, 1, 2))))
    # The place is covered by the first cell, which says "1" where the page shows "2".
    with pytest.raises(QuoteMissingError):
        attach(claim, table, (1, 1), checker)
    assert not Evidence.objects.exists()


def test_an_empty_merged_cell_is_no_quote(claim: Claim, checker: User) -> None:
    rows = (("a", "b"), ("", ""), ("1", "2"))
    table = factories.table(grid=Grid("", rows, 1, 0, ((1, 0, 1, 2),)))
    with pytest.raises(QuoteEmptyError):
        attach(claim, table, (1, 1), checker)


def test_a_number_that_is_not_in_the_merged_cell_is_refused_and_nothing_kept(
    claim: Claim, table: ExtractedTable, checker: User
) -> None:
    item = attach(claim, table, (2, 3), checker)
    with pytest.raises(NumberMissingError) as caught:
        calculations.attach(
            claim=claim,
            operation="percent_change",
            claimed=stated_in(claim)[0].pick,
            inputs=[Pick(evidence=item, start=0, end=5), Pick(evidence=item, start=1, end=3)],
            by=checker,
            at=AT,
        )
    assert caught.value.text
    assert not Calculation.objects.exists()
