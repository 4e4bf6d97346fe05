from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from claims import marking, waiting
from claims.models import Article, Claim, ProposalRun
from claims.states import ClaimState, Origin
from factcheck.accounts.models import User
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


def propose(article: Article, by: User) -> Claim:
    """Let the first claim of the article be a proposal, and the second have another wording."""
    assert article.revision is not None
    run = ProposalRun.objects.create(
        revision=article.revision, requested_by=by, requested_at=AT, not_before=AT
    )
    first, second = article.claims.order_by("appearances__start")[:2]
    Claim.objects.filter(pk=first.pk).update(
        state=ClaimState.PROPOSED, origin=Origin.MODEL, proposed_by=run
    )
    Claim.objects.filter(pk=second.pk).update(
        proposed_text="Otherwise said.", wording_proposed_by=run
    )
    return Claim.objects.get(pk=first.pk)


def test_articles_with_proposals_are_counted_and_listed(checker: User) -> None:
    factories.article(by=checker)
    article = factories.article(by=checker)
    proposal = propose(article, checker)
    assert waiting.proposal_count() == "1"
    assert waiting.open_questions() == 1
    (row,) = waiting.proposals().items
    assert (row.article, row.claims, row.wordings) == (article, 1, 1)
    marking.accept(claim=proposal, by=checker, at=AT)
    (row,) = waiting.proposals().items
    assert (row.claims, row.wordings) == (0, 1)
    for claim in article.claims.all():
        marking.dismiss(claim=claim, reason="trivial", by=checker, at=AT)
    assert waiting.proposals().items == []


def test_pages_follow_each_other_newest_first(
    checker: User, django_assert_num_queries: Any
) -> None:
    articles = [factories.article(by=checker) for _ in range(5)]
    for minute, article in enumerate(articles):
        Article.objects.filter(pk=article.pk).update(created_at=AT + timedelta(minutes=minute))
        propose(article, checker)
    with django_assert_num_queries(2):
        page = waiting.proposals(size=2)
    found = list(page.items)
    while page.next_cursor:
        page = waiting.proposals(size=2, cursor=page.next_cursor)
        found += page.items
    assert [row.article for row in found] == articles[::-1]


def test_the_count_uses_the_index_of_proposals(checker: User) -> None:
    propose(factories.article(by=checker), checker)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Article.objects.filter(waiting.has_proposals()).explain()
    assert "claims_claim_with_proposal" in plan
