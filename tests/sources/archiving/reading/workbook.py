"""Workbooks for tests."""

from io import BytesIO
from typing import Any

import openpyxl


def workbook(**sheets: list[list[Any]]) -> bytes:
    """Return a workbook with these sheets; a cell may be a value, or a value and its format."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row, start=1):
                value, number_format = cell if isinstance(cell, tuple) else (cell, "General")
                sheet.cell(number, column, value).number_format = number_format
    return saved(book)


def saved(book: Any) -> bytes:
    """Return the bytes of a workbook."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()
