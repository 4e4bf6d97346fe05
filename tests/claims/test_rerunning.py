"""A calculation with the numbers of a newer text of its source."""

import pytest

from claims import rerunning
from claims.models import Calculation
from claims.rerunning import Move
from factcheck.accounts.models import User
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
