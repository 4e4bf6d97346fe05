"""What evidence says about itself, on the claim's page and on what readers and partners see."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from claims import history, publishing, workflow
from claims.models import Claim, Evidence, VerdictVersion
from factcheck.accounts.models import User
from factcheck.errors import TEXTS
from sources import publishers
from sources.models import ExtractedText
from tests import factories
from tests.claims.views.conftest import Count, Desk, said
from tests.claims.views.test_claim import attachment
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.claim(by=checker)


@pytest.fixture
def client(checker: User, desk: Desk) -> Client:
    return desk(checker)


def address(claim: Claim, more: str = "") -> str:
    return f"/claims/{claim.pk}/{more}"


def quoted(claim: Claim, url: str, by: User, **qualities: Any) -> Evidence:
    page = f"{url} says 41,200 passengers."
    return factories.evidence(on=claim, by=by, page=page, url=url, **qualities)


def owned(by: User) -> None:
    """The papers a and b are of one group."""
    group = publishers.add(name="The Group", by=by, at=AT)
    for name in ("a", "b"):
        paper = publishers.add(name=f"Paper {name}", domain=f"{name}.example", by=by, at=AT)
        publishers.set_owner(publisher=paper, owner=group, by=by, at=AT)


def cited(claim: Claim, by: User) -> ExtractedText:
    """An archived text of a source of the claim's article."""
    text = factories.extracted_text()
    claim.article.citations.create(source=text.capture.source, added_by=by, added_at=AT)
    return text


def published(claim: Claim, by: User, editor: User) -> VerdictVersion:
    owned(by)
    quoted(claim, "https://a.example/", by, strength="strong", is_primary=True)
    quoted(claim, "https://b.example/", by, stance="context", is_primary=False)
    factories.evidence(on=claim, by=by)
    draft = factories.draft(by=by, on=claim, with_evidence=False)
    return factories.published_from(draft, by=by, editor=editor)


def test_a_passage_is_attached_with_its_qualities(claim: Claim, client: Client) -> None:
    text = factories.extracted_text()
    given = attachment(text, strength="moderate", is_primary="yes")
    page = client.post(address(claim, "evidence/"), given, follow=True)
    item = Evidence.objects.get()
    assert (item.strength, item.is_primary) == ("moderate", True)
    assert "primary source" in said(page)
    assert "1 passage from 1 independent source; primary: 1." in said(page)


def test_attaching_again_with_more_to_say_says_it(claim: Claim, client: Client) -> None:
    text = factories.extracted_text()
    for changes in ({}, {"strength": "weak"}, {}):
        client.post(address(claim, "evidence/"), attachment(text, **changes))
    item = Evidence.objects.get(removed_at=None)
    assert (item.strength, item.is_primary) == ("weak", None)


@pytest.mark.parametrize(
    "changes",
    [{"stance": "context", "strength": "strong"}, {"strength": "certain"}],
)
def test_a_strength_that_is_none_comes_back(
    claim: Claim, client: Client, checker: User, changes: dict[str, str]
) -> None:
    text = cited(claim, checker)
    page = client.post(address(claim, "evidence/"), attachment(text, **changes))
    assert page.status_code == 422
    assert TEXTS["evidence_strength_unknown"] in said(page)
    assert not Evidence.objects.exists()


def test_a_suggestion_is_attached_with_nothing_said(
    claim: Claim, client: Client, checker: User
) -> None:
    cited(claim, checker)
    page = client.get(address(claim, "passages/"))
    assert 'name="stance"' in page.text
    assert 'name="strength"' not in page.text
    assert 'name="is_primary"' not in page.text


def test_qualities_are_said_later_and_undone(claim: Claim, client: Client, checker: User) -> None:
    item = factories.evidence(on=claim, by=checker)
    given = {"strength": "weak", "is_primary": "no"}
    page = client.post(f"/evidence/{item.pk}/say/", given, follow=True)
    after = Evidence.objects.get(removed_at=None)
    assert (after.strength, after.is_primary, after.replaces) == ("weak", False, item)
    assert "secondary source" in said(page)
    gone = client.post(f"/evidence/{item.pk}/say/", {}, follow=True)
    assert TEXTS["evidence_removed"] in said(gone)
    client.post(f"/evidence/{after.pk}/say/", {"strength": "", "is_primary": ""})
    back = Evidence.objects.get(removed_at=None)
    assert (back.strength, back.is_primary) == ("", None)
    told = [entry.words for entry in history.of_claim(claim)]
    assert told[:2] == [
        "said of a passage: nothing more: “41,200 passengers”",
        "said of a passage: hints at it, secondary source: “41,200 passengers”",
    ]


