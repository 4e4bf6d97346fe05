"""The draft saves itself, is held and taken over, and beside it stands what it lacks."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims import drafting, gating, leasing
from claims.models import Claim, DraftLease, ReplyEntry, VerdictVersion
from factcheck.accounts.models import User
from tests import factories
from tests.claims.views.conftest import Count, Desk, said
from tests.claims.views.test_drafting import form

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(checker: User) -> Claim:
    found = factories.claim(by=checker)
    factories.evidence(on=found, by=checker, is_primary=True)
    return found


@pytest.fixture
def client(checker: User, desk: Desk) -> Client:
    return desk(checker)


@pytest.fixture
def page(claim: Claim) -> str:
    return f"/claims/{claim.pk}/draft/"


def test_what_is_typed_saves_itself(claim: Claim, client: Client) -> None:
    answer = client.post(f"/claims/{claim.pk}/verdict/typed/", form(page="a"))
    version = VerdictVersion.objects.get()
    assert answer["HX-Trigger"] == "draft-saved"
    assert re.search(r"Saved \d\d:\d\d", said(answer))
    assert f'name="revision" value="{version.revision}"' in said(answer)
    assert 'hx-swap-oob="true"' in said(answer)
    assert DraftLease.objects.get().holder == version.created_by
    # The page still has its first revision when its button is pressed: it overtakes nobody.
    client.post(f"/claims/{claim.pk}/verdict/", form(page="a", summary="By the button."))
    version.refresh_from_db()
    assert version.summary == "By the button."
    assert not DraftLease.objects.exists()


def test_why_it_did_not_save_itself(claim: Claim, client: Client, desk: Desk) -> None:
    typed = f"/claims/{claim.pk}/verdict/typed/"
    client.post(typed, form())
    other = desk(factories.person())
    answer = said(other.post(typed, form(summary="Mine.")))
    assert "is writing this draft" in answer
    assert "Take it over and save" in answer
    assert "Not saved" in said(client.post(typed, form(summary="x" * 501)))
    version = VerdictVersion.objects.get()
    assert version.summary != "Mine."
    page = other.post(f"/claims/{claim.pk}/verdict/", form(summary="Mine."))
    assert page.status_code == 422
    assert "Take it over from" in said(page)
    # Taken over, it is stale still: both are shown, and nothing is lost.
    page = other.post(f"/claims/{claim.pk}/verdict/", form(summary="Mine.", do="take"))
    assert "Two people wrote at once" in said(page)
    assert "Mine." in said(page)


def test_who_only_reads_is_told_who_writes(
    claim: Claim, page: str, client: Client, editor: User, desk: Desk
) -> None:
    version = drafting.start_draft(claim=claim, by=editor, at=timezone.now())
    leasing.take_over(version=version, by=editor, at=timezone.now())
    shown = said(client.get(page))
    assert f"{editor} is writing this draft" in shown
    assert re.search(r'<fieldset class="form plain-set" disabled>', shown)
    client.post(f"/claims/{claim.pk}/verdict/take-over/")
    assert "is writing this draft" not in said(client.get(page))
    assert f"{DraftLease.objects.get().holder} is writing" in said(desk(editor).get(page))


def test_the_checklist_stands_beside_the_draft(claim: Claim, page: str, client: Client) -> None:
    shown = said(client.get(page))
    assert "to do before you submit" in shown
    assert "One primary source; say why it is enough." in shown
    client.post(f"/claims/{claim.pk}/verdict/typed/", form())
    assert "ready to submit" in said(client.get(f"{page}standards/"))


def test_a_partner_of_the_desk_without_the_role_reads_only(page: str, desk: Desk) -> None:
    admin = desk(factories.person("admin"))
    shown = said(admin.get(page))
    assert "Save the draft" not in shown
    assert "A checker writes here." in shown
    for place in ("verdict/typed/", "verdict/take-over/", "verdict/merge/", "replies/"):
        assert admin.post(page.replace("draft/", place), form()).status_code == 403


def test_a_saved_state_is_looked_at_and_brought_back(
    claim: Claim, page: str, client: Client, checker: User
) -> None:
    version = factories.draft(by=checker, on=claim, with_evidence=False)
    factories.write(version, by=checker, summary="Another sentence.")
    assert said(client.get(f"{page}saves/")).count("data-row") == 3
    shown = said(client.get(f"{page}saves/{version.revision}/"))
    assert "Bring it back" in shown
    assert "</span>Another" in shown
    restore = f"{page}saves/{version.revision}/restore/"
    answer = client.post(restore, {"revision": version.revision + 1}, follow=True)
    assert "says again what it said then" in said(answer)
    version.refresh_from_db()
    assert version.summary == factories.WORDS.summary
    assert client.get(f"{page}saves/99/").status_code == 404
    assert client.post(f"{page}saves/99/restore/").status_code == 404


def test_the_list_of_saves_costs_the_same_however_long(
    claim: Claim, page: str, client: Client, checker: User, count_queries: Count
) -> None:
    assert "Nothing is saved yet" in said(client.get(f"{page}saves/"))
    version = factories.draft(by=checker, on=claim, with_evidence=False)
    few = count_queries(client, f"{page}saves/")
    for number in range(32):
        version = factories.write(version, by=checker, summary=f"Sentence {number}.")
    assert count_queries(client, f"{page}saves/") == few
    shown = said(client.get(f"{page}saves/"))
    following = re.search(r'rel="next" href="([^"]+)"', shown)
    assert following
    assert said(client.get(f"{page}saves/{following[1]}")).count("data-row") == 4


def test_the_draft_s_page_costs_the_same_with_more_evidence(
    claim: Claim, page: str, client: Client, checker: User, count_queries: Count
) -> None:
    factories.draft(by=checker, on=claim, with_evidence=False)
    few = count_queries(client, page)
    for quote in ("3% more", "9% in May"):
        factories.evidence(on=claim, by=checker, quote=quote)
    assert count_queries(client, page) == few


def test_the_right_of_reply_is_logged_and_corrected(
    claim: Claim, page: str, client: Client
) -> None:
    address = f"/claims/{claim.pk}/replies/"
    today = timezone.localdate()
    line = {"kind": "asked", "on": today.isoformat(), "means": "e-mail", "whom": "Press"}
    assert "It stands in the log." in said(client.post(address, line, follow=True))
    first = ReplyEntry.objects.get()
    line |= {"means": "telephone", "corrects": str(first.pk)}
    assert "corrects an earlier entry" in said(client.post(address, line, follow=True))
    answer = client.post(address, line | {"means": "letter"})
    assert answer.status_code == 422
    assert "corrected already" in said(answer)
    answer = client.post(address, {"kind": "answered", "on": today.isoformat(), "words": "Kept?"})
    assert answer.status_code == 422
    assert "say how" in said(answer)
    assert "Kept?" in said(answer)
    assert client.post(address, {}).status_code == 422


def test_the_claimant_is_named_beside_the_draft(claim: Claim, client: Client) -> None:
    address = f"/claims/{claim.pk}/claimant/"
    answer = client.post(address, {"claimant": "The harbour board"}, follow=True)
    assert "The claimant is named." in said(answer)
    assert "The harbour board" in said(answer)
    assert client.post(address, {"claimant": "x" * 201}).status_code == 422


def test_the_standards_of_the_desk(client: Client, editor: User, desk: Desk) -> None:
    assert "Editors and admins set them." in said(client.get("/standards/"))
    assert client.post("/standards/set/", {"claimant": "error"}).status_code == 403
    answer = desk(editor).post("/standards/set/", {"claimant": "error"}, follow=True)
    assert "The standards are set." in said(answer)
    assert gating.levels()["claimant"] == "error"
    answer = desk(editor).post("/standards/set/", {"claimant": "perhaps"}, follow=True)
    assert "Choose one of the listed levels" in said(answer)


def test_what_is_to_be_looked_at_again(
    client: Client, checker: User, editor: User, count_queries: Count
) -> None:
    address = "/claims/?list=stale"
    assert "No published verdict is past its day." in said(client.get(address))
    published = []
    for days in (30, 20, 9999):
        version = factories.draft(by=checker)
        day = factories.AT.date() + timedelta(days=days)
        version = factories.write(version, by=checker, look_again_on=day)
        published.append(factories.published_from(version, by=checker, editor=editor))
    shown = said(client.get(address))
    places = [shown.find(str(version.verdict.claim_id)) for version in published]
    assert 0 < places[1] < places[0]
    assert places[2] == -1
    assert "Holds as of 2 March 2026" in said(client.get(f"/verdicts/{published[0].verdict_id}/"))
    few = count_queries(client, address)
    version = factories.write(
        factories.draft(by=checker), by=checker, look_again_on=factories.AT.date() + timedelta(9)
    )
    factories.published_from(version, by=checker, editor=editor)
    assert count_queries(client, address) == few
