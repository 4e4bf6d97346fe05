import pytest

from claims import linking, marking
from claims.models import Claim, Evidence
from factcheck.accounts.models import User
from sources.models import ExtractedText
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    return factories.claim()


@pytest.fixture
def extracted() -> ExtractedText:
    return factories.extracted_text("First line.\n\n  Fares rose by 9%\nin May 2019.  ")


def attach(  # noqa: PLR0917
    claim: Claim, extracted: ExtractedText, start: int, end: int, exact: str, by: User
) -> Evidence:
    return linking.attach(
        claim=claim,
        extracted=extracted,
        start=start,
        end=end,
        exact=exact,
        stance="refutes",
        note=" from the annual report ",
        by=by,
        at=AT,
    )


def test_the_server_takes_the_quote_from_its_own_bytes(
    claim: Claim, extracted: ExtractedText, checker: User
) -> None:
    start = extracted.text.index("Fares")
    # A browser hands a selection over with its line break turned into a blank.
    seen = "Fares rose by 9% in May 2019."
    evidence = attach(claim, extracted, start - 2, len(extracted.text), seen, checker)
    assert evidence.exact == "Fares rose by 9%\nin May 2019."
    assert (evidence.start, evidence.note) == (start, "from the annual report")
    assert linking.verify(evidence)


def test_attaching_twice_is_one_piece_of_evidence(
    claim: Claim, extracted: ExtractedText, checker: User
) -> None:
    first = attach(claim, extracted, 0, 11, "First line.", checker)
    assert attach(claim, extracted, 0, 11, "First line.", checker) == first
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("start", "end", "exact", "error"),
    [
        (0, 11, "First word.", linking.QuoteMissingError),
        (0, 11, "First line", linking.QuoteMissingError),
        (0, 9_999, "First line.", linking.QuoteMissingError),
        (-5, 3, "First line.", linking.QuoteMissingError),
        (4, 4, "", linking.QuoteEmptyError),
        (11, 13, "", linking.QuoteEmptyError),
    ],
)
def test_a_quote_that_is_not_there_is_refused(  # noqa: PLR0917
    claim: Claim,
    extracted: ExtractedText,
    checker: User,
    start: int,
    end: int,
    exact: str,
    error: type[Exception],
) -> None:
    with pytest.raises(error):
        attach(claim, extracted, start, end, exact, checker)
    assert not Evidence.objects.exists()


def test_a_document_is_no_quote(claim: Claim, checker: User) -> None:
    extracted = factories.extracted_text("word " * 500)
    with pytest.raises(linking.QuoteTooLongError):
        attach(claim, extracted, 0, 2_001, "word " * 400, checker)


def test_a_dismissed_claim_takes_no_evidence(
    claim: Claim, extracted: ExtractedText, checker: User
) -> None:
    marking.dismiss(claim=claim, reason="opinion", by=checker, at=AT)
    with pytest.raises(linking.ClaimDismissedError):
        attach(claim, extracted, 0, 11, "First line.", checker)


def test_an_unknown_stance_is_refused(
    claim: Claim, extracted: ExtractedText, checker: User
) -> None:
    with pytest.raises(linking.StanceError):
        linking.attach(
            claim=claim,
            extracted=extracted,
            start=0,
            end=11,
            exact="First line.",
            stance="likes",
            note="",
            by=checker,
            at=AT,
        )


def test_removed_evidence_can_be_attached_again(
    claim: Claim, extracted: ExtractedText, checker: User
) -> None:
    first = attach(claim, extracted, 0, 11, "First line.", checker)
    for _ in range(2):
        removed = linking.remove(evidence=first, by=checker, at=AT)
        assert (removed.removed_by, removed.removed_at) == (checker, AT)
    assert attach(claim, extracted, 0, 11, "First line.", checker) != first
