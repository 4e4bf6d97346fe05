"""Every screen, light and dark, wide and narrow: readable, named, and inside its frame."""

import uuid
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.utils import timezone

from claims import (
    assigning,
    commenting,
    complaining,
    drifting,
    locking,
    opinions,
    reply_links,
    scales,
    stakes,
    triaging,
    workflow,
)
from claims.assigning import Job
from claims.complaining import Report
from claims.models import Citation, Claim, Comment, Flag, RatingScale, VerdictVersion
from claims.pinning import About
from claims.together_states import CommentPlace
from factcheck.accounts.models import User
from factcheck.api import keys
from factcheck.api.models import ListReceipt
from factcheck.audit import checking
from factcheck.audit.models import Event
from factcheck.people import inviting, managing
from sources import publishers
from sources.models import ExtractedText
from tests import factories
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
AUDIT = Path(__file__).with_name("audit.js").read_text(encoding="utf-8")
# Screens whose address names nothing.
PLAIN = (
    "/",
    "/articles/",
    "/articles/new/",
    "/standards/",
    "/claims/?list=stale",
    "/claims/",
    "/claims/proposals/",
    "/claims/?list=published",
    "/claims/?list=in_review",
    "/approvals/?list=approved",
    "/claims/?list=assigned",
    "/claims/?list=unowned",
    "/approvals/?list=my_reviews",
    "/notifications/",
    "/notifications/settings/",
    "/claims/?list=changed",
    "/feeds/",
)


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
    said = together(claim, reviewed, checker, editor)
    published = factories.published(by=checker, editor=editor)
    flag = flagged(published)
    feed = factories.feed(by=editor)
    reviewed_claim = reviewed.verdict.claim
    return [
        *PLAIN,
        *of_release(claim, reviewed, checker, editor),
        *after_publication(checker, editor),
        *of_article(f"/articles/{claim.article_id}/"),
        f"/claims/{claim.pk}/change/",
        f"/claims/{claim.pk}/",
        f"/claims/{claim.pk}/draft/",
        f"/claims/{claim.pk}/draft/saves/",
        f"/claims/{claim.pk}/draft/saves/1/",
        f"/claims/{reviewed.verdict.claim_id}/draft/",
        f"/claims/{claim.pk}/seen-before/",
        f"/claims/{claim.pk}/calculate/",
        f"/claims/{claim.pk}/passages/",
        f"/claims/{reviewed.verdict.claim_id}/",
        f"/threads/{said.thread_id}/",
        f"/versions/{drafted.pk}/",
        f"/verdicts/{published.verdict_id}/",
        f"/feeds/{feed.pk}/",
        f"/flags/{flag.pk}/",
        *of_readers(published, reviewed_claim, checker),
        *of_sources(extracted, flag.lookup.check_of_source.source_id),
        f"/sources/captures/{extracted.capture_id}/?table={table.pk}&cell=2-1",
        f"/claims/{claim.pk}/cells/?table={table.pk}&cell=2-1",
        f"/cells/{table.pk}/claims/?cell=2-1",
        *of_audit_and_scale(editor),
    ]


def of_release(claim: Claim, reviewed: VerdictVersion, checker: User, editor: User) -> list[str]:
    """Tags, a second opinion that is awaited, and one that differs."""
    stake = factories.stake()
    stakes.add(claim=claim, stake=stake, by=checker, at=factories.AT)
    opinion = opinions.ask(version=reviewed, of=editor, by=checker, at=factories.AT)
    tagged = factories.draft(by=checker)
    stakes.add(claim=tagged.verdict.claim, stake=stake, by=checker, at=factories.AT)
    tagged = workflow.submit(version=tagged, revision=tagged.revision, by=checker, at=factories.AT)
    differs = opinions.ask(version=tagged, of=factories.person(), by=checker, at=factories.AT)
    opinions.give(
        opinion=differs,
        rating=factories.rating("false"),
        reasoning="I read it so.",
        by=differs.asked_of,
        at=factories.AT,
    )
    return [f"/versions/{tagged.pk}/", "/opinions/", f"/opinions/{opinion.pk}/", "/tags/"]


def of_audit_and_scale(editor: User) -> list[str]:
    draft = scales.start_draft(by=editor, at=factories.AT)
    row = checking.ask(by=editor, at=factories.AT)
    checking.run(verification_id=row.pk, clock=lambda: factories.AT)
    event = Event.objects.filter(action="evidence.attached").latest("pk")
    in_use = RatingScale.objects.get(is_current=True)
    return [
        "/audit/",
        "/audit/?kind=verdict&since=2026-01-01",
        "/audit/?kind=key",
        f"/audit/{event.pk}/",
        "/scales/",
        f"/scales/{in_use.pk}/",
        f"/scales/{draft.pk}/?language=fr",
    ]


def together(claim: Claim, reviewed: VerdictVersion, checker: User, editor: User) -> Comment:
    """Somebody has each, somebody works on the claim, and there are comments on its words."""
    at = timezone.now()
    day = at.date() - timedelta(days=1)
    assigning.give(job=Job(claim), to=editor, seen=None, by=checker, at=at, due_on=day)
    job = Job(reviewed.verdict.claim, reviewed)
    assigning.give(job=job, to=editor, seen=None, by=checker, at=at)
    locking.take(claim=claim, by=checker, at=at)
    about = About(CommentPlace.ARTICLE, exact="41,200 passengers")
    text = f"@{editor.username} see https://harbour.example/{'long' * 30}"
    said = commenting.begin(claim=claim, text=text, by=checker, at=at, about=about)
    commenting.reply(thread=said.thread, text="I see.", by=editor, at=at)
    return said


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


def of_readers(published: VerdictVersion, claim: Claim, checker: User) -> list[str]:
    """Reports in each state, and claimants' links that are open, used and over."""
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
    other = factories.person("editor")
    triaging.decide(
        complaint=reports[3][0], outcome="upheld", answer="Mended.", by=other, at=factories.AT
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
