import pytest
from django.test import Client

from factcheck.accounts.models import User
from tests import factories
from tests.claims.views.conftest import Count, Desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("todo", "Every claim has a verdict in progress."),
        ("mine", "You have no draft."),
        ("in_review", "No verdict waits for an editor."),
        ("published", "Nothing is published yet."),
        ("forged", "Every claim has a verdict in progress."),
    ],
)
def test_an_empty_list_says_so(checker: User, desk: Desk, kind: str, words: str) -> None:
    assert words in desk(checker).get("/claims/", {"list": kind}).text


def test_three_rows_take_as_many_queries_as_one(
    checker: User, editor: User, desk: Desk, count_queries: Count
) -> None:
    def add() -> None:
        factories.claim(by=checker)
        factories.draft(by=checker)
        factories.in_review(by=checker)
        factories.published(by=checker, editor=editor)

    def count() -> dict[str, int]:
        kinds = ("todo", "mine", "drafts", "in_review", "published")
        return {kind: count_queries(client, f"/claims/?list={kind}") for kind in kinds}

    client = desk(checker)
    add()
    one = count()
    add()
    add()
    assert count() == one


def test_home_takes_as_many_queries_for_three_articles_as_for_one(
    checker: User, desk: Desk, count_queries: Count
) -> None:
    client = desk(checker)
    factories.article(by=checker)
    one = count_queries(client, "/")
    factories.article(by=checker)
    factories.article(by=checker)
    assert count_queries(client, "/") == one


def test_the_editors_queue_leads_to_the_approval_page(
    checker: User, editor: User, desk: Desk
) -> None:
    version = factories.in_review(by=checker)
    assert f"/versions/{version.pk}/" in desk(editor).get("/approvals/").text


def test_pages_of_the_queue_follow_each_other(checker: User, desk: Desk) -> None:
    lines = [f"In 20{number:02} fares rose by {number} %." for number in range(10, 50)]
    factories.article(by=checker, text=" ".join(lines))
    client = desk(checker)
    seen, following = [], ""
    while True:
        page = client.get("/claims/", {"list": "todo", "cursor": following})
        seen += [row.claim.pk for row in page.context["rows"]]
        following = page.context["next_cursor"]
        if not following:
            break
    assert len(seen) == len(set(seen)) > 30


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("checker", ["claims to check", "drafts of yours", "verdicts published"]),
        (
            "editor",
            [
                *("verdicts to approve", "verdicts to publish", "withdrawals to confirm"),
                "claims to check",
            ],
        ),
        ("admin", ["verdicts published"]),
    ],
)
def test_home_leads_each_role_to_its_work(desk: Desk, role: str, words: list[str]) -> None:
    page = desk(factories.person(role)).get("/")
    assert page.status_code == 200
    titles = [pile.title for pile in page.context["desks"]]
    assert titles[: len(words)] == words


def test_a_stranger_is_led_to_the_door_and_back() -> None:
    answer = Client().get("/claims/?list=mine")
    assert answer["Location"] == "/account/sign-in/?next=/claims/%3Flist%3Dmine"
