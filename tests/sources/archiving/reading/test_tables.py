"""Tables out of documents, read in the jail as the archive reads them."""

import io
import zipfile
from io import BytesIO

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.anchoring.grids import Grid
from sources.archiving.reading import read
from sources.archiving.reading.parsers import SHEET, WORD
from sources.archiving.reading.tables.building import (
    CELL_CHARACTERS,
    MAXIMUM_CELLS,
    MAXIMUM_COLUMNS,
    MAXIMUM_ROWS,
    MAXIMUM_TABLES,
)
from sources.archiving.reading.tables.delimited import read_delimited
from tests.sources.archiving.reading.workbook import saved, workbook


def tables(data: bytes, media_type: str) -> tuple[Grid, ...]:
    reading = read([data], media_type=media_type)
    assert reading.error_code == ""
    return reading.tables


def page(html: str) -> tuple[Grid, ...]:
    return tables(f"<body><p>Some words.</p>{html}".encode(), "text/html; charset=utf-8"[:9])


# CSV


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        ("a,b\n1,2\n", (("a", "b"), ("1", "2"))),
        ("a;b\n1,5;2,25\n", (("a", "b"), ("1,5", "2,25"))),
        ("1,5;2,5\n1,6;2,6\n", (("1,5", "2,5"), ("1,6", "2,6"))),
        ("a\tb\n1\t2\n", (("a", "b"), ("1", "2"))),
        ("a|b\r\n1|2\r\n", (("a", "b"), ("1", "2"))),
        ("sep=;\na;b\n1;2\n", (("a", "b"), ("1", "2"))),
        ('a,b\n"two\nlines","say ""no"""\n', (("a", "b"), ("two lines", 'say "no"'))),
        ("a,b\n1\n,,3\n", (("a", "b", ""), ("1", "", ""), ("", "", "3"))),
        ("\ufeffa,b\n1,2\n", (("a", "b"), ("1", "2"))),
        ("Poverty, by year\n\nyear;share\n2019;36\n2020;38\n", None),
    ],
)
def test_delimited_values_are_told_apart(
    written: str, rows: tuple[tuple[str, ...], ...] | None
) -> None:
    grid = read_delimited(written)
    expected = rows or (
        ("Poverty, by year", ""),
        ("", ""),
        ("year", "share"),
        ("2019", "36"),
        ("2020", "38"),
    )
    assert grid.rows == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_in_its_encoding(encoding: str) -> None:
    data = "Land;Anteil\nÖsterreich;36,4\nDänemark;12,1\n".encode(encoding)
    (grid,) = tables(data, "text/csv")
    assert grid.rows == (("Land", "Anteil"), ("Österreich", "36,4"), ("Dänemark", "12,1"))
    assert (grid.header_rows, grid.header_columns) == (1, 1)


def test_a_csv_is_a_text_too() -> None:
    reading = read([b"year,share\r\n2019,36\r\n"], media_type="text/csv")
    assert (reading.text, reading.extractor) == ("year,share\n2019,36\n", "csv")


def test_a_csv_of_one_column_is_a_text_alone() -> None:
    reading = read([b"36\n60\n"], media_type="text/csv")
    assert (reading.text, reading.tables) == ("36\n60\n", ())


def test_a_csv_with_null_bytes_says_so() -> None:
    assert read([b"a,b\n1,\x002\n"], media_type="text/csv").error_code == "text_nulls"


def test_a_huge_csv_is_kept_up_to_the_bounds() -> None:
    long = "year,share\n" + "2019,36\n" * (MAXIMUM_ROWS + 5)
    grid = read_delimited(long)
    assert (len(grid.rows), grid.truncated) == (MAXIMUM_ROWS, True)
    wide = read_delimited(",".join("x" * (MAXIMUM_COLUMNS + 50)) + "\n1,2\n")
    assert (wide.width, wide.truncated) == (MAXIMUM_COLUMNS, True)
    block = read_delimited((",".join("x" * 200) + "\n") * 2000)
    assert len(block.rows) * block.width <= MAXIMUM_CELLS
    deep = read_delimited('a,b\n"' + "x" * (CELL_CHARACTERS + 10) + '",1\n')
    assert (len(deep.rows[1][0]), deep.truncated) == (CELL_CHARACTERS, True)


