from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from claims import (
    commenting,
    history,
    intake,
    linking,
    mentioning,
    pinning,
    threads,
    workflow,
)
from claims.models import Claim, Comment, Notification, Published, Thread
from claims.pinning import About
from claims.together_states import CommentPlace
from factcheck.accounts.models import User
from factcheck.errors import NotAllowedError
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.claim(by=checker)


def begin(claim: Claim, by: User, text: str = "Is this so?", **more: Any) -> Comment:
    about = About(**more) if more else None
    return commenting.begin(claim=claim, text=text, by=by, at=AT, about=about)


def row_of(comment: Comment, person: User, minutes: int = 0) -> threads.ThreadRow:
    return threads.one(comment.thread, person=person, at=AT + minutes * MINUTE)


def told() -> list[tuple[str, str]]:
    rows = Notification.objects.order_by("created_at", "recipient__username", "kind")
    return [(row.recipient.username, row.kind) for row in rows]


def test_a_thread_is_answered_settled_and_reopened(
    claim: Claim, checker: User, editor: User
) -> None:
    first = begin(claim, checker)
    commenting.reply(thread=first.thread, text="It is.", by=editor, at=AT + MINUTE)
    commenting.resolve(thread=first.thread, by=editor, at=AT + 2 * MINUTE)
    commenting.resolve(thread=first.thread, by=checker, at=AT + 3 * MINUTE)
    assert threads.counts(claim) == (0, 1)
    commenting.reply(thread=first.thread, text="Wait.", by=checker, at=AT + 4 * MINUTE)
    assert threads.counts(claim) == (1, 0)
    commenting.resolve(thread=first.thread, by=checker, at=AT + 5 * MINUTE)
    commenting.reopen(thread=first.thread, by=checker, at=AT + 6 * MINUTE)
    assert [entry.words for entry in history.of_claim(claim)] == [
        "reopened a thread of comments",
        "settled a thread of comments",
        "answered a comment",
        "settled a thread of comments",
        "answered a comment",
        "began a thread of comments",
    ]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("  \n ", commenting.CommentEmptyError),
        ("x" * 4001, commenting.CommentTooLongError),
    ],
)
def test_words_that_are_no_comment(
    claim: Claim, checker: User, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        begin(claim, checker, text)
    assert not Thread.objects.exists()


def test_the_same_form_twice_is_one_comment(claim: Claim, checker: User) -> None:
    key = uuid4()
    for _ in range(2):
        made = commenting.begin(claim=claim, text="Once.", by=checker, at=AT, key=key)
        commenting.reply(thread=made.thread, text="Twice.", by=checker, at=AT, key=uuid4())
    assert Thread.objects.count() == 1
    assert Comment.objects.count() == 3


def test_an_admin_reads_and_writes_nothing(claim: Claim, admin: User, checker: User) -> None:
    with pytest.raises(NotAllowedError):
        begin(claim, admin)
    made = begin(claim, checker)
    for verb in (commenting.resolve, commenting.reopen):
        with pytest.raises(NotAllowedError):
            verb(thread=made.thread, by=admin, at=AT)


def test_it_is_held_to_the_words_of_the_article(claim: Claim, checker: User) -> None:
    made = begin(claim, checker, place=CommentPlace.ARTICLE, exact="Fares rose by 12%")
    thread, revision = made.thread, claim.article.revision
    assert revision is not None
    assert revision.text[thread.start : thread.end] == thread.exact == "Fares rose by 12%"
    (place,) = threads.places_in(claim.article, revision)
    assert (place.start, place.comments, place.threads) == (thread.start, 1, (thread.pk,))
    with pytest.raises(pinning.CommentWordsError):
        begin(claim, checker, place=CommentPlace.ARTICLE, exact="Fares rose by 13%")
    with pytest.raises(pinning.CommentWordsError):
        begin(claim, checker, place=CommentPlace.ARTICLE)


def test_a_corrected_article_moves_the_words_or_loses_them(checker: User) -> None:
    article = factories.article(by=checker)
    claim = article.claims.order_by("appearances__start").first()
    assert claim is not None
    kept = begin(claim, checker, place=CommentPlace.ARTICLE, exact="12%")
    lost = begin(claim, checker, place=CommentPlace.ARTICLE, exact="in 2019")
    text = "New. " + factories.TEXT.replace("2019", "2018")
    intake.revise(article=article, data=text.encode(), filename="a.txt", by=checker, at=AT)
    claim.refresh_from_db()
    assert row_of(kept, checker).in_article == text.index("12%")
    assert not row_of(lost, checker).stands
    assert article.revision is not None
    assert len(threads.places_in(article, article.revision)) == 1


def test_it_is_held_to_a_quote_until_that_is_taken_off(claim: Claim, checker: User) -> None:
    item = factories.evidence(on=claim, by=checker)
    made = begin(claim, checker, place=CommentPlace.EVIDENCE, evidence=item.pk, exact="41,200")
    assert row_of(made, checker).stands
    linking.remove(evidence=item, by=checker, at=AT)
    assert not row_of(made, checker).stands
    with pytest.raises(pinning.CommentWordsError):
        begin(claim, checker, place=CommentPlace.EVIDENCE, evidence=item.pk)
    other = factories.evidence(on=factories.claim(), by=checker)
    with pytest.raises(pinning.CommentWordsError):
        begin(claim, checker, place=CommentPlace.EVIDENCE, evidence=other.pk)


def test_it_is_held_to_the_draft_until_its_words_change(claim: Claim, checker: User) -> None:
    version = factories.draft(by=checker, on=claim)
    made = begin(claim, checker, place=CommentPlace.DRAFT, block="summary", exact="same number")
    whole = begin(claim, checker, place=CommentPlace.DRAFT, block="what_we_found")
    assert row_of(made, checker).stands
    factories.write(version, by=checker, summary="Another conclusion.")
    assert not row_of(made, checker).stands
    assert row_of(whole, checker).stands
    for block in ("", "manifest"):
        with pytest.raises(pinning.CommentWordsError):
            begin(claim, checker, place=CommentPlace.DRAFT, block=block)


def test_who_is_mentioned_and_who_takes_part_is_told_once(claim: Claim) -> None:
    ana, bo, cy = (factories.person(username=name) for name in ("ana", "bo.k", "cy"))
    factories.person("admin", username="ada")
    gone = factories.person(username="gone")
    gone.is_active = False
    gone.save()
    made = begin(claim, ana, "@bo.k. and @ada, @gone, @ana, @nobody: look")
    assert told() == [("bo.k", "mention")]
    assert {each.person.username for each in made.mentions.all()} == {"bo.k", "ana"}
    Notification.objects.all().delete()
    commenting.reply(thread=made.thread, text="See @cy", by=bo, at=AT)
    assert told() == [("ana", "reply"), ("cy", "mention")]
    Notification.objects.all().delete()
    commenting.reply(thread=made.thread, text="@ana @bo.k", by=cy, at=AT)
    assert told() == [("ana", "mention"), ("bo.k", "mention")]


def test_a_comment_is_changed_for_a_while_and_its_older_text_kept(
    claim: Claim, checker: User, editor: User
) -> None:
    made = begin(claim, checker, "Ask somebody")
    text = f"Ask @{editor.username}"
    with pytest.raises(NotAllowedError):
        commenting.edit(comment=made, text=text, by=editor, at=AT)
    commenting.edit(comment=made, text=text, by=checker, at=AT + 15 * MINUTE)
    assert told() == [(editor.username, "mention")]
    assert [wording.text for wording in made.wordings.all()] == ["Ask somebody"]
    first = row_of(made, checker, 16).first
    assert first is not None
    assert (first.can_edit, first.comment.text) == (False, text)
    with pytest.raises(commenting.CommentFixedError):
        commenting.edit(comment=made, text="Too late", by=checker, at=AT + 16 * MINUTE)


def test_a_deleted_comment_leaves_its_place(claim: Claim, checker: User, editor: User) -> None:
    made = begin(claim, checker, "A secret")
    with pytest.raises(NotAllowedError):
        commenting.delete(comment=made, by=editor, at=AT)
    commenting.delete(comment=made, by=checker, at=AT)
    commenting.delete(comment=made, by=checker, at=AT + MINUTE)
    first = row_of(made, checker).first
    assert first is not None
    assert (first.pieces, first.can_edit, first.is_mine) == ((), False, False)
    with pytest.raises(commenting.CommentFixedError):
        commenting.edit(comment=made, text="Back", by=checker, at=AT)


def test_a_long_thread_shows_its_first_and_newest(claim: Claim, checker: User) -> None:
    made = begin(claim, checker, "0")
    for number in range(1, 8):
        at = AT + number * MINUTE
        commenting.reply(thread=made.thread, text=str(number), by=checker, at=at)
    row = row_of(made, checker)
    assert row.first is not None
    shown = [row.first.comment.text, *(each.comment.text for each in row.replies)]
    assert (shown, row.hidden) == (["0", "5", "6", "7"], 4)
    seen: list[str] = []
    cursor = ""
    while True:
        page = threads.comments_of(made.thread, person=checker, at=AT, cursor=cursor, size=3)
        seen += [each.comment.text for each in page.items]
        if not (cursor := page.next_cursor):
            break
    assert seen == list("01234567")


def test_threads_are_paged_and_one_may_stand_first(claim: Claim, checker: User) -> None:
    made = [begin(claim, checker, str(number)).thread_id for number in range(7)]
    focus = made[0]
    page = threads.of_claim(claim, person=checker, at=AT, size=3, focus=focus)
    seen = [row.thread.pk for row in page.items]
    assert seen[0] == focus
    while page.next_cursor:
        page = threads.of_claim(
            claim, person=checker, at=AT, size=3, focus=focus, cursor=page.next_cursor
        )
        seen += [row.thread.pk for row in page.items]
    assert sorted(seen) == sorted(made)


def test_a_page_of_threads_costs_the_same_queries(
    claim: Claim, checker: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        made = begin(claim, checker, place=CommentPlace.ARTICLE, exact="12%")
        commenting.reply(thread=made.thread, text=f"@{checker.username}", by=checker, at=AT)
        with django_assert_max_num_queries(5):
            rows = threads.of_claim(claim, person=checker, at=AT).items
            assert all(row.replies[0].pieces for row in rows)


def test_people_are_found_by_either_name(checker: User) -> None:
    ana = factories.person(username="ana", name="Ana Ruiz")
    factories.person("admin", username="anadmin")
    for prefix in ("an", "AN", "rui"):
        assert mentioning.mentionable(prefix) == [ana]
    assert {ana, checker} <= set(mentioning.mentionable())


def test_readers_and_partners_get_none_of_it(claim: Claim, checker: User, editor: User) -> None:
    begin(claim, checker, "Quite between ourselves")
    version = factories.in_review(by=checker, on=claim)
    begin(claim, editor, "Between ourselves too", place=CommentPlace.DRAFT, block="summary")
    version = workflow.approve(version=version, digest=version.digest, by=editor, at=AT)
    workflow.publish(version=version, digest=version.digest, by=editor, at=AT)
    row = Published.objects.get()
    assert "ourselves" not in f"{row.body}{row.claim_review}{version.manifest}"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE claims_thread SET exact = 'x', start = 0, \"end\" = 1", "FC001"),
        ("UPDATE claims_comment SET text = 'forged'", "FC001"),
        ("UPDATE claims_comment SET by_id = by_id + 1", "FC001"),
        ("DELETE FROM claims_comment", "FC001"),
        ("DELETE FROM claims_thread", "FC001"),
        ("UPDATE claims_commentwording SET text = 'x'", "FC001"),
    ],
)
def test_the_database_keeps_what_was_said(
    claim: Claim, checker: User, statement: str, code: str
) -> None:
    made = begin(claim, checker, place=CommentPlace.ARTICLE, exact="12%")
    commenting.edit(comment=made, text="Other words", by=checker, at=AT)
    with pytest.raises(DatabaseError) as refused, connection.cursor() as cursor:
        cursor.execute(statement)
    assert getattr(refused.value.__cause__, "sqlstate", "") == code


def test_a_forged_place_is_refused(claim: Claim, checker: User) -> None:
    with pytest.raises(DatabaseError) as refused:
        Thread.objects.create(
            claim=claim,
            place=CommentPlace.ARTICLE,
            revision=claim.article.revision,
            start=3,
            end=6,
            exact="12%",
            created_by=checker,
            created_at=AT,
        )
    assert getattr(refused.value.__cause__, "sqlstate", "") == "FC003"
