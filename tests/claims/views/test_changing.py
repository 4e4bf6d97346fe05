import pytest
from django.test import Client

from claims.models import Article, Claim
from claims.states import ClaimState
from claims.views.changing import cuts
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from tests import factories
from tests.claims.views.conftest import Count, Desk, said
from tests.factories import TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(checker: User) -> Article:
    return factories.article(by=checker)


@pytest.fixture
def claim(article: Article) -> Claim:
    return article.claims.get(appearances__quantities__value=41200)


@pytest.fixture
def client(checker: User, desk: Desk) -> Client:
    return desk(checker)


def change(client: Client, claim: Claim, do: str, **data: object) -> str:
    return said(client.post(f"/claims/{claim.pk}/change/", {"do": do, **data}, follow=True))


def passages(claim: Claim) -> list[str]:
    return list(claim.appearances.order_by("start").values_list("exact", flat=True))


def test_a_passage_can_be_cut_before_each_word_but_the_first() -> None:
    text = "One 😀 two\n three four five six."
    assert cuts(text, 4, 16) == [
        (6, "😀 | two three"),
        (11, "😀 two | three"),
    ]
    assert cuts(text, 0, 3) == []


def test_the_page_offers_the_gaps_of_the_passage(claim: Claim, client: Client) -> None:
    page = client.get(f"/claims/{claim.pk}/change/")
    place = claim.appearances.get()
    offered = [int(at) for at, _ in page.context["split_form"].fields["at"].choices]
    assert TEXT.index("41,200") in offered
    assert all(place.start < at < place.end for at in offered)


def test_a_claim_is_split_at_a_gap(claim: Claim, client: Client) -> None:
    assert "split in two" in change(client, claim, "split", at=TEXT.index("41,200"))
    assert passages(claim)[0].endswith("carried")


@pytest.mark.parametrize("at", ["", "0", "nonsense"])
def test_a_forged_cut_is_refused_in_words(claim: Claim, client: Client, at: str) -> None:
    page = client.post(f"/claims/{claim.pk}/change/", {"do": "split", "at": at})
    assert page.status_code == 422
    assert "Choose where to cut" in said(page)


def test_a_claim_is_trimmed_by_its_words(claim: Claim, client: Client) -> None:
    page = change(client, claim, "resize", exact="carried 41,200 passengers")
    assert "covers these words now" in page
    assert passages(claim) == ["carried 41,200 passengers"]


def test_words_of_elsewhere_come_back(claim: Claim, client: Client) -> None:
    before = passages(claim)
    data = {"do": "resize", "exact": "words of another text"}
    page = client.post(f"/claims/{claim.pk}/change/", data)
    assert page.status_code == 422
    assert "do not stand in the text" in said(page)
    assert "words of another text</textarea>" in said(page)
    assert passages(claim) == before


def test_a_claim_is_reworded(claim: Claim, client: Client) -> None:
    assert "The claim was reworded." in change(client, claim, "reword", text="Ferries are busy.")
    claim.refresh_from_db()
    assert claim.text == "Ferries are busy."
    assert TEXTS["claim_text_empty"] in change(client, claim, "reword", text=" ")


def test_a_claim_is_merged_with_the_next(article: Article, claim: Claim, client: Client) -> None:
    other = article.claims.exclude(pk=claim.pk).get()
    assert "The claims are one now." in change(client, claim, "merge")
    other.refresh_from_db()
    assert (other.state, other.replaced_by) == (ClaimState.REPLACED, claim)
    page = client.get(article.get_absolute_url())
    marks = [
        piece.numbers
        for paragraph in page.context["marked"]
        for piece in paragraph.pieces
        if piece.numbers
    ]
    assert marks == ["1", "1"]
    assert page.text.count(f'id="mark-{claim.pk}"') == 1
    assert "Undo merge" in said(page)


def test_the_last_claim_has_nothing_to_merge_with(
    article: Article, claim: Claim, client: Client
) -> None:
    last = article.claims.exclude(pk=claim.pk).get()
    assert "Merge with the next claim" not in said(client.get(f"/claims/{last.pk}/change/"))
    page = client.post(f"/claims/{last.pk}/change/", {"do": "merge"})
    assert page.status_code == 422


def test_a_sealed_claim_says_so(client: Client, checker: User) -> None:
    claim = factories.in_review(by=checker).verdict.claim
    page = change(client, claim, "reword", text="Other words.")
    assert TEXTS["claim_sealed"] in page


@pytest.mark.parametrize("state", [ClaimState.PROPOSED, ClaimState.DISMISSED])
def test_only_an_open_claim_is_changed(claim: Claim, client: Client, state: ClaimState) -> None:
    reason = "trivial" if state == ClaimState.DISMISSED else ""
    Claim.objects.filter(pk=claim.pk).update(state=state, dismissal_reason=reason)
    answer = client.post(f"/claims/{claim.pk}/change/", {"do": "reword", "text": "Other."})
    assert answer["Location"] == claim.get_absolute_url()
    claim.refresh_from_db()
    assert claim.text != "Other."


def test_an_admin_changes_nothing(claim: Claim, admin: User, desk: Desk) -> None:
    answer = desk(admin).post(f"/claims/{claim.pk}/change/", {"do": "reword", "text": "x"})
    assert answer.status_code == 403


def test_a_claim_of_three_passages_takes_as_many_queries_as_one(
    article: Article, claim: Claim, client: Client, count_queries: Count
) -> None:
    address = f"/claims/{claim.pk}/change/"
    revision = article.revision
    assert revision is not None
    one = count_queries(client, address)
    for words in ("The council", "of itself"):
        start = TEXT.index(words)
        claim.appearances.create(
            revision=revision, start=start, end=start + len(words), exact=words
        )
    assert count_queries(client, address) == one
