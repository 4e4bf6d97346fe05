"""The claim list's order and words, claims without a place, and proposals."""

import pytest
from django.test import Client, override_settings

from claims.models import Article, Claim, ProposalRun
from claims.states import ClaimState, RunState
from claims.templatetags.wording import open_points, said_by, unsettled
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from tests import factories
from tests.claims.views.conftest import Desk, said
from tests.factories import AT, TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(checker: User) -> Article:
    return factories.article(by=checker)


@pytest.fixture
def client(checker: User, desk: Desk) -> Client:
    return desk(checker)


@pytest.fixture
def lost(article: Article, client: Client) -> Claim:
    """A claim that the corrected text holds no more."""
    corrected = TEXT.replace("carried 41,200", "moved some 4,120")
    client.post(f"{article.get_absolute_url()}revise/", {"text": corrected})
    (row,) = client.get(article.get_absolute_url()).context["unplaced"]
    found: Claim = row.claim
    return found


@pytest.fixture
def proposal(article: Article) -> Claim:
    claim = article.claims.order_by("appearances__start")[0]
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.PROPOSED)
    claim.refresh_from_db()
    return claim


def listed(client: Client, article: Article, query: str = "") -> list[int]:
    page = client.get(f"{article.get_absolute_url()}{query}")
    return [row.number for row in page.context["claims"]]


def test_the_list_is_ordered_by_worth_until_the_order_is_switched(
    article: Article, client: Client
) -> None:
    second = article.claims.order_by("-appearances__start")[0]
    Claim.objects.filter(article=article).update(check_worthiness=0.1)
    Claim.objects.filter(pk=second.pk).update(check_worthiness=0.9)
    assert listed(client, article) == [2, 1]
    assert listed(client, article, "?order=text") == [1, 2]
    assert listed(client, article) == [1, 2]
    assert listed(client, article, "?order=forged") == [1, 2]
    assert listed(client, article, "?order=worth") == [2, 1]


def test_a_row_says_why_who_and_what_is_open(article: Article, client: Client) -> None:
    Claim.objects.filter(article=article).update(
        text="She raised <b>fares</b>.",
        unresolved=["She"],
        claimant="Ana Ruiz",
        reporting_verb="said",
        reasons=["states a number", "names a year"],
    )
    page = client.get(article.get_absolute_url()).text
    assert ">She</span> raised &lt;b&gt;fares" in page
    assert "Ana Ruiz says so (“said”)" in page
    assert "states a number, names a year" in page
    assert "not settled: “She”" in page


def test_words_are_marked_whole_and_escaped() -> None:
    claim = Claim(text="Shell & she: <she>", unresolved=["she", ""])
    assert unsettled(claim).count("unsettled") == 2
    assert unsettled(claim).startswith("Shell &amp; <span")
    assert unsettled(Claim(text="a < b")) == "a &lt; b"
    assert said_by(Claim()) == ""
    open_claim = Claim(text="the subject fell", unresolved=["subject"])
    assert unsettled(open_claim) == "the subject fell"
    assert open_points(open_claim) == "who or what it is about"


def test_the_undo_button_names_the_change(article: Article, client: Client) -> None:
    assert "Undo" not in said(client.get(article.get_absolute_url()))
    claim = article.claims.all()[0]
    client.post(f"/claims/{claim.pk}/dismiss/", {"reason": "trivial"})
    assert "Undo leaving out" in said(client.get(article.get_absolute_url()))
    client.post(f"{article.get_absolute_url()}undo/")
    claim.refresh_from_db()
    assert claim.state == ClaimState.OPEN


def test_a_claim_whose_making_was_undone_was_not_left_out(article: Article, client: Client) -> None:
    address = article.get_absolute_url()
    before = client.get(address).context["out_count"]
    client.post(f"{address}claims/", {"exact": "be ashamed of itself"})
    client.post(f"{address}undo/")
    page = client.get(address)
    assert page.context["dismissed"] == []
    assert page.context["out_count"] == before


def test_a_change_of_an_earlier_text_is_not_offered_for_undoing(
    article: Article, client: Client
) -> None:
    claim = article.claims.all()[0]
    client.post(f"/claims/{claim.pk}/dismiss/", {"reason": "trivial"})
    client.post(f"{article.get_absolute_url()}revise/", {"text": f"New. {TEXT}"})
    assert "Undo" not in said(client.get(article.get_absolute_url()))


