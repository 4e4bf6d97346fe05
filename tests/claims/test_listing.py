from datetime import timedelta
from typing import Any

import pytest

from claims import intake, listing, marking
from factcheck.accounts.models import User
from tests import factories
from tests.factories import AT, TEXT

pytestmark = pytest.mark.django_db


def add_articles(number: int) -> None:
    for minute in range(number):
        at = AT + timedelta(minutes=minute // 2)
        intake.add_text(title=f"Article {minute}", text=TEXT, by=None, at=at)


def read_all(read: Any, size: int) -> list[Any]:
    items, cursor = [], ""
    while True:
        page = read(cursor=cursor, size=size)
        assert len(page.items) <= size
        items += page.items
        cursor = page.next_cursor
        if not cursor:
            return items


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6])
def test_pages_show_every_article_once_newest_first(size: int) -> None:
    add_articles(5)
    rows = read_all(listing.articles, size)
    times = [row.article.created_at for row in rows]
    assert times == sorted(times, reverse=True)
    assert {row.article.title for row in rows} == {f"Article {n}" for n in range(5)}
    assert len(rows) == 5


def test_a_row_says_what_has_become_of_the_sentences() -> None:
    add_articles(1)
    (row,) = listing.articles().items
    assert (row.coverage.claims, row.coverage.dismissed, row.open_claims) == (2, 1, 2)


def test_the_list_costs_the_same_queries_whatever_its_length(
    django_assert_num_queries: Any,
) -> None:
    add_articles(1)
    with django_assert_num_queries(4):
        listing.articles()
    add_articles(3)
    with django_assert_num_queries(4):
        listing.articles()


@pytest.mark.parametrize("size", [1, 2, 7])
def test_the_queue_is_ordered_by_check_worthiness(size: int) -> None:
    add_articles(3)
    claims = read_all(listing.todo, size)
    worth = [claim.check_worthiness for claim in claims]
    assert worth == sorted(worth, reverse=True)
    assert len({claim.pk for claim in claims}) == 6


def test_started_and_dismissed_claims_leave_the_queue(checker: User) -> None:
    add_articles(1)
    first, second = listing.todo().items
    marking.dismiss(claim=first, reason="trivial", by=checker, at=AT)
    factories.draft(by=checker, on=second)
    assert list(listing.todo().items) == []


def test_versions_stand_in_the_queue_of_their_state(checker: User, editor: User) -> None:
    mine = factories.draft(by=checker)
    factories.draft(by=editor)
    waiting = factories.in_review(by=checker)
    shown = {
        code: {version.pk for version in listing.versions(kind=kind, person=checker).items}
        for code, kind in listing.QUEUES.items()
        if kind.states
    }
    assert shown["mine"] == {mine.pk}
    assert len(shown["drafts"]) == 2
    assert shown["in_review"] == {waiting.pk}
    assert shown["approved"] == shown["published"] == set()


def test_versions_of_a_queue_cost_one_query(checker: User, django_assert_num_queries: Any) -> None:
    kind = listing.QUEUES["in_review"]
    for _ in range(3):
        factories.in_review(by=checker)
        with django_assert_num_queries(1):
            for version in listing.versions(kind=kind, person=checker).items:
                assert version.verdict.claim.article.title


def test_counts_stop_at_a_cap(checker: User, monkeypatch: pytest.MonkeyPatch) -> None:
    add_articles(2)
    assert listing.queue_counts(person=checker, today=AT.date())["todo"] == "4"
    monkeypatch.setattr(listing, "COUNT_CAP", 3)
    assert listing.queue_counts(person=checker, today=AT.date())["todo"] == "3+"


@pytest.mark.parametrize("cursor", ["x", "AAAA", "bnVsbA==", "WzEsMl0=", "W251bGwsbnVsbF0="])
def test_a_cursor_that_is_not_ours_is_refused(cursor: str) -> None:
    with pytest.raises(listing.CursorError):
        listing.articles(cursor=cursor)
    with pytest.raises(listing.CursorError):
        listing.todo(cursor=cursor)
