"""The web server itself writes its receipts, a moment after it answered."""

import time
import urllib.request

import pytest
from django.utils import timezone

from factcheck.accounts.models import User
from factcheck.api import keys
from factcheck.api.models import ListReceipt, Receipt
from tests import factories
from tests.browser.conftest import Application

pytestmark = pytest.mark.browser
WITHIN = 20  # seconds; a machine under load is slow


def test_what_a_partner_was_served_is_written(
    application: Application, people: tuple[User, User]
) -> None:
    checker, editor = people
    live = factories.published(by=checker, editor=editor)
    row, key = keys.issue(partner="The Example Times", by=None, at=timezone.now())
    for address in ("/api/v1/verdicts/", f"/api/v1/verdicts/{live.verdict_id}/"):
        request = urllib.request.Request(  # noqa: S310 (our own server)
            application.address + address, headers={"Authorization": f"Bearer {key}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 (the same)
            assert answer.status == 200
    until = time.monotonic() + WITHIN
    while time.monotonic() < until and not (
        Receipt.objects.filter(key=row).exists() and ListReceipt.objects.filter(key=row).exists()
    ):
        time.sleep(0.1)
    assert Receipt.objects.get(key=row).seq == 1
    assert ListReceipt.objects.get(key=row).upto == 1
