"""Every screen, light and dark, wide and narrow: readable, named, and inside its frame."""

import uuid
from pathlib import Path

import pytest
from django.utils import timezone

from claims import drifting
from claims.models import Citation, Flag, VerdictVersion
from factcheck.accounts.models import User
from factcheck.api import keys
from factcheck.people import inviting, managing
from sources.models import ExtractedText
from tests import factories
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
AUDIT = Path(__file__).with_name("audit.js").read_text(encoding="utf-8")


def flagged(version: VerdictVersion) -> Flag:
    """The source of a published verdict says something else now."""
    quote = version.verdict.claim.evidence.get()
    text = "New.\n\n" + factories.PAGE.replace("41,200 passengers", "4,120 people")
    check = factories.check(quote.extracted.capture.source, text=text)
    drifting.look_up_again(check_id=check.pk, at=factories.AT)
    return Flag.objects.get(lookup__evidence=quote)


@pytest.fixture
def addresses(people: tuple[User, User]) -> list[str]:
    """One address of each screen, with something on it."""
    checker, editor = people
    drafted = factories.draft(by=checker)
    claim = drafted.verdict.claim
    extracted = factories.extracted_text(media_type="text/html")
    Citation.objects.create(
        article=claim.article,
        source=extracted.capture.source,
        added_by=checker,
        added_at=factories.AT,
    )
    factories.evidence(on=claim, by=checker, quote="3% more", stance="refutes")
    table = factories.table(extracted)
    factories.calculation(by=checker, on=claim, operation="difference")
    reviewed = factories.in_review(by=checker)
    published = factories.published(by=checker, editor=editor)
    flag = flagged(published)
    return [
        "/",
        "/articles/",
        "/articles/new/",
        *of_article(f"/articles/{claim.article_id}/"),
        f"/claims/{claim.pk}/change/",
        f"/claims/{claim.pk}/",
        f"/claims/{claim.pk}/seen-before/",
        f"/claims/{claim.pk}/calculate/",
        f"/claims/{claim.pk}/passages/",
        f"/claims/{reviewed.verdict.claim_id}/",
        "/claims/",
        "/claims/proposals/",
        "/claims/?list=published",
        "/claims/?list=in_review",
        "/approvals/?list=approved",
        f"/versions/{reviewed.pk}/",
        f"/versions/{drafted.pk}/",
        f"/verdicts/{published.verdict_id}/",
        "/claims/?list=changed",
        f"/flags/{flag.pk}/",
        *of_sources(extracted, flag.lookup.check_of_source.source_id),
        f"/sources/captures/{extracted.capture_id}/?table={table.pk}&cell=2-1",
        f"/claims/{claim.pk}/cells/?table={table.pk}&cell=2-1",
        f"/cells/{table.pk}/claims/?cell=2-1",
    ]


def of_article(article: str) -> list[str]:
    return [
        article,
        f"{article}?open=out",
        f"{article}?open=sources",
        f"{article}coverage/?show=all",
        f"{article}words/",
        f"{article}words/?at=0",
        f"{article}revise/",
        f"{article}revisions/1/",
    ]


def of_sources(extracted: ExtractedText, changed: uuid.UUID) -> list[str]:
    capture = f"/sources/captures/{extracted.capture_id}/"
    return [
        "/sources/",
        "/sources/stamps/",
        f"/sources/{extracted.capture.source_id}/",
        f"/sources/{changed}/",
        f"/sources/{changed}/checks/",
        f"/sources/{changed}/compare/",
        f"{capture}?quote=10-40",
        f"{capture}?view=page",
        f"{capture}?view=wire",
    ]


def of_people(admin: User, editor: User) -> list[str]:
    """The admin's screens, with something on them."""
    now = timezone.now()
    inviting.invite(email="new.person@example.org", role="editor", by=admin, at=now)
    earlier, _ = inviting.invite(email="somebody@example.org", role="checker", by=admin, at=now)
    inviting.revoke(invitation=earlier, by=admin, at=now)
    keys.issue(partner="The Example Post", by=admin, at=now)
    managing.let_publish_alone(person=editor, allowed=True, by=admin, at=now)
    factor = "/account/second-factor/"
    return [
        *("/people/", "/people/?search=nobody", f"/people/{editor.pk}/", f"/people/{admin.pk}/"),
        *("/people/invitations/", "/settings/", "/account/", "/account/password/"),
        *(factor, f"{factor}app/", f"{factor}passkeys/", f"{factor}passkeys/add/"),
    ]


def of_the_door(admin: User) -> list[str]:
    """What somebody sees who is not signed in."""
    _, token = inviting.invite(email="n@x.example", role="editor", by=admin, at=timezone.now())
    password = "/account/password/"
    return [
        *("/account/sign-in/", "/account/left/", f"/account/join/{token}/"),
        *(f"{password}forgotten/", f"{password}sent/", f"{password}new/1-x/"),
    ]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_of_people_holds(
    people: tuple[User, User], visit: Visit, width: int, scheme: str
) -> None:
    admin = factories.person("admin", username="ada", name="Ada Marsh")
    screens = {None: of_the_door(admin), admin: of_people(admin, people[1])}
    found = {}
    for person, addresses in screens.items():
        visitor = visit(person, width=width, scheme=scheme)
        for address in addresses:
            visitor.go(address)
            found[address] = visitor.page.evaluate(AUDIT)
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_holds(
    addresses: list[str], people: tuple[User, User], visit: Visit, width: int, scheme: str
) -> None:
    stranger = visit(width=width, scheme=scheme)
    found = {"/account/sign-in/": stranger.page.evaluate(AUDIT)}
    editor = visit(people[1], width=width, scheme=scheme)
    for address in addresses:
        editor.go(address)
        found[address] = editor.page.evaluate(AUDIT)
    assert {address: faults for address, faults in found.items() if faults} == {}
