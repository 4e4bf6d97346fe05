"""Every screen, light and dark, wide and narrow: readable, named, and inside its frame."""

import uuid
from pathlib import Path

import pytest

from claims import drifting, workflow
from claims.models import Citation, Flag, VerdictVersion
from factcheck.accounts.models import User
from factcheck.api import keys
from factcheck.api.models import ListReceipt
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
        *after_publication(checker, editor),
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


def after_publication(checker: User, editor: User) -> list[str]:
    """A verdict that was corrected, is under review, and whose withdrawal is proposed."""
    first = factories.published(by=checker, editor=editor)
    second = factories.corrected(of=first, by=checker, editor=editor)
    workflow.mark_under_review(
        verdict=first.verdict, reason="A reader wrote to us.", by=editor, at=factories.AT
    )
    workflow.propose_withdrawal(
        verdict=first.verdict, reason="The report was a sample.", by=editor, at=factories.AT
    )
    gone = factories.published(by=checker, editor=editor)
    factories.withdrawn(of=gone, editor=editor)
    third = factories.correction(of=first, by=checker, kind="correction", summary="Otherwise.")
    waiting = factories.published(by=checker, editor=editor)
    sent = factories.correction(of=waiting, by=checker)
    sent = workflow.submit(version=sent, revision=sent.revision, by=checker, at=factories.AT)
    _, key = keys.issue(partner="The Example Times", by=None, at=factories.AT)
    held = keys.find(key)
    assert held is not None
    ListReceipt.objects.create(key=held, after=0, upto=1000, at=factories.AT)
    public, old = f"/verdicts/{first.verdict_id}/", f"/verdicts/{gone.verdict_id}/"
    return [
        public,
        f"{public}versions/1/",
        f"{public}versions/{second.number}/changes/",
        f"{public}after/",
        f"{public}correct/",
        f"{public}receipts/",
        f"/claims/{third.verdict.claim_id}/",
        f"/versions/{sent.pk}/",
        f"/versions/{first.pk}/",
        old,
        f"{old}versions/1/",
        f"{old}after/",
        f"{old}correct/",
        "/corrections/",
        "/corrections/?kind=typo",
        "/approvals/?list=withdrawals",
        "/approvals/?list=under_review",
        f"/claims/{factories.abandoned(by=checker).verdict.claim_id}/",
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
