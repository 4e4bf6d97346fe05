"""Every screen, light and dark, wide and narrow: readable, named, and inside its frame."""

from pathlib import Path

import pytest

from claims.models import Citation
from factcheck.accounts.models import User
from tests import factories
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
AUDIT = Path(__file__).with_name("audit.js").read_text(encoding="utf-8")


@pytest.fixture
def addresses(people: tuple[User, User]) -> list[str]:
    """One address of each screen, with something on it."""
    checker, editor = people
    drafted = factories.draft(by=checker)
    claim = drafted.verdict.claim
    extracted = factories.extracted_text()
    Citation.objects.create(
        article=claim.article,
        source=extracted.capture.source,
        added_by=checker,
        added_at=factories.AT,
    )
    factories.evidence(on=claim, by=checker, quote="3% more", stance="refutes")
    reviewed = factories.in_review(by=checker)
    published = factories.published(by=checker, editor=editor)
    article = f"/articles/{claim.article_id}/"
    return [
        "/",
        "/articles/",
        "/articles/new/",
        article,
        f"{article}?open=out",
        f"{article}?open=sources",
        f"{article}coverage/?show=all",
        f"{article}revise/",
        f"{article}revisions/1/",
        f"/claims/{claim.pk}/change/",
        f"/claims/{claim.pk}/",
        f"/claims/{claim.pk}/passages/",
        f"/claims/{reviewed.verdict.claim_id}/",
        "/claims/",
        "/claims/?list=published",
        "/claims/?list=in_review",
        "/approvals/?list=approved",
        f"/versions/{reviewed.pk}/",
        f"/versions/{drafted.pk}/",
        f"/verdicts/{published.verdict_id}/",
        "/sources/",
        f"/sources/{extracted.capture.source_id}/",
        f"/sources/captures/{extracted.capture_id}/?quote=10-40",
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