@given(st.lists(st.lists(st.text(max_size=6), max_size=4), max_size=6), st.sampled_from(",;\t|"))
@settings(max_examples=60)
def test_any_delimited_text_gives_a_rectangle(rows: list[list[str]], delimiter: str) -> None:
    grid = read_delimited("\n".join(delimiter.join(row) for row in rows))
    assert {len(row) for row in grid.rows} <= {grid.width}
    assert grid.header_rows <= len(grid.rows)


# Workbooks


def test_a_workbook_gives_each_sheet_as_it_is_shown() -> None:
    data = workbook(
        Poverty=[["Country", 2019, 2020], ["Bolivia", (0.364, "0.0%"), (0.391, "0.0%")]],
        Growth=[["Country", "GDP"], ["Bolivia", (40895.3, "#,##0")]],
    )
    poverty, growth = tables(data, SHEET)
    assert poverty.caption == "Poverty"
    assert poverty.rows == (("Country", "2019", "2020"), ("Bolivia", "36.4%", "39.1%"))
    assert (poverty.header_rows, poverty.header_columns) == (1, 1)
    assert growth.rows[1] == ("Bolivia", "40,895")
    text = read([data], media_type=SHEET).text
    poor = "Poverty\nCountry\t2019\t2020\nBolivia\t36.4%\t39.1%"
    rich = "Growth\nCountry\tGDP\nBolivia\t40,895"
    assert text == f"{poor}\n\n{rich}"


def test_a_formula_is_read_as_the_value_that_was_stored() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b", "sum"])
    book.active.append([1, 2, "=A2+B2"])
    (grid,) = tables(saved(book), SHEET)
    assert grid.rows == (("a", "b", "sum"), ("1", "2", ""))


def test_merged_cells_of_a_workbook_stand_at_every_place() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Country", "Share", None], [None, "2019", "2020"], ["Bolivia", 36, 39]):
        sheet.append(row)
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A1:A2")
    (grid,) = tables(saved(book), SHEET)
    assert grid.rows == (
        ("Country", "Share", "Share"),
        ("Country", "2019", "2020"),
        ("Bolivia", "36", "39"),
    )
    assert set(grid.merges) == {(0, 1, 1, 2), (0, 0, 2, 1)}
    assert grid.column_headers(2) == ("Share", "2020")
    assert grid.origin(1, 0) == (0, 0)


def test_a_hidden_sheet_says_so() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    hidden = book.create_sheet("Raw")
    hidden.sheet_state = "hidden"
    hidden.append(["c", "d"])
    assert [grid.caption for grid in tables(saved(book), SHEET)] == ["Sheet", "Raw (hidden)"]


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def lying_bomb() -> bytes:
    """A workbook whose sheet unpacks to more than its directory states."""
    whole = bytearray(workbook(Sheet=[["a", "b"], [1, 2]]))
    place = whole.rindex(b"xl/worksheets/sheet1.xml") - 46
    whole[place + 24 : place + 28] = (10).to_bytes(4, "little")
    return bytes(whole)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 and nothing more", "text_damaged"),
        (workbook(Sheet=[["a", "b"], [1, 2]])[:900], "text_damaged"),
        (zipped(x=b"0" * 1000), "text_damaged"),
        (zipped(**{f"xl/{n}": b"\x00" * 2**25 for n in range(7)}), "text_bomb"),
        (lying_bomb(), "text_damaged"),
        (workbook(Empty=[]), "text_none"),
    ],
)
@pytest.mark.parametrize("media_type", [SHEET, WORD])
def test_a_broken_office_document_says_why(data: bytes, code: str, media_type: str) -> None:
    if media_type == WORD and code == "text_none":
        code = "text_damaged"
    assert read([data], media_type=media_type).error_code == code


