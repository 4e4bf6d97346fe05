"""Whatever people paste is shown as the text it is, on every page."""

import pytest
from django.test import Client

from claims import drafting, linking, marking, replies, workflow
from claims.models import Citation, VerdictVersion
from factcheck.accounts.models import User
from tests import factories
from tests.claims.views.conftest import Desk

pytestmark = pytest.mark.django_db
BAD = "<script>alert('1')</script><img src=x onerror=alert(2)>"
AT = factories.AT


@pytest.fixture
def version(checker: User, editor: User) -> VerdictVersion:
    """A published verdict in which everything that can be typed is hostile."""
    article = factories.article(
        by=checker, title=BAD, text=f"Fares rose by 12 % in 2019, {BAD}.", publisher=BAD
    )
    claim = article.claims.all()[0]
    marking.reword(claim=claim, text=f"12 % {BAD}", by=checker, at=AT)
    page = f"Fares {BAD} rose by 9 %."
    extracted = factories.extracted_text(page)
    source = extracted.capture.source
    Citation.objects.create(article=article, source=source, added_by=checker, added_at=AT)
    linking.attach(
        claim=claim,
        extracted=extracted,
        start=0,
        end=len(page),
        exact=page,
        stance="refutes",
        note=BAD,
        by=checker,
        at=AT,
        is_primary=True,
    )
    draft = drafting.start_draft(claim=claim, by=checker, at=AT)
    draft = factories.write(
        draft,
        by=checker,
        rating=factories.rating().pk,
        summary=BAD,
        what_we_found=f"{BAD}\n\n{BAD}",
    )
    factories.declared(draft, by=checker, words=BAD)
    replies.log_reply(
        claim=claim, kind="answered", on=AT.date(), means=BAD[:90], words=BAD, by=checker, at=AT
    )
    sealed = workflow.submit(version=draft, revision=draft.revision, by=checker, at=AT)
    workflow.approve(version=sealed, digest=sealed.digest, by=editor, at=AT)
    return workflow.publish(version=sealed, digest=sealed.digest, by=editor, at=AT)


def test_hostile_text_is_shown_and_never_run(
    version: VerdictVersion, editor: User, desk: Desk
) -> None:
    claim = version.verdict.claim
    capture = claim.evidence.get().extracted.capture
    client = desk(editor)
    pages = (
        "/articles/",
        f"/articles/{claim.article_id}/",
        f"/claims/{claim.pk}/",
        "/claims/?list=published",
        f"/versions/{version.pk}/",
        f"/verdicts/{version.verdict_id}/",
        f"/sources/captures/{capture.pk}/?quote=0-3",
    )
    for address in pages:
        page = client.get(address)
        assert page.status_code == 200
        assert "<script>alert" not in page.text, address
        assert "<img src=x" not in page.text, address
        assert "&lt;script&gt;alert" in page.text, address


def test_a_hostile_address_is_no_link(checker: User, desk: Desk) -> None:
    claim = factories.claim(by=checker)
    page = desk(checker).post(f"/claims/{claim.pk}/sources/", {"url": "javascript:alert(1)"})
    assert page.status_code == 422
    assert 'href="javascript' not in page.text


def test_hostile_words_in_an_address_stay_words() -> None:
    page = Client().get("/account/sign-in/", {"next": f'"{BAD}'})
    assert "<script>alert" not in page.text
