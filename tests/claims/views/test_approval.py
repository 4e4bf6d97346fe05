import pytest
from django.test import Client

from claims import workflow
from claims.models import Published, VerdictVersion
from claims.states import VersionState
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from tests import factories
from tests.claims.views.conftest import Count, Desk, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(checker: User) -> VerdictVersion:
    return factories.in_review(by=checker)


@pytest.fixture
def client(editor: User, desk: Desk) -> Client:
    return desk(editor)


def address(version: VerdictVersion, more: str = "") -> str:
    return f"/versions/{version.pk}/{more}"


def state(version: VerdictVersion) -> str:
    return VerdictVersion.objects.get(pk=version.pk).state


def test_the_page_shows_what_readers_will_see_and_what_was_verified(
    version: VerdictVersion, client: Client
) -> None:
    page = client.get(address(version))
    assert [check.holds for check in page.context["checks"]] == [True, True]
    assert version.summary in said(page)
    assert "Approve" in said(page)


def test_an_editor_approves_then_publishes(version: VerdictVersion, client: Client) -> None:
    page = client.post(address(version, "approve/"), {"digest": version.digest}, follow=True)
    assert "Approved." in said(page)
    page = client.post(address(version, "publish/"), {"digest": version.digest}, follow=True)
    assert "Published, on its page" in said(page)
    assert state(version) == VersionState.PUBLISHED


@pytest.mark.parametrize("action", ["approve/", "publish/"])
def test_a_second_click_is_no_error(version: VerdictVersion, client: Client, action: str) -> None:
    for each in ("approve/", "publish/")[: ("approve/", "publish/").index(action) + 1]:
        client.post(address(version, each), {"digest": version.digest})
    before = state(version)
    page = client.post(address(version, action), {"digest": version.digest}, follow=True)
    assert "notice error" not in said(page)
    assert state(version) == before


def test_own_work_is_refused_in_words(desk: Desk) -> None:
    both = factories.person("editor")
    own = factories.in_review(by=both)
    client = desk(both)
    page = client.get(address(own))
    assert TEXTS["verdict_own_work"] in said(page)
    assert "approve/" not in said(page)
    page = client.post(address(own, "approve/"), {"digest": own.digest}, follow=True)
    assert "notice error" in said(page)
    assert state(own) == VersionState.IN_REVIEW


@pytest.mark.parametrize("digest", ["", "0" * 64, "x" * 65])
def test_a_digest_that_was_not_shown_is_refused(
    version: VerdictVersion, client: Client, digest: str
) -> None:
    page = client.post(address(version, "approve/"), {"digest": digest}, follow=True)
    assert TEXTS["verdict_digest_mismatch"] in said(page)
    assert state(version) == VersionState.IN_REVIEW


def test_publishing_what_nobody_approved_is_refused(
    version: VerdictVersion, client: Client
) -> None:
    page = client.post(address(version, "publish/"), {"digest": version.digest}, follow=True)
    assert TEXTS["verdict_not_approved"] in said(page)


def test_sending_back_needs_a_reason_and_says_it_to_the_checker(
    version: VerdictVersion, client: Client, checker: User, desk: Desk
) -> None:
    back = address(version, "send-back/")
    page = client.post(back, {"digest": version.digest, "reason": " "})
    assert page.status_code == 422
    assert TEXTS["reason_required"] in said(page)
    client.post(back, {"digest": version.digest, "reason": "Name the edition."})
    assert state(version) == VersionState.DRAFT
    assert "Name the edition." in desk(checker).get(f"/claims/{version.verdict.claim_id}/").text
    assert "This version is a draft" in client.get(address(version)).text


@pytest.mark.parametrize("action", ["approve/", "publish/", "send-back/"])
@pytest.mark.parametrize("role", ["checker", "admin"])
def test_only_editors_decide(version: VerdictVersion, desk: Desk, role: str, action: str) -> None:
    answer = desk(factories.person(role)).post(address(version, action), {"digest": "x"})
    assert answer.status_code == 403
    assert state(version) == VersionState.IN_REVIEW


def test_three_quotes_take_as_many_queries_as_one(
    checker: User, client: Client, count_queries: Count
) -> None:
    one, three = factories.draft(by=checker), factories.draft(by=checker)
    claim = three.verdict.claim
    factories.evidence(on=claim, by=checker, quote="3% more")
    factories.evidence(on=claim, by=checker, quote="Fares were raised")
    counts = []
    for draft in (one, three):
        sealed = workflow.submit(
            version=draft, revision=draft.revision, by=checker, at=factories.AT
        )
        counts.append(count_queries(client, address(sealed)))
    assert counts[0] == counts[1]


def test_anybody_reads_a_published_verdict(checker: User, editor: User) -> None:
    version = factories.published(by=checker, editor=editor)
    page = Client().get(f"/verdicts/{version.verdict_id}/")
    assert page.status_code == 200
    assert version.summary in said(page)
    assert version.digest in said(page)
    quoted = "#:~:text=Lismore%20ferry%20carried-,41%2C200%20passengers,-%2C%203%25"
    assert quoted in said(page)
    assert Published.objects.count() == 1


def test_a_verdict_that_is_not_published_is_not_there(version: VerdictVersion) -> None:
    assert Client().get(f"/verdicts/{version.verdict_id}/").status_code == 404
