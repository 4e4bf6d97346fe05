"""Blind second opinions: who gives one, what they hold up, and who decides between two."""

import pytest
from django.db import DatabaseError, connection, transaction

from claims import opinions, workflow
from claims.models import SecondOpinion, VerdictVersion
from claims.states import OpinionState, VersionState
from factcheck.accounts.models import User
from factcheck.errors import NotAllowedError
from tests import factories
from tests.claims.test_guards import refused
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def other() -> User:
    return factories.person()


@pytest.fixture
def version(checker: User) -> VerdictVersion:
    return factories.in_review(by=checker)


@pytest.fixture
def asked(version: VerdictVersion, checker: User, other: User) -> SecondOpinion:
    return opinions.ask(version=version, of=other, by=checker, at=AT)


def given(asked: SecondOpinion, by: User, code: str) -> SecondOpinion:
    rating = factories.rating(code)
    return opinions.give(opinion=asked, rating=rating, reasoning=" I read it so. ", by=by, at=AT)


def approve(version: VerdictVersion, by: User) -> VerdictVersion:
    return workflow.approve(version=version, digest=version.digest, by=by, at=AT)


def test_an_awaited_opinion_holds_up_the_approval(
    version: VerdictVersion, asked: SecondOpinion, editor: User, other: User
) -> None:
    with pytest.raises(opinions.OpinionOpenError):
        approve(version, editor)
    assert opinions.awaited(other) == [asked]
    assert opinions.awaited(other, version.verdict.claim) == [asked]
    assert opinions.awaited(other, factories.claim()) == []
    given(asked, other, "true")
    assert approve(version, editor).state == VersionState.APPROVED
    assert opinions.awaited(other) == []


def test_two_ratings_need_a_third_person(
    version: VerdictVersion, asked: SecondOpinion, checker: User, other: User, editor: User
) -> None:
    opinion = given(asked, other, "false")
    assert opinion.reasoning == "I read it so."
    assert opinions.differs(opinion, version)
    with pytest.raises(opinions.OpinionUndecidedError):
        approve(version, editor)
    with pytest.raises(NotAllowedError):
        rule(opinion, version, checker)
    with pytest.raises(opinions.OpinionReasonError):
        rule(opinion, version, editor, because=" ")
    with pytest.raises(opinions.OpinionReasonError):
        rule(opinion, version, editor, ruling="both")
    rule(opinion, version, editor, ruling="second")
    with pytest.raises(opinions.OpinionUndecidedError):
        approve(version, editor)
    rule(opinion, version, editor)
    assert approve(version, editor).state == VersionState.APPROVED


def rule(
    opinion: SecondOpinion,
    version: VerdictVersion,
    by: User,
    ruling: str = "first",
    because: str = "The report says so.",
) -> SecondOpinion:
    return opinions.rule(
        opinion=opinion, version=version, ruling=ruling, because=because, by=by, at=AT
    )


def test_who_gave_it_or_worked_on_it_does_not_decide(checker: User) -> None:
    worked = factories.person("editor")
    version = factories.in_review(by=worked)
    second = factories.person("editor")
    opinion = opinions.ask(version=version, of=second, by=checker, at=AT)
    given(opinion, second, "false")
    for person in (worked, second):
        with pytest.raises(opinions.OpinionPersonError):
            rule(opinion, version, person)


def test_a_ruling_holds_for_one_digest(
    version: VerdictVersion, asked: SecondOpinion, checker: User, other: User, editor: User
) -> None:
    opinion = given(asked, other, "false")
    rule(opinion, version, editor)
    version = workflow.recall(version=version, by=checker, at=AT)
    later = AT.replace(year=AT.year + 1)
    version = workflow.submit(version=version, revision=version.revision, by=checker, at=later)
    with pytest.raises(opinions.OpinionUndecidedError):
        approve(version, editor)


@pytest.mark.parametrize("who", ["asker", "contributor", "admin", "inactive"])
def test_who_cannot_be_asked(version: VerdictVersion, checker: User, who: str) -> None:
    asker = factories.person()
    people = {
        "asker": asker,
        "contributor": checker,
        "admin": factories.person("admin"),
        "inactive": factories.person(is_active=False),
    }
    with pytest.raises(opinions.OpinionPersonError):
        opinions.ask(version=version, of=people[who], by=asker, at=AT)


def test_one_is_asked_at_a_time_and_asking_again_is_no_error(
    version: VerdictVersion, asked: SecondOpinion, checker: User, other: User
) -> None:
    assert opinions.ask(version=version, of=other, by=checker, at=AT) == asked
    with pytest.raises(opinions.OpinionOpenError):
        opinions.ask(version=version, of=factories.person(), by=checker, at=AT)


def test_only_who_was_asked_gives_it_once(asked: SecondOpinion, other: User, editor: User) -> None:
    with pytest.raises(NotAllowedError):
        given(asked, editor, "true")
    with pytest.raises(opinions.OpinionReasonError):
        opinions.give(opinion=asked, rating=factories.rating(), reasoning=" ", by=other, at=AT)
    first = given(asked, other, "true")
    assert given(asked, other, "true") == first
    with pytest.raises(opinions.OpinionEndedError):
        given(asked, other, "false")
    with pytest.raises(opinions.OpinionEndedError):
        opinions.cancel(opinion=asked, by=other, at=AT)


def test_it_can_be_called_off(
    version: VerdictVersion, asked: SecondOpinion, checker: User, other: User, editor: User
) -> None:
    with pytest.raises(NotAllowedError):
        opinions.cancel(opinion=asked, by=factories.person(), at=AT)
    for _ in range(2):
        assert opinions.cancel(opinion=asked, by=checker, at=AT).state == OpinionState.CANCELLED
    with pytest.raises(opinions.OpinionEndedError):
        given(asked, other, "true")
    assert approve(version, editor).state == VersionState.APPROVED


def test_raw_sql_neither_changes_an_opinion_nor_passes_it_by(
    version: VerdictVersion, asked: SecondOpinion, other: User, editor: User
) -> None:
    insert = (
        "INSERT INTO claims_approval (version_id, editor_id, digest, at) "
        f"VALUES ('{version.pk}', {editor.pk}, '{version.digest}', now())"
    )
    update = "UPDATE claims_verdictversion SET state = 'approved' WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(insert)
    refused(update, [version.pk], state="FC002")
    given(asked, other, "false")
    refused(update, [version.pk], state="FC002")
    refused("UPDATE claims_secondopinion SET reasoning = 'x'", state="FC001")
    refused("DELETE FROM claims_secondopinion", state="FC001")
    with pytest.raises(DatabaseError), transaction.atomic():
        SecondOpinion.objects.filter(pk=asked.pk).update(ruling="first")
