import pytest
from django.test import override_settings

from claims.states import ClaimState
from factcheck.accounts.models import User
from tests import factories
from tests.claims.test_waiting import propose
from tests.claims.views.conftest import Count, Desk, said

pytestmark = pytest.mark.django_db
LIST = "/claims/proposals/"


def test_an_empty_list_says_where_proposals_come_from(checker: User, desk: Desk) -> None:
    assert "no language model configured" in said(desk(checker).get(LIST))
    with override_settings(PROPOSALS_URL="http://127.0.0.1:9/v1", PROPOSALS_MODEL="tiny"):
        page = said(desk(checker).get(LIST))
    assert "No proposal waits for a yes or no" in page
    assert "Ask the language model from an article's own page." in page


def test_the_queue_and_the_desk_lead_to_waiting_proposals(checker: User, desk: Desk) -> None:
    client = desk(checker)
    assert LIST not in client.get("/").text
    article = factories.article(by=checker)
    propose(article, checker)
    assert "articles with proposals" in said(client.get("/"))
    assert f'href="{LIST}"' in client.get("/claims/").text
    assert f'href="{LIST}"' not in client.get("/approvals/").text
    page = client.get(LIST)
    assert f"{article.get_absolute_url()}?open=proposed#proposed" in page.text
    assert "1 question on the way" in said(page)
    assert client.get(LIST, {"cursor": "nonsense"}).status_code == 422


def test_three_articles_take_as_many_queries_as_one(
    checker: User, desk: Desk, count_queries: Count
) -> None:
    client = desk(checker)
    propose(factories.article(by=checker), checker)
    one = count_queries(client, LIST)
    for _ in range(2):
        propose(factories.article(by=checker), checker)
    assert count_queries(client, LIST) == one


def test_proposals_are_decided_one_after_the_other(checker: User, desk: Desk) -> None:
    client = desk(checker)
    article = factories.article(by=checker)
    proposal = propose(article, checker)
    address = f"{article.get_absolute_url()}?open=proposed"
    page = client.get(address)
    assert (len(page.context["proposed"]), len(page.context["wordings"])) == (1, 1)
    assert "another wording" in said(page)
    following = f"{address}#proposed"
    assert f'name="next" value="{following}"' in page.text
    answer = client.post(f"/claims/{proposal.pk}/accept/", {"next": following})
    assert answer["Location"] == following
    (row,) = client.get(address).context["wordings"]
    client.post(f"/claims/{row.claim.pk}/wording/", {"do": "take", "next": following})
    assert article.claims.filter(text="Otherwise said.").exists()
    assert (
        "No proposal waits for a yes or no." in said(client.get(address))
        or not (client.get(address).context["proposal_count"])
    )


def test_a_proposal_whose_words_are_gone_from_the_text_is_not_forgotten(
    checker: User, desk: Desk
) -> None:
    client = desk(checker)
    article = factories.article(by=checker)
    proposal = propose(article, checker)
    text = factories.TEXT.replace("carried 41,200", "moved some 4,120")
    client.post(f"{article.get_absolute_url()}revise/", {"text": text})
    page = client.get(f"{article.get_absolute_url()}?open=proposed")
    assert page.context["adrift"] == {proposal.pk}
    assert "its words do not stand in revision 2" in said(page)
    client.post(f"/claims/{proposal.pk}/accept/")
    (row,) = client.get(article.get_absolute_url()).context["unplaced"]
    assert (row.claim.pk, row.claim.state) == (proposal.pk, ClaimState.OPEN)
