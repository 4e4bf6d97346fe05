"""The screens of working together: who has what, who works where, comments, notifications."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from claims import assigning, commenting, locking
from claims.assigning import Job
from claims.models import Claim, Comment, Notification, Thread, WorkLock
from claims.pinning import About
from claims.together_states import CommentPlace
from factcheck.accounts.models import User
from tests import factories
from tests.claims.test_notifying import tell
from tests.claims.views.conftest import Count, Desk, said

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.claim(by=checker)


def at(claim: Claim) -> str:
    return f"/claims/{claim.pk}/"


def begin(claim: Claim, by: User, text: str = "Is it so?", about: About | None = None) -> Comment:
    return commenting.begin(claim=claim, text=text, by=by, at=timezone.now(), about=about)


# Who has it


def test_a_claim_is_taken_given_undone_and_given_back(
    claim: Claim, checker: User, editor: User, desk: Desk
) -> None:
    client = desk(checker)
    page = client.post(f"{at(claim)}assign/", {"do": "take"}, follow=True)
    assert "It is yours now." in page.text
    seen = assigning.holder(Job(claim))
    assert seen is not None
    given = {"do": "give", "person": editor.pk, "seen": seen.pk, "due_on": "2020-03-05"}
    page = client.post(f"{at(claim)}assign/", given, follow=True)
    assert f"It is with {editor} now." in page.text
    assert "was due on 5 March 2020" in page.text
    page = client.post(f"{at(claim)}assign/", {"do": "undo"}, follow=True)
    assert f"Undone. It is with {checker} again." in page.text
    page = client.post(f"{at(claim)}assign/", {"do": "release"}, follow=True)
    assert "Nobody has this claim." in said(page)


def test_who_comes_second_is_told_who_has_it(
    claim: Claim, checker: User, editor: User, desk: Desk
) -> None:
    desk(checker).post(f"{at(claim)}assign/", {"do": "take"})
    page = desk(editor).post(f"{at(claim)}assign/", {"do": "take"}, follow=True)
    assert f"{checker} has it now." in page.text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"do": "give", "person": ""}, "Choose a person."),
        ({"do": "give", "person": "999999"}, "Choose a person."),
        ({"do": "undo"}, "There is no change of yours here"),
    ],
)
def test_what_cannot_be_done_is_said(
    claim: Claim, checker: User, desk: Desk, sent: dict[str, str], words: str
) -> None:
    page = desk(checker).post(f"{at(claim)}assign/", sent, follow=True)
    assert words in page.text


def test_a_review_is_given_to_an_editor(checker: User, editor: User, desk: Desk) -> None:
    version = factories.in_review(by=checker)
    page = desk(checker).get(f"/versions/{version.pk}/")
    assert [person.pk for person in page.context["owner"]["people"]] == [editor.pk]
    desk(editor).post(f"/versions/{version.pk}/assign/", {"do": "take"})
    assert f"/versions/{version.pk}/" in desk(editor).get("/approvals/?list=my_reviews").text
    assert "is with an editor." in desk(editor).get("/approvals/?list=unowned_reviews").text


def test_the_lists_say_who_has_what(claim: Claim, checker: User, desk: Desk) -> None:
    client = desk(checker)
    assert "No claim is with you." in client.get("/claims/?list=assigned").text
    assert at(claim) in client.get("/claims/?list=unowned").text
    now = timezone.now()
    day = now.date() - timedelta(days=2)
    assigning.give(job=Job(claim), to=checker, seen=None, by=checker, at=now, due_on=day)
    assert "was due" in client.get("/claims/?list=assigned").text
    assert at(claim) not in client.get("/claims/?list=unowned").text


def test_more_rows_take_no_more_queries(
    checker: User, editor: User, desk: Desk, count_queries: Count
) -> None:
    def add() -> None:
        now = timezone.now()
        owned, _ = factories.claim(by=checker), factories.claim(by=checker)
        assigning.give(job=Job(owned), to=editor, seen=None, by=editor, at=now)
        factories.in_review(by=checker)
        version = factories.in_review(by=checker)
        job = Job(version.verdict.claim, version)
        assigning.give(job=job, to=editor, seen=None, by=editor, at=now)

    addresses = [
        *(f"/claims/?list={code}" for code in ("todo", "assigned", "unowned")),
        *(f"/approvals/?list={code}" for code in ("in_review", "my_reviews", "unowned_reviews")),
        "/notifications/",
    ]
    client = desk(editor)
    add()
    one = [count_queries(client, address) for address in addresses]
    add()
    add()
    assert [count_queries(client, address) for address in addresses] == one


# Who works on it


def test_work_is_begun_seen_taken_over_and_stopped(
    claim: Claim, checker: User, editor: User, desk: Desk
) -> None:
    mine, other = desk(checker), desk(editor)
    assert "Nobody is working on this" in mine.get(at(claim)).text
    mine.post(f"{at(claim)}working/", {"do": "start"})
    assert f"<b>{checker}</b> is working on this since" in other.get(at(claim)).text
    sent = {"do": "take_over", "seen": checker.pk}
    answer = other.post(f"{at(claim)}working/", sent, headers=HTMX)
    assert "You are working on this since" in answer.text
    answer = mine.get(f"{at(claim)}working/?mine", headers=HTMX)
    assert "It was taken over from you. What you typed is still here." in said(answer)
    other.post(f"{at(claim)}working/", {"do": "stop"})
    assert locking.holder(claim.pk, timezone.now()) is None


def test_typing_takes_no_lock_from_somebody(
    claim: Claim, checker: User, editor: User, desk: Desk
) -> None:
    locking.take(claim=claim, by=checker, at=timezone.now())
    desk(editor).post(f"{at(claim)}working/", {"do": "start"}, headers=HTMX)
    assert WorkLock.objects.get().person == checker


@pytest.mark.parametrize("place", ["assign/", "working/", "comments/"])
def test_an_admin_changes_nothing(claim: Claim, admin: User, desk: Desk, place: str) -> None:
    assert desk(admin).post(at(claim) + place, {"do": "take", "text": "x"}).status_code == 403


# Comments


def test_a_comment_is_written_answered_changed_and_settled(
    claim: Claim, checker: User, editor: User, desk: Desk
) -> None:
    client = desk(checker)
    sent = {"text": f"@{editor.username} see https://a.example/", "key": str(uuid4())}
    for _ in range(2):
        answer = client.post(f"{at(claim)}comments/", sent, headers=HTMX)
    comment = Comment.objects.get()
    assert f'<b class="name">@{editor.username}</b>' in answer.text
    assert 'href="https://a.example/" rel="noopener noreferrer nofollow external"' in answer.text
    thread = f"/threads/{comment.thread_id}/"
    desk(editor).post(f"{thread}reply/", {"text": "I see."}, headers=HTMX)
    answer = client.post(f"/comments/{comment.pk}/edit/", {"text": "Never mind"}, headers=HTMX)
    assert "Never mind" in answer.text
    assert "I see." in answer.text
    answer = client.post(f"/comments/{comment.pk}/delete/", headers=HTMX)
    assert f"Deleted by {checker}." in answer.text
    assert "Never mind" not in answer.text
    answer = client.post(f"{thread}settle/", {"do": "settle"}, headers=HTMX)
    assert f"Settled by {checker}" in answer.text
    assert "I see." not in client.get(at(claim)).text
    assert "I see." in client.get(f"{at(claim)}?comments=settled").text
    client.post(f"{thread}settle/", {"do": "reopen"})
    assert "I see." in client.get(at(claim)).text


def test_what_was_typed_comes_back(claim: Claim, checker: User, desk: Desk) -> None:
    sent = {"text": "Look here", "about": "article", "exact": "words of nobody"}
    for headers, status in ((HTMX, 200), ({}, 422)):
        answer = desk(checker).post(f"{at(claim)}comments/", sent, headers=headers)
        assert answer.status_code == status
        assert "These words do not stand there." in answer.text
        assert "Look here" in answer.text
        assert "words of nobody" in answer.text
    made = begin(claim, checker)
    typed = "x" * 4001
    answer = desk(checker).post(f"/threads/{made.thread_id}/reply/", {"text": typed}, headers=HTMX)
    assert "4000 characters at the most" in answer.text
    assert typed in answer.text
    answer = desk(checker).post(f"/comments/{made.pk}/edit/", {"text": " "}, headers=HTMX)
    assert "Write something first." in answer.text


def test_hostile_words_stay_words(claim: Claim, checker: User, desk: Desk) -> None:
    text = '<script>x</script> javascript:alert(1) https://a.example/"onmouseover="x'
    begin(claim, checker, text)
    page = desk(checker).get(at(claim)).text
    assert "<script>x" not in page
    assert 'href="javascript' not in page
    assert "onmouseover=&quot;x" in page


def test_words_of_an_article_lead_to_the_claim_there(
    claim: Claim, checker: User, desk: Desk
) -> None:
    client = desk(checker)
    place = claim.appearances.get()
    sent = {"start": place.start, "end": place.end, "exact": "41,200 passengers"}
    page = client.post(f"/articles/{claim.article_id}/comment/", sent, follow=True)
    assert page.request["PATH_INFO"] == at(claim)
    assert page.context["thread_form"]["exact"].value() == "41,200 passengers"
    text = factories.TEXT
    start = text.index("ashamed")
    page = client.post(
        f"/articles/{claim.article_id}/comment/", {"start": start, "end": start + 7}, follow=True
    )
    assert "No claim stands at these words." in page.text


def test_a_commented_place_has_a_sign_with_its_number(
    claim: Claim, checker: User, desk: Desk
) -> None:
    about = About(CommentPlace.ARTICLE, exact="41,200 passengers")
    made = begin(claim, checker, about=about)
    begin(claim, checker, about=about)
    page = desk(checker).get(f"/articles/{claim.article_id}/")
    (sign,) = re.findall(r'<a class="note-sign"[^>]*></a>', page.text)
    assert 'data-number="2" aria-label="2 comments"' in sign
    commenting.resolve(thread=made.thread, by=checker, at=timezone.now())
    page = desk(checker).get(f"/articles/{claim.article_id}/")
    assert 'aria-label="1 comment"' in page.text


def test_more_comments_take_no_more_queries(
    claim: Claim, checker: User, desk: Desk, count_queries: Count
) -> None:
    def add() -> None:
        made = begin(claim, checker, about=About(CommentPlace.ARTICLE, exact="12%"))
        commenting.reply(thread=made.thread, text="Yes.", by=checker, at=timezone.now())

    client = desk(checker)
    add()
    addresses = [
        at(claim),
        f"/articles/{claim.article_id}/",
        f"/threads/{Thread.objects.get().pk}/",
    ]
    one = [count_queries(client, address) for address in addresses]
    add()
    add()
    assert [count_queries(client, address) for address in addresses] == one


def test_names_are_listed_as_typed(checker: User, editor: User, admin: User, desk: Desk) -> None:
    answer = desk(checker).get("/people/mentionable/", {"q": editor.username[:4]})
    assert f'data-name="{editor.username}"' in answer.text
    answer = desk(checker).get("/people/mentionable/", {"q": "zz"})
    assert "Nobody by that name." in answer.text
    assert desk(admin).get("/people/mentionable/").status_code == 403


# Notifications


def test_they_are_listed_opened_and_read(claim: Claim, checker: User, desk: Desk) -> None:
    client = desk(checker)
    assert "Nothing yet" in client.get("/notifications/").text
    tell(checker, key="one")
    tell(checker, key="two")
    assert "2<span" in client.get("/").text
    one = Notification.objects.get(key="one")
    assert client.get(f"/notifications/{one.pk}/")["Location"] == one.href
    assert "1<span" in client.get("/").text
    client.post(f"/notifications/{Notification.objects.get(key='two').pk}/read/")
    tell(checker, key="three")
    page = client.post("/notifications/read/", follow=True)
    assert "1 marked as read." in page.text
    assert "unread" not in client.get("/").text


def test_those_of_others_are_not_there(checker: User, editor: User, desk: Desk) -> None:
    tell(editor)
    row = Notification.objects.get()
    client = desk(checker)
    assert client.get(f"/notifications/{row.pk}/").status_code == 404
    assert client.post(f"/notifications/{row.pk}/read/").status_code == 404
    client.post("/notifications/read/")
    row.refresh_from_db()
    assert row.read_at is None


def test_the_settings_are_kept(checker: User, desk: Desk, settings: Settings) -> None:
    client = desk(checker)
    assert "This desk sends no e-mail." in client.get("/notifications/settings/").text
    settings.EMAIL_ON = True
    sent = {"in_app": ["reply"], "by_mail": ["mention"], "mail_when": "at_once", "mail_hour": "7"}
    page = client.post("/notifications/settings/", sent, follow=True)
    assert "Saved." in page.text
    assert f"To {checker.email}." in page.text
    checked = re.findall(r'value="(\w+)" (?:id="\w+" )?checked', page.text)
    assert checked.count("reply") == checked.count("mention") == 1
    wrong = client.post("/notifications/settings/", sent | {"mail_when": "hourly"})
    assert wrong.status_code == 422


@pytest.mark.parametrize("place", ["", "settings/"])
def test_a_stranger_is_led_to_the_door(place: str) -> None:
    assert "sign-in" in Client().get(f"/notifications/{place}")["Location"]
