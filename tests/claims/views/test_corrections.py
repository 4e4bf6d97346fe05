"""Readers' pages after a publication, the ledger, the wizard, and what editors do there."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from claims import drifting, workflow
from claims.models import Change, Flag, Published, ReviewMark, VerdictVersion, Withdrawal
from claims.states import LEDGER_KINDS
from factcheck.accounts.models import User
from tests import factories
from tests.claims.views.conftest import Count, Desk, said
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(checker: User, editor: User) -> VerdictVersion:
    return factories.published(by=checker, editor=editor)


def test_a_replaced_version_keeps_its_page_and_says_so(
    client: Client, live: VerdictVersion, checker: User, editor: User
) -> None:
    address = f"/verdicts/{live.verdict_id}/"
    assert client.get(f"{address}versions/1/").url == address  # type: ignore[attr-defined]
    factories.corrected(of=live, by=checker, editor=editor)
    now = said(client.get(address))
    assert "It is the board's own." in now
    assert f"{address}versions/1/" in now
    before = said(client.get(f"{address}versions/1/"))
    assert "It was replaced on 2 March 2026, 09:30 UTC by version 2" in before
    assert "Said which report it is." in before
    assert "It is the board's own." not in before
    assert client.get(f"{address}versions/3/").status_code == 404


def test_what_changed_is_shown_with_signs(
    client: Client, live: VerdictVersion, checker: User, editor: User
) -> None:
    draft = factories.correction(
        of=live, by=checker, kind="verdict_change", rating=factories.rating("false").pk
    )
    factories.evidence(on=live.verdict.claim, by=checker, quote="9% in May 2019", stance="context")
    factories.published_from(draft, by=checker, editor=editor)
    page = said(client.get(f"/verdicts/{live.verdict_id}/versions/2/changes/"))
    assert '<del><span class="visually-hidden">removed: </span>True</del>' in page
    assert '<ins><span class="visually-hidden">added: </span>False</ins>' in page
    assert '<ins><span class="visually-hidden">added: </span>9% in May 2019</ins>' in page
    assert "gives context" in page
    first = client.get(f"/verdicts/{live.verdict_id}/versions/1/changes/")
    assert first.status_code == 404


def test_a_draft_is_on_no_public_page(client: Client, live: VerdictVersion, checker: User) -> None:
    draft = factories.correction(of=live, by=checker)
    address = f"/verdicts/{live.verdict_id}/"
    assert client.get(f"{address}versions/{draft.number}/").status_code == 404
    assert client.get(f"{address}versions/{draft.number}/changes/").status_code == 404
    assert "It is the board's own" not in said(client.get(address))


def test_a_withdrawn_verdict_keeps_its_page_with_the_reason(
    client: Client, live: VerdictVersion, editor: User
) -> None:
    factories.withdrawn(of=live, editor=editor)
    address = f"/verdicts/{live.verdict_id}/"
    page = said(client.get(address))
    assert "This verdict was withdrawn on 2 March 2026" in page
    assert "The report was a sample." in page
    assert live.summary not in page
    assert "It was withdrawn on" in said(client.get(f"{address}versions/1/"))


def test_readers_see_that_the_desk_looks_again(
    client: Client, live: VerdictVersion, desk: Desk, editor: User
) -> None:
    at_desk = desk(editor)
    address = f"/verdicts/{live.verdict_id}/"
    empty = at_desk.post(f"{address}review/", {"reason": " "})
    assert empty.status_code == 422
    assert "Say why, in a sentence for readers." in said(empty)
    at_desk.post(f"{address}review/", {"reason": "A reader wrote to us."})
    assert "A reader wrote to us." in said(client.get(address))
    mark = ReviewMark.objects.get()
    close = f"/reviews/{mark.pk}/close/"
    wrong = at_desk.post(close, {"outcome": "corrected", "note": "It is."})
    assert (wrong.status_code, "No correction was published" in said(wrong)) == (422, True)
    at_desk.post(close, {"outcome": "stands", "note": "It does."})
    page = said(client.get(address))
    assert "Under review since" not in page
    assert "the verdict stands: It does." in page


def test_two_editors_withdraw_from_their_screens(
    live: VerdictVersion, desk: Desk, editor: User
) -> None:
    other = factories.person("editor")
    address = f"/verdicts/{live.verdict_id}/"
    desk(editor).post(f"{address}withdraw/", {"reason": "A sample."})
    asked = Withdrawal.objects.get()
    listed = said(desk(other).get("/approvals/?list=withdrawals"))
    assert live.verdict.claim.text in listed
    confirm = f"/withdrawals/{asked.pk}/confirm/"
    assert "Another editor has to confirm" in said(desk(editor).post(confirm, follow=True))
    assert "Withdrawn: the page says so" in said(desk(other).post(confirm, follow=True))
    live.refresh_from_db()
    assert live.state == "withdrawn"


@pytest.mark.parametrize("role", ["checker", "admin"])
def test_only_editors_mark_and_withdraw(live: VerdictVersion, desk: Desk, role: str) -> None:
    who = desk(factories.person(role))
    for address in ("review", "withdraw"):
        answer = who.post(f"/verdicts/{live.verdict_id}/{address}/", {"reason": "No."})
        assert answer.status_code == 403
    assert who.get(f"/verdicts/{live.verdict_id}/after/").status_code == 200


def test_the_wizard_starts_a_correction_and_comes_back_to_it(
    live: VerdictVersion, desk: Desk, checker: User
) -> None:
    at_desk, wizard = desk(checker), f"/verdicts/{live.verdict_id}/correct/"
    page = said(at_desk.get(wizard))
    assert "What readers see now" in page
    assert live.summary in page
    wrong = at_desk.post(wizard, {"kind": "nonsense", "note": "My words."})
    assert (wrong.status_code, "My words." in said(wrong)) == (422, True)
    at_desk.post(wizard, {"kind": "clarification", "note": "Which report."})
    draft = VerdictVersion.objects.get(verdict=live.verdict, number=2)
    assert (draft.correction_kind, draft.correction_note) == ("clarification", "Which report.")
    assert "Which report." in said(at_desk.get(live.verdict.claim.get_absolute_url()))
    sent = {"kind": "correction", "note": "Which year.", "revision": draft.revision}
    at_desk.post(f"/versions/{draft.pk}/describe/", sent)
    draft.refresh_from_db()
    assert draft.correction_kind == "correction"
    stale = at_desk.post(f"/versions/{draft.pk}/describe/", sent | {"note": "Mine."})
    assert (stale.status_code, "Mine." in said(stale)) == (422, True)
    twice = at_desk.post(wizard, {"kind": "typo", "note": "Other."}, follow=True)
    assert "A later version is open already" in said(twice)


def test_the_editor_reads_what_a_correction_changes(
    live: VerdictVersion, desk: Desk, checker: User, editor: User
) -> None:
    draft = factories.correction(of=live, by=checker)
    draft = workflow.submit(version=draft, revision=draft.revision, by=checker, at=AT)
    page = said(desk(editor).get(f"/versions/{draft.pk}/"))
    assert "What it changes against version 1" in page
    assert '<ins><span class="visually-hidden">added: </span>' in page
    assert "Said which report it is." in page


def test_a_version_before_keeps_its_checks_and_offers_no_decision(
    live: VerdictVersion, desk: Desk, checker: User, editor: User
) -> None:
    factories.corrected(of=live, by=checker, editor=editor)
    page = said(desk(editor).get(f"/versions/{live.pk}/"))
    assert "Send it back" not in page
    assert "Fails:" not in page
    assert "replaced by a later version since" in page


def test_a_draft_is_given_up_and_opened_again_on_the_claim_s_page(
    desk: Desk, checker: User
) -> None:
    draft = factories.draft(by=checker)
    at_desk, page = desk(checker), draft.verdict.claim.get_absolute_url()
    refused = at_desk.post(f"/versions/{draft.pk}/give-up/", {"reason": ""}, follow=True)
    assert "Say why, in a sentence" in said(refused)
    at_desk.post(f"/versions/{draft.pk}/give-up/", {"reason": "Not ours."})
    told = said(at_desk.get(page))
    assert "was given up" in told
    assert "Not ours." in told
    at_desk.post(f"/versions/{draft.pk}/reopen/")
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_given_up_correction_leaves_the_live_version_on_the_claim_s_page(
    live: VerdictVersion, desk: Desk, checker: User
) -> None:
    draft = factories.correction(of=live, by=checker)
    workflow.abandon(version=draft, reason="No.", by=checker, at=AT)
    page = said(desk(checker).get(live.verdict.claim.get_absolute_url()))
    assert "Correct, look again or withdraw" in page
    after = said(desk(checker).get(f"/verdicts/{live.verdict_id}/after/"))
    assert "Open version 2 again" in after


def test_a_changed_source_leads_to_a_correction(live: VerdictVersion, desk: Desk) -> None:
    quote = live.verdict.claim.evidence.get()
    check = factories.check(quote.extracted.capture.source, text="Nothing of it any more.")
    drifting.look_up_again(check_id=check.pk, at=AT)
    flag = Flag.objects.get()
    page = said(desk(factories.person("editor")).get(f"/flags/{flag.pk}/"))
    assert f"/verdicts/{live.verdict_id}/correct/" in page
    assert "Mark as under review" in page


def ledger(client: Client, query: str = "") -> str:
    answer = client.get(f"/corrections/{query}")
    assert answer.status_code == 200
    return said(answer)


def test_the_ledger_lists_everything_typing_errors_too(
    client: Client, live: VerdictVersion, checker: User, editor: User
) -> None:
    assert "Nothing was corrected yet" in ledger(client)
    words = {"what_we_found": live.what_we_found + "!"}
    factories.corrected(of=live, by=checker, editor=editor, kind="typo", **words)
    factories.withdrawn(of=live, editor=editor)
    page = ledger(client)
    assert page.index("The report was a sample.") < page.index("Said which report it is.")
    assert "2026" in page
    assert "The report was a sample." not in ledger(client, "?kind=typo")
    assert "Said which report it is." not in ledger(client, "?kind=withdrawal")
    assert "Said which report it is." in ledger(client, "?month=2026-03")
    assert "Nothing of that kind" in ledger(client, "?month=2026-02")
    assert "Said which report it is." in ledger(client, "?kind=x&month=y&cursor=z")


def test_the_ledger_does_not_tell_of_words_in_a_draft(
    client: Client, live: VerdictVersion, checker: User, editor: User
) -> None:
    factories.corrected(of=live, by=checker, editor=editor)
    was = live.verdict.claim.text
    type(live.verdict.claim).objects.filter(pk=live.verdict.claim_id).update(text="Not said yet.")
    assert was in ledger(client)
    assert "Not said yet." not in ledger(client)
    lines = client.get("/api/v1/corrections/").json()["results"]
    assert [line["claim"] for line in lines] == [was]


def test_the_ledger_pages_by_number_and_counts_each_year(
    client: Client, live: VerdictVersion, count_queries: Count
) -> None:
    made = [
        Change(
            seq=100 + number,
            verdict=live.verdict,
            version=live,
            kind=LEDGER_KINDS[number % 5],
            note=f"Note {number}.",
            approver="Edda",
            at=datetime(2024 + number % 3, 5, 1, tzinfo=UTC),
        )
        for number in range(70)
    ]
    few = count_queries(client, "/corrections/")
    with connection.cursor() as cursor:
        # No publication stands behind these, which the deferred trigger would say.
        cursor.execute("SET LOCAL session_replication_role = replica")
        Change.objects.bulk_create(made)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    assert count_queries(client, "/corrections/") == few
    seen, query = [], ""
    while True:
        page = ledger(client, query)
        seen += [number for number in range(70) if f"Note {number}." in page]
        if 'rel="next"' not in page:
            break
        query = page.split('rel="next" href="')[1].split('"')[0]
    assert sorted(seen) == list(range(70))
    page = ledger(client)
    for year, total in ((2026, 23), (2025, 23), (2024, 24)):
        assert f"<b>{year}</b> <span>{total} in all</span>" in page


def test_pages_cost_the_same_for_a_long_history(
    client: Client, live: VerdictVersion, checker: User, editor: User, count_queries: Count
) -> None:
    factories.corrected(of=live, by=checker, editor=editor)
    address = f"/verdicts/{live.verdict_id}/"
    before = [count_queries(client, f"{address}{rest}") for rest in ("", "versions/1/")]
    for number in range(3):
        words = {"what_we_found": f"Words {number}."}
        factories.corrected(of=live, by=checker, editor=editor, kind="correction", **words)
    after = [count_queries(client, f"{address}{rest}") for rest in ("", "versions/1/")]
    assert before == after
    assert before[0] <= 2


def test_the_api_s_ledger_is_paged_by_number(
    client: Client, live: VerdictVersion, checker: User, editor: User
) -> None:
    for number in range(3):
        words = {"what_we_found": f"Words {number}."}
        factories.corrected(of=live, by=checker, editor=editor, kind="correction", **words)
    first = client.get("/api/v1/corrections/?limit=2").json()
    assert [line["seq"] for line in first["results"]] == [2, 3]
    rest = client.get(first["next"]).json()
    assert ([line["version"] for line in rest["results"]], rest["next"]) == ([4], None)
    wrong = client.get("/api/v1/corrections/?after=x")
    assert wrong.json()["code"] == "invalid_parameter"


def test_page_api_and_ledger_agree_after_every_step(
    client: Client, live: VerdictVersion, checker: User, editor: User
) -> None:
    def agree() -> dict[str, Any]:
        row = Published.objects.get(pk=live.verdict_id)
        body: dict[str, Any] = json.loads(row.body)
        one = client.get(f"/api/v1/verdicts/{live.verdict_id}/").json()
        (listed,) = client.get("/api/v1/verdicts/").json()["results"]
        assert one == listed == {"seq": row.seq} | body
        page = said(client.get(f"/verdicts/{live.verdict_id}/"))
        assert (body.get("reason") or body["summary"]) in page
        lines = client.get("/api/v1/corrections/").json()["results"]
        kept = [{name: line[name] for name in body["corrections"][0]} for line in lines]
        assert kept == body["corrections"]
        return body

    factories.corrected(of=live, by=checker, editor=editor)
    assert agree()["version"] == 2
    mark = workflow.mark_under_review(verdict=live.verdict, reason="Why.", by=editor, at=AT)
    assert agree()["under_review"]["reason"] == "Why."
    workflow.close_review(mark=mark, outcome="stands", note="So.", by=editor, at=AT)
    gone = factories.withdrawn(of=live, editor=editor)
    assert agree()["state"] == "withdrawn"
    draft = workflow.reopen(version=gone, by=checker, at=AT)
    workflow.describe(
        version=draft, kind="correction", note="It is real.", revision=1, by=checker, at=AT
    )
    draft.refresh_from_db()
    factories.declared(draft, by=checker)
    draft = factories.write(draft, by=checker, summary="Again.", what_we_found="So.")
    factories.published_from(draft, by=checker, editor=editor)
    assert agree()["summary"] == "Again."
