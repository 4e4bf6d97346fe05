from typing import Any

import pytest
from django.test import Client

from claims import proposing
from claims.models import Claim
from factcheck.accounts.models import User
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db
WORDING = "The fares of the Lismore ferry rose by 12%."


@pytest.fixture
def claim(checker: User, settings: Any) -> Claim:
    """A claim for which a language model has proposed another wording."""
    settings.PROPOSALS_URL = "http://127.0.0.1:9/v1"
    found = factories.claim()
    run = proposing.request(article=found.article, by=checker, at=AT)
    Claim.objects.filter(pk=found.pk).update(proposed_text=WORDING, wording_proposed_by=run)
    return found


@pytest.mark.parametrize(("choice", "is_taken"), [("take", True), ("leave", False)])
def test_a_checker_takes_the_wording_or_leaves_it(
    client: Client, checker: User, claim: Claim, choice: str, *, is_taken: bool
) -> None:
    client.force_login(checker)
    assert WORDING in client.get(claim.get_absolute_url()).content.decode()
    client.post(f"/claims/{claim.pk}/wording/", {"do": choice})
    decided = Claim.objects.get(pk=claim.pk)
    assert (decided.text == WORDING, decided.proposed_text) == (is_taken, "")
    page = client.get(claim.get_absolute_url()).content.decode()
    assert "proposes another wording" not in page


def test_an_admin_decides_no_wording(client: Client, admin: User, claim: Claim) -> None:
    client.force_login(admin)
    assert client.post(f"/claims/{claim.pk}/wording/", {"do": "take"}).status_code == 403
    assert Claim.objects.get(pk=claim.pk).proposed_text == WORDING
