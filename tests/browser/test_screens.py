"""Every screen, light and dark, wide and narrow: readable, named, and inside its frame."""

import uuid
from functools import partial
from pathlib import Path

import pytest
from django.utils import timezone

from claims import complaining, drifting, reply_links, triaging
from claims.complaining import Report
from claims.models import Citation, Claim, Flag, VerdictVersion
from factcheck.accounts.models import User
from sources import publishers
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
    reviewed_claim = reviewed.verdict.claim
    return [
        "/",
        "/articles/",
        "/articles/new/",
        *of_article(f"/articles/{claim.article_id}/"),
        f"/claims/{claim.pk}/change/",
        f"/claims/{claim.pk}/",
        f"/claims/{claim.pk}/draft/",
        f"/claims/{claim.pk}/draft/saves/",
        f"/claims/{claim.pk}/draft/saves/1/",
        f"/claims/{reviewed.verdict.claim_id}/draft/",
        "/standards/",
        "/claims/?list=stale",
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
        *of_readers(published, reviewed_claim, people),
        *of_sources(extracted, flag.lookup.check_of_source.source_id),
        f"/sources/captures/{extracted.capture_id}/?table={table.pk}&cell=2-1",
        f"/claims/{claim.pk}/cells/?table={table.pk}&cell=2-1",
        f"/cells/{table.pk}/claims/?cell=2-1",
    ]


def of_readers(published: VerdictVersion, claim: Claim, people: tuple[User, User]) -> list[str]:
    """Reports in each state, and claimants' links that are open, used and over."""
    checker, editor = people
    reports = []
    for number in range(4):
        report = Report(what=f"Number {number} is of 2018.", source_url="https://harbour.example/a")
        reports.append(
            complaining.receive(
                verdict=published.verdict, report=report, key=uuid.uuid4(), at=factories.AT
            )
        )
    for found, _ in reports[1:]:
        triaging.begin(complaint=found, by=checker, at=factories.AT)
    for found, _ in reports[2:]:
        triaging.recommend(
            complaint=found, outcome="upheld", reason="It is.", by=checker, at=factories.AT
        )
    triaging.decide(
        complaint=reports[3][0], outcome="upheld", answer="Mended.", by=editor, at=factories.AT
    )
    now = timezone.now()
    ask = partial(reply_links.make, asks="Where from?", by=checker, at=now)
    _, used = ask(claim=claim, key=uuid.uuid4())
    reply_links.answer(token=used, words="From us.", at=now)
    _, opened = ask(claim=claim, key=uuid.uuid4())
    return [
        f"/verdicts/{published.verdict_id}/report/",
        *(f"/reports/{token}/" for _, token in reports),
        "/complaints/",
        "/complaints/?list=second",
        "/complaints/?list=closed",
        *(f"/complaints/{found.pk}/" for found, _ in reports),
        f"/answer/{used}/",
        f"/answer/{opened}/",
        f"/claims/{claim.pk}/",
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
    paper = publishers.add(
        name="Harbour Board",
        domain="harbour.example",
        by=factories.person(),
        at=factories.AT,
    )
    return [
        "/sources/",
        "/sources/publishers/",
        f"/sources/publishers/{paper.pk}/",
        "/sources/stamps/",
        f"/sources/{extracted.capture.source_id}/",
        f"/sources/{changed}/",
        f"/sources/{changed}/checks/",
        f"/sources/{changed}/compare/",
        f"{capture}?quote=10-40",
        f"{capture}?view=page",
        f"{capture}?view=wire",
    ]


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
