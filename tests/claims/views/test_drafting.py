from typing import Any

import pytest
from django.test import Client

from claims import drafting, workflow
from claims.models import Claim, VerdictVersion
from claims.states import VersionState
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from tests import factories
from tests.claims.views.conftest import Desk, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(checker: User) -> Claim:
    found = factories.claim(by=checker)
    factories.evidence(on=found, by=checker, is_primary=True)
    return found


@pytest.fixture
def client(checker: User, desk: Desk) -> Client:
    return desk(checker)


def form(**changes: object) -> dict[str, object]:
    words = {
        "revision": 1,
        "rating": factories.rating().pk,
        "summary": "The board gives the same number.",
        "what_is_claimed": "That the ferry carried as many.",
        "what_we_found": "First line.\r\nSecond line.",
        "what_we_do_not_know": "Nothing that matters.",
        "conclusion": "It is right.",
        "sole_source_reason": "Nobody else counts.",
        "interest": "none",
        "do": "save",
    }
    return words | changes


def address(claim: Claim) -> str:
    return f"/claims/{claim.pk}/verdict/"


def test_a_first_draft_is_saved(claim: Claim, client: Client) -> None:
    page = client.post(address(claim), form(), follow=True)
    version = VerdictVersion.objects.get()
    assert "The draft is saved." in said(page)
    assert (version.summary, version.what_we_found) == (
        "The board gives the same number.",
        "First line.\nSecond line.",
    )
    assert "Second line." in said(page)


def test_looking_at_a_claim_starts_no_draft(claim: Claim, client: Client) -> None:
    client.get(f"/claims/{claim.pk}/")
    assert not VerdictVersion.objects.exists()


def test_a_verdict_is_submitted_at_once(claim: Claim, client: Client) -> None:
    page = client.post(address(claim), form(do="submit"), follow=True)
    assert VerdictVersion.objects.get().state == VersionState.IN_REVIEW
    assert "waits for an editor" in said(page)
    assert "Take it back into draft" in said(page)


def test_a_second_click_on_submit_changes_nothing(claim: Claim, client: Client) -> None:
    client.post(address(claim), form(do="submit"))
    before = VerdictVersion.objects.get()
    page = client.post(address(claim), form(do="submit"), follow=True)
    assert "waits for an editor" in said(page)
    assert VerdictVersion.objects.get().revision == before.revision


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rating": ""}, "choose a rating"),
        ({"summary": ""}, "Empty: The verdict in a sentence"),
        ({"what_we_found": ""}, "Empty: What we found"),
        ({"interest": ""}, "declare your interests"),
        ({"sole_source_reason": ""}, "say why it is enough"),
    ],
)
def test_what_is_missing_is_named_and_the_rest_is_kept(
    claim: Claim, client: Client, changes: dict[str, str], words: str
) -> None:
    page = client.post(address(claim), form(do="submit", **changes))
    version = VerdictVersion.objects.get()
    assert page.status_code == 422
    assert words in said(page)
    assert version.state == VersionState.DRAFT
    again = client.post(address(claim), form(do="submit", revision=version.revision), follow=True)
    assert "waits for an editor" in again.text


def test_a_stale_form_is_put_beside_the_newer_words_and_what_both_began_with(
    claim: Claim, client: Client, editor: User
) -> None:
    version = drafting.start_draft(claim=claim, by=editor, at=factories.AT)
    newer = factories.write(
        version,
        by=editor,
        rating=None,
        summary="Edda's conclusion.",
        what_we_found="First line.\nEdda's line.",
    )
    page = client.post(address(claim), form())
    assert page.status_code == 422
    assert TEXTS["stale_revision"] in said(page)
    assert "The board gives the same number." in said(page)
    assert "added: </span>Edda's conclusion.</ins>" in said(page)
    assert f'name="revision" value="{newer.revision}"' in said(page)
    assert VerdictVersion.objects.get().summary == "Edda's conclusion."
    chosen = merge_form(page, summary="mine", what_we_found="theirs", conclusion="text")
    page = client.post(f"{address(claim)}merge/", chosen, follow=True)
    assert "with both changes" in said(page)
    version = VerdictVersion.objects.get()
    assert version.summary == "The board gives the same number."
    assert version.what_we_found == "First line.\nEdda's line."
    assert version.conclusion == "Put together."


