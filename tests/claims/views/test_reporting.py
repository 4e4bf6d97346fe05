import re
import uuid
from typing import Any

import pytest
from django.test import Client

from claims.models import Complaint, Verdict
from factcheck.accounts.models import User
from factcheck.counting import counters
from tests import factories
from tests.claims.views.conftest import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict(checker: User, editor: User) -> Verdict:
    return factories.published(by=checker, editor=editor).verdict


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    for key in counters().scan_iter("factcheck:reports:*"):
        counters().delete(key)


def sent(**fields: Any) -> dict[str, Any]:
    whole = {"key": uuid.uuid4(), "what": "The <b>report</b> is of 2018.", "consent": "on"}
    return {**whole, **fields}


def test_a_reader_reports_without_an_account_and_sees_where_it_stands(verdict: Verdict) -> None:
    client = Client(enforce_csrf_checks=True)
    page = f"{verdict.get_absolute_url()}report/"
    assert f'href="{page}"' in client.get(verdict.get_absolute_url()).text
    form = client.get(page)
    assert client.post(page, sent()).status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', form.text)
    assert token
    answer = client.post(page, sent(csrfmiddlewaretoken=token[1]))
    mine = Client().get(answer["Location"])
    found = Complaint.objects.get()
    assert f"Your report {found.reference}" in mine.text
    assert "It has arrived." in mine.text
    assert "The &lt;b&gt;report&lt;/b&gt; is of 2018." in mine.text
    for response in (form, mine):
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"].startswith("noindex")
        assert response["Referrer-Policy"] == "same-origin"


def test_a_double_click_is_one_report(verdict: Verdict) -> None:
    page, fields = f"{verdict.get_absolute_url()}report/", sent()
    first, second = (Client().post(page, fields) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"what": " "}, "Say what is wrong."),
        ({"what": "x" * 3001}, "at most 3000 characters"),
        ({"source_url": "javascript://x"}, "This is not the address of a page."),
        ({"source_url": "not a page"}, "This is not the address of a page."),
        ({"email": "nobody"}, "valid email"),
        ({"consent": ""}, "Without this the desk may not keep your report."),
        ({"key": "forged"}, "Open this page anew, and send it again."),
    ],
)
def test_a_form_that_lacks_something_comes_back(
    verdict: Verdict, fields: dict[str, str], words: str
) -> None:
    page = Client().post(f"{verdict.get_absolute_url()}report/", sent(where="Line 3", **fields))
    assert page.status_code == 422
    assert words in said(page)
    assert "Line 3" in said(page)
    assert not Complaint.objects.exists()


def test_an_address_without_a_scheme_is_a_page_s(verdict: Verdict) -> None:
    Client().post(f"{verdict.get_absolute_url()}report/", sent(source_url="harbour.example/a"))
    assert Complaint.objects.get().source_url == "https://harbour.example/a"


def test_too_many_reports_from_one_address_wait(verdict: Verdict, settings: Any) -> None:
    settings.COMPLAINTS_PER_HOUR = 2
    page = f"{verdict.get_absolute_url()}report/"
    for _ in range(2):
        assert Client().post(page, sent()).status_code == 302
    late = Client().post(page, sent(what="Typed at length."))
    assert (late.status_code, int(late["Retry-After"]) > 0) == (429, True)
    assert "Too many reports came from your address" in said(late)
    assert "Typed at length." in said(late)
    assert Client(REMOTE_ADDR="192.0.2.7").post(page, sent()).status_code == 302
    assert Complaint.objects.count() == 3
    # Behind HTTPS what the server in front wrote last counts, not what a reader forged.
    settings.HTTPS = True
    forged = Client(HTTP_X_FORWARDED_FOR="203.0.113.9, 192.0.2.7")
    forged.post(page, sent())
    assert forged.post(page, sent()).status_code == 429


def test_only_what_readers_saw_can_be_reported(checker: User) -> None:
    for pk in (factories.in_review(by=checker).verdict_id, uuid.uuid4()):
        assert Client().get(f"/verdicts/{pk}/report/").status_code == 404
        assert Client().post(f"/verdicts/{pk}/report/", sent()).status_code == 404


def test_a_forged_link_shows_nothing(verdict: Verdict) -> None:
    page = Client().get("/reports/forged/")
    assert page.status_code == 404
    assert "no-store" in page["Cache-Control"]


def test_a_withdrawn_verdict_can_still_be_reported(verdict: Verdict, editor: User) -> None:
    factories.withdrawn(of=verdict.versions.get(), editor=editor)
    page = f"{verdict.get_absolute_url()}report/"
    assert page in said(Client().get(verdict.get_absolute_url()))
    assert Client().get(page).status_code == 200
    assert Client().post(page, sent()).status_code == 302
    assert Complaint.objects.get().version.state == "withdrawn"
