import uuid
from datetime import date, timedelta

import pytest
from django.test import Client

from claims import complaining, triaging
from claims.complaining import Report
from claims.models import Complaint, Letter, Verdict
from factcheck.accounts.models import User
from tests import factories
from tests.claims.views.conftest import Count, Desk, said
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict(checker: User, editor: User) -> Verdict:
    return factories.published(by=checker, editor=editor).verdict


@pytest.fixture
def second(db: None) -> User:
    return factories.person("editor", name="Sanna Second")


def report(verdict: Verdict, what: str = "Wrong.", days: int = 0, email: str = "") -> Complaint:
    found, _ = complaining.receive(
        verdict=verdict,
        report=Report(what=what, email=email),
        key=uuid.uuid4(),
        at=AT + timedelta(days=days),
    )
    return found


def seen(found: Complaint) -> str:
    """What a page says of the recommendation that it shows."""
    assert found.recommended_at
    return found.recommended_at.isoformat()


def recommended(verdict: Verdict, by: User, email: str = "") -> Complaint:
    found = report(verdict, email=email)
    triaging.begin(complaint=found, by=by, at=AT)
    return triaging.recommend(
        complaint=found, outcome="upheld", reason="It is of 2018.", by=by, at=AT
    )


def test_two_people_on_the_screens(
    verdict: Verdict, checker: User, second: User, desk: Desk
) -> None:
    found = report(verdict, email="rita@reader.example")
    page = found.get_absolute_url()
    first, other = desk(checker), desk(second)
    assert "Look into it" in first.get(page).text
    first.post(f"{page}begin/")
    bad = first.post(f"{page}recommend/", {"outcome": "duplicate", "reason": "Known."})
    assert bad.status_code == 422
    assert "No other report on this verdict has that reference." in said(bad)
    assert "Known." in said(bad)
    first.post(f"{page}recommend/", {"outcome": "upheld", "reason": "It is of 2018."})
    assert "Another person, an editor, has to decide." in first.get(page).text
    assert first.post(f"{page}decide/", {}).status_code == 403
    found.refresh_from_db()
    fields = {"outcome": "upheld", "answer": "Mended.", "seen": seen(found)}
    assert "It is of 2018." in other.get(page).text
    assert other.post(f"{page}decide/", fields).status_code == 302
    assert other.post(f"{page}decide/", fields).status_code == 302
    done = other.get(page)
    assert "start a correction" in done.text
    assert "The e-mail to rita@reader.example is on its way" in done.text
    late = other.post(f"{page}decide/", {**fields, "answer": "Typed too late."})
    assert late.status_code == 422
    assert "The report is upheld now" in said(late)
    assert "Typed too late." in said(late)


def test_a_recommendation_that_changed_meanwhile_is_read_first(
    verdict: Verdict, checker: User, second: User, desk: Desk
) -> None:
    found = recommended(verdict, checker)
    shown = seen(found)
    triaging.reconsider(complaint=found, by=checker, at=AT)
    triaging.recommend(
        complaint=found, outcome="rejected", reason="No.", by=checker, at=AT + timedelta(hours=1)
    )
    fields = {"outcome": "upheld", "answer": "Mended.", "seen": shown}
    page = desk(second).post(f"{found.get_absolute_url()}decide/", fields)
    assert page.status_code == 422
    assert "Mended." in said(page)
    forged = desk(second).post(f"{found.get_absolute_url()}decide/", {**fields, "seen": "now"})
    assert forged.status_code == 422
    assert "Open the report anew." in said(forged)
    found.refresh_from_db()
    assert found.decided_at is None


def test_whoever_approved_it_is_told_why_not(
    verdict: Verdict, checker: User, editor: User, second: User, desk: Desk
) -> None:
    found = recommended(verdict, checker)
    assert "Another editor has to decide." in desk(editor).get(found.get_absolute_url()).text
    User.objects.filter(pk=second.pk).update(is_active=False)
    assert "the history says so" in desk(editor).get(found.get_absolute_url()).text