def merge_form(page: Any, **takes: str) -> dict[str, object]:
    """The conflict's form as it came, with what is chosen; all else is mine."""
    rows = {row.code for row in page.context["rows"]}
    mine = {f"mine-{code}": text for code, text in page.context["mine"]}
    chosen = {f"take-{code}": takes.get(code, "mine") for code in rows}
    base = page.context["base_revision"]
    revision = page.context["version"].revision
    return mine | chosen | {"revision": revision, "base": base, "text-conclusion": "Put together."}


def test_every_part_of_a_conflict_is_decided(claim: Claim, client: Client, editor: User) -> None:
    version = drafting.start_draft(claim=claim, by=editor, at=factories.AT)
    newer = factories.write(version, by=editor)
    page = client.post(address(claim), form())
    chosen = merge_form(page, summary="") | {"text-summary": "Half typed."}
    page = client.post(f"{address(claim)}merge/", chosen)
    assert page.status_code == 422
    assert "Choose for each part" in said(page)
    assert "Half typed." in said(page)
    assert VerdictVersion.objects.get().revision == newer.revision


def test_a_third_save_meanwhile_is_shown_in_turn(
    claim: Claim, client: Client, editor: User
) -> None:
    version = drafting.start_draft(claim=claim, by=editor, at=factories.AT)
    newer = factories.write(version, by=editor)
    page = client.post(address(claim), form())
    chosen = merge_form(page)
    factories.write(newer, by=editor, summary="A third.")
    page = client.post(f"{address(claim)}merge/", chosen)
    assert page.status_code == 422
    assert "A third." in said(page)
    client.post(f"{address(claim)}merge/", merge_form(page))
    assert VerdictVersion.objects.get().summary == "The board gives the same number."


@pytest.mark.parametrize("forged", [{"mine-rating": "x"}, {"mine-holds_as_of": "soon"}])
def test_a_forged_conflict_saves_nothing(
    claim: Claim, client: Client, editor: User, forged: dict[str, str]
) -> None:
    version = drafting.start_draft(claim=claim, by=editor, at=factories.AT)
    newer = factories.write(version, by=editor)
    chosen = merge_form(client.post(address(claim), form()))
    page = client.post(f"{address(claim)}merge/", chosen | forged, follow=True)
    assert "Nothing was saved" in said(page)
    assert VerdictVersion.objects.get().revision == newer.revision


def test_a_draft_that_was_submitted_meanwhile_gives_the_words_back(
    claim: Claim, client: Client, editor: User
) -> None:
    version = factories.draft(by=editor, on=claim, with_evidence=False)
    workflow.submit(version=version, revision=version.revision, by=editor, at=factories.AT)
    page = client.post(address(claim), form(summary="Typed in vain?"))
    assert page.status_code == 422
    assert "What you typed was not saved" in said(page)
    assert "Typed in vain?" in said(page)


@pytest.mark.parametrize("rating", ["999999", "forged", "-1"])
def test_a_forged_rating_is_refused_and_the_words_come_back(
    claim: Claim, client: Client, rating: str
) -> None:
    page = client.post(address(claim), form(rating=rating))
    assert page.status_code == 422
    assert TEXTS["rating_unknown"] in said(page)
    assert "Second line." in said(page)


@pytest.mark.parametrize("revision", ["", "x", "0"])
def test_a_form_without_its_revision_comes_back(
    claim: Claim, client: Client, revision: str
) -> None:
    page = client.post(address(claim), form(revision=revision))
    assert page.status_code == 422
    assert "Second line." in said(page)


def test_a_submitted_verdict_is_taken_back(claim: Claim, client: Client) -> None:
    client.post(address(claim), form(do="submit"))
    version = VerdictVersion.objects.get()
    page = client.post(f"/versions/{version.pk}/recall/", follow=True)
    assert "is a draft again" in said(page)
    assert "Go on writing" in said(page)


def test_only_who_worked_on_it_takes_it_back(claim: Claim, client: Client, desk: Desk) -> None:
    client.post(address(claim), form(do="submit"))
    version = VerdictVersion.objects.get()
    page = desk(factories.person()).post(f"/versions/{version.pk}/recall/", follow=True)
    assert TEXTS["not_allowed"] in said(page)
    version.refresh_from_db()
    assert version.state == VersionState.IN_REVIEW