def test_nonsense_and_an_admin_say_nothing(
    claim: Claim, client: Client, checker: User, admin: User, desk: Desk
) -> None:
    item = factories.evidence(on=claim, by=checker)
    page = client.post(f"/evidence/{item.pk}/say/", {"strength": "certain"}, follow=True)
    assert TEXTS["evidence_strength_unknown"] in said(page)
    assert desk(admin).post(f"/evidence/{item.pk}/say/", {"strength": "weak"}).status_code == 403
    assert Evidence.objects.get() == item


def test_whoever_attached_what_was_replaced_cannot_approve(
    claim: Claim, client: Client, editor: User
) -> None:
    item = factories.evidence(on=claim, by=editor)
    client.post(f"/evidence/{item.pk}/say/", {"strength": "weak"})
    after = Evidence.objects.get(removed_at=None)
    assert after.created_by != editor
    version = factories.draft(by=after.created_by, on=claim)
    version = workflow.submit(
        version=version, revision=version.revision, by=after.created_by, at=AT
    )
    with pytest.raises(workflow.OwnWorkError):
        workflow.approve(version=version, digest=version.digest, by=editor, at=AT)


def test_the_page_counts_sources_and_names_what_is_one(
    claim: Claim, client: Client, checker: User
) -> None:
    owned(checker)
    for name in ("a", "b", "c"):
        quoted(claim, f"https://{name}.example/", checker, is_primary=name == "c")
    page = said(client.get(address(claim)))
    assert "3 passages from 2 independent sources; primary: 1." in page
    assert "One source, of The Group:" in page


def test_more_evidence_takes_no_more_queries(
    claim: Claim, client: Client, checker: User, count_queries: Count
) -> None:
    owned(checker)
    quoted(claim, "https://a.example/0", checker, strength="weak")
    first = count_queries(client, address(claim))
    for number in range(1, 6):
        quoted(claim, f"https://{'ab'[number % 2]}.example/{number}", checker, is_primary=True)
    assert count_queries(client, address(claim)) == first


def test_partners_read_what_was_said(
    claim: Claim, client: Client, checker: User, editor: User
) -> None:
    version = published(claim, checker, editor)
    body = client.get(f"/api/v1/verdicts/{version.verdict_id}/").json()
    assert body["independent_sources"] == 2  # the group, and the draft's own
    names = ("strength", "is_primary", "publisher", "owner")
    assert sorted(tuple(map(str, map(item.get, names))) for item in body["evidence"]) == [
        ("None", "False", "Paper b", "The Group"),
        ("None", "None", "", ""),
        ("strong", "True", "Paper a", "The Group"),
    ]


def test_linked_data_names_publisher_and_owner(
    claim: Claim, client: Client, checker: User, editor: User
) -> None:
    version = published(claim, checker, editor)
    review = client.get(
        f"/api/v1/verdicts/{version.verdict_id}/", headers={"accept": "application/ld+json"}
    ).json()
    found = [item.get("publisher") for item in review["citation"]]
    assert {
        "@type": "Organization",
        "name": "Paper a",
        "parentOrganization": {"@type": "Organization", "name": "The Group"},
    } in found
    assert None in found


def test_readers_see_what_was_said(
    claim: Claim, client: Client, checker: User, editor: User
) -> None:
    version = published(claim, checker, editor)
    for page in (Client().get(f"/verdicts/{version.verdict_id}/"), client.get(address(claim))):
        assert "from 2 independent sources; primary: 1" in said(page)
        assert "settles it" in said(page)
    reader = said(Client().get(f"/verdicts/{version.verdict_id}/"))
    assert "Paper a, owned by The Group" in reader
    assert "secondary source" in reader


def test_a_version_sealed_before_says_nothing_of_it(
    claim: Claim, client: Client, checker: User, editor: User
) -> None:
    version = published(claim, checker, editor)
    body = dict(version.manifest or {})
    del body["independent_sources"]
    fields = ("strength", "is_primary", "publisher", "owner")
    body["evidence"] = [
        {name: value for name, value in item.items() if name not in fields}
        for item in body["evidence"]
    ]
    old = VerdictVersion(
        pk=version.pk, verdict=version.verdict, number=1, manifest=body, digest=version.digest
    )
    payload = publishing.payload(old, published_at=AT)
    assert payload["independent_sources"] is None
    page = render_to_string("claims/_verdict_page.html", {"body": payload, "public": True})
    assert "independent" not in page
    assert "primary source" not in page
    assert "secondary source" not in page