# Web pages


def test_a_table_of_a_page_with_its_caption_and_headings() -> None:
    (grid,) = page(
        "<table><caption>Poverty <b>rate</b></caption><thead><tr><th>Year<th>Share</thead>"
        "<tbody><tr><th scope=row>2019<td>36&nbsp;%<tr><th>2020<td>39 %</tbody></table>"
    )
    assert grid == Grid(
        caption="Poverty rate",
        rows=(("Year", "Share"), ("2019", "36 %"), ("2020", "39 %")),
        header_rows=1,
        header_columns=1,
    )


def test_spanning_cells_of_a_page_stand_at_every_place() -> None:
    (grid,) = page(
        "<table><tr><th rowspan=2>Country<th colspan=2>Share<tr><th>2019<th>2020"
        "<tr><td>Bolivia<td>36<td>39<tr><td>Peru<td rowspan=9>20<td>30</table>"
    )
    assert grid.rows == (
        ("Country", "Share", "Share"),
        ("Country", "2019", "2020"),
        ("Bolivia", "36", "39"),
        ("Peru", "20", "30"),
    )
    assert (grid.header_rows, grid.header_columns) == (2, 0)
    assert grid.merges == ((0, 0, 2, 1), (0, 1, 1, 2))


def test_a_table_within_a_table_is_one_of_its_own() -> None:
    outer, inner = page(
        "<table><tr><td>a<td>b<tr><td>c<td>d<table><tr><td>1<td>2<tr><td>3<td>4</table></table>"
    )
    assert outer.rows == (("a", "b"), ("c", "d"))
    assert inner.rows == (("1", "2"), ("3", "4"))


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>one<td>row</table>",
        "<table><tr><td>one<tr><td>column</table>",
        "<table></table>",
        "<table><tr><td>Menu<td><table></table><tr><td><td></table>",
    ],
)
def test_what_lays_out_a_page_is_no_table(html: str) -> None:
    assert page(html) == ()


def test_a_hostile_table_is_bounded() -> None:
    cells = "<td colspan=1000 rowspan=1000>x" * 300
    (grid,) = page(f"<table><tr>{cells}<tr><td>y<td>z</table>")
    assert (grid.width, grid.truncated) == (MAXIMUM_COLUMNS, True)
    many = "<table><tr><td>1<td>2<tr><td>3<td>4</table>" * (MAXIMUM_TABLES + 20)
    assert len(page(many)) == MAXIMUM_TABLES
    assert page("<table><tr><td>" * 200 + "deep" + "</table>" * 200) == ()


# Word


def test_a_table_of_a_word_document_with_merged_cells() -> None:
    document = docx.Document()
    document.core_properties.title = "Poverty"
    table = document.add_table(rows=3, cols=3)
    for number, words in enumerate(
        (["Country", "Share", ""], ["", "2019", "2020"], ["Bolivia", "36", "39"])
    ):
        for column, word in enumerate(words):
            table.cell(number, column).text = word
    table.cell(0, 1).merge(table.cell(0, 2))
    file = BytesIO()
    document.save(file)
    (grid,) = tables(file.getvalue(), WORD)
    assert grid.rows == (
        ("Country", "Share", "Share"),
        ("", "2019", "2020"),
        ("Bolivia", "36", "39"),
    )
    assert grid.merges == ((0, 1, 1, 2),)


def test_a_word_document_whose_parts_do_not_fit_gives_its_bare_words() -> None:
    document = docx.Document()
    document.add_paragraph("Poverty fell from 60 % to 36 %.")
    whole = BytesIO()
    document.save(whole)
    broken = BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            if name != "_rels/.rels":
                new.writestr(name, old.read(name))
    reading = read([broken.getvalue()], media_type=WORD)
    assert (reading.text, reading.extractor) == ("Poverty fell from 60 % to 36 %.", "lxml")
