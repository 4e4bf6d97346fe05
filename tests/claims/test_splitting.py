from decimal import Decimal

import pytest

from claims import coverage, drafting, marking, splitting
from claims.extraction.records import REASONS
from claims.models import Article, Claim, Quantity, Sentence
from claims.states import ClaimState, DismissalReason, Disposition, Origin
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from tests import factories
from tests.factories import AT, TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return factories.article()


def spans(article: Article) -> set[tuple[int, int]]:
    return set(
        Claim.objects.filter(article=article).values_list("appearances__start", "appearances__end")
    )


def test_claims_carry_their_place_in_the_text(article: Article) -> None:
    for claim in article.claims.all():
        for appearance in claim.appearances.all():
            text = appearance.revision.text
            assert text[appearance.start : appearance.end] == appearance.exact
            assert text[: appearance.start].endswith(appearance.prefix)
            assert text[appearance.end :].startswith(appearance.suffix)


def test_numbers_are_kept_in_base_units(article: Article) -> None:
    values = {str(quantity) for quantity in Quantity.objects.all()}
    assert "41200 passenger" in values
    change = Quantity.objects.get(change_by__isnull=False)
    assert (change.change_direction, change.change_by) == ("increase", Decimal(12))


def test_every_sentence_has_a_disposition(article: Article) -> None:
    revision = article.revision
    assert revision is not None
    counted = coverage.of(revision)
    assert counted.total == revision.sentences.count() == 3
    assert counted.claims == 2
    opinion = revision.sentences.get(start=TEXT.index("The council should"))
    assert (opinion.disposition, opinion.reason) == ("dismissed", "call_to_action")


@pytest.mark.parametrize("code", sorted(REASONS))
def test_the_desk_knows_every_reason_of_the_splitter(code: str) -> None:
    assert splitting.desk_reason(code) in DismissalReason


def test_splitting_again_changes_nothing(article: Article, checker: User) -> None:
    before = spans(article)
    assert splitting.split_article(article=article, by=checker, at=AT) == 0
    assert spans(article) == before


def test_splitting_again_keeps_what_people_did(article: Article, checker: User) -> None:
    first, second = article.claims.order_by("appearances__start")
    marking.dismiss(claim=first, reason="trivial", by=checker, at=AT)
    marking.reword(claim=second, text="Fares rose by 12% in 2019.", by=checker, at=AT)
    splitting.split_article(article=article, by=checker, at=AT)
    assert article.claims.count() == 2
    assert Claim.objects.get(pk=first.pk).state == ClaimState.DISMISSED
    assert Claim.objects.get(pk=second.pk).text == "Fares rose by 12% in 2019."


def test_marking_a_passage_makes_a_claim_without_the_blanks_around_it(
    article: Article, checker: User
) -> None:
    start = TEXT.index("be ashamed")
    claim = marking.mark_claim(article=article, start=start - 1, end=len(TEXT), by=checker, at=AT)
    appearance = claim.appearances.get()
    assert appearance.exact == "be ashamed of itself."
    assert (claim.origin, claim.created_by, claim.check_worthiness) == (Origin.PERSON, checker, 1)
    sentence = Sentence.objects.get(start__lte=start, end__gt=start)
    assert (sentence.disposition, sentence.decided_by) == (Disposition.CLAIM, checker)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (-1, 4), (0, 10_000), (3, 4)])
def test_a_span_outside_the_text_or_of_blanks_is_refused(
    article: Article, checker: User, start: int, end: int
) -> None:
    with pytest.raises(marking.ClaimSpanError):
        marking.mark_claim(article=article, start=start, end=end, by=checker, at=AT)


def test_the_same_passage_is_one_claim(article: Article, checker: User) -> None:
    taken = article.claims.first()
    assert taken is not None
    place = taken.appearances.get()
    with pytest.raises(marking.ClaimSpanTakenError):
        marking.mark_claim(article=article, start=place.start, end=place.end, by=checker, at=AT)


def test_dismissing_moves_the_ledger_and_restoring_moves_it_back(
    article: Article, checker: User
) -> None:
    claim = article.claims.order_by("appearances__start").first()
    assert claim is not None
    marking.dismiss(claim=claim, reason=DismissalReason.TRIVIAL, by=checker, at=AT)
    sentence = Sentence.objects.get(position=0)
    assert (sentence.disposition, sentence.reason) == ("dismissed", "trivial")
    marking.restore(claim=claim, by=checker, at=AT)
    sentence.refresh_from_db()
    assert (sentence.disposition, sentence.reason) == ("claim", "")
    assert list(Event.objects.filter(target_id=str(claim.pk)).values_list("action", flat=True)) == [
        "claim.dismissed",
        "claim.restored",
    ]


def test_dismissing_twice_is_one_event(article: Article, checker: User) -> None:
    claim = article.claims.first()
    assert claim is not None
    for _ in range(2):
        marking.dismiss(claim=claim, reason="opinion", by=checker, at=AT)
    assert Event.objects.filter(action="claim.dismissed").count() == 1


def test_a_claim_with_a_verdict_stays(article: Article, checker: User) -> None:
    claim = article.claims.first()
    assert claim is not None
    drafting.start_draft(claim=claim, by=checker, at=AT)
    with pytest.raises(marking.ClaimHasVerdictError):
        marking.dismiss(claim=claim, reason="opinion", by=checker, at=AT)


def test_a_reason_that_is_not_listed_is_refused(article: Article, checker: User) -> None:
    claim = article.claims.first()
    assert claim is not None
    with pytest.raises(marking.DismissalReasonError):
        marking.dismiss(claim=claim, reason="boring", by=checker, at=AT)
    sentence = Sentence.objects.get(position=0)
    with pytest.raises(marking.DismissalReasonError):
        marking.decide_sentence(
            sentence=sentence, disposition="claim", reason="", by=checker, at=AT
        )


def test_a_sentence_can_be_dismissed_and_taken_back(article: Article, checker: User) -> None:
    sentence = Sentence.objects.get(position=2)
    for disposition, reason in (("dismissed", "prediction"), ("pending", "")):
        decided = marking.decide_sentence(
            sentence=sentence, disposition=disposition, reason=reason, by=checker, at=AT
        )
        assert (decided.disposition, decided.reason) == (disposition, reason)


def test_an_empty_rewording_is_refused(article: Article, checker: User) -> None:
    claim = article.claims.first()
    assert claim is not None
    with pytest.raises(marking.ClaimTextError):
        marking.reword(claim=claim, text="  \n ", by=checker, at=AT)
