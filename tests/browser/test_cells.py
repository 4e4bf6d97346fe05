"""A file is given, read by a worker, and one of its cells becomes evidence, by keyboard."""

from pathlib import Path
from typing import Any

import pytest

from claims.models import Evidence
from factcheck.accounts.models import User
from tests import factories
from tests.browser.conftest import Visit
from tests.sources.archiving.reading.workbook import workbook

pytestmark = pytest.mark.browser
ROWS: list[list[Any]] = [
    ["Country", 2019, 2020],
    ["Bolivia", (0.364, "0.0%"), (0.391, "0.0%")],
    ["Peru", (0.202, "0.0%"), (0.301, "0.0%")],
]


def test_a_cell_of_a_given_workbook_becomes_evidence(
    people: tuple[User, User], visit: Visit, tmp_path: Path
) -> None:
    checker, _ = people
    claim = factories.claim(by=checker)
    path = tmp_path / "poverty.xlsx"
    path.write_bytes(workbook(Poverty=ROWS))
    visitor = visit(checker)
    page = visitor.page
    visitor.go(f"/claims/{claim.pk}/")
    page.get_by_text("Add a file as a source").first.click()
    page.locator("#upload input[type=file]").set_input_files(path)
    page.locator("#upload").get_by_label("Its title").fill("Poverty in numbers")
    page.get_by_role("button", name="Keep this file").click()
    page.get_by_text("The file is kept.").wait_for()
    page.get_by_role("link", name="Poverty in numbers").first.wait_for()
    page.locator(".source-row .badge", has_text="kept").first.wait_for()
    visitor.go(f"/claims/{claim.pk}/")
    page.get_by_role("link", name="Poverty (3 × 3)").click()
    # Tab to the table, the arrows to the cell, Enter to choose it.
    page.locator("table.cells a").first.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The chosen cell").wait_for()
    assert page.locator("table.cells [aria-current]").inner_text() == "36.4%"
    page.get_by_label("refutes").check()
    page.get_by_role("button", name="Attach as evidence").click()
    page.get_by_text("The cell is attached").wait_for()
    item = Evidence.objects.get(claim=claim)
    assert (item.exact, item.headings, item.stance) == ("36.4%", ["Bolivia", "2019"], "refutes")
    assert visitor.complaints == []