def test_a_claim_without_a_place_finds_a_new_one(
    article: Article, lost: Claim, client: Client
) -> None:
    page = said(client.get(f"{article.get_absolute_url()}?place={lost.pk}"))
    assert "Without a place in revision 2" in page
    assert "Its new place" in page
    words = "The ferry to Lismore moved some 4,120 passengers"
    for claim in Claim.objects.filter(appearances__exact__contains="4,120"):
        client.post(f"/claims/{claim.pk}/dismiss/", {"reason": "duplicate"})
    data = {"claim": lost.pk, "exact": words}
    page = said(client.post(f"{article.get_absolute_url()}fit/", data, follow=True))
    assert "The claim covers these words now." in page
    assert "Without a place" not in page
    assert lost.appearances.get(revision=article.revision).exact == words


def test_a_place_that_is_not_in_the_text_comes_back(
    article: Article, lost: Claim, client: Client
) -> None:
    data = {"claim": lost.pk, "exact": "nowhere to be seen"}
    page = client.post(f"{article.get_absolute_url()}fit/", data)
    assert page.status_code == 422
    assert "do not stand in the text" in said(page)
    assert f'name="claim" value="{lost.pk}"' in page.text


def test_a_claim_without_a_place_is_left_out(article: Article, lost: Claim, client: Client) -> None:
    client.post(f"/claims/{lost.pk}/dismiss/", {"reason": "duplicate"})
    page = client.get(article.get_absolute_url())
    assert page.context["unplaced"] == []


def test_the_page_says_which_revision_it_shows(
    article: Article, client: Client, lost: Claim
) -> None:
    page = client.get(article.get_absolute_url())
    assert "revision 2, earlier texts" in said(page)
    assert f"{article.get_absolute_url()}revisions/1/" in page.text


def test_a_proposal_stands_apart_and_is_no_claim_yet(
    article: Article, proposal: Claim, client: Client
) -> None:
    page = client.get(article.get_absolute_url())
    assert [row.claim for row in page.context["proposed"]] == [proposal]
    assert proposal.pk not in {row.claim.pk for row in page.context["claims"]}
    assert "proposal, not a claim yet" in said(page)
    shown = said(client.get(f"/claims/{proposal.pk}/"))
    assert "Accept the proposal" in shown
    assert 'data-opens="reword"' not in shown
    client.post(f"/claims/{proposal.pk}/dismiss/", {"reason": "opinion"})
    assert client.get(article.get_absolute_url()).context["proposed"] == []


def test_the_language_model_is_not_offered_where_none_is_configured(
    article: Article, client: Client
) -> None:
    assert "Ask the language model" not in said(client.get(article.get_absolute_url()))
    page = client.post(f"{article.get_absolute_url()}ask/", follow=True)
    assert TEXTS["proposals_off"] in said(page)


@override_settings(PROPOSALS_URL="http://127.0.0.1:9/v1", PROPOSALS_MODEL="tiny")
def test_the_language_model_is_asked_once(article: Article, client: Client) -> None:
    address = article.get_absolute_url()
    assert "Ask the language model" in said(client.get(address))
    page = said(client.post(f"{address}ask/", follow=True))
    assert "The language model is being asked." in page
    assert f'hx-get="{address}asked/"' in page
    assert 'action="' + address + "ask/" not in page
    client.post(f"{address}ask/")
    run = ProposalRun.objects.get()
    assert "being asked" in client.get(f"{address}asked/").text
    done = {"state": RunState.DONE, "offered": 5, "kept": 3, "reworded": 1, "dropped": 2}
    ProposalRun.objects.filter(pk=run.pk).update(**done, model="tiny", finished_at=AT)
    assert client.get(f"{address}asked/")["HX-Refresh"] == "true"
    words = "tiny offered 5: 2 stand in the text and are new, 1 reword a claim, 2 were dropped."
    assert words in said(client.get(address))


def test_a_model_that_failed_says_why(article: Article, client: Client, checker: User) -> None:
    assert article.revision is not None
    ProposalRun.objects.create(
        revision=article.revision,
        state=RunState.FAILED,
        error_code="model_busy",
        requested_by=checker,
        requested_at=AT,
        not_before=AT,
        finished_at=AT,
    )
    assert TEXTS["model_busy"] in said(client.get(article.get_absolute_url()))


def test_an_admin_asks_nothing(article: Article, admin: User, desk: Desk) -> None:
    assert desk(admin).post(f"{article.get_absolute_url()}ask/").status_code == 403