def test_the_lists_say_what_is_open_late_and_closed(
    verdict: Verdict, checker: User, second: User, desk: Desk
) -> None:
    client = desk(checker)
    assert "No report of an error is open." in client.get("/complaints/").text
    later, sooner = report(verdict, "Later.", days=9000), report(verdict, "Sooner.")
    page = client.get("/complaints/")
    assert [row.pk for row in page.context["rows"]] == [sooner.pk, later.pk]
    assert page.text.count(">overdue<") == 1
    assert "1 past its day." in page.text
    found = recommended(verdict, checker)
    counts = [number for _, _, number in client.get("/complaints/").context["lists"]]
    assert counts == ["3", "1", "0"]
    triaging.decide(complaint=found, outcome="rejected", answer="No.", by=second, at=AT)
    assert "Sanna Second" in client.get("/complaints/?list=closed").text
    on_claim = client.get(verdict.claim.get_absolute_url())
    assert sooner.reference in on_claim.text
    assert found not in on_claim.context["reports"]
    assert "2 past" not in client.get("/").text
    assert "reports of errors" in client.get("/").text


def test_lists_take_as_many_queries_for_three_as_for_one(
    verdict: Verdict, checker: User, second: User, desk: Desk, count_queries: Count
) -> None:
    def add() -> None:
        report(verdict)
        found = recommended(verdict, checker)
        triaging.decide(complaint=found, outcome="upheld", answer="Yes.", by=second, at=AT)
        recommended(verdict, checker)

    def count() -> list[int]:
        lists = [f"/complaints/?list={kind}" for kind in ("open", "second", "closed")]
        return [count_queries(client, address) for address in [*lists, "/"]]

    client = desk(checker)
    add()
    one = count()
    add()
    add()
    assert count() == one


def test_pages_of_a_list_follow_each_other(verdict: Verdict, checker: User, desk: Desk) -> None:
    made = [report(verdict, days=number % 3).pk for number in range(65)]
    client, seen, following = desk(checker), [], ""
    days: list[date] = []
    while True:
        page = client.get("/complaints/", {"cursor": following})
        seen += [row.pk for row in page.context["rows"]]
        days += [row.due_on for row in page.context["rows"]]
        following = page.context["next_cursor"]
        if not following:
            break
    assert sorted(seen) == sorted(made)
    assert days == sorted(days)
    assert client.get("/complaints/?cursor=forged").status_code == 422


@pytest.mark.parametrize(
    ("verb", "roles"),
    [
        ("begin", {"checker", "editor"}),
        ("back", {"checker", "editor"}),
        ("recommend", {"checker", "editor"}),
        ("reconsider", {"checker", "editor"}),
        ("decide", {"editor"}),
        ("forget", {"editor"}),
    ],
)
def test_who_may_press_what(verdict: Verdict, desk: Desk, verb: str, roles: set[str]) -> None:
    page = f"{report(verdict).get_absolute_url()}{verb}/"
    for role in ("checker", "editor", "admin"):
        refused = desk(factories.person(role)).post(page).status_code == 403
        assert refused != (role in roles)
    assert Client().post(page).status_code == 302
    assert desk(factories.person("editor")).get(page).status_code == 405


def test_a_letter_that_failed_can_be_sent_again(
    verdict: Verdict, checker: User, second: User, desk: Desk
) -> None:
    found = recommended(verdict, checker, email="rita@reader.example")
    triaging.decide(complaint=found, outcome="upheld", answer="Yes.", by=second, at=AT)
    Letter.objects.update(
        state="failed", finished_at=AT, error_code="mail_off", error_text="No mail server."
    )
    client = desk(checker)
    assert "No mail server." in client.get(found.get_absolute_url()).text
    letter = Letter.objects.get()
    client.post(f"/letters/{letter.pk}/send/", {"next": found.get_absolute_url()})
    letter.refresh_from_db()
    assert letter.state == "queued"
