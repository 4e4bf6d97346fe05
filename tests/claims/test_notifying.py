from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from pytest_django import Settings

from claims import drifting, noticing, notifying, workflow
from claims.models import Notification, NotificationWish
from claims.together_states import MailWhen, NotificationKind
from factcheck.accounts.models import User
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db
ALL = NotificationKind.values


def tell(*people: User, key: str = "one", kind: NotificationKind = NotificationKind.REPLY) -> None:
    claim = factories.claim()
    notifying.notify(
        recipients=[person.pk for person in people],
        kind=kind,
        claim=claim,
        text=f"Something {key}\nhappened",
        href=claim.get_absolute_url(),
        key=key,
        at=AT,
    )


def kinds(person: User) -> list[str]:
    return list(person.notifications.order_by("created_at", "kind").values_list("kind", flat=True))


def test_those_who_worked_on_it_are_told_of_what_became_of_it(checker: User, editor: User) -> None:
    other = factories.person()
    claim = factories.claim(by=checker)
    factories.evidence(on=claim, by=other)
    version = factories.in_review(by=checker, on=claim)
    version = workflow.send_back(
        version=version, digest=version.digest, reason="Which  year?", by=editor, at=AT
    )
    (row,) = Notification.objects.filter(recipient=other)
    assert row.text == f"{editor} sent your verdict back: Which year? – on “{claim.text}”"
    assert row.href == f"/claims/{claim.pk}/#verdict"
    factories.published_from(version, by=checker, editor=editor)
    assert sorted(kinds(checker)) == sorted(kinds(other)) == ["approved", "published", "sent_back"]
    assert kinds(editor) == []


def test_a_changed_source_of_a_published_verdict_is_told(checker: User, editor: User) -> None:
    version = factories.published(by=checker, editor=editor)
    quote = version.verdict.claim.evidence.get()
    check = factories.check(quote.extracted.capture.source, text="Nothing of it is left here.")
    drifting.look_up_again(check_id=check.pk, at=AT)
    (row,) = Notification.objects.filter(kind="drifted")
    assert row.recipient == checker
    assert row.text.startswith("A source of your verdict changed (missing: “41,200 passengers”)")
    assert row.href.startswith("/flags/")


def test_an_event_is_told_once(checker: User) -> None:
    tell(checker)
    tell(checker)
    assert Notification.objects.get().text == "Something one happened"


def test_whoever_left_is_told_nothing(checker: User) -> None:
    checker.is_active = False
    checker.save()
    tell(checker)
    assert not Notification.objects.exists()


@pytest.fixture
def _mail_is_on(settings: Settings) -> None:
    settings.EMAIL_ON = True
    settings.TIME_ZONE = "UTC"


def choose(person: User, when: str = "daily", hour: int = 8, **more: list[str]) -> NotificationWish:
    chosen = {"in_app": ALL, "by_mail": ALL} | more
    return noticing.choose(person=person, mail_when=when, mail_hour=hour, at=AT, **chosen)


@pytest.mark.usefixtures("_mail_is_on")
@pytest.mark.parametrize(
    ("when", "hour", "due"),
    [
        ("daily", 8, datetime(2026, 3, 3, 8, tzinfo=UTC)),
        ("daily", 10, datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("at_once", 8, AT),
        ("never", 8, None),
    ],
)
def test_the_person_says_when_it_goes_by_mail(
    checker: User, when: str, hour: int, due: datetime | None
) -> None:
    choose(checker, when, hour)
    tell(checker)
    assert Notification.objects.get().mail_due_at == due


@pytest.mark.usefixtures("_mail_is_on")
def test_the_hour_stays_the_hour_when_the_clocks_change(settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    wish = NotificationWish(mail_when=MailWhen.DAILY, mail_hour=8)
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)  # summer time begins in the night
    due = notifying.mail_due(wish, "reply", before)
    assert due is not None
    assert due.astimezone(UTC) == datetime(2026, 3, 29, 6, tzinfo=UTC)


@pytest.mark.usefixtures("_mail_is_on")
def test_each_kind_goes_where_it_is_wanted(checker: User) -> None:
    choose(checker, in_app=["reply"], by_mail=["mention"])
    tell(checker, key="a", kind=NotificationKind.REPLY)
    tell(checker, key="b", kind=NotificationKind.MENTION)
    tell(checker, key="c", kind=NotificationKind.ASSIGNED)
    rows = {row.key: (row.in_app, row.mail_due_at is not None) for row in _all()}
    assert rows == {"a": (True, False), "b": (False, True)}
    assert [row.key for row in noticing.page_of(checker).items] == ["a"]
    assert noticing.unread_words(checker) == "1"


def _all() -> list[Notification]:
    return list(Notification.objects.all())


@pytest.mark.usefixtures("_mail_is_on")
def test_what_waits_follows_a_new_choice(checker: User) -> None:
    choose(checker)
    tell(checker)
    choose(checker, "never")
    assert Notification.objects.get().mail_due_at is None


def test_a_desk_without_mail_puts_nothing_aside(checker: User) -> None:
    tell(checker)
    assert Notification.objects.get().mail_due_at is None


@pytest.mark.parametrize("wrong", [{"when": "hourly"}, {"hour": 24}, {"in_app": ["everything"]}])
def test_a_choice_that_is_none_is_refused(checker: User, wrong: dict[str, object]) -> None:
    with pytest.raises(noticing.WishError):
        choose(checker, **wrong)  # type: ignore[arg-type]


def test_the_database_refuses_a_choice_that_is_none(checker: User) -> None:
    with pytest.raises(IntegrityError):
        NotificationWish.objects.create(person=checker, not_in_app=["everything"])


def test_the_count_stops_at_its_cap(checker: User) -> None:
    claim = factories.claim()
    for number in range(101):
        notifying.notify(
            recipients=[checker.pk],
            kind=NotificationKind.REPLY,
            claim=claim,
            text="x",
            href="/",
            key=str(number),
            at=AT + timedelta(seconds=number),
        )
        if number in (0, 98):
            assert noticing.unread_words(checker) == str(number + 1)
    assert noticing.unread_words(checker) == "99+"
    assert noticing.read_all(person=checker, at=AT) == 101
    assert noticing.unread_words(checker) == ""
    assert noticing.read_all(person=checker, at=AT) == 0
    page = noticing.page_of(checker, size=60)
    rest = noticing.page_of(checker, size=60, cursor=page.next_cursor)
    keys = [int(row.key) for row in [*page.items, *rest.items]]
    assert keys == list(range(100, -1, -1))
