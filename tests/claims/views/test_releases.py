"""The screens of how a verdict goes out."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims import opinions, stakes, workflow
from claims.models import (
    ClaimStake,
    Embargo,
    Emergency,
    Schedule,
    SecondOpinion,
    Stake,
    VerdictVersion,
)
from claims.states import OpinionState, VersionState
from factcheck.accounts.models import User
from tests import factories
from tests.claims.views.conftest import Count, Desk, said
from tests.factories import AT

pytestmark = pytest.mark.django_db
AHEAD = "2099-05-01T09:30"


@pytest.fixture
def version(checker: User) -> VerdictVersion:
    return factories.in_review(by=checker)


def address(version: VerdictVersion, more: str = "") -> str:
    return f"/versions/{version.pk}/{more}"


def test_an_editor_with_the_grant_publishes_alone_and_another_stands_behind_it(
    version: VerdictVersion, desk: Desk, editor: User
) -> None:
    alone = desk(factories.person("editor", may_publish_alone=True, name="Ana Ruiz"))
    form = {"digest": version.digest, "reason": " "}
    page = alone.post(address(version, "publish-alone/"), form)
    assert page.status_code == 422
    assert "Say why it cannot wait" in said(page)
    form["reason"] = "The rumour spreads."
    page = alone.post(address(version, "publish-alone/"), form, follow=True)
    assert "Published, with your reason" in said(page)
    assert Emergency.objects.get().reason == "The rumour spreads."
    public = said(Client().get(f"/verdicts/{version.verdict_id}/"))
    assert "Ana Ruiz published this verdict; no second editor has approved it yet" in public
    second = desk(editor)
    assert "Approve it afterwards" in said(second.get(address(version)))
    page = second.post(address(version, "second/"), {"digest": version.digest}, follow=True)
    assert "a second editor stands behind it" in said(page)
    public = said(Client().get(f"/verdicts/{version.verdict_id}/"))
    assert "before a second editor approved it" in public


def test_without_the_grant_there_is_no_such_form(
    version: VerdictVersion, desk: Desk, editor: User
) -> None:
    client = desk(editor)
    assert "in an emergency" not in said(client.get(address(version)))
    answer = client.post(
        address(version, "publish-alone/"), {"digest": version.digest, "reason": "x"}
    )
    assert answer.status_code == 403
    assert not Emergency.objects.exists()


def test_a_time_is_set_shown_and_taken_away(
    version: VerdictVersion, desk: Desk, editor: User
) -> None:
    workflow.approve(version=version, digest=version.digest, by=editor, at=AT)
    client = desk(editor)
    for when, words in (("", "lies ahead"), ("2020-01-01T10:00", "lies ahead"), ("x", "Enter")):
        form = {"digest": version.digest, "publish_at": when}
        page = client.post(address(version, "schedule/"), form)
        assert (page.status_code, words in said(page)) == (422, True)
    form = {"digest": version.digest, "publish_at": AHEAD}
    page = client.post(address(version, "schedule/"), form, follow=True)
    assert "It goes out 1 May 2099, 09:30" in said(page)
    page = client.post(address(version, "schedule/"), {"do": "clear"}, follow=True)
    assert "It waits for somebody to publish it by hand." in said(page)
    assert not Schedule.objects.exists()


def test_an_embargo_is_set_shown_and_lifted(
    version: VerdictVersion, desk: Desk, editor: User
) -> None:
    client = desk(editor)
    page = client.post(address(version, "embargo/"), {"until": AHEAD, "why": ""})
    assert page.status_code == 422
    form = {"until": AHEAD, "why": "Agreed with the court."}
    page = client.post(address(version, "embargo/"), form, follow=True)
    assert "Under embargo until 1 May 2099, 09:30: Agreed with the court." in said(page)
    workflow.approve(version=version, digest=version.digest, by=editor, at=timezone.now())
    page = client.post(address(version, "publish/"), {"digest": version.digest}, follow=True)
    assert "under embargo until 1 May 2099, 09:30" in said(page)
    page = client.post(address(version, "embargo/"), {"do": "clear"}, follow=True)
    assert "The embargo is lifted." in said(page)
    assert not Embargo.objects.exists()


def test_a_second_opinion_is_given_blind(
    version: VerdictVersion, desk: Desk, editor: User, checker: User
) -> None:
    other = factories.person(name="Ben Okri")
    page = desk(checker).post(address(version, "ask/"), {"of": other.pk}, follow=True)
    assert "Ben Okri is asked" in said(page)
    opinion = SecondOpinion.objects.get()
    blind = desk(other)
    assert "Second opinions (1)" in said(blind.get("/claims/"))
    shown = said(blind.get(version.verdict.claim.get_absolute_url()))
    assert "You are asked for a second opinion" in shown
    assert version.summary not in shown
    page = blind.get(address(version), follow=True)
    assert page.redirect_chain[-1][0] == f"/opinions/{opinion.pk}/"
    assert version.summary not in said(page)
    assert "41,200 passengers" in said(page)
    page = blind.post(f"/opinions/{opinion.pk}/", {"reasoning": "I read it so."})
    assert page.status_code == 422
    assert "I read it so." in said(page)
    form = {"reasoning": "I read it so.", "rating": factories.rating("false").pk}
    page = blind.post(f"/opinions/{opinion.pk}/", form, follow=True)
    assert version.summary in said(page)
    deciding = desk(editor)
    page = deciding.get(address(version))
    assert "Two people differ" in said(page)
    page = deciding.post(address(version, "approve/"), {"digest": version.digest}, follow=True)
    assert "An editor decides between them first." in said(page)
    page = deciding.post(address(version, "rule/"), {"ruling": "first", "because": ""})
    assert page.status_code == 422
    form = {"ruling": "first", "because": "The report says so."}
    page = deciding.post(address(version, "rule/"), form, follow=True)
    assert "the verdict's rating is right: The report says so." in said(page)
    deciding.post(address(version, "approve/"), {"digest": version.digest})
    version.refresh_from_db()
    assert version.state == VersionState.APPROVED


def test_only_who_was_asked_sees_the_opinions_page(
    version: VerdictVersion, desk: Desk, editor: User, checker: User
) -> None:
    other = factories.person()
    opinion = opinions.ask(version=version, of=other, by=checker, at=AT)
    assert desk(editor).get(f"/opinions/{opinion.pk}/").status_code == 403
    page = desk(other).post(f"/opinions/{opinion.pk}/cancel/", follow=True)
    assert "called off" in said(page)
    opinion.refresh_from_db()
    assert opinion.state == OpinionState.CANCELLED
    assert "It was called off" in said(desk(other).get(f"/opinions/{opinion.pk}/"))
    assert "Nobody waits for your opinion" in said(desk(other).get("/opinions/"))


def test_someone_who_worked_on_it_is_not_offered(
    version: VerdictVersion, desk: Desk, checker: User
) -> None:
    page = desk(factories.person()).post(address(version, "ask/"), {"of": checker.pk})
    assert page.status_code == 422
    assert not SecondOpinion.objects.exists()


def test_tags_are_made_changed_and_put_on_claims(
    desk: Desk, editor: User, checker: User, admin: User
) -> None:
    client = desk(editor)
    assert "No tags yet" in said(client.get("/tags/"))
    page = client.post("/tags/", {"label": "Health", "approvals_required": 9})
    assert page.status_code == 422
    client.post("/tags/", {"label": "Health", "approvals_required": 2})
    stake = Stake.objects.get()
    page = client.post("/tags/", {"label": "health", "approvals_required": 2})
    assert "A tag needs a name that no other tag has" in said(page)
    version = factories.draft(by=checker)
    claim = version.verdict.claim
    page = desk(checker).post(f"/claims/{claim.pk}/tag/", {"stake": stake.pk}, follow=True)
    assert "Health, 2 approvals" in said(page)
    page = desk(checker).post(f"/claims/{claim.pk}/tag/", {"stake": 999}, follow=True)
    assert "Choose one of the listed tags." in said(page)
    version = workflow.submit(version=version, revision=version.revision, by=checker, at=AT)
    page = client.post(address(version, "approve/"), {"digest": version.digest}, follow=True)
    assert "Approved. It needs another." in said(page)
    assert "(1 of 2)" in said(page)
    page = desk(checker).post(f"/claims/{claim.pk}/untag/{stake.pk}/", follow=True)
    assert "A submitted verdict rests on the tags" in said(page)
    assert ClaimStake.objects.count() == 1
    desk(admin).post(f"/tags/{stake.pk}/change/", {"approvals_required": "3"})
    stake.refresh_from_db()
    assert (stake.approvals_required, stake.is_current) == (3, False)
    page = desk(admin).post(f"/tags/{stake.pk}/change/", {"approvals_required": "x"}, follow=True)
    assert "1 to 5 approvals" in said(page)
    assert desk(checker).get("/tags/").status_code == 403


def test_a_tag_comes_off_a_draft(desk: Desk, checker: User) -> None:
    claim = factories.draft(by=checker).verdict.claim
    stake = factories.stake()
    stakes.add(claim=claim, stake=stake, by=checker, at=AT)
    page = desk(checker).post(f"/claims/{claim.pk}/untag/{stake.pk}/", follow=True)
    assert "The tag is off." in said(page)
    assert not ClaimStake.objects.exists()


def test_the_list_of_opinions_takes_as_many_queries_for_one_as_for_five(
    desk: Desk, checker: User, count_queries: Count
) -> None:
    other = factories.person()
    client = desk(other)
    numbers = []
    for _ in range(2):
        for _ in range(3):
            version = factories.in_review(by=checker)
            opinions.ask(version=version, of=other, by=checker, at=AT + timedelta(hours=1))
        numbers.append(count_queries(client, "/opinions/"))
    assert numbers[0] == numbers[1]
