import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims import reply_links
from claims.models import Claim, Letter, ReplyEntry, ReplyLink
from factcheck.accounts.models import User
from factcheck.audit.models import Event
from tests import factories
from tests.claims.views.conftest import Desk, said

pytestmark = pytest.mark.django_db
TYPED = "A long answer, typed with care."


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.claim(by=checker)


def link(claim: Claim, by: User, days: int = 0) -> str:
    """The page of a link that was made some days ago."""
    at = timezone.now() - timedelta(days=days)
    asks = "Where does the number come from?"
    _, token = reply_links.make(claim=claim, asks=asks, key=uuid.uuid4(), by=by, at=at)
    return f"/answer/{token}/"


def test_a_checker_makes_a_link_and_the_claimant_answers(
    claim: Claim, checker: User, desk: Desk
) -> None:
    client = desk(checker)
    assert "Make a link for the claimant" in client.get(claim.get_absolute_url()).text
    fields = {"key": uuid.uuid4(), "asks": "Where from?"}
    made = client.post(f"/claims/{claim.pk}/reply-link/", fields)
    address = re.search(r"/answer/[\w-]+/", made.text)
    assert address
    assert "no-store" in made["Cache-Control"]
    again = client.post(f"/claims/{claim.pk}/reply-link/", fields)
    assert again.status_code == 422
    assert "a link is shown only once" in said(again)
    assert address[0] not in client.get(claim.get_absolute_url()).text

    stranger = Client(enforce_csrf_checks=True)
    # It may be opened many times before.
    pages = [stranger.get(address[0]) for _ in range(3)]
    assert all("Where from?" in page.text for page in pages)
    assert stranger.post(address[0], {"words": TYPED}).status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', pages[-1].text)
    assert token
    sent = {"words": TYPED, "name": "Ana", "csrfmiddlewaretoken": token[1]}
    assert "Thank you" in stranger.post(address[0], sent).text
    assert "Thank you" in stranger.post(address[0], sent).text
    seen = client.get(claim.get_absolute_url()).text
    assert TYPED in seen
    assert "answered, through the desk" in said(client.get(claim.get_absolute_url()))
    assert "through our link" in client.get(f"/claims/{claim.pk}/draft/").text


@pytest.mark.parametrize(
    ("how", "words", "status"),
    [
        ("used", "An answer has come through this link already.", 410),
        ("expired", "This link has run out.", 410),
        ("revoked", "The desk has taken this link back.", 410),
        ("unknown", "This link leads nowhere.", 404),
    ],
)
def test_each_way_in_which_a_link_ends_has_its_page_and_gives_the_words_back(
    claim: Claim, checker: User, how: str, words: str, status: int
) -> None:
    page = link(claim, checker, days=30 if how == "expired" else 0)
    if how == "used":
        Client().post(page, {"words": "First."})
    elif how == "revoked":
        reply_links.revoke(link=ReplyLink.objects.get(), by=checker, at=timezone.now())
    elif how == "unknown":
        page = "/answer/forged/"
    for answer in (Client().get(page), Client().post(page, {"words": TYPED})):
        assert answer.status_code == status
        assert words in said(answer)
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"].startswith("noindex")
        assert answer["Referrer-Policy"] == "same-origin"
    assert TYPED in said(answer)
    refused = [event.data["why"] for event in Event.objects.filter(action="reply_link.refused")]
    assert refused == ([] if how == "unknown" else [how])
    assert ReplyEntry.objects.count() == (how == "used")


def test_an_answer_that_lacks_words_comes_back(claim: Claim, checker: User) -> None:
    page = link(claim, checker)
    empty = Client().post(page, {"words": " ", "role": "press officer"})
    assert empty.status_code == 422
    assert "Write your answer." in said(empty)
    assert "press officer" in said(empty)
    assert Client().post(page, {"words": "x" * 5001}).status_code == 422
    assert ReplyLink.objects.get().used_at is None


def test_a_link_is_taken_back_and_mailed(claim: Claim, checker: User, desk: Desk) -> None:
    client = desk(checker)
    fields = {"key": uuid.uuid4(), "asks": "Why?", "email": "ana@party.example"}
    made = client.post(f"/claims/{claim.pk}/reply-link/", fields)
    assert "It is being sent to ana@party.example." in made.text
    assert Letter.objects.get().to == "ana@party.example"
    found = ReplyLink.objects.get()
    client.post(f"/reply-links/{found.pk}/revoke/")
    found.refresh_from_db()
    assert found.revoked_by == checker
    assert "taken back" in client.get(claim.get_absolute_url()).text


@pytest.mark.parametrize(("role", "status"), [("checker", 422), ("editor", 422), ("admin", 403)])
def test_who_may_make_links(claim: Claim, desk: Desk, role: str, status: int) -> None:
    client = desk(factories.person(role))
    assert client.post(f"/claims/{claim.pk}/reply-link/", {}).status_code == status
    assert Client().post(f"/claims/{claim.pk}/reply-link/", {}).status_code == 302
