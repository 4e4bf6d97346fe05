import pytest

from claims import coverage, editing, marking, reshaping, splitting
from claims.models import Appearance, Article, Claim
from claims.states import ClaimState
from factcheck.accounts.models import User
from tests import factories
from tests.factories import AT, TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return factories.article()


@pytest.fixture
def claim(article: Article) -> Claim:
    """“The ferry to Lismore carried 41,200 passengers in 2019”, or close to it."""
    return article.claims.get(appearances__quantities__value=41200)


def passages(claim: Claim) -> list[str]:
    return list(claim.appearances.order_by("start").values_list("exact", flat=True))


def states(article: Article) -> dict[str, tuple[str, list[str]]]:
    """What an article's claims are, for comparing before and after."""
    return {
        str(claim.pk): (claim.state, passages(claim))
        for claim in article.claims.all()
        if passages(claim)
    }


def test_splitting_keeps_the_first_part_and_makes_a_second(claim: Claim, checker: User) -> None:
    cut = TEXT.index("41,200")
    first, second = reshaping.split_claim(claim=claim, at_offset=cut, by=checker, at=AT)
    assert first.pk == claim.pk
    assert passages(first)[0].endswith("carried")
    assert passages(second)[0].startswith("41,200 passengers")
    assert not Appearance.objects.filter(claim=first, quantities__value=41200).exists()
    assert Appearance.objects.filter(claim=second, quantities__value=41200).exists()
    assert second.created_by == checker


@pytest.mark.parametrize("offset", [0, 10_000])
def test_a_cut_outside_the_passage_is_refused(claim: Claim, checker: User, offset: int) -> None:
    with pytest.raises(marking.ClaimSpanError):
        reshaping.split_claim(claim=claim, at_offset=offset, by=checker, at=AT)


def test_merging_neighbours_joins_their_passages(article: Article, checker: User) -> None:
    first = marking.mark_claim(
        article=article, start=TEXT.index("The council"), end=TEXT.index(" be "), by=checker, at=AT
    )
    second = marking.mark_claim(
        article=article, start=TEXT.index("be ashamed"), end=len(TEXT), by=checker, at=AT
    )
    merged = reshaping.merge(claims=[second, first], by=checker, at=AT)
    assert merged.pk == first.pk
    assert passages(merged) == ["The council should be ashamed of itself."]
    second.refresh_from_db()
    assert (second.state, second.replaced_by) == (ClaimState.REPLACED, first)


def test_claims_apart_are_merged_into_one_with_two_passages(
    article: Article, checker: User
) -> None:
    claims = list(article.claims.order_by("appearances__start"))
    merged = reshaping.merge(claims=claims, by=checker, at=AT)
    assert len(passages(merged)) == 2
    assert "41,200 passengers" in merged.text
    assert "12%" in merged.text


def test_what_cannot_be_merged_is_told(article: Article, claim: Claim, checker: User) -> None:
    with pytest.raises(reshaping.MergeApartError):
        reshaping.merge(claims=[claim, claim], by=checker, at=AT)
    with pytest.raises(reshaping.MergeApartError):
        reshaping.merge(claims=[claim, factories.claim()], by=checker, at=AT)
    other = article.claims.exclude(pk=claim.pk).get()
    factories.evidence(on=other, by=checker)
    with pytest.raises(reshaping.MergeHasVerdictError):
        reshaping.merge(claims=[claim, other], by=checker, at=AT)


def test_resizing_moves_the_bounds_and_reads_the_numbers_anew(claim: Claim, checker: User) -> None:
    start = TEXT.index("41,200")
    resized = reshaping.resize(
        claim=claim, start=start - 1, end=start + len("41,200 passengers "), by=checker, at=AT
    )
    assert passages(resized) == ["41,200 passengers"]
    assert resized.appearances.get().quantities.get().value == 41200


def test_a_span_of_another_claim_is_refused(article: Article, claim: Claim, checker: User) -> None:
    other = article.claims.exclude(pk=claim.pk).get().appearances.get()
    with pytest.raises(marking.ClaimSpanTakenError):
        reshaping.resize(claim=claim, start=other.start, end=other.end, by=checker, at=AT)


def test_sealed_claims_keep_their_shape_and_words(claim: Claim, checker: User) -> None:
    factories.in_review(by=checker, on=claim)
    with pytest.raises(editing.ClaimSealedError):
        reshaping.resize(claim=claim, start=0, end=9, by=checker, at=AT)
    with pytest.raises(editing.ClaimSealedError):
        marking.reword(claim=claim, text="Something else.", by=checker, at=AT)


def test_every_edit_can_be_undone_one_after_the_other(article: Article, checker: User) -> None:
    before = states(article)
    texts = {str(c.pk): c.text for c in article.claims.all()}
    first, second = article.claims.order_by("appearances__start")
    reshaping.split_claim(claim=first, at_offset=TEXT.index("41,200"), by=checker, at=AT)
    reshaping.resize(
        claim=second, start=TEXT.index("Fares"), end=TEXT.index(" by 12%"), by=checker, at=AT
    )
    marking.dismiss(claim=second, reason="trivial", by=checker, at=AT)
    marking.reword(claim=first, text="In other words.", by=checker, at=AT)
    marking.mark_claim(
        article=article, start=TEXT.index("The council"), end=len(TEXT), by=checker, at=AT
    )
    reshaping.merge(
        claims=[first, article.claims.get(text__startswith="41,200")], by=checker, at=AT
    )
    verbs = [editing.undo(article=article, by=checker, at=AT).verb for _ in range(6)]
    assert verbs == ["merge", "mark", "reword", "dismiss", "resize", "split"]
    assert states(article) == before
    assert {str(c.pk): c.text for c in article.claims.all() if str(c.pk) in texts} == texts
    assert coverage.of(article.revision).dismissed == 1  # type: ignore[arg-type]
    with pytest.raises(editing.NothingToUndoError):
        editing.undo(article=article, by=checker, at=AT)


def test_nobody_undoes_what_somebody_else_went_on_with(article: Article, checker: User) -> None:
    claim = article.claims.first()
    assert claim is not None
    other = factories.person()
    marking.reword(claim=claim, text="One wording.", by=checker, at=AT)
    marking.reword(claim=claim, text="A better wording.", by=other, at=AT)
    with pytest.raises(editing.UndoOvertakenError):
        editing.undo(article=article, by=checker, at=AT)
    assert Claim.objects.get(pk=claim.pk).text == "A better wording."


def test_a_marked_claim_with_evidence_is_not_undone(article: Article, checker: User) -> None:
    marked = marking.mark_claim(
        article=article, start=TEXT.index("The council"), end=len(TEXT), by=checker, at=AT
    )
    factories.evidence(on=marked, by=checker)
    with pytest.raises(editing.UndoOvertakenError):
        editing.undo(article=article, by=checker, at=AT)


def test_splitting_again_leaves_reshaped_claims_alone(article: Article, checker: User) -> None:
    first, second = article.claims.order_by("appearances__start")
    reshaping.split_claim(claim=first, at_offset=TEXT.index("41,200"), by=checker, at=AT)
    reshaping.resize(
        claim=second, start=TEXT.index("12%"), end=TEXT.index(" after"), by=checker, at=AT
    )
    assert splitting.split_article(article=article, by=checker, at=AT) == 0


def test_merged_claims_are_not_proposed_again(article: Article, checker: User) -> None:
    reshaping.merge(claims=list(article.claims.all()), by=checker, at=AT)
    assert splitting.split_article(article=article, by=checker, at=AT) == 0
