"""A calculation with the numbers of a newer text of its source."""

import pytest

from claims import calculations, rerunning
from claims.models import Calculation
from claims.picking import Pick, stated_in
from claims.rerunning import Move
from factcheck.accounts.models import User
from sources.anchoring import Grid
from sources.models import ExtractedText
from tests import factories
from tests.factories import AT, PRICES, sha256

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(checker: User) -> Calculation:
    return factories.calculation(by=checker)


def newer(made: Calculation, text: str) -> ExtractedText:
    """Another capture of the source that the calculation quotes."""
    quote = made.claim.evidence.get()
    return ExtractedText.objects.create(
        capture=factories.capture(quote.extracted.capture.source, text.encode()),
        text=text,
        sha256=sha256(text.encode()),
        extractor="text",
        extractor_version="1",
        title="",
        created_at=AT,
    )


def test_numbers_that_moved_with_their_words_are_the_same(made: Calculation) -> None:
    text = newer(made, f"News first. Price list. {PRICES} And more.")
    again = rerunning.rerun(calculation=made, newer=text)
    assert again.is_same
    assert again.result is not None
    assert (again.result.verdict, again.why) == ("agrees", "")


def test_a_corrected_number_gives_another_result(made: Calculation) -> None:
    again = rerunning.rerun(calculation=made, newer=newer(made, PRICES.replace("28.00", "27.50")))
    assert again.moves == (Move("28.00", "27.50"),)
    assert again.result is not None
    assert (str(again.result.value), again.result.verdict) == ("10", "differs")
    assert again.why == "The sum gives +10 % now."


def test_a_number_that_is_gone_is_named(made: Calculation) -> None:
    again = rerunning.rerun(calculation=made, newer=newer(made, "The page was moved."))
    assert again.result is None
    assert again.why == "The newer text lacks “25.00”, “28.00” there."


def test_a_number_that_allows_no_sum_any_more_says_why(made: Calculation) -> None:
    again = rerunning.rerun(calculation=made, newer=newer(made, PRICES.replace("25.00", "0")))
    assert again.result is None
    assert "divided by zero" in again.why


def test_another_source_changes_nothing(made: Calculation) -> None:
    elsewhere = factories.extracted_text("The page was moved.")
    assert rerunning.rerun(calculation=made, newer=elsewhere).is_same
    assert list(rerunning.concerned(elsewhere)) == []


def test_which_calculations_a_newer_text_concerns(made: Calculation, checker: User) -> None:
    factories.calculation(by=checker)
    assert list(rerunning.concerned(newer(made, "Anything."))) == [made]
    assert list(rerunning.concerned(made.claim.evidence.get().extracted)) == []


# Cells

FARES = (
    ("Route", "Year", "Price (euros)"),
    ("Lismore", "2018", "25.00"),
    ("Lismore", "2019", "28.00"),
    ("Oban", "2019", "9.00"),
)


@pytest.fixture
def tabled(checker: User) -> Calculation:
    """A rise from 25 to 28 euros, both out of a table."""
    table = factories.table(grid=Grid("Fares", FARES, 1, 1))
    claim = factories.fares(by=checker)
    return calculations.attach(
        claim=claim,
        operation="percent_change",
        claimed=stated_in(claim)[0].pick,
        inputs=[
            Pick(evidence=factories.cell(table, row, 2, on=claim, by=checker), start=0, end=5)
            for row in (1, 2)
        ],
        by=checker,
        at=AT,
    )


def later(made: Calculation, *rows: tuple[str, ...], caption: str = "Fares") -> ExtractedText:
    """A newer capture with other rows in its table."""
    first = made.claim.evidence.order_by("row").first()
    assert first is not None
    text = factories.check(first.extracted.capture.source, text="Anew.").capture.texts.get()  # type: ignore[union-attr]
    if rows:
        factories.table(text, grid=Grid(caption, (FARES[0], *rows), 1, 1))
    return text


def test_cells_that_stand_change_nothing(tabled: Calculation) -> None:
    text = later(tabled, *FARES[1:])
    assert list(rerunning.concerned(text)) == [tabled]
    again = rerunning.rerun(calculation=tabled, newer=text)
    assert (again.is_same, again.why, again.notes) == (True, "", ())


def test_a_corrected_cell_gives_another_result(tabled: Calculation) -> None:
    again = rerunning.rerun(
        calculation=tabled, newer=later(tabled, FARES[1], ("Lismore", "2019", "27.50"), FARES[3])
    )
    assert again.moves == (Move("28.00", "27.50"),)
    assert again.why == "The sum gives +10 % now."


def test_a_cell_whose_row_moved_says_so(tabled: Calculation) -> None:
    rows = (FARES[3], FARES[1], ("Lismore", "2019", "27.50"))
    again = rerunning.rerun(calculation=tabled, newer=later(tabled, *rows))
    assert again.why == "The sum gives +10 % now."
    assert again.notes == (
        "The cell of “25.00” (Lismore, 2018, Price (euros)) stands in row 3, column 3 now.",
        "The cell of “28.00” (Lismore, 2019, Price (euros)) stands in row 4, column 3 now.",
    )


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((FARES[1], FARES[3]), "(Lismore, 2019, Price (euros)) is not there any more"),
        ((FARES[1], FARES[2], FARES[2]), "is one of several under its headings now"),
        ((FARES[1], ("Lismore", "2019", "n/a")), "says “n/a” now."),
        ((FARES[1], ("Lismore", "2019", "28.00 or 29.00")), "says “28.00 or 29.00” now."),
        ((FARES[1], ("Lismore", "2019", "1.2,3.4")), "says “1.2,3.4” now."),
        ((), "is not there any more"),
    ],
)
def test_a_cell_that_tells_no_number_any_more_says_why(
    tabled: Calculation, rows: tuple[tuple[str, ...], ...], why: str
) -> None:
    again = rerunning.rerun(calculation=tabled, newer=later(tabled, *rows))
    assert again.result is None
    assert why in again.why
    assert not again.is_same


def test_a_cell_that_became_nought_allows_no_sum(tabled: Calculation) -> None:
    text = later(tabled, ("Lismore", "2018", "0"), FARES[2])
    again = rerunning.rerun(calculation=tabled, newer=text)
    assert again.result is None
    assert "divided by zero" in again.why
